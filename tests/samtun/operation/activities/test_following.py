"""What is borrowed for a time follows it: moved, held elsewhere, called off, on again; or says that it is taken."""

import datetime as dt
import uuid

import pytest

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import borrowing, making, spreading, times
from samtun.operation.activities.models import Occurrence
from samtun.operation.lending.actions import answering, handing
from samtun.operation.lending.actions.booking import TimeTaken
from samtun.operation.lending.models import Booking, BookingStep
from samtun.work.todos.models import Todo
from tests.factories import programme
from tests.factories.lending import a_hall, an_evening, booked, speaker
from tests.factories.programme import FRIDAY, told, weekly, when

pytestmark = [pytest.mark.django_db, pytest.mark.practice("nissedal")]
WEEK = dt.timedelta(days=7)
EIGHT = (dt.time(20), dt.time(22))


@pytest.fixture
def hall(tun):
    return a_hall(tun, way="at_once")


def written(tun, *things, when_=None, **changes):
    return making.write(
        owner=tun.other, told=told(when_ or when(), **changes), sent_key=uuid.uuid4(), by=tun.viewer(tun.centre),
        at=tun.now, things=things,
    )  # fmt: skip


def move(tun, row, on=FRIDAY, hours=EIGHT, *, place=None, where="Menighetshuset"):
    return times.move(
        occurrence=row, on=on, starts=hours[0], ends=hours[1], place=place, where=where, note="", at=tun.now,
        by=tun.viewer(tun.centre),
    )  # fmt: skip


def held_now():
    rows = Booking.objects.filter(state="booked").order_by("begins_at", "lendable__name")
    return [(row.lendable.name, row.on, row.starts) for row in rows]


def test_the_hall_and_the_urn_follow_and_the_old_time_is_free(tun, hall):
    urn = a_hall(tun, name="Kaffitraktar", kind="gear", way="at_once")
    it = written(tun, hall, urn)
    move(tun, programme.times(it)[0], FRIDAY + WEEK)
    assert held_now() == [(name, FRIDAY + WEEK, dt.time(20)) for name in ("Fjordheim", "Kaffitraktar")]
    assert booked(tun, hall, owner=tun.council)[0].state == "booked"
    move(tun, programme.times(it)[0], FRIDAY + 2 * WEEK)
    assert [row[1] for row in held_now() if row[0] == "Kaffitraktar"] == [FRIDAY + 2 * WEEK]


def test_where_it_is_taken_nothing_is_changed_and_the_sentence_says_so(tun, hall):
    it = written(tun, hall)
    booked(tun, hall, an_evening(FRIDAY + WEEK), owner=tun.council)
    before = held_now()
    with pytest.raises(TimeTaken, match=r"18\.00"):
        move(tun, programme.times(it)[0], FRIDAY + WEEK, (dt.time(18), dt.time(20)))
    assert (held_now(), Occurrence.objects.get().on) == (before, FRIDAY)


def test_held_elsewhere_the_hall_is_given_back_and_the_one_of_the_new_place_is_booked(tun, hall):
    urn = a_hall(tun, name="Kaffitraktar", kind="gear", way="at_once")
    a_hall(tun, name="Nesheim", way="at_once")
    it = written(tun, hall, urn)
    move(tun, programme.times(it)[0], hours=(dt.time(18), dt.time(20)), where="nesheim")
    assert [row[0] for row in held_now()] == ["Kaffitraktar", "Nesheim"]
    move(tun, programme.times(it)[0], hours=(dt.time(18), dt.time(20)), where="På ei gardsbruk")
    assert [row[0] for row in held_now()] == ["Kaffitraktar"]
    nesheim = programme.hall(tun, "Nesheim")
    move(tun, programme.times(it)[0], place=nesheim)
    assert [row[0] for row in held_now()] == ["Kaffitraktar"], "what was let go is not taken again by itself"


def test_where_one_asks_first_the_new_time_is_asked_for_on_the_owners_desk(tun):
    tun.person("Aud", "Moen", "+4790000888", owner=tun.centre)
    hall = a_hall(tun)
    it = making.write(
        owner=tun.other, told=told(), sent_key=uuid.uuid4(), by=speaker(tun, tun.other), at=tun.now, things=[hall]
    )
    row = Booking.objects.get()
    answering.accept(booking=row, by=speaker(tun), at=tun.now)
    assert not Todo.objects.filter(reason="answer_booking", done_at=None).exists()
    times.move(
        occurrence=programme.times(it)[0], on=FRIDAY + WEEK, starts=dt.time(18), ends=dt.time(20), place=None,
        where="Menighetshuset", note="", by=speaker(tun, tun.other), at=tun.now,
    )  # fmt: skip
    assert list(Booking.objects.order_by("begins_at").values_list("state", flat=True)) == ["given_back", "asked"]
    assert Todo.objects.get(reason="answer_booking", done_at=None).owner_id == tun.centre.id
    times.call_off(occurrence=programme.times(it)[0], because="Storm", by=speaker(tun, tun.other), at=tun.now)
    assert Booking.objects.order_by("begins_at").last().state == "cancelled", "and asked for no more"
    assert not Todo.objects.filter(reason="answer_booking", done_at=None).exists()


