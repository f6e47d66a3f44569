"""Questions about volunteers, always for someone."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from samtun.foundation import exports, hats, joining, refs
from samtun.foundation.audit import saw
from samtun.foundation.models import Share
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.operation.volunteers.models import Absence, Contribution, Profile, Slot, Volunteer, Willing
from samtun.operation.volunteers.rules import hosts
from samtun.people.places.queries import Norwegian


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


def hosted_for(viewer: Viewer, volunteer_id: uuid.UUID) -> Volunteer:
    """Return one volunteer of one's own hosts, for the host's page; NotYours to all others, the volunteer too."""
    row = volunteer_for(viewer, volunteer_id)
    if not hosts(viewer, row):
        raise NotYours
    return row


def list_of(viewer: Viewer, *, on: dt.date, kind: uuid.UUID | None = None, state: str = "") -> QuerySet[Volunteer]:
    """Return own hosts' volunteers by given name; `state` narrows to `free` (may be asked today) or `paused`.

    Each row has `is_away`, `is_quiet` and `is_resting` (a pause that lasts on the day), and `kinds_wanted`.
    """
    profile = Profile.objects.filter(person=OuterRef("person"))
    away = Absence.objects.filter(profile__person=OuterRef("person"), starts__lte=on, ends__gte=on)
    resting = Q(state=Volunteer.State.PAUSED) & (Q(paused_until=None) | Q(paused_until__gte=on))
    rows = volunteers_visible_to(viewer).annotate(
        is_away=Exists(away), is_quiet=Exists(profile.filter(quiet_until__gte=on)), is_resting=resting
    )
    if kind:
        rows = rows.filter(Exists(Willing.objects.filter(volunteer=OuterRef("id"), task_type=kind)))
    if state == "free":
        rows = rows.filter(is_away=False, is_quiet=False, is_resting=False).exclude(state=Volunteer.State.WAITING)
        rows = rows.exclude(person__do_not_contact=True)
    elif state == "paused":
        rows = rows.filter(is_resting=True)
    wanted = Prefetch("willing", Willing.objects.select_related("task_type"), to_attr="kinds_wanted")
    return (
        rows.select_related("person", "person__village", "host")
        .prefetch_related(wanted)
        .order_by(Norwegian("person__given_name"), Norwegian("person__family_name"), "id")
    )


def weekly_times(person_id: uuid.UUID) -> list[Slot]:
    """Return a person's weekly times in the order of the week."""
    return list(Slot.objects.filter(profile__person=person_id).order_by("weekday", "starts"))


def absences_ahead(person_id: uuid.UUID, *, on: dt.date) -> list[Absence]:
    """Return when a person is away, from the day on."""
    return list(Absence.objects.filter(profile__person=person_id, ends__gte=on).order_by("starts"))


def own_volunteers(viewer: Viewer) -> list[Volunteer]:
    """Return the rows that say the viewer is a volunteer, one a host."""
    if viewer.person is None:
        return []
    rows = Volunteer.objects.filter(person=viewer.person).exclude(state=Volunteer.State.LEFT)
    return list(rows.select_related("host", "person").order_by("joined_on", "id"))


def volunteers_of_person(viewer: Viewer, person_id: uuid.UUID) -> list[Volunteer]:
    """Return where a person is a volunteer, among the viewer's own hosts."""
    rows = volunteers_visible_to(viewer).filter(person=person_id)
    return list(rows.select_related("host").order_by("joined_on", "id"))


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


def hours_words(minutes: int) -> str:
    """Return time as people say it: in minutes below an hour, then in half hours. Never as money (R96)."""
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    halves = round(minutes / 30)
    if halves == 2:
        return gettext("1 hour")
    return gettext("%(n)s hours") % {"n": number_format(halves / 2, 0 if halves % 2 == 0 else 1)}


def ceiling_words(profile: Profile | None) -> str:
    """Return how often, as one says it."""
    if profile is None or profile.ceiling_times is None:
        return gettext("No limit set")
    n = profile.ceiling_times
    if profile.ceiling_per == Profile.Per.WEEK:
        words = ngettext("Once a week, all together", "%(n)d times a week, all together", n)
    else:
        words = ngettext("Once a month, all together", "%(n)d times a month, all together", n)
    return words % {"n": n}


