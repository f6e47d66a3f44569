"""Bus there and bus home: written down for each time, shown to everyone, told to whoever plans; never a wrong bus."""

import datetime as dt
import io
import re
import uuid

import pypdf
import pytest
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation import events
from samtun.foundation.models import Setting
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.operation.activities import tasks
from samtun.operation.activities.actions import buses, making, times
from samtun.operation.activities.enums import Bus
from samtun.operation.activities.models import BusWay, Occurrence
from samtun.operation.activities.queries import advice, bus_words, listed, programme
from samtun.operation.activities.queries.programme import Wanted
from samtun.operation.activities.rules import Rule
from samtun.partners.catalogue.enums import Transport
from samtun.people.places.models import Village
from samtun.people.timetables.actions import take_in
from tests.factories import programme as made
from tests.factories.journey import log_in, make_tun
from tests.factories.programme import FRIDAY, activity, hall, told, weekly, when
from tests.factories.timetables import CENTRE, UNTIL, taken_in, through_the_fork
from tests.samtun.operation.activities.test_pages import written

pytestmark = [pytest.mark.rule("R36"), pytest.mark.practice("lom")]

DAY = {"at": dt.time(11), "to": dt.time(13)}
LATE = {"at": dt.time(11), "to": dt.time(16)}


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


def deliver():
    """Do what events have asked of this room, as the worker would."""
    done = 0
    for job in ProcrastinateJob.objects.filter(task_name="foundation.deliver_event").order_by("id"):
        if job.args["tenant"] == str(current_tenant()) and job.args["receiver"].startswith(
            "samtun.operation.activities.receivers.say_which_bus"
        ):
            done += events.deliver(job.args["event_id"], job.args["receiver"])
    for job in ProcrastinateJob.objects.filter(task_name="activities.write_buses"):
        if job.args["tenant"] == str(current_tenant()):
            place = uuid.UUID(job.args["place_id"]) if "place_id" in job.args else None
            buses.write_buses(place=place, by=Viewer.system(current_tenant()), at=clock.now())
    return done


def by_bus(tun, when_, **more):
    place = more.pop("place", None) or hall(tun, f"Kyrkjestova {when_.at}", lat=CENTRE[0], lon=CENTRE[1])
    return activity(tun, when_, place=place, where="", transport=Transport.PUBLIC, **more)


def test_it_is_written_when_the_timetable_comes_and_when_an_activity_does(tun):
    first = by_bus(tun, weekly(**DAY))
    deliver()
    assert set(first.occurrences.values_list("bus", flat=True)) == {""}
    taken_in(tun.municipality.id, tun.now)
    assert deliver() == 1
    rows = made.times(first)
    assert {row.bus for row in rows if row.on <= UNTIL - dt.timedelta(days=1)} == {Bus.BOTH}
    assert {row.bus for row in rows if row.on > UNTIL} == {""}, "beyond its last day nobody knows"
    way = BusWay.objects.get(occurrence=rows[0])
    assert [clock.wall(one).strftime("%H.%M") for one in (way.there_at, way.home_at)] == ["09.50", "13.40"]
    late = by_bus(tun, when(**LATE))
    deliver()
    assert made.times(late)[0].bus == Bus.NO_HOME
    assert listed(Wanted(FRIDAY, FRIDAY), most=9)[0].bus == Bus.BOTH


