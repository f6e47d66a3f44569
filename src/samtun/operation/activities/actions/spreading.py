"""The rule becomes rows: made for fourteen months ahead, and again when something changes or a month has gone."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from samtun.foundation import search
from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities.actions.borrowing import Before, book_on, follow, take_along
from samtun.operation.activities.enums import ActivityState, OccurrenceState, Rotate
from samtun.operation.activities.events import BusTimesNeeded, OccurrenceChanged, OccurrenceOff
from samtun.operation.activities.models import Activity, Occurrence, Turn
from samtun.operation.activities.queries.rules import rule_of
from samtun.operation.activities.rules import SHOWN, moments, times_of, turn
from samtun.operation.lending.models import Booking
from samtun.partners.catalogue.enums import Known, Transport
from samtun.partners.organisations.models import Organisation
from samtun.people.places.models import Place

AHEAD = dt.timedelta(days=430)
AGAIN = {OccurrenceState.PLANNED, OccurrenceState.PENCILLED, OccurrenceState.DROPPED}
STANDS = {OccurrenceState.PLANNED, OccurrenceState.PENCILLED}
WRITTEN = (
    "on", "at", "to", "starts_at", "ends_at", "state", "place", "where", "village", "host", "is_open", "title",
    "category", "groups", "place_name", "village_name", "host_name", "transport", "bus", "is_free", "step_free",
    "times", "changed_at", "version",
)  # fmt: skip


class Turns:
    """The halls and hosts that take turns, and whose turn it is."""

    def __init__(self, activity: Activity) -> None:
        rows = list(
            Turn.objects.filter(activity=activity).select_related("place__village", "host").order_by("order", "id")
        )
        self.halls = [row.place for row in rows if row.place]
        self.hosts = [row.host for row in rows if row.host]
        self.by_month = activity.rotate == Rotate.MONTHS

    def hall(self, index: int, day: dt.date, first: dt.date) -> Place | None:
        """Return the hall of a time; None when no halls take turns."""
        return self._of(self.halls, index, day, first)

    def host(self, index: int, day: dt.date, first: dt.date) -> Owner | None:
        """Return the host of a time; None when no hosts take turns."""
        return self._of(self.hosts, index, day, first)

    def _of[T](self, among: list[T], index: int, day: dt.date, first: dt.date) -> T | None:
        return among[turn(index, day, first, by_month=self.by_month, of=len(among))] if among else None


def spread(activity: Activity, *, by: Viewer, at: dt.datetime) -> list[Occurrence]:
    """Make and put right the rows of an activity, inside the caller's transaction; return those that are new.

    What has been or has begun, what was changed by hand and what was called off stands; what is no longer in the rule
    is taken out, and those who come are told by the rooms above.
    """
    today = wall(at).date()
    rows = Occurrence.objects.select_for_update(of=("self",)).filter(activity=activity)
    found = {row.planned_on: row for row in rows.select_related("place__village", "village", "host")}
    turns, write = Turns(activity), _Writer(activity, at)
    days = list(enumerate(rule_of(activity).days(today + AHEAD)))
    first = days[0][1] if days else activity.starts_on
    new: list[Occurrence] = []
    old: list[Occurrence] = []
    moved: list[tuple[Occurrence, Before]] = []
    came: list[Occurrence] = []
    for index, day in days:
        row = found.pop(day, None)
        if row is None and activity.starts_on != day and _has_begun(activity, day, at):
            continue
        fresh = row is None
        row = row or Occurrence(activity=activity, planned_on=day, on=day)
        before, was = _where_and_when(row), None if fresh or row.state not in STANDS else Before.of(row)
        was_ahead = not fresh and row.starts_at > at
        if fresh or (was_ahead and not row.by_hand and row.state in AGAIN):
            write.from_rule(row, turns.hall(index, day, first), turns.host(index, day, first))
        write.line(row)
        (new if fresh else old).append(row)
        if row.state in STANDS and row.starts_at > at and was is None:
            came.append(row)
        if _where_and_when(row) != before:
            row.bus = ""
            if row.state in STANDS and was_ahead:
                moved.append((row, was or Before.of(row)))
                if row.state == OccurrenceState.PLANNED:
                    publish(OccurrenceChanged(occurrence=row.id), at=at)
    gone = _drop([row for row in found.values() if row.starts_at > at and row.state in STANDS], write, at=at)
    _what_is_borrowed(activity, moved, gone, came, by=by, at=at)
    Occurrence.objects.bulk_create(new)
    if activity.transport == Transport.PUBLIC and activity.state == ActivityState.OPEN:
        publish(BusTimesNeeded(activity=activity.id), at=at)
    Occurrence.objects.bulk_update([*old, *gone, *_lines(found.values(), gone, write)], WRITTEN, batch_size=500)
    find_by_words(activity, turns)
    return new


def _has_begun(activity: Activity, day: dt.date, at: dt.datetime) -> bool:
    """Tell whether what the rule gives a day has begun: then it is too late to hold it."""
    today = wall(at).date()
    return day < today or (day == today and moments(day, activity.at, activity.to)[0] <= at)


def _drop(gone: list[Occurrence], write: "_Writer", *, at: dt.datetime) -> list[Occurrence]:
    """Take times out that are no longer in the rule; those who come to them are told."""
    for row in gone:
        if row.state == OccurrenceState.PLANNED:
            publish(OccurrenceOff(occurrence=row.id), at=at)
        row.state = OccurrenceState.DROPPED
        write.line(row)
    return gone


def _what_is_borrowed(
    activity: Activity, moved: list[tuple[Occurrence, Before]], gone: list[Occurrence], came: list[Occurrence], *,
    by: Viewer, at: dt.datetime,
) -> None:  # fmt: skip
    """Let what is borrowed for the times follow those that are moved, and go from days that are gone to the new."""
    if not Booking.objects.filter(ref_kind="programme", ref_id=activity.id).exists():
        return
    for row in (*gone, *came, *(row for row, _was in moved)):
        row.activity = activity
    take_along(gone, came, by=by, at=at)
    follow(moved, by=by, at=at)


def find_by_words(activity: Activity, turns: Turns) -> None:
    """Write the words by which everyone finds it while it is open; none else."""
    is_open = activity.state == ActivityState.OPEN and activity.is_listed
    places = [one for one in (activity.place, *turns.halls) if one]
    villages = [one.village.name for one in places] + ([activity.village.name] if activity.village else [])
    hosts = Organisation.objects.filter(owner__in=[activity.owner_id, *(one.id for one in turns.hosts)])
    texts = [
        activity.title, activity.about, activity.easy, activity.where, *(one.name for one in places), *villages,
        *hosts.values_list("name", flat=True),
    ]  # fmt: skip
    ref = Ref("programme", activity.id)
    search.index(ref, owners=[activity.owner_id] if is_open else [], texts=texts if is_open else [])


def _lines(rows: Iterable[Occurrence], gone: list[Occurrence], write: "_Writer") -> list[Occurrence]:
    """Write what the lists show of the rows that are no longer in the rule and stand all the same."""
    rest = [row for row in rows if row not in gone]
    for row in rest:
        write.line(row)
    return rest


def _where_and_when(row: Occurrence) -> tuple[object, ...]:
    return row.on, row.__dict__.get("at"), row.__dict__.get("to"), row.place_id, row.where


class _Writer:
    """Writes a row from its activity. `line` is what the lists show."""

    def __init__(self, activity: Activity, at: dt.datetime) -> None:
        self.activity, self.at = activity, at
        self.names: dict[uuid.UUID, str] = {}

    def from_rule(self, row: Occurrence, hall: Place | None, host: Owner | None) -> None:
        """Put on the row what the rule gives it."""
        it = self.activity
        row.on, row.at, row.to = row.planned_on, it.at, it.to
        row.starts_at, row.ends_at = moments(row.on, row.at, row.to)
        row.place = hall or it.place
        row.where = "" if row.place else it.where
        row.village = row.place.village if row.place else it.village
        row.host = host or it.owner
        row.state = OccurrenceState.PENCILLED if it.state == ActivityState.DRAFT else OccurrenceState.PLANNED

    def line(self, row: Occurrence) -> None:
        """Put on the row what the lists show of it, in one place so that nothing can show two things."""
        it = self.activity
        row.is_open = it.state == ActivityState.OPEN and it.is_listed and row.state in SHOWN
        row.title, row.category, row.groups, row.transport = it.title, it.category, list(it.groups), it.transport
        row.bus = row.bus if it.transport == Transport.PUBLIC else ""
        row.place_name = row.place.name if row.place else row.where
        row.village_name = row.village.name if row.village else ""
        row.host_name = self._name(row.host_id)
        row.is_free, row.step_free = it.is_free, it.step_free == Known.YES
        row.times = sorted(times_of(row.on, row.at))
        row.changed_at = self.at
        row.version += 1

    def _name(self, owner: uuid.UUID) -> str:
        if owner not in self.names:
            found = Organisation.objects.filter(owner=owner).values_list("name", flat=True).first()
            self.names[owner] = found or Owner.objects.values_list("name", flat=True).get(id=owner)
        return self.names[owner]


def write_line(row: Occurrence, *, at: dt.datetime) -> None:
    """Save what the lists show of one row, after something about it was changed by hand."""
    _Writer(row.activity, at).line(row)
    row.save()


def go_on(*, by: Viewer, at: dt.datetime) -> int:
    """Make the rows of all that goes on, for the months that have come nearer; return how many are new."""
    if not by.is_system:
        raise NotYours
    made = 0
    standing = Activity.objects.filter(state__in=[ActivityState.OPEN, ActivityState.WAITING])
    lasting = standing.filter(Q(until=None) | Q(until__gt=wall(at).date())).exclude(repeat="once")
    for key in lasting.order_by("id").values_list("id", flat=True):
        with transaction.atomic():
            row = Activity.objects.select_for_update(of=("self",)).get(id=key)
            theirs = Viewer.system(by.tenant, frozenset({row.owner_id}))
            if new := spread(row, by=theirs, at=at):
                record("activities.go_on", Ref("programme", row.id), by=by, at=at, number=len(new))
                made += len(new)
            book_on(row, by=theirs, at=at)
    return made
