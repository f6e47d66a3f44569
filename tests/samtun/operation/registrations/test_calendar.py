"""One's own calendar: asked for by oneself, what one is signed up for and no more, stopped at once."""

import datetime as dt

import icalendar
import pytest

from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.operation.activities.actions import times
from samtun.operation.activities.enums import SignUp
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import attending, subscribing
from samtun.operation.registrations.models import OwnCalendar
from tests.factories import programme
from tests.factories.desk import oneself
from tests.factories.journey import make_tun
from tests.factories.registrations import signs_up, walk


@pytest.fixture
def anna(tun):
    return tun.person("Anna", "Stokke", "+4790000001", phone_kind="mobile")


def shown(tun, me):
    return queries.calendar_times(queries.own_calendar(me), on=tun.now.date())


def test_it_holds_what_one_is_signed_up_for_and_nobody_elses(tun, anna):
    _it, time = walk(tun)
    _other, theirs = walk(tun)
    signs_up(tun, time, "Anna Stokke", n=1, contact=anna)
    signs_up(tun, theirs, "Berit Moen", n=2)
    course = programme.activity(tun, programme.weekly(), title="Kurs", sign_up=SignUp.PERIOD)
    weekly = programme.times(course)
    weekly[0].activity = course
    (whole,) = signs_up(tun, weekly[0], "Anna Stokke", n=3, contact=anna)
    me = oneself(anna)
    subscribing.open_calendar(by=me, at=tun.now)
    assert [one.row.id for one in shown(tun, me)[:2]] == sorted([time.id, weekly[0].id], key=str)
    attending.not_this_time(occurrence=weekly[1], registrations=[whole.id], by=me, at=tun.now)
    times.call_off(occurrence=weekly[2], because="Storm", by=tun.viewer(), at=tun.now)
    there = {one.row.id: one.row.state for one in shown(tun, me)}
    assert theirs.id not in there
    assert weekly[1].id not in there, "not this time"
    assert there[weekly[2].id] == "off", "a calendar is told that it is called off"


def test_a_closed_list_is_a_day_and_no_name(tun, anna):
    it = programme.activity(tun, title="Samtalegruppa", sign_up="sign_up", is_listed=False)
    time = programme.times(it)[0]
    time.activity = it
    signs_up(tun, time, "Anna Stokke", n=1, contact=anna, by=tun.viewer(), via="phone")
    me = oneself(anna)
    subscribing.open_calendar(by=me, at=tun.now)
    assert [one.is_hidden for one in shown(tun, me)] == [True]


def test_one_address_a_person_and_a_stopped_or_guessed_one_is_nobodys(tun, anna):
    me = oneself(anna)
    first = subscribing.open_calendar(by=me, at=tun.now)
    assert subscribing.open_calendar(by=me, at=tun.now) == first
    token = queries.own_calendar(me)
    assert queries.calendar_times(token, on=tun.now.date()) == []
    assert subscribing.stop_calendar(by=me, at=tun.now) == 1
    for old in (token, "guessed", ""):
        with pytest.raises(NotYours):
            queries.calendar_times(old, on=tun.now.date())
    assert queries.own_calendar(me) == ""
    subscribing.open_calendar(by=me, at=tun.now)
    assert queries.own_calendar(me) not in {"", token}
    for nobody in (tun.system(), tun.viewer()):
        with pytest.raises(NotYours):
            subscribing.open_calendar(by=nobody, at=tun.now)


def test_the_page_and_the_file(municipality, scope, now, monkeypatch, open_as, client):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope():
        tun = make_tun(municipality, now)
        anna = tun.person("Anna", "Stokke", "+4790000001", phone_kind="mobile")
        _it, time = walk(tun)
        signs_up(tun, time, "Anna Stokke", n=1, contact=anna)
        me = oneself(anna)
    mine = open_as(me)
    assert "Into your own calendar" in mine.get("/meg/").content.decode()
    page = mine.post("/paamelding/kalender/", {"act": "open"}, follow=True).content.decode()
    with scope():
        path = f"/paamelding/kalender/{queries.own_calendar(me)}.ics"
    assert path in page
    answer = client.get(path)
    assert answer["Cache-Control"] == "no-store"
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == ("Fjelltur", time.starts_at.astimezone(dt.UTC))
    assert b"Anna" not in answer.content
    assert "stopped" in mine.post("/paamelding/kalender/", {"act": "stop"}, follow=True).content.decode()
    assert client.get(path).status_code == 404
    with scope():
        assert OwnCalendar.objects.filter(ended_at=None).count() == 0
