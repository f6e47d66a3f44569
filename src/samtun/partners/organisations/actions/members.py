"""Who acts for an organisation: given, and taken away the same minute."""

import datetime as dt

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.events import MembershipEnded
from samtun.partners.organisations.models import Membership, Organisation
from samtun.partners.organisations.rules import OFFICES, manages, may_appoint
from samtun.people.persons.actions import register_person
from samtun.people.persons.models import AccountLink, Person
from samtun.people.roles.actions import HasItAlready, NotYourself, give_login
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import role_class


class NotGivenHere(Refused):
    """This role is not given in this kind of organisation. Choose another."""


class HasLeft(Refused):
    """This organisation has left. Nobody can act for it here."""


class LastOne(Refused):
    """Nobody else answers for this organisation. Give the role to the next one first, and then end this one."""


def add_membership(
    *, person: Person, organisation: Organisation, role: Role | str, by: Viewer, at: dt.datetime,
    is_deputy: bool = False, ends: dt.date | None = None,
) -> Membership:  # fmt: skip
    """Let a person act for an organisation from today on; `ends` is the first day without it."""
    role, today = Role(role), wall(at).date()
    with transaction.atomic():
        owner = Owner.objects.select_for_update(of=("self",)).get(id=organisation.owner_id)
        if not may_appoint(by, organisation, role, is_headless=not _heads(organisation, today)):
            raise NotYours
        if by.person == person.id:
            raise NotYourself
        if organisation.kind not in role_class(role).given_in:
            raise NotGivenHere
        if owner.left_on:
            raise HasLeft
        if Membership.objects.filter(standing_on(today), person=person, organisation=organisation, role=role).exists():
            raise HasItAlready
        try:
            with transaction.atomic():
                row = Membership.objects.create(
                    person=person, organisation=organisation, role=role, starts=today, ends=ends, is_deputy=is_deputy
                )
        except IntegrityError as error:
            raise HasItAlready from error
        record(
            "organisations.add_membership", Ref("organisation", organisation.id), by=by, at=at,
            person=person.full_name, role=role, is_deputy=is_deputy,
        )  # fmt: skip
    return row


def appoint(
    *, organisation: Organisation, given_name: str, family_name: str, phone: str, role: Role | str, by: Viewer,
    at: dt.datetime, is_deputy: bool = False,
) -> Membership:  # fmt: skip
    """Let somebody with a name and a number act for an organisation, and log in with the number.

    The organisation answers for whom it names, so that it may register its own without handling requests.
    """
    today = wall(at).date()
    if not may_appoint(by, organisation, role, is_headless=not _heads(organisation, today)):
        raise NotYours
    with transaction.atomic():
        system = Viewer.system(current_tenant(), frozenset({organisation.owner_id}))
        person = register_person(
            owner=organisation.owner, source="appointed", by=system, at=at, given_name=given_name,
            family_name=family_name, phone=phone,
        )  # fmt: skip
        row = add_membership(person=person, organisation=organisation, role=role, by=by, at=at, is_deputy=is_deputy)
        if not AccountLink.objects.filter(person=person).exists():
            give_login(person=person, phone=phone, by=by, at=at)
    return row


def end_membership(*, membership: Membership, by: Viewer, at: dt.datetime) -> Membership:
    """Take a role away: it holds from the person's next request on. LastOne when nobody would answer any more.

    Those who answer may end any role, and everyone may end their own.
    """
    today = wall(at).date()
    with transaction.atomic():
        row = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(id=membership.id)
        Owner.objects.select_for_update(of=("self",)).get(id=row.organisation.owner_id)
        heads = _heads(row.organisation, today)
        own = by.person == row.person_id
        if not (own or manages(by, row.organisation)):
            raise NotYours
        if row.ends is not None and row.ends <= today:
            return row
        if not by.is_system and heads == [row.id]:
            raise LastOne
        close_membership(row, by=by, at=at)
    return row


def close_membership(row: Membership, *, by: Viewer, at: dt.datetime) -> None:
    """Write the end of a membership, without asking whether it may end."""
    row.ends = wall(at).date()
    row.save(update_fields=["ends"])
    record(
        "organisations.end_membership", Ref("organisation", row.organisation_id), by=by, at=at,
        person=row.person.full_name, role=row.role,
    )  # fmt: skip
    publish(MembershipEnded(membership=row.id, person=row.person_id), at=at)


def _heads(organisation: Organisation, today: dt.date) -> list[object]:
    rows = Membership.objects.filter(standing_on(today), organisation=organisation, role__in=OFFICES, is_deputy=False)
    return list(rows.order_by("id").values_list("id", flat=True))
