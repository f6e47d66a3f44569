"""An employee suggests something ordinary to somebody who has said yes to that; whoever holds it never learns of it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

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

BY_MACHINE = (Message.Channel.SMS, Message.Channel.EMAIL)


class AskFirst(Refused):
    """Ask first, and tick that they have said yes. Without a yes nothing is sent, and nothing is written down."""


class SayForWhom(Refused):
    """You act for more than one unit just now. Put on the hat of one of them, and suggest it from there."""


class WriteWho(Refused):
    """Write a first name and a family name, and a number that takes texts."""


class NoTexts(Refused):
    """They get no texts from here. Tell them yourself, or give them the poster: then nothing is written down."""


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom something is suggested, and who said yes to it: themselves, or a guardian on behalf of a child."""

    name: str
    phone: str
    said_yes: bool = False


def suggest(*, occurrence: Occurrence, whom: Whom, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Suggestion:
    """Send somebody a text about something that is open to everyone, with their yes; the same page twice is one.

    The yes is the unit's own to keep. The record stands on the suggestion, which only the unit sees, and not on what
    is suggested, whose host reads what happened to it.
    """
    if not may_suggest(by):
        raise NotYours
    if len(by.owners) != 1:
        raise SayForWhom
    given, family = split_name(whom.name)
    if not given or not whom.phone:
        raise WriteWho
    if takes_texts(whom.phone) is False:
        raise NoTexts
    with transaction.atomic():
        unit = Owner.objects.select_for_update(of=("self",)).get(id__in=by.owners)
        if before := Suggestion.objects.filter(owner=unit, sent_key=sent_key).first():
            return before
        time = _open(occurrence, at=at)
        known = same_person(given_name=given, family_name=family, phone=whom.phone)
        consent = _standing(known, unit)
        if consent is None and not whom.said_yes:
            raise AskFirst
        person = register_person(
            owner=unit, source="suggested", by=Viewer.system(by.tenant, frozenset({unit.id})), at=at,
            given_name=given[:60], family_name=family[:60], phone=whom.phone, phone_kind=Person.Reached.MOBILE,
        )  # fmt: skip
        consent = consent or record_consent(
            person=person, basis=Consent.Basis.SELF, what="Name and telephone number", passed_to=unit, owner=unit,
            purpose=PURPOSE, form=Consent.Form.ORAL, by=by, at=at,
        )  # fmt: skip
        made = Suggestion.objects.create(
            owner=unit, occurrence=time, person=person, consent=consent, made_by=by.name[:160], made_at=at,
            sent_key=sent_key,
        )  # fmt: skip
        record("registrations.suggest", Ref("suggestion", made.id), by=by, at=at)
        sent = queue(notice=Suggested, ref_kind="suggestion", ref_id=made.id, to=person.id, owner=unit.id, by=by, at=at)
        if sent.channel not in BY_MACHINE or sent.state != Message.State.PENDING:
            raise NoTexts
    return made


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
