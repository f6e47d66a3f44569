"""Names go four weeks after the last time they hold for, and one that was taken out is none."""

import datetime as dt

from samtun.operation.activities.actions import making
from samtun.operation.activities.models import Activity
from samtun.operation.registrations.actions import leaving
from samtun.operation.registrations.models import Registration
from tests.factories import programme
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import signs_up, walk

DAY = dt.timedelta(days=1)
SATURDAY = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def forgotten(tun, at):
    return leaving.forget(by=tun.system(), at=at)


def test_names_of_a_course_that_ended_go_four_weeks_after_and_not_after_what_was_taken_out(tun):
    it, time = walk(tun, sign_up="period", when_=weekly())
    signs_up(tun, time, "Anna Stokke", "Per Stokke")
    assert programme.times(it)[-1].ends_at > SATURDAY + 365 * DAY
    making.end(activity=it, by=tun.viewer(), at=SATURDAY)
    assert forgotten(tun, SATURDAY + 27 * DAY) == 0
    assert forgotten(tun, SATURDAY + 29 * DAY) == 2
    assert set(Registration.objects.values_list("name", "contact")) == {("", None)}


def test_names_of_what_was_never_held_go_four_weeks_after_it_ended(tun):
    it, time = walk(tun, sign_up="period", when_=weekly())
    signs_up(tun, time)
    making.end(activity=it, by=tun.viewer(), at=tun.now + 2 * DAY)
    assert forgotten(tun, tun.now + 29 * DAY) == 0
    assert forgotten(tun, tun.now + 31 * DAY) == 1


def test_what_was_cut_short_counts_to_its_last_time(tun):
    it, time = walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 70 * DAY))
    signs_up(tun, time)
    sooner = programme.told(weekly(until=FRIDAY + 7 * DAY), title=it.title, sign_up="period")
    it = Activity.objects.get(id=it.id)
    making.change(activity=it, told=sooner, version=it.version, by=tun.viewer(), at=tun.now)
    last = programme.times(it)[1].ends_at
    assert forgotten(tun, last + 27 * DAY) == 0
    assert forgotten(tun, last + 29 * DAY) == 1


def test_names_for_one_time_of_what_ended_do_not_wait_for_the_day_it_would_have_been(tun):
    it, _time = walk(tun, when_=weekly())
    far = programme.times(it)[-1]
    far.activity = it
    signs_up(tun, far)
    making.end(activity=it, by=tun.viewer(), at=tun.now)
    assert forgotten(tun, tun.now + 27 * DAY) == 0
    assert forgotten(tun, tun.now + 29 * DAY) == 1


def test_what_goes_on_keeps_its_names(tun):
    _it, time = walk(tun, sign_up="period", when_=weekly())
    signs_up(tun, time)
    assert forgotten(tun, tun.now + 90 * DAY) == 0