def test_on_again_it_is_booked_again_or_waited_for_when_another_has_got_it(tun, hall):
    kari = tun.person("Kari", "Lie", "+4790000444")
    it = written(tun, hall)
    row = programme.times(it)[0]
    by = {"by": tun.viewer(tun.centre), "at": tun.now}
    times.call_off(occurrence=row, because="Storm", **by)
    times.on_again(occurrence=row, **by)
    assert held_now() == [("Fjordheim", FRIDAY, dt.time(18))]
    times.call_off(occurrence=row, because="Storm igjen", **by)
    booked(tun, hall, owner=tun.council)
    again = times.on_again(occurrence=row, **by)
    assert (again.state, Booking.objects.filter(state="waiting").count()) == ("planned", 1)
    assert borrowing.lacks(again) == ["Fjordheim"]
    assert Message.objects.filter(to_person=kari.id).count() == 0


def test_a_series_at_another_hour_takes_its_hall_along_and_gives_back_what_is_left_out(tun, hall):
    it = written(tun, hall, when_=weekly(until=FRIDAY + 2 * WEEK))
    it.refresh_from_db()
    making.change(
        activity=it, told=told(weekly(until=FRIDAY + WEEK, at=dt.time(19), to=dt.time(21))), version=it.version,
        by=tun.viewer(tun.centre), at=tun.now,
    )  # fmt: skip
    assert held_now() == [("Fjordheim", FRIDAY + n * WEEK, dt.time(19)) for n in range(2)]


def test_a_series_that_cannot_have_its_hall_is_not_changed(tun, hall):
    it = written(tun, hall, when_=weekly(until=FRIDAY + 2 * WEEK))
    booked(tun, hall, an_evening(FRIDAY + WEEK, (dt.time(20), dt.time(23))), owner=tun.council)
    it.refresh_from_db()
    with pytest.raises(Refused):
        making.change(
            activity=it, told=told(weekly(until=FRIDAY + 2 * WEEK, at=dt.time(19), to=dt.time(21))),
            version=it.version, by=tun.viewer(tun.centre), at=tun.now,
        )  # fmt: skip
    assert {row[2] for row in held_now()} == {dt.time(18), dt.time(20)}


def changed(tun, it, when_, **more):
    it.refresh_from_db()
    by = tun.viewer(tun.centre)
    return making.change(activity=it, told=told(when_, **more), version=it.version, by=by, at=tun.now)


def test_a_series_moved_to_another_weekday_has_its_hall_on_the_new_days(tun, hall):
    urn = a_hall(tun, name="Kaffitraktar", kind="gear", way="at_once")
    it = written(tun, hall, urn, when_=weekly(until=FRIDAY + WEEK))
    saturday = FRIDAY + dt.timedelta(days=1)
    changed(tun, it, weekly(starts_on=saturday, until=saturday + WEEK, weekdays=(5,)))
    days = [saturday, saturday + WEEK]
    assert held_now() == [(name, on, dt.time(18)) for on in days for name in ("Fjordheim", "Kaffitraktar")]
    changed(tun, it, weekly(until=FRIDAY + WEEK), where="På ei gardsbruk")
    assert [(name, on) for name, on, _at in held_now()] == [("Kaffitraktar", FRIDAY), ("Kaffitraktar", FRIDAY + WEEK)]


def test_who_lends_the_hall_hears_once_of_a_whole_series(tun):
    hall = a_hall(tun, way="at_once", owner=tun.council)
    it = written(tun, hall, when_=weekly(until=FRIDAY + 3 * WEEK))
    times.call_off(occurrence=programme.times(it)[1], because="Sjukdom.", by=tun.viewer(tun.centre), at=tun.now)
    assert [step.dates for step in BookingStep.objects.filter(kind="given_back")] == [1]
    it.refresh_from_db()
    making.end(activity=it, by=tun.viewer(tun.centre), at=tun.now)
    assert [step.dates for step in BookingStep.objects.filter(kind="given_back").order_by("at", "id")] == [1, 3]
    assert held_now() == []


def test_where_another_has_one_of_the_new_days_the_series_stays_as_it_was(tun, hall):
    it = written(tun, hall, when_=weekly(until=FRIDAY + WEEK))
    saturday = FRIDAY + dt.timedelta(days=1)
    booked(tun, hall, an_evening(saturday + WEEK), owner=tun.council)
    before = held_now()
    with pytest.raises(TimeTaken, match=r"18\.00"):
        changed(tun, it, weekly(starts_on=saturday, until=saturday + WEEK, weekdays=(5,)))
    assert held_now() == before
    assert {row.on for row in programme.times(it)} == {FRIDAY, FRIDAY + WEEK}


def test_a_series_that_goes_on_has_its_hall_for_half_a_year_ahead_always(tun, hall):
    urn = a_hall(tun, name="Kaffitraktar", kind="gear", way="at_once")
    it = written(tun, hall, urn, when_=weekly(until=None))
    assert len(held_now()) == 2 * borrowing.MOST_TIMES
    last = Booking.objects.filter(lendable=urn).order_by("begins_at").last()
    handing.give_back(booking=last, whole=False, by=tun.viewer(tun.centre), at=tun.now)
    booked(tun, hall, an_evening(programme.times(it)[borrowing.MOST_TIMES + 1].on), owner=tun.council)
    month = tun.now + 4 * WEEK
    spreading.go_on(by=Viewer.system(tun.centre.tenant_id), at=month)
    new = Booking.objects.filter(ref_id=it.id, made_at=month).order_by("begins_at")
    assert [(row.lendable.name, row.state) for row in new] == [
        ("Fjordheim", state) for state in ("booked", "waiting", "booked", "booked")
    ], "the urn was let go for the last time: it is let be"
    assert borrowing.waited_for(it, at=month) == [("Fjordheim", new[1].on)]
    spreading.go_on(by=Viewer.system(tun.centre.tenant_id), at=month)
    assert Booking.objects.filter(ref_id=it.id, made_at=month).count() == 4
