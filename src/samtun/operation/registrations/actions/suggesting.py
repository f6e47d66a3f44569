"""An employee suggests something ordinary to somebody who has said yes to that; whoever holds it never learns of it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from samtun.foundation import recipients
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.names import split_name
from samtun.kernel.phones import takes_texts
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.notifications.messages.models import Message
from samtun.operation.activities.enums import OccurrenceState, SignUp
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.signing import NotOn
from samtun.operation.registrations.models import Suggestion
from samtun.operation.registrations.notices import Suggested
from samtun.operation.registrations.rules import KEPT, PURPOSE, may_suggest
from samtun.people.consents.actions import record_consent
from samtun.people.consents.models import Consent
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of, same_person

POSTED = dt.timedelta(days=4)
"""How long a letter may take to get there."""


class AskFirst(Refused):
    """Ask first, and tick that they have said yes. Without a yes nothing is sent, and nothing is written down."""


class SayForWhom(Refused):
    """You act for more than one unit just now. Put on the hat of one of them, and suggest it from there."""


class WriteWho(Refused):
    """Write a first name and a family name, and a telephone number or an address."""


class NoWay(Refused):
    """They get nothing from here. Tell them yourself, or give them the poster: then nothing is written down."""


class WriteAddress(Refused):
    """They get letters. Write the address, or choose that you ring them."""


class OtherAddress(Refused):
    """Another address stands for them. Ring, or give them the poster: then nothing is posted astray."""


class LetterTooLate(Refused):
    """A letter does not get there in time. Ring, or choose something later."""


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom something is suggested, and who said yes to it: themselves, or a guardian on behalf of a child.

    `way` is how they would like to hear of it this once, a letter or a call; empty is as they have chosen before.
    """

    name: str
    phone: str = ""
    said_yes: bool = False
    way: str = ""
    address: str = ""


def suggest(*, occurrence: Occurrence, whom: Whom, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Suggestion:
    """Let somebody hear of something that is open to everyone, with their yes; the same page twice is one.

    The yes is the unit's own to keep. The record stands on the suggestion, which only the unit sees, and not on what
    is suggested, whose host reads what happened to it. A letter or a call waits with the unit.
    """
    if not may_suggest(by):
        raise NotYours
    if len(by.owners) != 1:
        raise SayForWhom
    given, family = split_name(whom.name)
    if not given or not (whom.phone or whom.address):
        raise WriteWho
    with transaction.atomic():
        unit = Owner.objects.select_for_update(of=("self",)).get(id__in=by.owners)
        if before := Suggestion.objects.filter(owner=unit, sent_key=sent_key).first():
            return before
        time = _open(occurrence, at=at)
        known = _known(unit, given, family, whom)
        consent = _standing(known, unit)
        if consent is None and not whom.said_yes:
            raise AskFirst
        person = known if known and not whom.phone else _register(unit, given, family, whom, by, at)
        consent = consent or record_consent(
            person=person, basis=Consent.Basis.SELF, what=_what(whom), passed_to=unit, owner=unit, purpose=PURPOSE,
            form=Consent.Form.ORAL, by=by, at=at,
        )  # fmt: skip
        made = Suggestion.objects.create(
            owner=unit, occurrence=time, person=person, consent=consent, made_by=by.name[:160], made_at=at,
            sent_key=sent_key,
        )  # fmt: skip
        record("registrations.suggest", Ref("suggestion", made.id), by=by, at=at)
        sent = queue(
            notice=Suggested, ref_kind="suggestion", ref_id=made.id, to=person.id, owner=unit.id, by=by, at=at,
            way=whom.way,
        )  # fmt: skip
        if sent.state != Message.State.PENDING:
            raise NoWay
        if sent.channel == Message.Channel.LETTER:
            _may_be_posted(person, whom, time, at=at)
    return made


def _known(unit: Owner, given: str, family: str, whom: Whom) -> Person | None:
    """Return who it is: by name and number, whoever knows them; by name and address only among the unit's own."""
    if whom.phone:
        return same_person(given_name=given, family_name=family, phone=whom.phone)
    own = Person.objects.filter(known__owner=unit, merged_into=None, address__iexact=_plain(whom.address))
    return own.filter(given_name__iexact=given, family_name__iexact=family).order_by("id").first()


def _register(unit: Owner, given: str, family: str, whom: Whom, by: Viewer, at: dt.datetime) -> Person:
    facts = {"given_name": given[:60], "family_name": family[:60], "phone": whom.phone, "address": _plain(whom.address)}
    if whom.phone:
        texts = takes_texts(whom.phone) is not False
        facts["phone_kind"] = Person.Reached.MOBILE if texts else Person.Reached.LANDLINE
    return register_person(
        owner=unit, source="suggested", by=Viewer.system(by.tenant, frozenset({unit.id})), at=at, **facts
    )


def _what(whom: Whom) -> str:
    if not whom.address:
        return "Name and telephone number"
    return "Name, telephone number and address" if whom.phone else "Name and address"


def _plain(address: str) -> str:
    return " ".join(address.split())[:120]


def _may_be_posted(person: Person, whom: Whom, time: Occurrence, *, at: dt.datetime) -> None:
    """See that a letter gets there in time, and that the unit learns no address it did not have."""
    if not whom.address:
        raise WriteAddress
    to = recipients.resolve(person.id)
    known = {person.address.casefold(), to.address.casefold() if to else ""}
    if _plain(whom.address).casefold() not in known:
        raise OtherAddress
    if time.starts_at - at < POSTED:
        raise LetterTooLate


def _open(occurrence: Occurrence, *, at: dt.datetime) -> Occurrence:
    time = Occurrence.objects.select_related("activity").get(id=occurrence.id)
    if not time.is_open or time.activity.sign_up == SignUp.ALLOCATED:
        raise NotYours
    if time.state != OccurrenceState.PLANNED or time.starts_at <= at:
        raise NotOn
    return time


def _standing(person: Person | None, unit: Owner) -> Consent | None:
    """Return the yes that this unit has from somebody and that has not been taken back."""
    if person is None or person.is_dead:
        return None
    mine = Consent.objects.filter(person__in=everyone_of(person.id), owner=unit, purpose=PURPOSE, withdrawn_at=None)
    return mine.order_by("-given_on").first()


def consent_withdrawn(*, consent: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Forget what was suggested on a yes that has been taken back, and send nothing that has not gone."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        return _let_go(Suggestion.objects.filter(consent=consent).values_list("id", flat=True), by=by, at=at)


def forget_suggestions(*, by: Viewer, at: dt.datetime) -> int:
    """Forget what was suggested four weeks after the time it was about; return how many."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        old = Suggestion.objects.filter(occurrence__ends_at__lt=at - KEPT)
        return _let_go(old.values_list("id", flat=True), by=by, at=at)


def _let_go(keys: Iterable[uuid.UUID], *, by: Viewer, at: dt.datetime) -> int:
    gone = list(keys)
    for key in gone:
        cancel_for(ref_kind="suggestion", ref_id=key, by=by, at=at)
        record("registrations.forget_suggestion", Ref("suggestion", key), by=by, at=at)
    Suggestion.objects.filter(id__in=gone).delete()
    return len(gone)
