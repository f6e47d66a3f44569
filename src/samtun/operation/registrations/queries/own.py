"""What somebody has signed up for: by an address of their own, or logged in."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import F, Q
from django.urls import reverse

from samtun.foundation import exports
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.enums import RegistrationState
from samtun.operation.registrations.models import Attendance, Registration
from samtun.operation.registrations.queries.taking_out import tables
from samtun.operation.registrations.rules import TOLD, first_token, group_at_first, hash_of, own_token
from samtun.people.persons.queries import everyone_of

MOST_OWN = 50
RELATED = ("activity__owner", "activity__place", "occurrence__host", "occurrence__place", "contact", "ride_from")


def own_path(group: uuid.UUID) -> str:
    """Return the address of those who signed up together."""
    return reverse("registration_own", args=[own_token(group)])


def first_path(group: uuid.UUID) -> str:
    """Return the address one is sent to after signing up: anybody may have written that name and number."""
    return reverse("registration_own", args=[first_token(group)])


def by_token(token: str) -> list[Registration]:
    """Return those who signed up together, by their own address or the first; NotYours for an address of nobody."""
    group = group_at_first(token)
    whose = Q(group=group) if group else Q(own_hash=hash_of(token))
    rows = Registration.objects.filter(whose, erased_at=None).select_related(*RELATED)
    found = list(rows.order_by("number"))
    if not found:
        raise NotYours
    return found


def next_time(registration: Registration, *, on: dt.date) -> Occurrence | None:
    """Return the time a registration holds for: its own, or the next one of the activity."""
    return registration.occurrence or _next_of([registration], on=on).get(registration.activity_id)


def _next_of(whole: Iterable[Registration], *, on: dt.date) -> dict[uuid.UUID, Occurrence]:
    """Return the next time of each activity that somebody has signed up for as a whole."""
    activities = {row.activity_id for row in whole}
    rows = Occurrence.objects.filter(activity__in=activities, on__gte=on, state=OccurrenceState.PLANNED)
    rows = rows.select_related("host", "place").order_by("activity", "starts_at").distinct("activity")
    return {row.activity_id: row for row in rows}


def time_been(registration: Registration, *, at: dt.datetime) -> Occurrence | None:
    """Return the time a registration held for last: its own once it has begun, or the last one of the activity."""
    if registration.occurrence is not None:
        return registration.occurrence if registration.occurrence.starts_at <= at else None
    rows = Occurrence.objects.filter(activity=registration.activity_id, starts_at__lte=at)
    rows = rows.exclude(state=OccurrenceState.DROPPED)
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
    still = Q(occurrence=None) | Q(occurrence__on__gte=on)
    rows = Registration.objects.filter(still, contact__in=everyone_of(viewer.person), state__in=TOLD, number=0)
    found = list(rows.select_related(*RELATED).order_by("made_at")[:MOST_OWN])
    times = _next_of([row for row in found if row.occurrence is None], on=on)
    ahead = [(row, row.occurrence or times.get(row.activity_id), own_path(row.group)) for row in found]
    return sorted(((row, time, path) for row, time, path in ahead if time), key=lambda one: one[1].starts_at)


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
    """Return a registration by which somebody hears of a time; None when they come no more.

    Whoever's place in line ended with the activity hears that it did.
    """
    rows = Registration.objects.filter(contact__in=everyone_of(person), activity=occurrence.activity_id)
    ended = Q(state=RegistrationState.CANCELLED, settled_at__gte=F("activity__ended_at"))
    whose = rows.filter(Q(state__in=TOLD) | ended)
    found = whose.filter(occurrence=occurrence).order_by("made_at").first()
    return found or whose.filter(occurrence=None).order_by("made_at").first()


exports.register("registrations", tables)
