"""Whom a person has agreed may be told, written down with their yes, and taken back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from samtun.evaluation.feedback.models import Contact
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.names import split_name
from samtun.kernel.refs import Ref
from samtun.people.consents.actions import record_consent, withdraw_consent
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.persons.queries import everyone_of
from samtun.people.preferences.actions import set_preferences
from samtun.people.preferences.queries import preference_of

WHAT = "A few neutral words that something seemed different"
PURPOSE = "That the one named hears of it, and looks in or rings"


class NameAndNumber(Refused):
    """Write the name of the one who may be told, and a mobile number or an e-mail address."""


class NotThePerson(Refused):
    """Choose somebody else: this is the person it is about."""


class OneEach(Refused):
    """Choose another as deputy: this is the same person twice."""


@dataclass(frozen=True, slots=True)
class Way:
    """Who it is and how to reach them: by text, else by e-mail."""

    name: str
    phone: str = ""
    email: str = ""
    channel: str = "sms"


def name_professional(
    *, person: Person, owner: Owner, unit: Owner, who: Way, title: str, basis: str, form: str, by: Viewer,
    at: dt.datetime, deputy: Way | None = None, given_by: str = "",
) -> Contact:  # fmt: skip
    """Write down whom the person has agreed may be told. One stands at a time: the one before is taken back."""
    if not (by.is_system or (by.may(Permission.SEE_PERSONS) and owner.id in by.owners)):
        raise NotYours
    with transaction.atomic():
        for before in Contact.objects.filter(person__in=everyone_of(person.id), owner=owner, ended_at=None):
            take_back(contact=before, by=by, at=at)
        professional = _person(who, owner=owner, at=at)
        stand_in = _person(deputy, owner=owner, at=at) if deputy and deputy.name.strip() else None
        if person.id in {professional.id, stand_in.id if stand_in else None}:
            raise NotThePerson
        if stand_in and stand_in.id == professional.id:
            raise OneEach
        consent = record_consent(
            person=person, basis=basis, what=WHAT, passed_to=unit, owner=owner, purpose=PURPOSE, form=form, by=by,
            at=at, given_by=given_by,
        )  # fmt: skip
        made = Contact.objects.create(
            person=person, owner=owner, unit=unit, professional=professional, deputy=stand_in, title=title.strip()[:60],
            consent=consent, made_at=at,
        )  # fmt: skip
        record("feedback.name_professional", Ref("person", person.id), by=by, at=at, unit=unit.name)
    return made


def take_back(*, contact: Contact, by: Viewer, at: dt.datetime) -> None:
    """Take the yes back: from this moment nobody is told anything, and what waits is not passed on."""
    with transaction.atomic():
        withdraw_consent(consent=contact.consent, by=by, at=at)
        Contact.objects.filter(id=contact.id, ended_at=None).update(ended_at=at)


def _person(who: Way, *, owner: Owner, at: dt.datetime) -> Person:
    given, family = split_name(who.name)
    if not given or not (who.phone or who.email):
        raise NameAndNumber
    by = Viewer.system(current_tenant(), frozenset({owner.id}))
    person = register_person(
        owner=owner, source="professional", by=by, at=at, given_name=given[:60], family_name=family[:60],
        phone=who.phone, email=who.email,
    )  # fmt: skip
    if preference_of(person.id) is None and who.channel == "email" and person.email:
        set_preferences(person=person, by=by, at=at, channel="email")
    return person
