"""Who receives concerns for an organisation: chosen by it, among its own and outside."""

import datetime as dt

from django.db import transaction

from samtun.evaluation.feedback.actions.contacts import Way
from samtun.evaluation.feedback.models import Receiver
from samtun.evaluation.feedback.rules import may_appoint
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.names import split_name
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import Person
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import title


class NoWay(Refused):
    """Write a mobile number or an e-mail address for the one outside, so that they hear that something waits."""


class NoLongerHere(Refused):
    """Choose somebody who has a role here now."""


def choose_receiver(*, membership: Membership, by: Viewer, at: dt.datetime) -> Receiver:
    """Let one who has a role in the organisation receive its concerns."""
    owner = membership.organisation.owner
    if not may_appoint(by, owner):
        raise NotYours
    if not Membership.objects.filter(standing_on(wall(at).date()), id=membership.id).exists():
        raise NoLongerHere
    office = title(membership.role)
    return _write(owner, membership.person, words=office, outside=False, address="", by=by, at=at)


def choose_outside(
    *, owner: Owner, who: Way, words: str, address: str, by: Viewer, at: dt.datetime
) -> Receiver:  # fmt: skip
    """Name one outside the organisation who receives its concerns; all of it stands open. `words` say who they are."""
    if not may_appoint(by, owner):
        raise NotYours
    given, family = split_name(who.name)
    if not given or not words.strip() or not (who.phone or who.email):
        raise NoWay
    as_system = Viewer.system(current_tenant(), frozenset({owner.id}))
    with transaction.atomic():
        person = register_person(
            owner=owner, source="outside", by=as_system, at=at, given_name=given[:60], family_name=family[:60],
            phone=who.phone, email=who.email,
        )  # fmt: skip
        return _write(owner, person, words=words.strip(), outside=True, address=address.strip(), by=by, at=at)


def _write(
    owner: Owner, person: Person, *, words: str, outside: bool, address: str, by: Viewer, at: dt.datetime
) -> Receiver:  # fmt: skip
    with transaction.atomic():
        row, fresh = Receiver.objects.get_or_create(
            owner=owner, person=person, ended_at=None,
            defaults={"title": words[:100], "outside": outside, "address": address[:160], "made_at": at},
        )  # fmt: skip
        if fresh:
            body = Organisation.objects.get(owner=owner)
            record("feedback.choose_receiver", Ref("organisation", body.id), by=by, at=at, outside=outside)
    return row


def end_receiver(*, receiver: Receiver, by: Viewer, at: dt.datetime) -> None:
    """Let somebody receive no more concerns: they lose sight of those there are, the same moment."""
    if not may_appoint(by, receiver.owner):
        raise NotYours
    with transaction.atomic():
        Receiver.objects.filter(id=receiver.id, ended_at=None).update(ended_at=at)
        body = Organisation.objects.get(owner=receiver.owner_id)
        record("feedback.end_receiver", Ref("organisation", body.id), by=by, at=at)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """End what an owner that has left had chosen; what is open stays with the one outside."""
    Receiver.objects.filter(owner=owner, outside=False, ended_at=None).update(ended_at=at)
