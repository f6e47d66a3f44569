"""What somebody publishes, and what others already do of the same."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from samtun.foundation import exports, refs
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import ActivityState, OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.partners.catalogue.rules import publishes_for
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import receiving_owner
from samtun.people.places.models import Village

LIVE = (ActivityState.DRAFT, ActivityState.WAITING, ActivityState.OPEN, ActivityState.TAKEN_DOWN)
NEARLY = 6


def writes_for(viewer: Viewer, *owners: uuid.UUID) -> bool:
    """Tell whether somebody writes for one of these owners: publishes for it, or is the centre one rings (R104)."""
    return any(publishes_for(viewer, owner) for owner in owners) or is_centre(viewer)


def is_centre(viewer: Viewer) -> bool:
    """Tell whether somebody publishes for the centre, which writes for those who ring and looks at what is said."""
    centre = receiving_owner()
    return viewer.is_system or (centre is not None and publishes_for(viewer, centre.id))


def writes_as(viewer: Viewer) -> list[Owner]:
    """Return the owners somebody publishes for: their own, and, for the centre, everyone who may ring; by name."""
    if not viewer.may(Permission.PUBLISH):
        return []
    centre = receiving_owner()
    rows = Owner.objects.filter(left_on=None)
    if centre is None or centre.id not in viewer.owners:
        rows = rows.filter(id__in=viewer.owners)
    return sorted(rows, key=lambda one: (one.id not in viewer.owners, one.name))


def activities_for(viewer: Viewer, *, on: dt.date, ended: bool = False) -> QuerySet[Activity]:
    """Return what somebody publishes, with its next time (`next_on`) and how many are to come, the nearest first."""
    if not viewer.may(Permission.PUBLISH):
        raise NotYours
    states = [ActivityState.ENDED] if ended else LIVE
    ahead = Occurrence.objects.filter(activity=OuterRef("pk"), on__gte=on, state__in=["planned", "pencil"])
    rows = Activity.objects.filter(owner__in=viewer.owners, state__in=states).select_related("owner", "village")
    next_on = Subquery(ahead.order_by("on").values("on")[:1])
    return rows.annotate(next_on=next_on).order_by("next_on", "title", "id")


def with_next(rows: Iterable[Activity]) -> list[tuple[Activity, dt.date | None]]:
    """Return activities with the day of their next time, as `activities_for` found it."""
    return [(row, row.__dict__.get("next_on")) for row in rows]


def activity_for(viewer: Viewer, activity: uuid.UUID) -> Activity:
    """Return one that somebody publishes; NotYours otherwise."""
    row = Activity.objects.select_related("owner", "place__village", "village").filter(id=activity).first()
    if row is None or not writes_for(viewer, row.owner_id):
        raise NotYours
    return row


def times_for(viewer: Viewer, activity: Activity, *, on: dt.date) -> QuerySet[Occurrence]:
    """Return the coming times of an activity somebody publishes, called off ones too, the nearest first."""
    activity_for(viewer, activity.id)
    rows = Occurrence.objects.filter(activity=activity, on__gte=on).exclude(state=OccurrenceState.DROPPED)
    return rows.order_by("on", "at")


def occurrence_for(viewer: Viewer, occurrence: uuid.UUID) -> Occurrence:
    """Return one time for those who publish it or host it; NotYours otherwise."""
    related = ("activity__owner", "activity__village", "place__village", "village", "host")
    row = Occurrence.objects.select_related(*related).filter(id=occurrence).first()
    if row is None or not writes_for(viewer, row.activity.owner_id, row.host_id):
        raise NotYours
    return row


def on_that_day(viewer: Viewer, *, on: dt.date, village: uuid.UUID | None = None) -> list[Occurrence]:
    """Return what somebody holds that is on that day: for the centre, everything."""
    if not viewer.may(Permission.PUBLISH):
        raise NotYours
    rows = Occurrence.objects.filter(on=on, state=OccurrenceState.PLANNED).select_related("activity", "village")
    centre = receiving_owner()
    if centre is None or centre.id not in viewer.owners:
        rows = rows.filter(Q(activity__owner__in=viewer.owners) | Q(host__in=viewer.owners))
    return list((rows.filter(village=village) if village else rows).order_by("at", "title", "id"))


def villages_of(rows: Iterable[Occurrence]) -> list[Village]:
    """Return the villages that some times are in, by name."""
    return sorted({row.village for row in rows if row.village}, key=lambda one: one.name)


def nearly_the_same(
    *, category: str, village: uuid.UUID | None, groups: Collection[str], owner: uuid.UUID
) -> list[Activity]:
    """Return what others have open of the same sort, in the same place first, before something new is made (R98)."""
    rows = Activity.objects.filter(category=category, state=ActivityState.OPEN, is_listed=True).exclude(owner=owner)
    found = rows.select_related("owner", "village").order_by("title", "id")[:200]
    wanted = set(groups)
    fits = [
        one for one in found if not wanted or not one.groups or wanted & set(one.groups) or "everyone" in one.groups
    ]
    return sorted(fits, key=lambda one: (one.village_id != village, one.title))[:NEARLY]


def hosts() -> list[Organisation]:
    """Return the organisations that can be host, by name."""
    return list(Organisation.objects.filter(owner__left_on=None).select_related("owner").order_by("name"))


def _find(viewer: Viewer, activity: uuid.UUID) -> tuple[str, str] | None:
    row = Activity.objects.filter(id=activity).first()
    if row is None:
        return None
    if publishes_for(viewer, row.owner_id):
        return row.title, reverse("programme_one", args=[row.id])
    is_open = row.state == ActivityState.OPEN and row.is_listed
    return (row.title, reverse("programme_activity", args=[row.id])) if is_open else None


def _find_time(viewer: Viewer, occurrence: uuid.UUID) -> tuple[str, str] | None:
    row = Occurrence.objects.select_related("activity").filter(id=occurrence).first()
    if row is None:
        return None
    if publishes_for(viewer, row.activity.owner_id) or publishes_for(viewer, row.host_id):
        return f"{row.title}, {row.on:%d.%m.%Y}", reverse("occurrence", args=[row.id])
    return (f"{row.title}, {row.on:%d.%m.%Y}", reverse("programme_time", args=[row.id])) if row.is_open else None


def _concerns(activity: uuid.UUID) -> list[uuid.UUID]:
    return list(Activity.objects.filter(id=activity).values_list("owner", flat=True))


def activity_tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all that an owner has in the programme, but its pictures."""
    columns = (
        "id", "title", "about", "gear", "category", "state", "repeat", "starts_on", "until", "at", "to", "where",
        "place__name", "village__name", "transport", "price", "meets_name", "meets_phone", "sign_up", "least", "most",
        "made_at", "made_by", "ended_at",
    )  # fmt: skip
    rows = Activity.objects.filter(owner=owner).order_by("id").values_list(*columns)
    held = ("activity_id", "on", "at", "to", "state", "note", "place_name", "host_name", "head_count")
    times = Occurrence.objects.filter(Q(activity__owner=owner) | Q(host=owner)).exclude(state="dropped")
    return [
        exports.Table("activities", columns, list(rows)),
        exports.Table("occurrences", held, list(times.order_by("on", "id").values_list(*held))),
    ]


refs.register(refs.RefKind("programme", _find, concerns=_concerns))
refs.register(refs.RefKind("occurrence", _find_time))
