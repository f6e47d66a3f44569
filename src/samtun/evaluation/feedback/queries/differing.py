"""Words about something different, always for someone: the sender, the one named, the coordinator without the words."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from samtun.evaluation.feedback.enums import HeadsUpState, Noted
from samtun.evaluation.feedback.models import Contact, HeadsUp
from samtun.evaluation.feedback.queries.sealed import unsealed
from samtun.evaluation.feedback.rules import TELLABLE, may_ask_persons
from samtun.foundation import recipients, refs
from samtun.foundation.acts import words_of as called
from samtun.foundation.audit import saw
from samtun.foundation.models import Owner
from samtun.foundation.timeline import history
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.models import Term
from samtun.operation.callouts.enums import TurnOut
from samtun.operation.callouts.models import Asked
from samtun.operation.help_requests.models import Match
from samtun.partners.organisations.queries import is_at_work
from samtun.people.consents.queries import consent_stands
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of, kept

REMEMBERED = dt.timedelta(days=92)
AFTER_THE_LAST = dt.timedelta(days=7)
RELATED = ("about", "sender", "owner", "told", "contact__professional", "contact__deputy", "contact__unit")


@dataclass(frozen=True, slots=True)
class Task:
    """What a volunteer does, as far as a word about it needs: for whom, if for one person, and who answers for it."""

    kind: str
    id: uuid.UUID
    owner: Owner
    sender: Person
    about: Person | None


@dataclass(frozen=True, slots=True)
class Words:
    """What was different: lines that were ticked, and a few words."""

    ticked: tuple[str, ...]
    text: str


def task_of_match(match_id: uuid.UUID) -> Task:
    """Return the task of a match; NotYours before it is agreed, and when either of the two has died."""
    rows = Match.objects.select_related("request__owner", "request__recipient", "volunteer__person")
    rows = rows.filter(request__recipient__death_known_at=None, volunteer__person__death_known_at=None)
    found = rows.filter(id=match_id, state__in=TELLABLE).first()
    if found is None:
        raise NotYours
    return Task("match", found.id, found.request.owner, found.volunteer.person, found.request.recipient)


def task_of_request(viewer: Viewer, request_id: uuid.UUID) -> Task:
    """Return the task of the one who helps with a request, for a coordinator who is told by telephone."""
    rows = Match.objects.filter(request=request_id, request__owner__in=viewer.owners, state__in=TELLABLE)
    found = rows.order_by("-proposed_at").first()
    if found is None or not viewer.may(Permission.HANDLE_REQUESTS):
        raise NotYours
    return task_of_match(found.id)


def task_of_visit(visit_id: uuid.UUID, *, at: dt.datetime) -> Task:
    """Return the task of one who comes regularly, from the yes until a week after the last day; else NotYours."""
    return _regular(Term.objects.filter(visits=visit_id), at)


def task_of_arrangement(viewer: Viewer, arrangement_id: uuid.UUID, *, own: bool, at: dt.datetime) -> Task:
    """Return the task of the one who comes regularly: as that one, or as a coordinator who is told by telephone."""
    terms = Term.objects.filter(arrangement=arrangement_id)
    if own:
        terms = terms.filter(volunteer__person__in=everyone_of(viewer.person) if viewer.person else ())
    elif viewer.may(Permission.HANDLE_REQUESTS):
        terms = terms.filter(arrangement__owner__in=viewer.owners)
    else:
        raise NotYours
    return _regular(terms, at)


def _regular(terms: QuerySet[Term], at: dt.datetime) -> Task:
    today = wall(at).date()
    lasts = Q(ends=None) | Q(ends__gte=today - AFTER_THE_LAST)
    alive = Q(arrangement__recipient__death_known_at=None, volunteer__person__death_known_at=None)
    rows = terms.filter(lasts, alive).select_related(
        "arrangement__owner", "arrangement__recipient", "volunteer__person"
    )
    newest = list(rows.order_by("-starts", "-id")[:4])
    found = next((t for t in newest if t.starts <= today), newest[0] if newest else None)
    if found is None:
        raise NotYours
    where = found.arrangement
    return Task("arrangement", where.id, where.owner, found.volunteer.person, where.recipient)


def task_of_asked(asked_id: uuid.UUID) -> Task:
    """Return the task of one who turns out; it is for nobody in particular."""
    rows = Asked.objects.select_related("call_out__owner", "volunteer__person")
    found = rows.filter(id=asked_id, state=TurnOut.YES, volunteer__person__death_known_at=None).first()
    if found is None:
        raise NotYours
    return Task("asked", found.id, found.call_out.owner, found.volunteer.person, None)


def contact_of(person_id: uuid.UUID, owner_id: uuid.UUID) -> Contact | None:
    """Return whom a person has named, while their yes stands this moment and the unit is there."""
    rows = Contact.objects.filter(person__in=everyone_of(person_id), owner=owner_id, ended_at=None, unit__left_on=None)
    found = rows.select_related("professional", "deputy", "unit", "person", "consent").first()
    return found if found and consent_stands(found.consent_id) else None


def contacts_of(viewer: Viewer, person_id: uuid.UUID) -> list[Contact]:
    """Return whom a person has named: to the person all, to a coordinator what own owners hold; in one statement."""
    rows = Contact.objects.filter(
        person=person_id, ended_at=None, consent__withdrawn_at=None, person__death_known_at=None
    )
    if viewer.person != person_id:
        rows = rows.filter(owner__in=viewer.owners)
    return list(rows.select_related("professional", "deputy", "unit", "owner", "consent").order_by("made_at"))


def there_now(contact: Contact, *, on: dt.date, but: uuid.UUID | None = None) -> Person | None:
    """Return who is to be told today: the one named, or the deputy when they are away; None when neither is there.

    `but` is one who has been told already.
    """
    for person in (contact.professional, contact.deputy):
        if person is None or person.id == but:
            continue
        now = kept(person.id) or person
        if not now.is_dead and not now.do_not_contact and is_at_work(now.id, contact.unit_id, on=on):
            return now
    return None


def heads_up_for(viewer: Viewer, heads_up_id: uuid.UUID) -> HeadsUp:
    """Return one, opened and logged: for those named, and for the coordinator of its owner; NotYours otherwise."""
    found = HeadsUp.objects.select_related(*RELATED).filter(id=heads_up_id).first()
    if found is None or not (is_named(viewer, found) or may_ask_persons(viewer, found.owner)):
        raise NotYours
    saw(found.about_id)
    if may_ask_persons(viewer, found.owner):
        saw(found.sender_id)
    return found


def what_happened(viewer: Viewer, found: HeadsUp) -> list[dict[str, Any]]:
    """Return the timeline of one that was opened: how far it came and when. Neither the words nor whose they are."""
    came = called("feedback.tell_different")
    rows = history(viewer, Ref("heads_up", found.id), whole=True)
    return [row | {"by": ""} if row["what"] == came else row for row in rows]


def is_named(viewer: Viewer, found: HeadsUp) -> bool:
    """Tell whether the viewer is the professional or the deputy whom the person has agreed to, and still is."""
    contact = found.contact
    if viewer.person is None or contact is None or found.state not in {HeadsUpState.WAITS, HeadsUpState.RECEIVED}:
        return False
    named = [p for p in (contact.professional_id, contact.deputy_id) if p]
    mine = set(everyone_of(viewer.person))
    return bool(mine & set(named)) and consent_stands(contact.consent_id)


def reads_words(viewer: Viewer, found: HeadsUp) -> bool:
    """Tell whether the viewer reads the words: those named; the coordinator only while nobody has been told."""
    if is_named(viewer, found):
        return True
    return found.state == HeadsUpState.HELD and may_ask_persons(viewer, found.owner)


def words_of(found: HeadsUp) -> Words:
    """Return the words, for one who may read them."""
    plain = unsealed(found)
    ticked = [Noted(code).label for code in plain.get("ticked", ()) if code in Noted.values]
    return Words(tuple(str(label) for label in ticked), plain.get("text", ""))


def newest_from(task: Task) -> HeadsUp | None:
    """Return the last word the volunteer has sent about a task, to say how far it is."""
    rows = HeadsUp.objects.filter(ref_kind=task.kind, ref_id=task.id, sender=task.sender)
    return rows.select_related(*RELATED).order_by("-made_at").first()


def told_to(viewer: Viewer, *, at: dt.datetime, most: int = 30) -> list[HeadsUp]:
    """Return what has come to the viewer as the one named, or as deputy, the newest first."""
    if viewer.person is None:
        return []
    mine = everyone_of(viewer.person)
    named = Q(contact__professional__in=mine) | Q(contact__deputy__in=mine)
    states = [HeadsUpState.WAITS, HeadsUpState.RECEIVED]
    rows: QuerySet[HeadsUp] = HeadsUp.objects.filter(named, state__in=states, made_at__gte=at - REMEMBERED)
    found = [h for h in rows.select_related(*RELATED).order_by("-made_at")[:most] if is_named(viewer, h)]
    saw(*(h.about_id for h in found), how="listed")
    return found


def who_received(found: HeadsUp) -> str:
    """Return first name and place of the one who received it, as the volunteer is told."""
    return found.received_by


def first_name_at(person: Person, unit: Owner) -> str:
    """Return «Hanne, Heimetenesta»."""
    return gettext("%(name)s, %(unit)s") % {"name": person.given_name, "unit": unit.name}


def _about_gone(heads_up_id: uuid.UUID) -> bool:
    """Tell whether the one it is about has died: then nobody is told anything more of it."""
    return HeadsUp.objects.filter(id=heads_up_id, about__death_known_at__isnull=False).exists()


def _find(viewer: Viewer, heads_up_id: uuid.UUID) -> tuple[str, str] | None:
    try:
        heads_up_for(viewer, heads_up_id)
    except NotYours:
        return None
    return gettext("Something seemed different"), reverse("heads_up", args=[heads_up_id])


recipients.register_about("heads_up", _about_gone)
recipients.register_about("to_you", _about_gone)
refs.register(refs.RefKind("heads_up", _find))
