"""Verbs: noting facts about suitability."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck, SuitabilityTalk
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person


class PurposeNotInForce(Refused):
    """The law does not list this purpose on that day, so a certificate cannot be asked or noted."""


def _check(by: Viewer, owner: Owner) -> None:
    if not (by.is_system or (owner.id in by.owners and by.may(Permission.MANAGE_VOLUNTEERS))):
        raise NotYours


def note_declaration(*, person: Person, owner: Owner, signed_on: dt.date, by: Viewer, at: dt.datetime) -> None:
    """Note that a declaration of confidentiality was signed."""
    _check(by, owner)
    with transaction.atomic():
        ConfidentialityDeclaration.objects.update_or_create(
            person=person, owner=owner, defaults={"signed_on": signed_on}
        )
        record("screening.declaration", Ref("person", person.id), by=by, at=at, owner=owner.name)


def note_suitability(*, person: Person, owner: Owner, held_on: dt.date, by: Viewer, at: dt.datetime) -> None:
    """Note that the host has met and talked with the volunteer."""
    _check(by, owner)
    with transaction.atomic():
        SuitabilityTalk.objects.update_or_create(
            person=person, owner=owner, defaults={"held_on": held_on, "held_by": by.name}
        )
        record("screening.suitability", Ref("person", person.id), by=by, at=at, owner=owner.name)


def note_police_certificate(
    *, person: Person, owner: Owner, purpose: PolicePurpose, shown_on: dt.date, by: Viewer, at: dt.datetime
) -> None:
    """Note that a police certificate was shown for a purpose in force on that day; nothing of what it said (R64)."""
    _check(by, owner)
    if shown_on < purpose.valid_from or (purpose.valid_to and shown_on > purpose.valid_to):
        raise PurposeNotInForce
    with transaction.atomic():
        PoliceCertificateCheck.objects.get_or_create(
            person=person, owner=owner, purpose=purpose, shown_on=shown_on, defaults={"seen_by": by.name}
        )
        record("screening.police", Ref("person", person.id), by=by, at=at, owner=owner.name, purpose=purpose.code)


def forget_at_leaving(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> int:
    """Erase that a certificate was shown and a talk was held when a volunteer has left (R79); return how many.

    The declaration of confidentiality stays: the promise lasts longer than the task.
    """
    if not by.is_system or volunteer.state != Volunteer.State.LEFT:
        raise NotYours
    with transaction.atomic():
        mine = {"person": volunteer.person_id, "owner": volunteer.host_id}
        number = PoliceCertificateCheck.objects.filter(**mine).delete()[0]
        number += SuitabilityTalk.objects.filter(**mine).delete()[0]
        if number:
            record("screening.forget", Ref("person", volunteer.person_id), by=by, at=at, number=number)
    return number