def test_another_way_to_come_has_no_bus(tun):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, when(**DAY))
    deliver()
    making.change(
        activity=it, told=told(when(**DAY), place=it.place, where="", transport=Transport.OWN), version=it.version,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert made.times(it)[0].bus == ""


def test_what_is_moved_says_nothing_until_it_is_looked_at(tun):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, when(**DAY))
    deliver()
    row = made.times(it)[0]
    assert row.bus == Bus.BOTH
    times.move(
        occurrence=row, on=FRIDAY, starts=dt.time(11), ends=dt.time(16), place=it.place, where="", note="",
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert Occurrence.objects.get(id=row.id).bus == ""
    assert bus_words([row.id]) == {}, "and paper does not say the old bus either"
    assert deliver()
    assert Occurrence.objects.get(id=row.id).bus == Bus.NO_HOME
    before = Occurrence.objects.get(id=row.id).version
    early = when(at=dt.time(8), to=dt.time(13))
    making.change(
        activity=it, told=told(early, place=it.place, where="", transport=Transport.PUBLIC), version=it.version,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    deliver()
    assert Occurrence.objects.get(id=row.id).bus == Bus.NO_HOME, "moved by hand it stands"
    assert Occurrence.objects.get(id=row.id).version == before + 1, "calendars are not told of buses"


def test_a_rule_that_changes_says_nothing_until_it_is_looked_at(tun):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, weekly(**DAY))
    deliver()
    changed = told(weekly(**LATE), place=it.place, where="", transport=Transport.PUBLIC)
    making.change(activity=it, told=changed, version=it.version, by=tun.viewer(), at=tun.now)
    assert set(it.occurrences.values_list("bus", flat=True)) == {""}
    deliver()
    assert made.times(it)[0].bus == Bus.NO_HOME


@pytest.mark.parametrize(("days", "hour", "bus"), [(102, 3, {""}), (102, 4, {Bus.BOTH}), (90, 3, {Bus.BOTH})])
def test_a_timetable_too_old_is_forgotten_in_the_night(page, scope, monkeypatch, days, hour, bus):
    """At four on the wall, that is three in winter in UTC; at another hour it waits, with the control beside."""
    with scope():
        taken_in(page.municipality.id, page.now)
        it = by_bus(page, weekly(**DAY))
        deliver()
    later = (page.now + dt.timedelta(days=days)).replace(hour=hour, minute=0)
    monkeypatch.setattr(clock, "now", lambda: later)
    newest = ProcrastinateJob.objects.order_by("-id").values_list("id", flat=True)[0]
    tasks.go_on(tenant=str(page.municipality.id))
    for job in ProcrastinateJob.objects.filter(task_name="activities.write_buses", id__gt=newest):
        tasks.write_buses(**job.args)
    with scope():
        coming = it.occurrences.filter(on__gte=later.date(), on__lt=UNTIL - dt.timedelta(days=1))
        assert set(coming.values_list("bus", flat=True)) == bus
        assert BusWay.objects.filter(occurrence__in=coming).exists() == (bus == {Bus.BOTH})
        past = BusWay.objects.filter(occurrence__on__lt=later.date()).exists()
        assert past == (hour != 3), "what has been is cleared away"


def test_nobody_but_the_system_writes_it_and_the_same_again_changes_nothing(tun):
    with pytest.raises(NotYours):
        buses.write_buses(by=tun.viewer(), at=tun.now)
    taken_in(tun.municipality.id, tun.now)
    by_bus(tun, weekly(**DAY))
    deliver()
    keys = set(BusWay.objects.values_list("id", flat=True))
    assert buses.write_buses(by=tun.system(), at=tun.now) == 0
    assert set(BusWay.objects.values_list("id", flat=True)) == keys


def test_a_bus_is_no_ride(tun):
    """Who asks for what they are fetched to is not sent to a bus stop, whatever the timetable says."""
    taken_in(tun.municipality.id, tun.now)
    by_bus(tun, when(**DAY))
    deliver()
    assert programme(Wanted(FRIDAY, FRIDAY, with_ride=True)) == []
    assert len(programme(Wanted(FRIDAY, FRIDAY))) == 1


def test_a_list_is_one_statement(tun, django_assert_num_queries):
    taken_in(tun.municipality.id, tun.now)
    by_bus(tun, weekly(**LATE))
    deliver()
    with django_assert_num_queries(1):
        assert {row.bus for row in listed(Wanted(FRIDAY, FRIDAY + dt.timedelta(days=60)), most=99)} == {Bus.NO_HOME}


@pytest.mark.parametrize(
    ("starts", "ends", "bus", "better"),
    [
        (dt.time(11), dt.time(13), None, None),
        (dt.time(11), dt.time(14), Bus.NO_HOME, [dt.time(10, 30)]),
        (dt.time(11), dt.time(16), Bus.NO_HOME, []),
        (dt.time(18), dt.time(20), Bus.NONE, []),
    ],
)
def test_a_better_hour_is_within_one(tun, starts, ends, bus, better):
    taken_in(tun.municipality.id, tun.now)
    place = hall(tun, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
    found = advice(place, Rule(repeat="once", starts_on=FRIDAY), starts, ends, at=tun.now)
    assert (found and found.bus, found and found.better) == (bus, better)


def test_a_rule_with_a_day_without_a_bus_is_told_that_day(tun):
    taken_in(tun.municipality.id, tun.now)
    place = hall(tun, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
    rule = Rule(repeat="weekly", starts_on=FRIDAY, weekdays=(4, 5))
    found = advice(place, rule, dt.time(11), dt.time(13), at=tun.now)
    assert (found.on, found.bus) == (FRIDAY + dt.timedelta(days=1), Bus.NONE)


@pytest.mark.parametrize(("language", "said", "none", "mark"), [
    ("en", "No bus home", "We do not know which bus goes that day", "No bus home"),
    ("nn", "Ingen buss heim", "Vi veit ikkje kva buss som går den dagen", "Ingen buss heim"),
    ("nb", "Ingen buss hjem", "Vi vet ikke hvilken buss som går den dagen", "Ingen buss hjem"),
])  # fmt: skip
def test_everyone_sees_the_bus_or_that_there_is_none(page, scope, client, language, said, none, mark):
    client.cookies["samtun_language"] = language
    with scope():
        good, late, unknown = (
            by_bus(page, when(**DAY)),
            by_bus(page, when(**LATE)),
            by_bus(page, when(**DAY), place=hall(page, "X")),
        )
        keys = {it: made.times(it)[0].id for it in (good, late, unknown)}
    before = client.get(f"/hva-skjer/{keys[good]}/").content.decode()
    assert "NLOD" not in before, "without a timetable the page says what the publisher wrote"
    with scope():
        taken_in(page.municipality.id, page.now)
        deliver()
    both = client.get(f"/hva-skjer/{keys[good]}/").content.decode()
    assert all(words in both for words in ("Ytstegrenda", "09.50", "13.40", "Entur", "NLOD", "210"))
    assert re.search(r"(arrives|framme) 10\.\d\d", both), "when one is there, before it begins"
    assert said not in both
    half = client.get(f"/hva-skjer/{keys[late]}/").content.decode()
    assert said in half
    assert "09.50" in half
    with translation.override(language):
        publisher = str(Transport.PUBLIC.label)
    assert (publisher in both, publisher in half) == (True, False), "the publisher's word does not stand against it"
    assert half.count("tel:+4757001122") > both.count("tel:+4757001122"), "whom to ring for a ride"
    assert none in client.get(f"/hva-skjer/{keys[unknown]}/").content.decode()
    rows = client.get("/hva-skjer/").content.decode()
    assert rows.count(mark) == 1


@pytest.mark.parametrize(("language", "there", "home", "paper"), [
    ("en", "Get off at Vegdelet, walk 3 minutes to Bakkevegen, and take bus 220 at 09.55.",
     "Change at Vegdelet at 14.10 to bus 210.",
     "bus there 09.10 (get off at Vegdelet, walk 3 minutes to Bakkevegen, bus 220 at 09.55), "
     "bus home 13.40 (change at Vegdelet at 14.10 to bus 210)"),
    ("nn", "Gå av på Vegdelet, gå 3 minutt til Bakkevegen, og ta buss 220 klokka 09.55.",
     "Byt på Vegdelet klokka 14.10 til buss 210.", "(byt på Vegdelet kl. 14.10 til buss 210)"),
    ("nb", "Gå av på Vegdelet, gå 3 minutter til Bakkevegen, og ta buss 220 klokka 09.55.",
     "Bytt på Vegdelet klokka 14.10 til buss 210.", "(bytt på Vegdelet kl. 14.10 til buss 210)"),
])  # fmt: skip
def test_where_and_when_one_changes_is_said_on_the_page_and_on_paper(page, scope, client, language, there, home, paper):
    client.cookies["samtun_language"] = language
    with scope():
        it = by_bus(page, when(**DAY))
        take_in(prepared=through_the_fork(), by=page.system(), at=page.now)
        deliver()
        row = made.times(it)[0]
        assert row.bus == Bus.BOTH
        assert buses.write_buses(by=page.system(), at=page.now) == 0, "the same again is the same"
    shown = " ".join(client.get(f"/hva-skjer/{row.id}/").content.decode().split())
    assert there in shown
    assert home in shown
    assert paper in words_on(client.get(f"/hva-skjer/{row.id}/plakat.pdf"))
    assert paper in words_on(client.get("/hva-skjer/papir/hefte.pdf"))


def test_whoever_publishes_is_told_where_one_changes(page, scope, client):
    """There one must change, home there is none: what goes is told with what does not."""
    with scope():
        log_in(client, page)
        place = hall(page, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        take_in(prepared=through_the_fork(), by=page.system(), at=page.now)
    client.cookies["samtun_language"] = "en"
    typed = written(owner=str(page.centre.id), transport="public", place=str(place.id), at="11.00", to="14.00")
    body = client.post("/program/ny/", typed).content.decode()
    assert "bus there 09.10 (change at Bakkevegen at 09.55), no bus home" in body


def test_whoever_publishes_is_told_and_not_stopped(page, scope, client):
    with scope():
        log_in(client, page)
        place = hall(page, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        taken_in(page.municipality.id, page.now)
    client.cookies["samtun_language"] = "en"
    typed = written(owner=str(page.centre.id), transport="public", place=str(place.id), at="11.00", to="14.00")
    answer = client.post("/program/ny/", typed)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "The timetable says of" in body
    assert "10.30" in body, "the hour that would do"
    assert 'value="Basar"' in body
    seen = body.split('name="seen" value="')[1].split('"')[0]
    assert client.post("/program/ny/", typed | {"seen": seen}).status_code == 302
    with scope():
        assert Occurrence.objects.count() == 1


def test_a_day_in_the_municipalitys_own_holiday_week_is_not_the_day_that_is_named(page, scope, client):
    """Who follows the school year meets not in the winter holiday, which is another week here than in most places."""
    with scope():
        log_in(client, page)
        Setting.objects.create(key="activities.winter_week", value=9, valid_from=page.now.date())
        place = hall(page, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        taken_in(page.municipality.id, page.now)
    typed = written(
        owner=str(page.centre.id), transport="public", place=str(place.id), at="11.00", to="14.00", repeat="weekly",
        starts_on_pick="2027-03-05", weekdays=["4"], school_year="on",
    )  # fmt: skip
    body = client.post("/program/ny/", typed).content.decode()
    assert "12. March" in body.split("The timetable says of")[1][:40]


@pytest.mark.parametrize("changed", [{"transport": "own"}, {"at": "11.00", "to": "13.00"}, {"place": ""}])
def test_nobody_is_told_when_all_is_well_or_nothing_is_known(page, scope, client, changed):
    with scope():
        log_in(client, page)
        place = hall(page, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        taken_in(page.municipality.id, page.now)
    typed = (
        written(owner=str(page.centre.id), transport="public", place=str(place.id), at="11.00", to="14.00") | changed
    )
    assert client.post("/program/ny/", typed).status_code == 302


def test_paper_says_which_bus_in_one_line(page, scope, client):
    with scope():
        it, late = by_bus(page, when(**DAY)), by_bus(page, when(**LATE), title="Lang dag")
        taken_in(page.municipality.id, page.now)
        deliver()
    client.cookies.clear()
    said = " ".join(client.get("/hva-skjer/papir/tekst.txt").content.decode().split())
    assert "Buss dit og heim." in said
    assert "Ingen buss heim." in said
    client.cookies["samtun_language"] = "en"
    with scope():
        key, other = (made.times(one)[0].id for one in (it, late))
    assert "Ytstegrenda: bus there 09.50, bus home 13.40" in words_on(client.get(f"/hva-skjer/{key}/plakat.pdf"))
    assert "Ytstegrenda: bus there 09.50, no bus home" in words_on(client.get(f"/hva-skjer/{other}/plakat.pdf"))
    booklet = words_on(client.get("/hva-skjer/papir/hefte.pdf"))
    assert "bus there 09.50, bus home 13.40" in booklet
    assert "bus there 09.50, no bus home" in booklet


def words_on(answer):
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(one.extract_text().split()) for one in pages)


def test_the_page_of_one_time_asks_as_little_with_many_villages(page, scope, client, django_assert_max_num_queries):
    with scope():
        it = by_bus(page, weekly(**DAY))
        for n in range(12):
            Village.objects.create(name=f"Grend {n}", lat=61.2 + n / 100, lon=4.2)
        taken_in(page.municipality.id, page.now)
        deliver()
        key = made.times(it)[0].id
    client.get(f"/hva-skjer/{key}/")
    with django_assert_max_num_queries(20):
        shown = client.get(f"/hva-skjer/{key}/").content.decode()
    assert shown.split('id="buses"')[1].count("<dt>") == 13


def test_what_was_typed_still_stands_when_something_else_is_wrong(page, scope, client):
    """The timetable is asked only when the page is whole; a fault beside a field comes first, nothing is lost."""
    with scope():
        log_in(client, page)
        place = hall(page, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        taken_in(page.municipality.id, page.now)
    typed = written(
        owner=str(page.centre.id), transport="public", place=str(place.id), at="11.00", to="14.00", price="",
        repeat="monthly", nth="",
    )  # fmt: skip
    answer = client.post("/program/ny/", typed)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Basar"' in body
    assert 'name="seen"' not in body


def test_another_municipalitys_timetable_is_not_mine(page, scope, scope_of, neighbour, client):
    with scope_of(neighbour):
        other = make_tun(neighbour, page.now)
        hall(other, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])
        taken_in(neighbour.id, page.now)
    with scope():
        it = by_bus(page, when(**DAY))
        deliver()
        key = made.times(it)[0].id
        assert made.times(it)[0].bus == ""
    assert "NLOD" not in client.get(f"/hva-skjer/{key}/").content.decode()
