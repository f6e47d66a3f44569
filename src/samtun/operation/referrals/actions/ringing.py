"""Verbs on referrals: a word comes in, a person rings, and what was not wanted leaves nothing behind."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.kernel.names import split_name
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush, queue
from samtun.operation.referrals.enums import Became, Kind, State
from samtun.operation.referrals.models import Referral
from samtun.operation.referrals.notices import Heard
from samtun.operation.referrals.queries import SETTLED_LASTS
from samtun.operation.referrals.rules import may_pass_on, may_ring
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.consents.actions import record_consent
from samtun.people.consents.models import Consent
from samtun.people.consents.queries import consent_stands
from samtun.people.persons.actions import bring_back, note_stilled, register_person, set_do_not_contact
from samtun.people.persons.models import Passing, Person
from samtun.people.persons.queries import any_dead, everyone_of, same_person, stilled_by
from samtun.work.todos.actions import close_todos, open_todo

RING = {Kind.PASSED_ON: "passed_on", Kind.WORRY: "worry", Kind.OFFER: "offer", Kind.ASKER: "asker"}
WORDS_GONE = "words_gone"
ANSWERS = {
    Kind.PASSED_ON: frozenset({State.NO_THANKS, State.NO_CONTACT}),
    Kind.WORRY: frozenset({State.NO_THANKS, State.NO_CONTACT, State.ALL_WELL}),
    Kind.OFFER: frozenset({State.NO_THANKS, State.WELCOMED}),
    Kind.ASKER: frozenset({State.NO_THANKS, State.NO_CONTACT}),
}
"""What may come of each kind when somebody has rung, beside a wish."""


class AskFirst(Refused):
    """Ask the person first, and tick that they have said yes. Without a yes nothing can be passed on."""


class NameAndNumber(Refused):
    """Write a name, and a telephone number that can be rung."""


class IsDead(Refused):
    """It is noted here that this person has died. If that is a mistake, take it back on their page first."""


class SettledAlready(Refused):
    """Somebody has rung already. Look at what stands now."""


class NotThat(Refused):
    """That is not something that can come of this. Choose one of those on the page."""


class SayForWhom(Refused):
    """You act for more than one just now. Put on the hat of the one you ask for, and pass it on from there."""


def pass_on(
    *, to: Owner, name: str, phone: str, words: str, said_yes: bool, by: Viewer, at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Referral:  # fmt: skip
    """Pass a wish on from where one works, with the person's own yes written down (R27, R76)."""
    if not may_pass_on(by):
        raise NotYours
    if not said_yes:
        raise AskFirst
    if not name.strip() or not phone:
        raise NameAndNumber
    if len(by.owners) != 1:
        raise SayForWhom
    with transaction.atomic():
        unit = Owner.objects.get(id__in=by.owners)
        Owner.objects.select_for_update(of=("self",)).get(id=to.id)
        if key and (before := Referral.objects.filter(id=key, owner=to).first()):
            return before
        if (known := _known(name, phone)) and known.is_dead:
            raise IsDead
        person = _register(name, phone, owner=to, source="passed_on", at=at)
        consent = record_consent(
            person=person, basis=Consent.Basis.SELF, what="Name, telephone number and the wish", passed_to=to,
            owner=unit, purpose="That the volunteer centre rings", form=Consent.Form.ORAL, by=by, at=at,
        )  # fmt: skip
        made = Referral.objects.create(
            id=key or uuid7(), owner=to, kind=Kind.PASSED_ON, name=name.strip()[:120], phone=phone, words=words.strip(),
            person=person, consent=consent, sender_id=by.person, sender_owner=unit,
            sender_name=f"{by.name}, {unit.name}"[:160], made_at=at,
        )  # fmt: skip
        _put_on_desk(made, about=person.initials, by=by, at=at)
    return made


def report_worry(
    *, to: Owner, name: str, phone: str, place: str, words: str, sender_name: str, sender_phone: str, by: Viewer,
    at: dt.datetime, key: uuid.UUID | None = None,
) -> Referral | None:  # fmt: skip
    """Take in that someone worries about another. Nothing is kept about the dead, nor who asked to be left in peace.

    The sender is told the same whatever stands about the other, and the desk's line names nobody.
    """
    if not name.strip() or not (phone or place.strip()):
        raise NameAndNumber
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=to.id)
        if key and (before := Referral.objects.filter(id=key, owner=to).first()):
            return before
        known = _known(name, phone)
        if known and (known.do_not_contact or known.is_dead):
            return None
        made = Referral.objects.create(
            id=key or uuid7(), owner=to, kind=Kind.WORRY, name=name.strip()[:120], phone=phone,
            place=place.strip()[:120], words=words.strip(),
            sender_name=sender_name.strip()[:160], sender_phone=sender_phone, made_at=at,
        )  # fmt: skip
        _put_on_desk(made, about="", by=by, at=at)
    return made


def note_offer(*, to: Owner, person: Person, words: str, by: Viewer, at: dt.datetime) -> Referral:
    """Note what someone who asks for a hand would like to give."""
    if any_dead([person.id]):
        raise IsDead
    return _note(to, Kind.OFFER, person.full_name, person.phone, words, person, by=by, at=at)


