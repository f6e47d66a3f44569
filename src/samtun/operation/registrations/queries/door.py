"""Who comes, for those who hold it: the door list, the call list, and how many. How somebody pays is not theirs."""

import uuid
from dataclasses import dataclass

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.queries import is_centre
from samtun.operation.registrations.enums import Answer
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Allocation, Attendance, Registration
from samtun.operation.registrations.queries.standing import lines_of
from samtun.operation.registrations.rules import HOLDS_PLACE, holds_door
from samtun.partners.catalogue.rules import MUNICIPAL, publishes_for
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person

RELATED = ("activity__owner", "host", "place__village", "village")


@dataclass(frozen=True, slots=True)
class Line:
    """One on the list of a time: who, and what was answered. How somebody pays is not told, only that it is chosen."""

    row: Registration
    answer: str
    came: bool | None
    is_settled: bool
    is_twice: bool
    phone: str
    other: str
    takes_texts: bool


def gives_places(activity: Activity) -> uuid.UUID | None:
    """Return the owner that gives out the places of an activity."""
    return Allocation.objects.filter(activity=activity).values_list("owner", flat=True).first()


def occurrence_at_door(viewer: Viewer, occurrence: uuid.UUID) -> Occurrence:
    """Return a time that somebody may see the list of; NotYours otherwise."""
    row = Occurrence.objects.select_related(*RELATED).filter(id=occurrence).first()
    if row is None or not may_see(viewer, row):
        raise NotYours
    return row


def may_see(viewer: Viewer, occurrence: Occurrence) -> bool:
    """Tell whether somebody may see who comes to a time."""
    if not (viewer.is_system or viewer.may(Permission.PUBLISH)):
        return False
    gives = gives_places(occurrence.activity)
    return holds_door(viewer, occurrence, is_centre=is_centre(viewer), gives=gives)


def door(viewer: Viewer, occurrence: Occurrence) -> list[Line]:
    """Return those who come to a time, by name; those in line stand last, in their order."""
    if not may_see(viewer, occurrence):
        raise NotYours
    rows = lines_of(occurrence.activity, occurrence).filter(erased_at=None, state__in=[*HOLDS_PLACE, State.WAITING])
    found = list(rows.select_related("contact", "person", "ride_from"))
    marks = {one.registration_id: one for one in Attendance.objects.filter(occurrence=occurrence)}
    names = [_same(row) for row in found if row.state in HOLDS_PLACE]
    found.sort(key=lambda r: (r.state == State.WAITING, r.line_since if r.state == State.WAITING else r.name, r.name))
    return [_line(row, marks.get(row.id), is_twice=names.count(_same(row)) > 1) for row in found]


def _same(row: Registration) -> tuple[str, uuid.UUID | None]:
    return row.name.casefold(), row.contact_id


def _line(row: Registration, mark: Attendance | None, *, is_twice: bool) -> Line:
    contact = row.contact if row.contact and not row.contact.is_dead else None
    return Line(
        row=row, answer=mark.answer if mark else "", came=mark.came if mark else None, is_settled=bool(row.pays),
        is_twice=is_twice, phone=contact.phone if contact else "",
        other=contact.full_name if contact and (row.is_child or contact.full_name != row.name) else "",
        takes_texts=contact is not None and contact.phone_kind == Person.Reached.MOBILE,
    )  # fmt: skip


def call_list(viewer: Viewer, occurrence: Occurrence) -> list[Line]:
    """Return those to ring before a time (R53), by name: nobody in line, nobody without a number."""
    return [one for one in door(viewer, occurrence) if one.row.state in HOLDS_PLACE and one.phone]


def totals(lines: list[Line]) -> dict[str, int]:
    """Return how many come, need a ride, are new, are in line, and have come."""
    held = [one for one in lines if one.row.state in HOLDS_PLACE and one.answer != "not"]
    held += [one for one in lines if one.row.state == State.WAITING and one.answer == "coming"]
    return {
        "coming": len(held), "rides": sum(one.row.wants_ride or one.answer == "ride" for one in held),
        "new": sum(one.row.is_first_time for one in held),
        "waiting": sum(one.row.state == State.WAITING for one in lines),
        "came": sum(one.came is True for one in lines), "settled": sum(one.is_settled for one in held),
    }  # fmt: skip


def gear_to_bring(lines: list[Line]) -> list[tuple[str, str]]:
    """Return who borrows gear and which, those who signed up together on one line; nobody in line, nobody not there."""
    together: dict[uuid.UUID, list[Registration]] = {}
    for one in lines:
        if one.row.borrows_gear and one.row.state in HOLDS_PLACE and one.answer != Answer.NOT:
            together.setdefault(one.row.group, []).append(one.row)
    return [(", ".join(row.name for row in rows), rows[0].gear_size) for rows in together.values()]


def places_of(viewer: Viewer, activity: Activity) -> list[Registration]:
    """Return those with a place, by name, then those in line: for whoever gives it out and those who hold it."""
    gives = gives_places(activity)
    owners = [activity.owner_id, *([gives] if gives else [])]
    if not any(publishes_for(viewer, owner) for owner in owners):
        raise NotYours
    rows = Registration.objects.filter(activity=activity, occurrence=None, erased_at=None)
    found = list(rows.filter(state__in=[*HOLDS_PLACE, State.WAITING]).select_related("contact").order_by("name", "id"))
    held = [row for row in found if row.state != State.WAITING]
    return held + sorted((row for row in found if row.state == State.WAITING), key=lambda row: row.line_since)


def municipal_owners() -> list[Owner]:
    """Return the municipality and its units, by name: those who can give out places."""
    rows = Organisation.objects.filter(kind__in=MUNICIPAL, owner__left_on=None).select_related("owner")
    return [one.owner for one in rows.order_by("name")]


def gives_out(viewer: Viewer) -> list[Activity]:
    """Return the activities somebody gives out places for, by name."""
    rows = Allocation.objects.filter(owner__in=viewer.owners).select_related("activity__owner")
    return sorted((one.activity for one in rows), key=lambda it: it.title)
