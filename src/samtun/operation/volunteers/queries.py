"""Questions about volunteers, always for someone."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet, Sum
from django.urls import reverse

from samtun.foundation import hats, refs
from samtun.foundation.audit import saw
from samtun.foundation.models import Share
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.operation.volunteers.models import Absence, Contribution, Profile, Slot, Volunteer, Willing


def volunteers_visible_to(viewer: Viewer, *, on: dt.date | None = None) -> QuerySet[Volunteer]:
    """Return the volunteers of own hosts, and of those who share theirs on the day (R112)."""
    owners = visible_owners(viewer, Share.What.VOLUNTEERS if on else None, on=on)
    return Volunteer.objects.filter(host__in=owners).exclude(state=Volunteer.State.LEFT)


def volunteer_for(viewer: Viewer, volunteer_id: uuid.UUID) -> Volunteer:
    """Return one volunteer of one's own hosts, or oneself, opened and logged; NotYours when out of sight."""
    row = Volunteer.objects.filter(id=volunteer_id).select_related("person", "person__village", "host").first()
    if row is None or not (row.host_id in viewer.owners or (viewer.person and viewer.person == row.person_id)):
        raise NotYours
    saw(row.person_id)
    return row


def profile_of(person_id: uuid.UUID) -> Profile | None:
    """Return what is true of a person as a volunteer whoever hosts."""
    return Profile.objects.filter(person=person_id).first()


def availability_of(profiles: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[list[Slot], list[Absence]]]:
    """Return weekly times and absences for many profiles at once: the one door to availability (decisions 6)."""
    found: dict[uuid.UUID, tuple[list[Slot], list[Absence]]] = {p: ([], []) for p in profiles}
    for slot in Slot.objects.filter(profile__in=profiles):
        found[slot.profile_id][0].append(slot)
    for absence in Absence.objects.filter(profile__in=profiles):
        found[absence.profile_id][1].append(absence)
    return found


def willing_types(volunteers: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return the kinds of help each volunteer wants to give."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for volunteer, task_type in Willing.objects.filter(volunteer__in=volunteers).values_list("volunteer", "task_type"):
        found[volunteer].append(task_type)
    return found


def done_by(viewer: Viewer, person_id: uuid.UUID) -> list[Contribution]:
    """Return what a person has done for the owners the viewer sees, newest first; a person sees all of their own."""
    rows = Contribution.objects.filter(person=person_id)
    if viewer.person != person_id:
        rows = rows.filter(owner__in=visible_owners(viewer))
    return list(rows.order_by("-on", "-id")[:100])


def minutes_in_year(viewer: Viewer, person_id: uuid.UUID, year: int) -> int:
    """Return a person's unpaid minutes in a year, for themselves (R96: never as money)."""
    if viewer.person != person_id:
        raise NotYours
    rows = Contribution.objects.filter(person=person_id, on__year=year, paid=False)
    return int(rows.aggregate(sum=Sum("minutes"))["sum"] or 0)


def _hats(person_id: uuid.UUID) -> list[Hat]:
    rows = Volunteer.objects.filter(person=person_id).exclude(state=Volunteer.State.LEFT).select_related("host")
    return [_hat(v) for v in rows.order_by("joined_on")]


def _hat(volunteer: Volunteer) -> Hat:
    return Hat(
        key=f"volunteer:{volunteer.id}", role=Role.VOLUNTEER, label=volunteer.host.name,
        permissions=frozenset({Permission.OWN_PAGE}),
    )  # fmt: skip


def _one_hat(person_id: uuid.UUID, volunteer_id: uuid.UUID) -> Hat | None:
    row = Volunteer.objects.filter(id=volunteer_id, person=person_id).exclude(state=Volunteer.State.LEFT)
    found = row.select_related("host").first()
    return _hat(found) if found else None


def _find(viewer: Viewer, volunteer_id: uuid.UUID) -> tuple[str, str] | None:
    row = Volunteer.objects.filter(id=volunteer_id, host__in=viewer.owners).select_related("person").first()
    return (row.person.full_name, reverse("volunteer", args=[row.id])) if row else None


hats.register(hats.HatProvider("volunteer", _hats, _one_hat))
refs.register(refs.RefKind("volunteer", _find))