def note_asker(
    *, to: Owner, kind: Kind, name: str, phone: str, words: str, by: Viewer, at: dt.datetime
) -> Referral | None:
    """Note what someone who asks for another would like to give (OFFER), or that they may want a hand (ASKER).

    After a comma `name` may say how the two know each other; that is not kept. Nothing is kept about the dead.
    """
    name = name.partition(",")[0].strip()
    if not name or not phone:
        raise NameAndNumber
    known = _known(name, phone)
    if known and known.is_dead:
        return None
    return _note(to, kind, name, phone, words, known, by=by, at=at)


def _note(
    to: Owner, kind: Kind, name: str, phone: str, words: str, person: Person | None, *, by: Viewer, at: dt.datetime
) -> Referral:
    with transaction.atomic():
        made = Referral.objects.create(
            owner=to, kind=kind, name=name[:120], phone=phone, words=words.strip()[:400], person=person, made_at=at
        )
        _put_on_desk(made, about="".join(part[:1] for part in split_name(name)).upper(), by=by, at=at)
    return made


def not_reached(*, referral: Referral, by: Viewer, at: dt.datetime) -> Referral:
    """Nobody answered: it comes back on the desk the next opening day."""
    with transaction.atomic():
        current = _open(referral, by)
        current.tries += 1
        current.save(update_fields=["tries"])
        ref = Ref("referral", current.id)
        close_todos(ref=ref, by=by, at=at)
        record("referrals.not_reached", ref, by=by, at=at, tries=current.tries)
        _due(current, about=current.person.initials if current.person else "", days=1, at=at)
    return current


def settle(*, referral: Referral, outcome: State, by: Viewer, at: dt.datetime) -> Referral:
    """Write down what the person said on the telephone. A no leaves only that contact is not wanted (R32)."""
    with transaction.atomic():
        current = _open(referral, by)
        if outcome not in ANSWERS[Kind(current.kind)]:
            raise NotThat
        if outcome == State.NO_CONTACT:
            _leave_in_peace(current, at=at)
        _close(current, outcome, by=by, at=at)
        if current.kind == Kind.PASSED_ON:
            _tell(current, by=by, at=at)
    return current


def became_wish(
    *, referral_id: uuid.UUID, wish: uuid.UUID, became: Became, by: Viewer, at: dt.datetime
) -> Referral | None:
    """Note that the person has asked for help, and tell the one who passed it on; None when it is settled already."""
    with transaction.atomic():
        found = Referral.objects.filter(id=referral_id, owner__in=by.owners, state=State.WAITS).first()
        if found is None or not may_ring(by, found):
            return None
        current = _open(found, by)
        current.wish, current.became = wish, became
        current.save(update_fields=["wish", "became"])
        _close(current, State.WISH, by=by, at=at)
        _tell(current, by=by, at=at)
    return current


def became_network(*, referral_id: uuid.UUID, network: uuid.UUID, by: Viewer, at: dt.datetime) -> Referral | None:
    """Note that the person would like a network around them, and tell the one who passed it on; None when settled."""
    with transaction.atomic():
        found = Referral.objects.filter(id=referral_id, owner__in=by.owners, state=State.WAITS).first()
        if found is None or not may_ring(by, found):
            return None
        current = _open(found, by)
        current.network, current.became = network, Became.SOUGHT
        current.save(update_fields=["network", "became"])
        _close(current, State.WISH, by=by, at=at)
        _tell(current, by=by, at=at)
    return current


def tell_what_became(*, wish: uuid.UUID, became: Became, by: Viewer, at: dt.datetime) -> None:
    """Tell the one who passed a wish on what became of it, or of the network it led to, once for each change."""
    with transaction.atomic():
        rows = Referral.objects.select_for_update(of=("self",)).filter(Q(wish=wish) | Q(network=wish))
        for referral in rows.exclude(became=became).order_by("id"):
            referral.became = became
            referral.save(update_fields=["became"])
            _tell(referral, by=by, at=at)


