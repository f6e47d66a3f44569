"""Organisations, who acts for them, and when someone is there."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samtun.foundation import exports, hats, refs
from samtun.foundation.audit import saw
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.models import Owner, Share
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.partners.organisations.models import Closure, Membership, OpeningHour, Organisation
from samtun.partners.organisations.queries.presence import leave_table
from samtun.partners.organisations.rules import OFFICES
from samtun.people.persons.models import Person
from samtun.people.persons.queries import has_number
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import label, role_class


class NobodyHere(Refused):
    """Nobody is set up to answer here yet. Ring the municipality instead."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that takes part, and whether somebody answers for it."""

    row: Organisation
    is_answered_for: bool


def organisations_visible_to(viewer: Viewer) -> QuerySet[Organisation]:
    """Return the bodies that take part: their names and open contact details are everyone's."""
    return Organisation.objects.filter(owner__left_on__isnull=True).select_related("owner", "village").order_by("name")


def everyone_taking_part(viewer: Viewer, *, on: dt.date) -> list[Body]:
    """Return every body that takes part, and whether somebody answers for it: who does is its own, behind its wall."""
    if not viewer.may(Permission.MANAGE_SETTINGS):
        raise NotYours
    heads = Membership.objects.filter(standing_on(on), role__in=OFFICES, is_deputy=False)
    answered = set(heads.values_list("organisation", flat=True))
    return [Body(row, row.id in answered) for row in organisations_visible_to(viewer)]


def body_to_set_up(viewer: Viewer, organisation: uuid.UUID, *, on: dt.date) -> Body:
    """Return one body for who sets up the municipality; NotYours otherwise."""
    if viewer.role is not Role.MUNICIPAL_ADMINISTRATOR:
        raise NotYours
    found = next((b for b in everyone_taking_part(viewer, on=on) if b.row.id == organisation), None)
    if found is None:
        raise NotYours
    return found


def own_organisations(viewer: Viewer) -> list[Organisation]:
    """Return the organisations the hat acts for."""
    rows = Organisation.objects.filter(owner__in=viewer.owners).select_related("owner", "village")
    return list(rows.order_by("name"))


def organisation_for(viewer: Viewer, organisation: uuid.UUID) -> Organisation:
    """Return one of one's own; NotYours otherwise."""
    rows = Organisation.objects.filter(id=organisation, owner__in=viewer.owners)
    found = rows.select_related("owner", "village").first()
    if found is None:
        raise NotYours
    return found


def organisation_of(owner: uuid.UUID) -> Organisation:
    """Return the organisation that is an owner of rows; Organisation.DoesNotExist when there is none."""
    return Organisation.objects.select_related("owner").get(owner=owner)


def receiving_owner() -> Owner | None:
    """Return the owner whom the public form and front page speak for: the volunteer centre, else the municipality."""
    kinds = [Organisation.Kind.CENTRE, Organisation.Kind.MUNICIPALITY]
    rows = Organisation.objects.filter(kind__in=kinds, owner__left_on__isnull=True).select_related("owner")
    found = min(
        rows, key=lambda o: (not o.hosts_volunteers, kinds.index(Organisation.Kind(o.kind)), o.id), default=None
    )
    return found.owner if found else None


def answering_owner() -> Owner:
    """Return the receiving owner for a public page; NobodyHere when none is set up."""
    owner = receiving_owner()
    if owner is None:
        raise NobodyHere
    return owner


def speaks_for(owner: Owner) -> uuid.UUID:
    """Return who answers for what must still be said: the owner, or the receiving owner when it has left.

    Somebody must be there to ring those who have no text messages, and to be rung.
    """
    there = receiving_owner() if owner.left_on else None
    return there.id if there else owner.id


def members_of(organisation: Organisation, *, on: dt.date) -> list[Membership]:
    """Return who acts for an organisation on a day."""
    rows = Membership.objects.filter(standing_on(on), organisation=organisation).select_related("person")
    return list(rows.order_by("is_deputy", "starts", "id"))


def deputies_of(owner: uuid.UUID, *, on: dt.date) -> list[Membership]:
    """Return who steps in for an owner's leader or coordinator on a day."""
    rows = Membership.objects.filter(standing_on(on), organisation__owner=owner, is_deputy=True)
    return list(rows.select_related("person").order_by("starts", "id"))


def who_answers_for(owner: uuid.UUID, *, on: dt.date) -> list[uuid.UUID]:
    """Return whom an owner hears through: who answers for it, without the deputies unless there are only those."""
    rows = Membership.objects.filter(standing_on(on), organisation__owner=owner, role__in=OFFICES)
    found = list(rows.order_by("is_deputy", "starts", "id").values_list("person", "is_deputy"))
    heads = [person for person, is_deputy in found if not is_deputy]
    return list(dict.fromkeys(heads or [person for person, _deputy in found]))


