"""When somebody is there: the week, less holidays, closed days and leave that nobody covers (R114)."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from samtun.foundation import exports, presence
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.opening import Opening, OpeningHours
from samtun.partners.organisations.models import Closure, Leave, Membership, OpeningHour, Organisation
from samtun.partners.organisations.rules import post_is_empty, public_holidays
from samtun.people.persons.queries import everyone_of
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import CLASSES, role_class

POST = tuple(role for role, c in CLASSES.items() if Permission.HANDLE_REQUESTS in c.permissions)
"""The roles that answer for what comes in."""


@dataclass(frozen=True, slots=True)
class Cover:
    """That somebody is away, and who steps in: for the line at the top of the desk. `until` is the last day away."""

    away: str
    cover: str
    organisation: str
    until: dt.date


def opening_hours_of(owner: uuid.UUID) -> OpeningHours:
    """Return when someone is there. No rows: no opening hours.

    All is read when it is made, so that the answer can be used after the scope has closed.
    """
    week = tuple(
        Opening(weekday=row.weekday, opens=row.opens, closes=row.closes)
        for row in OpeningHour.objects.filter(organisation__owner=owner).order_by("weekday", "opens")
    )
    away = list(Closure.objects.filter(organisation__owner=owner).values_list("starts", "ends"))
    is_empty = _empty_post(owner)

    def closed(day: dt.date) -> bool:
        holiday = day in public_holidays(day.year)
        return holiday or any(first <= day <= last for first, last in away) or is_empty(day)

    return OpeningHours(week, closed)


def _empty_post(owner: uuid.UUID) -> Callable[[dt.date], bool]:
    """Return whether everyone who answers for what comes in is away on a day, with nobody to step in."""
    leaves = list(_leaves(Q(membership__organisation__owner=owner, membership__role__in=POST)))
    if not leaves:
        return lambda _day: False
    members = list(Membership.objects.filter(organisation__owner=owner, role__in=POST).order_by("id"))
    return lambda day: post_is_empty(members, leaves, day)


def leaves_of(organisation: Organisation, *, on: dt.date) -> list[Leave]:
    """Return the leaves that are not over, the first to begin first."""
    return list(_leaves(Q(membership__organisation=organisation, ends__gte=on)).order_by("starts", "id"))


def leave_for(viewer: Viewer, leave: uuid.UUID) -> Leave:
    """Return a leave in one of one's own organisations; NotYours otherwise."""
    found = _leaves(Q(id=leave, membership__organisation__owner__in=viewer.owners)).first()
    if found is None:
        raise NotYours
    return found


def covers_of(viewer: Viewer, *, on: dt.date) -> list[Cover]:
    """Return for whom the viewer steps in today, in the organisations the hat acts for."""
    if viewer.person is None:
        return []
    rows = _leaves(Q(cover__person=viewer.person, cover__organisation__owner__in=viewer.owners))
    return [_cover(leave) for leave in rows.filter(starts__lte=on, ends__gte=on).order_by("ends", "id")]


def away_for(viewer: Viewer, *, on: dt.date) -> list[Cover]:
    """Return who is away today in the organisations the hat acts for."""
    rows = _leaves(Q(membership__organisation__owner__in=viewer.owners, starts__lte=on, ends__gte=on))
    return [_cover(leave) for leave in rows.order_by("ends", "id")]


def stands_in_for(owner: uuid.UUID, *, on: dt.date) -> list[Cover]:
    """Return who is away from an owner's post on a day, and who steps in: for paper, and for whom to ring."""
    rows = _leaves(Q(membership__organisation__owner=owner, membership__role__in=POST, starts__lte=on, ends__gte=on))
    return [_cover(leave) for leave in rows.order_by("ends", "id")]


def _leaves(which: Q) -> QuerySet[Leave]:
    rows = Leave.objects.filter(which, taken_back_at=None)
    return rows.select_related("membership__person", "membership__organisation", "cover__person")


def _cover(leave: Leave) -> Cover:
    return Cover(
        away=leave.membership.person.full_name, cover=leave.cover.person.full_name if leave.cover else "",
        organisation=leave.membership.organisation.name, until=leave.ends,
    )  # fmt: skip


def may_be_away(viewer: Viewer, *, on: dt.date) -> list[Membership]:
    """Return whose leave the viewer may write down: one's own, and those of a body one answers for."""
    rows = Membership.objects.filter(standing_on(on), organisation__owner__in=viewer.owners)
    if not viewer.may(Permission.MANAGE_ORGANISATION):
        rows = rows.filter(person=viewer.person)
    found = list(rows.select_related("person", "organisation").order_by("organisation", "starts", "id"))
    return sorted(found, key=lambda m: m.person_id != viewer.person)


def could_cover(membership: Membership, *, on: dt.date) -> list[Membership]:
    """Return who may step in for somebody: others at the same body whose role may do as much."""
    needed = role_class(membership.role).permissions
    rows = Membership.objects.filter(standing_on(on), organisation=membership.organisation_id)
    others = rows.exclude(person=membership.person_id).select_related("person").order_by("-is_deputy", "id")
    return [m for m in others if role_class(m.role).permissions >= needed]


def is_at_work(person: uuid.UUID, owner: uuid.UUID, *, on: dt.date) -> bool:
    """Tell whether one who acts for a body is there on a day: neither away nor gone from it.

    Of one who never had a role at it nothing is known, and they count as there.
    """
    posts = Membership.objects.filter(person__in=everyone_of(person), organisation__owner=owner)
    if not posts.exists():
        return True
    away = _leaves(Q(membership__in=posts, starts__lte=on, ends__gte=on)).values("membership")
    return posts.filter(standing_on(on)).exclude(id__in=away).exists()


def _next_there(owner: uuid.UUID, at: dt.datetime) -> dt.datetime | None:
    return opening_hours_of(owner).next_opening(wall(at))


def leave_table(owner: uuid.UUID) -> exports.Table:
    """Return an owner's leaves, for taking out."""
    rows = list(_leaves(Q(membership__organisation__owner=owner)).order_by("starts", "id"))
    values = [
        (r.membership.person.full_name, r.membership.person_id, r.cover.person.full_name if r.cover else "", r.starts,
         r.ends)
        for r in rows
    ]  # fmt: skip
    persons = frozenset(r.membership.person_id for r in rows) | {r.cover.person_id for r in rows if r.cover}
    return exports.Table("leaves", ("person", "person_id", "steps_in", "starts", "ends"), values, persons)


presence.register(_next_there)
