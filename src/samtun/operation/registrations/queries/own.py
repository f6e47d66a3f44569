"""What somebody has signed up for: by an address of their own, or logged in."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from samtun.foundation import exports
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.enums import RegistrationState
from samtun.operation.registrations.models import Attendance, Registration
from samtun.operation.registrations.queries.taking_out import tables
from samtun.operation.registrations.rules import HOLDS_PLACE, TOLD, hash_of, own_token
from samtun.people.persons.queries import everyone_of

RELATED = ("activity__owner", "activity__place", "occurrence__host", "occurrence__place", "contact", "ride_from")


def own_path(group: uuid.UUID) -> str:
    """Return the address of those who signed up together."""
    return reverse("registration_own", args=[own_token(group)])


def by_token(token: str) -> list[Registration]:
    """Return those who signed up together, by their own address; NotYours for an address of nobody."""
    rows = Registration.objects.filter(own_hash=hash_of(token), erased_at=None).select_related(*RELATED)
    found = list(rows.order_by("number"))
    if not found:
        raise NotYours
    return found


def next_time(registration: Registration, *, on: dt.date) -> Occurrence | None:
    """Return the time a registration holds for: its own, or the next one of the activity."""
    if registration.occurrence is not None:
        return registration.occurrence
    rows = Occurrence.objects.filter(activity=registration.activity_id, on__gte=on, state=OccurrenceState.PLANNED)
    return rows.select_related("host", "place").order_by("starts_at").first()


def time_been(registration: Registration, *, at: dt.datetime) -> Occurrence | None:
    """Return the time a registration held for last: its own once it has begun, or the last one of the activity."""
    if registration.occurrence is not None:
        return registration.occurrence if registration.occurrence.starts_at <= at else None
    rows = Occurrence.objects.filter(activity=registration.activity_id, starts_at__lte=at)
    return rows.select_related("host", "place").order_by("-starts_at").first()


def are_theirs(viewer: Viewer, rows: Iterable[Registration], *, token: str = "") -> bool:
    """Tell whether registrations are all somebody's own: by their address, or as their contact or who comes."""
    mine = set(everyone_of(viewer.person)) if viewer.person else set()
    own = hash_of(token) if token else ""
    return all((own and row.own_hash == own) or mine & {row.contact_id, row.person_id} for row in rows)


def mine(viewer: Viewer, *, on: dt.date) -> list[tuple[Registration, Occurrence, str]]:
    """Return what somebody who is logged in has signed up for and is still to come, with its page."""
    if viewer.person is None:
        return []
    rows = Registration.objects.filter(contact__in=everyone_of(viewer.person), state__in=TOLD, number=0)
    found = []
    for row in rows.select_related(*RELATED).order_by("made_at")[:50]:
        time = next_time(row, on=on)
        if time is not None and time.on >= on:
            found.append((row, time, own_path(row.group)))
    return sorted(found, key=lambda one: one[1].starts_at)


def contacts_of(occurrence: Occurrence) -> list[uuid.UUID]:
    """Return the persons who hear of a time, each once: of those in line too, not of those who said not this time."""
    rows = Registration.objects.filter(activity=occurrence.activity_id, contact__isnull=False, state__in=TOLD)
    mine = rows.filter(occurrence=occurrence)
    whole = rows.filter(occurrence=None).exclude(attendances__occurrence=occurrence, attendances__answer="not")
    return sorted({*mine.values_list("contact", flat=True), *whole.values_list("contact", flat=True)})


def who_were_there(occurrence: Occurrence) -> list[uuid.UUID]:
    """Return the contacts of those who were at a time: ticked at the door, or on the list and nobody ticked off."""
    rows = Registration.objects.filter(
        activity=occurrence.activity_id, contact__isnull=False, state=RegistrationState.COMING, erased_at=None
    ).filter(Q(occurrence=occurrence) | Q(occurrence=None))
    away = Attendance.objects.filter(occurrence=occurrence).filter(Q(came=False) | Q(came=None, answer="not"))
    there = rows.exclude(id__in=away.values("registration"))
    return sorted(set(there.values_list("contact", flat=True)))


def hears_of(person: uuid.UUID, occurrence: Occurrence) -> Registration | None:
    """Return a registration by which somebody hears of a time; None when they come no more."""
    rows = Registration.objects.filter(contact__in=everyone_of(person), activity=occurrence.activity_id)
    whose = rows.filter(state__in=[*TOLD, *HOLDS_PLACE])
    found = whose.filter(occurrence=occurrence).order_by("made_at").first()
    return found or whose.filter(occurrence=None).order_by("made_at").first()


exports.register("registrations", tables)