def time_words(slots: list[Slot]) -> list[str]:
    """Return weekly times by weekday: "Monday 8.00–12.00, 17.00–21.00"."""
    found: dict[int, list[str]] = {}
    for slot in slots:
        hours = f"{slot.starts:%H.%M}–{slot.ends:%H.%M}"
        found.setdefault(slot.weekday, []).append(hours)
    return [f"{capfirst(str(WEEKDAYS[day]))} {', '.join(hours)}" for day, hours in sorted(found.items())]


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """The host's volunteers, what they want and when, and what was done for it.

    A person's own facts (ceiling, times) follow while they volunteer here. When they were asked last, and the quiet
    after a no, may come of another host's ask, and stay.
    """
    rows = list(Volunteer.objects.filter(host=owner).select_related("person").order_by("id"))
    here = [v.person_id for v in rows if v.state != Volunteer.State.LEFT]
    profiles = {p.person_id: p for p in Profile.objects.filter(person__in=here)}
    wanted = Willing.objects.filter(volunteer__host=owner).order_by("volunteer", "task_type__key")
    slots = Slot.objects.filter(profile__person__in=here).order_by("profile", "weekday", "starts")
    away = Absence.objects.filter(profile__person__in=here).order_by("profile", "starts")
    slot_columns = ("person_id", "weekday", "starts", "ends", "first_month", "last_month")
    persons = frozenset(v.person_id for v in rows)
    return [
        exports.Table(
            "volunteers",
            ("person", "person_id", "state", "paused_until", "joined_on", "insurance_told_on", "note", "ceiling_times",
             "ceiling_per", "has_car", "reach_metres", "languages"),
            [_taken_out(v, profiles.get(v.person_id)) for v in rows], persons,
        ),
        exports.Table(
            "willing", ("person_id", "task_type"), list(wanted.values_list("volunteer__person", "task_type__key")),
            persons,
        ),
        exports.Table(
            "weekly_times", slot_columns, list(slots.values_list("profile__person", *slot_columns[1:])), frozenset(here)
        ),
        exports.Table(
            "absences", ("person_id", "starts", "ends"), list(away.values_list("profile__person", "starts", "ends")),
            frozenset(here),
        ),
        _contributions(owner),
    ]  # fmt: skip


def _taken_out(v: Volunteer, profile: Profile | None) -> tuple[object, ...]:
    own = (v.person.full_name, v.person_id, v.state, v.paused_until, v.joined_on, v.insurance_told_on, v.note)
    if profile is None:
        return (*own, None, None, None, None, None)
    return (
        *own, profile.ceiling_times, profile.ceiling_per, profile.has_car, profile.reach_metres, profile.languages,
    )  # fmt: skip


def _contributions(owner: uuid.UUID) -> exports.Table:
    rows = list(Contribution.objects.filter(owner=owner).select_related("person").order_by("on", "id"))
    return exports.Table(
        "contributions", ("person", "person_id", "kind", "on", "minutes", "metres", "paid", "ref_kind", "ref_id"),
        [
            (c.person.full_name, c.person_id, c.kind, c.on, c.minutes, c.metres, c.paid, c.ref_kind, c.ref_id)
            for c in rows
        ],
        frozenset(c.person_id for c in rows),
    )  # fmt: skip


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


def _stricter(kept: Profile, other: Profile) -> dict[str, Any]:
    """Of two profiles that were found to be one person's, the stricter ceiling and the longer quiet hold."""
    quiet = max((day for day in (kept.quiet_until, other.quiet_until) if day), default=None)
    asked = max((day for day in (kept.last_asked_on, other.last_asked_on) if day), default=None)
    said = [p for p in (kept, other) if p.ceiling_times]
    strictest = min(
        said, key=lambda p: (p.ceiling_times or 0) * (4 if p.ceiling_per == Profile.Per.WEEK else 1), default=kept
    )
    return {
        "quiet_until": quiet, "last_asked_on": asked, "ceiling_times": strictest.ceiling_times,
        "ceiling_per": strictest.ceiling_per,
    }  # fmt: skip


joining.register_carry(Profile, _stricter)
exports.register("volunteers", _tables)
hats.register(hats.HatProvider("volunteer", _hats, _one_hat))
refs.register(refs.RefKind("volunteer", _find))