def consent_withdrawn(*, consent_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Let go of what was passed on, when the yes has been taken back before anyone rang; return how many."""
    with transaction.atomic():
        waiting = Referral.objects.select_for_update(of=("self",)).filter(consent=consent_id, state=State.WAITS)
        found = list(waiting)
        for referral in found:
            _close(referral, State.WITHDRAWN, by=by, at=at)
    return len(found)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Let go of what waited for an owner that has left; return how many. Its to-dos close with it."""
    with transaction.atomic():
        found = list(Referral.objects.select_for_update(of=("self",)).filter(owner=owner, state=State.WAITS))
        for referral in found:
            _close(referral, State.WITHDRAWN, by=by, at=at)
    return len(found)


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> int:
    """Let go of what waited about a dead person: nobody rings, and the words go at once; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        everyone = everyone_of(passing.person_id)
        worries = Referral.objects.filter(kind=Kind.WORRY, state=State.WAITS).exclude(phone="")
        meant = [r.id for r in worries if (known := _known(r.name, r.phone)) and known.id in everyone]
        rows = Referral.objects.select_for_update(of=("self",)).filter(Q(person__in=everyone) | Q(id__in=meant))
        about = [Ref("referral", key) for key in rows.order_by("id").values_list("id", flat=True)]
        note_stilled(passing.id, hushed=hush(about=about, at=at))
        found = list(rows.filter(state=State.WAITS).order_by("id"))
        for referral in found:
            _close(referral, State.WITHDRAWN, by=by, at=at)
        note_stilled(passing.id, kind="referral", before={r.id: {"state": State.WAITS} for r in found})
    return len(found)


def forget(*, referral_id: uuid.UUID, by: Viewer, at: dt.datetime) -> bool:
    """Forget that something was passed on, three months after it was settled; return whether it was."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        gone, _rows = Referral.objects.filter(id=referral_id, settled_at__lte=at - SETTLED_LASTS).delete()
        if gone:
            record("referrals.forget", Ref("referral", referral_id), by=by, at=at)
    return bool(gone)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let what waited wait again, by the person's name and number; the words are gone, and the desk's line says so."""
    if not by.is_system:
        raise NotYours
    keys = {s.ref_id for s in stilled_by(passing.id, "referral")}
    person = Person.objects.get(id=passing.person_id)
    with transaction.atomic():
        rows = Referral.objects.select_for_update(of=("self",)).filter(id__in=keys, state=State.WITHDRAWN)
        back = set()
        for referral in rows.filter(owner__left_on=None).order_by("id"):
            if referral.kind == Kind.PASSED_ON and not consent_stands(referral.consent_id):
                continue
            referral.state, referral.settled_at, referral.settled_by = State.WAITS, None, ""
            referral.name, referral.phone = person.full_name[:120], person.phone
            referral.save(update_fields=["state", "settled_at", "settled_by", "name", "phone"])
            back.add(referral.id)
            record("referrals.stands_again", Ref("referral", referral.id), by=by, at=at)
            _due(referral, about="" if referral.kind == Kind.WORRY else person.initials, days=0, at=at, why=WORDS_GONE)
        bring_back(passing.id, kinds=("referral",), back=back)


def _open(referral: Referral, by: Viewer) -> Referral:
    current = Referral.objects.select_for_update(of=("self",)).get(id=referral.id)
    if not may_ring(by, current):
        raise NotYours
    if current.state != State.WAITS:
        raise SettledAlready
    return current


def _close(referral: Referral, state: State, *, by: Viewer, at: dt.datetime) -> None:
    """Settle it; names, numbers and words have done their duty, and a worried neighbour is nobody's business after."""
    referral.state, referral.settled_at, referral.settled_by = state, at, by.name[:160]
    referral.name = referral.phone = referral.place = referral.words = ""
    referral.sender_phone = ""
    if referral.kind == Kind.WORRY:
        referral.sender_name = ""
    referral.save(
        update_fields=[
            "state", "settled_at", "settled_by", "name", "phone", "place", "words", "sender_name", "sender_phone",
        ]
    )  # fmt: skip
    ref = Ref("referral", referral.id)
    close_todos(ref=ref, by=by, at=at)
    record("referrals.settle", ref, by=by, at=at, outcome=state)
    defer("referrals.forget", referral_id=referral.id, schedule_in=int(SETTLED_LASTS.total_seconds()))


def _leave_in_peace(referral: Referral, *, at: dt.datetime) -> None:
    """Keep the one thing that must be known to respect a no: whom not to contact."""
    by = Viewer.system(current_tenant(), frozenset({referral.owner_id}))
    person = referral.person or _register(
        referral.name, referral.phone, owner=referral.owner, source="no_contact", at=at
    )
    set_do_not_contact(person=person, do_not_contact=True, by=by, at=at)


def _register(name: str, phone: str, *, owner: Owner, source: str, at: dt.datetime) -> Person:
    given, family = split_name(name)
    by = Viewer.system(current_tenant(), frozenset({owner.id}))
    return register_person(
        owner=owner, source=source, by=by, at=at, given_name=given[:60], family_name=family[:60], phone=phone
    )


def _known(name: str, phone: str) -> Person | None:
    given, family = split_name(name)
    return same_person(given_name=given[:60], family_name=family[:60], phone=phone)


def _put_on_desk(referral: Referral, *, about: str, by: Viewer, at: dt.datetime) -> None:
    record("referrals.enter", Ref("referral", referral.id), by=by, at=at, what=referral.kind)
    _due(referral, about=about, days=0, at=at)


def _due(referral: Referral, *, about: str, days: int, at: dt.datetime, why: str = "") -> None:
    open_todo(
        ref=Ref("referral", referral.id), reason=why or RING[Kind(referral.kind)], about=about, owner=referral.owner_id,
        audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(referral.owner_id).after_days(wall(at), days), at=at,
    )  # fmt: skip


def _tell(referral: Referral, *, by: Viewer, at: dt.datetime) -> None:
    if referral.sender_id:
        queue(
            notice=Heard, ref_kind="referral", ref_id=referral.id, to=referral.sender_id, owner=referral.owner_id,
            by=by, at=at,
        )  # fmt: skip
