"""What is being held, or has been held earlier the same day, stands when the series is ended or changed."""

import datetime as dt

import pytest

from samtun.foundation.models.runtime import EventRow
from samtun.operation.activities.actions import making, times
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Occurrence
from tests.factories import programme
from tests.factories.programme import FRIDAY, activity, told, weekly

WEEK = dt.timedelta(days=7)
NOON = {"at": dt.time(11), "to": dt.time(13)}
DURING, AFTER = (dt.datetime(2026, 11, 27, hour, tzinfo=dt.UTC) for hour in (11, 13))


def told_of(name):
    rows = EventRow.objects.filter(name=f"activities.occurrence_{name}").order_by("id")
    return {row.payload["occurrence"] for row in rows}


def shown(it):
    return [row.on for row in programme.times(it) if row.is_open]


@pytest.fixture
def it(tun):
    return activity(tun, weekly(**NOON, until=FRIDAY + 2 * WEEK))


@pytest.mark.parametrize("at", [DURING, AFTER])
def test_ended_on_the_day_calls_off_what_is_to_come_alone(tun, it, at):
    first, second, third = programme.times(it)
    making.end(activity=it, by=tun.viewer(), at=at)
    assert [row.state for row in programme.times(it)] == ["planned", "dropped", "dropped"]
    assert told_of("off") == {str(second.id), str(third.id)}, "nobody who is there hears that it is called off"
    assert shown(it) == [first.on]
    it.refresh_from_db()
    assert it.until == FRIDAY, "the last day is the one it was held"


def test_ended_before_it_begins_today_is_called_off_too(tun, it):
    first = programme.times(it)[0]
    making.end(activity=it, by=tun.viewer(), at=first.starts_at - dt.timedelta(hours=1))
    assert {row.state for row in programme.times(it)} == {"dropped"}
    assert str(first.id) in told_of("off")


def test_what_was_noted_as_held_stays_on_the_pages(tun, it):
    first = programme.times(it)[0]
    times.note_held(occurrence=first, head_count=9, by=tun.viewer(), at=AFTER)
    making.end(activity=it, by=tun.viewer(), at=AFTER)
    assert [row.state for row in programme.times(it)] == ["held", "dropped", "dropped"]
    assert shown(it) == [FRIDAY]


@pytest.mark.parametrize(
    "changed", [{"at": dt.time(17), "to": dt.time(19)}, {"weekdays": (3,), "starts_on": FRIDAY + WEEK}]
)  # fmt: skip
@pytest.mark.parametrize("at", [DURING, AFTER])
def test_a_series_moved_on_the_day_leaves_what_has_begun(tun, it, at, changed):
    first, *rest = programme.times(it)
    rule = weekly(**(NOON | {"until": FRIDAY + 2 * WEEK} | changed))
    making.change(activity=it, told=told(rule, title="Ny"), version=it.version, by=tun.viewer(), at=at)
    row = Occurrence.objects.get(id=first.id)
    assert (row.on, row.at, row.state, row.title) == (FRIDAY, dt.time(11), OccurrenceState.PLANNED, "Ny")
    heard = told_of("changed") | told_of("off")
    assert str(first.id) not in heard
    assert heard == {str(one.id) for one in rest}


def test_a_series_moved_before_it_begins_takes_the_day_along(tun, it):
    first = programme.times(it)[0]
    rule = weekly(at=dt.time(17), to=dt.time(19), until=FRIDAY + 2 * WEEK)
    making.change(
        activity=it, told=told(rule), version=it.version, by=tun.viewer(), at=first.starts_at - dt.timedelta(hours=1)
    )
    assert Occurrence.objects.get(id=first.id).at == dt.time(17)
    assert str(first.id) in told_of("changed")


def test_a_weekday_that_is_added_gives_no_time_that_has_been(tun, it):
    """On a Wednesday at two, Wednesdays at eleven begin the week after."""
    wednesday = FRIDAY + dt.timedelta(days=5)
    at = dt.datetime.combine(wednesday, dt.time(13), tzinfo=dt.UTC)
    rule = weekly(**NOON, weekdays=(2, 4), until=FRIDAY + 2 * WEEK)
    making.change(activity=it, told=told(rule), version=it.version, by=tun.viewer(), at=at)
    days = [row.on for row in programme.times(it)]
    assert days == [FRIDAY, FRIDAY + WEEK, wednesday + WEEK, FRIDAY + 2 * WEEK]