def membership_for(viewer: Viewer, membership: uuid.UUID, *, on: dt.date) -> Membership:
    """Return a standing membership in one of one's own organisations; NotYours otherwise."""
    rows = Membership.objects.filter(standing_on(on), id=membership, organisation__owner__in=viewer.owners)
    found = rows.select_related("organisation", "person").first()
    if found is None:
        raise NotYours
    return found


def person_to_appoint(viewer: Viewer, organisation: Organisation, phone: str) -> Person | None:
    """Return the person with exactly this number whom the organisation knows; the wall stands here too."""
    rows = Person.objects.filter(has_number(phone), known__owner=organisation.owner_id, merged_into__isnull=True)
    found = rows.first() if phone and organisation.owner_id in viewer.owners else None
    saw(found.id if found else None, how="listed")
    return found


def _standing(person: uuid.UUID) -> QuerySet[Membership]:
    rows = Membership.objects.filter(
        standing_on(clock.today()), person=person, organisation__owner__left_on__isnull=True
    )
    return rows.select_related("organisation").order_by("starts", "id")


def _hat(row: Membership) -> Hat:
    return Hat(
        key=f"membership:{row.id}", role=Role(row.role), label=label(row.role, row.organisation.name),
        owners=frozenset({row.organisation.owner_id}), permissions=role_class(row.role).permissions,
    )  # fmt: skip


def _all_hats(person: uuid.UUID) -> list[Hat]:
    return [_hat(row) for row in _standing(person)]


def _one_hat(person: uuid.UUID, membership: uuid.UUID) -> Hat | None:
    row = _standing(person).filter(id=membership).first()
    return _hat(row) if row else None


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    return [_bodies(owner), _members(owner), _week(owner), _closures(owner), leave_table(owner), _shares(owner)]


def _bodies(owner: uuid.UUID) -> exports.Table:
    columns = ("name", "kind", "number", "phone", "email", "about", "hosts_volunteers")
    return exports.Table("organisation", columns, list(Organisation.objects.filter(owner=owner).values_list(*columns)))


def _members(owner: uuid.UUID) -> exports.Table:
    rows = list(Membership.objects.filter(organisation__owner=owner).select_related("person").order_by("id"))
    return exports.Table(
        "members", ("person", "person_id", "role", "starts", "ends", "is_deputy"),
        [(m.person.full_name, m.person_id, m.role, m.starts, m.ends, m.is_deputy) for m in rows],
        frozenset(m.person_id for m in rows),
    )  # fmt: skip


def _week(owner: uuid.UUID) -> exports.Table:
    columns = ("weekday", "opens", "closes")
    rows = OpeningHour.objects.filter(organisation__owner=owner).order_by("weekday", "opens").values_list(*columns)
    return exports.Table("opening_hours", columns, list(rows))


def _closures(owner: uuid.UUID) -> exports.Table:
    columns = ("starts", "ends")
    rows = Closure.objects.filter(organisation__owner=owner).order_by("starts").values_list(*columns)
    return exports.Table("closures", columns, list(rows))


def _shares(owner: uuid.UUID) -> exports.Table:
    rows = Share.objects.filter(giver=owner).select_related("receiver").order_by("starts", "id")
    return exports.Table(
        "shares", ("to", "what", "purpose", "starts", "ends"),
        [(s.receiver.name, s.what, s.purpose, s.starts, s.ends) for s in rows],
    )  # fmt: skip


def _find(viewer: Viewer, organisation: uuid.UUID) -> tuple[str, str] | None:
    from django.urls import reverse  # inline: apps not ready

    found = Organisation.objects.filter(id=organisation).first()
    if found is None:
        return None
    return found.name, reverse("organisation", args=[found.id]) if found.owner_id in viewer.owners else ""


hats.register(hats.HatProvider("membership", _all_hats, _one_hat))
exports.register("organisations", _tables)
refs.register(refs.RefKind("organisation", _find))
register_nav(
    NavItem(url_name="municipality", label=_("Set-up"), icon="floors", needs=Permission.MANAGE_SETTINGS, order=5),
    NavItem(
        url_name="all_organisations",
        label=_("All who take part"),
        icon="users",
        needs=Permission.MANAGE_SETTINGS,
        order=70,
    ),
    NavItem(
        url_name="organisations", label=_("Organisation"), icon="home", needs=Permission.MANAGE_ORGANISATION, order=80
    ),
)
