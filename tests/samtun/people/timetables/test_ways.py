"""Which bus there and home, from rows; that nobody knows is never "no bus"; one municipality's part, and no other's."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max

from samtun.foundation.models import AuditEvent, EventRow
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock as house_clock
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.kernel.ground import Spot
from samtun.people.places.models import Village
from samtun.people.timetables.actions import NoTripHere, take_in
from samtun.people.timetables.adapters.prepared import Box
from samtun.people.timetables.models import BusStop, Service, Timetable, Trip
from samtun.people.timetables.queries import Ways, box, timetable
from tests.factories import programme
from tests.factories.journey import make_tun
from tests.factories.timetables import CENTRE, HAMLET, TABLES, UNTIL, packed, plain, taken_in, through_the_fork

FRIDAY, SUNDAY = dt.date(2026, 11, 27), dt.date(2026, 11, 29)


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def hall(tun):
    return programme.hall(tun, "Kyrkjestova", lat=CENTRE[0], lon=CENTRE[1])


def ask(hall, tun, on, starts, ends, at=None):
    ways = Ways(at or tun.now, on=[on])
    return ways.between(hall, at_wall(on, dt.time(starts)), at_wall(on, dt.time(ends)))


def hours(way):
    return [ride and house_clock.wall(ride.leaves_at).strftime("%H.%M") for ride in (way.there, way.home)]


def test_both_ways_half_a_way_and_no_way(tun, hall):
    taken_in(tun.municipality.id, tun.now)
    [way] = ask(hall, tun, FRIDAY, 11, 13)
    assert (way.village, hours(way)) == (tun.small, ["09.50", "13.40"])
    assert (way.there.from_stop, way.there.line, way.there.walk) == ("Grenda", "210", 3)
    assert hours(ask(hall, tun, FRIDAY, 11, 16)[0]) == ["09.50", None]
    assert hours(ask(hall, tun, FRIDAY, 8, 13)[0]) == [None, "13.40"]
    assert hours(ask(hall, tun, SUNDAY, 11, 13)[0]) == [None, None]


@pytest.mark.rule("R36")
def test_where_one_must_change_it_says_where_and_when(tun, hall):
    """The bus stops across the road from where one gets off; home one changes at the same stop."""
    take_in(prepared=through_the_fork(), by=Viewer.system(tun.municipality.id), at=tun.now)
    [way] = ask(hall, tun, FRIDAY, 11, 13)
    assert hours(way) == ["09.10", "13.40"]
    there, home = way.there.change, way.home.change
    assert (there.off_stop, there.stop, there.walk, there.line, there.is_elsewhere) == (
        "Vegdelet", "Bakkevegen", 3, "220", True,
    )  # fmt: skip
    assert (there.at, way.there.arrives_at) == (at_wall(FRIDAY, dt.time(9, 55)), at_wall(FRIDAY, dt.time(10, 12)))
    assert (home.stop, home.at, home.line, home.is_elsewhere) == (
        "Vegdelet", at_wall(FRIDAY, dt.time(14, 10)), "210", False,
    )  # fmt: skip
    assert (way.there.line, way.home.from_stop) == ("210", "Sentrum")
    assert ask(hall, tun, UNTIL, 11, 13) is not None
    assert hours(ask(hall, tun, SUNDAY, 11, 13)[0]) == [None, None]
    with pytest.raises(ValueError, match="not among the days"):
        Ways(tun.now, on=[SUNDAY]).between(hall, way.there.leaves_at, way.home.leaves_at)


def test_that_nobody_knows_is_not_no_bus(tun, hall):
    assert ask(hall, tun, FRIDAY, 11, 13) is None, "no timetable"
    taken_in(tun.municipality.id, tun.now)
    assert ask(None, tun, FRIDAY, 11, 13) is None, "nowhere"
    assert ask(programme.hall(tun, "Utan kart"), tun, FRIDAY, 11, 13) is None, "not on the map"
    assert ask(hall, tun, UNTIL + dt.timedelta(days=1), 11, 13) is None, "the timetable has run out by then"
    assert ask(hall, tun, dt.date(2026, 11, 19), 11, 13) is None, "it had not begun"
    assert ask(hall, tun, FRIDAY, 11, 13, at=tun.now + dt.timedelta(days=101)) is None, "it was fetched long ago"
    assert ask(hall, tun, FRIDAY, 11, 13, at=tun.now + dt.timedelta(days=99)) is not None


def test_what_was_put_on_the_map_outside_the_timetable_afterwards_is_not_known(tun, hall):
    """Its stops were not taken along: to say that no bus goes there would be wrong. A village there has no line."""
    around = Box.around([Spot(*CENTRE), Spot(*HAMLET)], metres=5_000)
    taken_in(tun.municipality.id, tun.now, box=around)
    far = programme.hall(tun, "Setra", lat=CENTRE[0] - 0.04, lon=CENTRE[1])
    assert ask(far, tun, FRIDAY, 11, 13) is None
    near = programme.hall(tun, "Vollen", lat=CENTRE[0] - 0.03, lon=CENTRE[1])
    assert ask(near, tun, FRIDAY, 11, 13) is not None
    Village.objects.create(name="Utanfor", lat=61.9, lon=4.0)
    assert [way.village for way in ask(hall, tun, FRIDAY, 11, 13)] == [tun.small]


def test_where_one_walks_there_is_no_bus_to_say(tun, hall):
    """The hall's own village has no line, nor one whose middle is a walk away; a hall far from any stop has no bus."""
    taken_in(tun.municipality.id, tun.now)
    Village.objects.create(name="Øvregata", lat=61.004, lon=4.0)
    assert [way.village for way in ask(hall, tun, FRIDAY, 11, 13)] == [tun.small]
    far = programme.hall(tun, "Setra", lat=61.05, lon=4.0)
    assert [hours(way) for way in ask(far, tun, FRIDAY, 11, 13)] == [[None, None], [None, None]]


def test_a_stop_one_cannot_get_on_or_off_at_is_none_and_one_to_order_says_so(tun, hall):
    trips = plain().trips
    no = [trips[0].__class__(**{name: getattr(trips[0], name) for name in trips[0].__slots__} | {"picks_up": [1, 0]})]
    taken_in(tun.municipality.id, tun.now, trips=no)
    assert hours(ask(hall, tun, FRIDAY, 11, 13)[0]) == [None, None]
    no[0].picks_up[0] = 2
    taken_in(tun.municipality.id, tun.now, trips=no)
    assert ask(hall, tun, FRIDAY, 11, 13)[0].there.must_ring


def test_a_new_one_takes_the_place_of_the_old_and_the_same_again_is_the_same(tun, hall):
    first = taken_in(tun.municipality.id, tun.now)
    taken_in(tun.municipality.id, tun.now)
    counts = [model.objects.count() for model in (Timetable, BusStop, Service, Trip)]
    assert counts == [1, 2, 1, 2]
    assert timetable().id != first.id
    assert AuditEvent.objects.filter(act="timetables.take_in").count() == 2
    assert EventRow.objects.filter(name="timetables.taken_in").count() == 2
    with pytest.raises(NoTripHere):
        taken_in(tun.municipality.id, tun.now, trips=[])
    with pytest.raises(NotYours):
        take_in(prepared=plain(), by=tun.viewer(), at=tun.now)
    assert Trip.objects.count() == 2


def test_what_breaks_in_the_middle_leaves_the_old(tun):
    taken_in(tun.municipality.id, tun.now)
    broken = plain().trips[0].__class__(5, "1", "bus", [0], [0], [0], [0], [0])
    with pytest.raises(IndexError):
        taken_in(tun.municipality.id, tun.now, trips=[broken])
    assert Trip.objects.count() == 2


def test_a_hall_is_read_once_however_many_times(tun, hall, django_assert_num_queries):
    taken_in(tun.municipality.id, tun.now)
    with django_assert_num_queries(5):
        days = [FRIDAY + dt.timedelta(days=n) for n in range(50)]
        ways = Ways(tun.now, on=days)
        for on in days:
            assert ways.between(hall, at_wall(on, dt.time(11)), at_wall(on, dt.time(13)))


def run(path, **options):
    said = StringIO()
    call_command("take_in_timetable", path, stdout=said, **options)
    return said.getvalue()


def test_the_command_takes_it_in_and_a_broken_file_leaves_it(
    scope, municipality, neighbour, scope_of, now, clock, tmp_path
):
    clock.at = now
    with scope():
        make_tun(municipality, now)
    said = run(packed(tmp_path), host="testserver")
    assert "Dalgrend kommune: 3 trips between 3 stops, to 31.03.2027. 0 could not be used." in said
    with pytest.raises(CommandError, match="Fjordnes kommune: no village or hall is on the map"):
        run(packed(tmp_path))
    with scope_of(neighbour):
        assert (Trip.objects.count(), BusStop.objects.count()) == (0, 0)
    half = packed(tmp_path, stop_times=TABLES["stop_times.txt"].replace("9:50:00", "9:5", 1))
    with pytest.raises(CommandError, match=r"Line 2 of stop_times.txt"):
        run(half, host="testserver")
    far = packed(tmp_path, stops=TABLES["stops.txt"].replace("61.", "59.").replace("4.", "9."))
    with pytest.raises(CommandError, match="Nothing in this timetable goes between two stops"):
        run(far, host="testserver")
    with pytest.raises(CommandError, match="no municipality with the host name"):
        run(half, host="ingen")
    with scope():
        assert Trip.objects.count() == 3
        assert Trip.objects.aggregate(most=Max("arrives"))["most"][-1] >= 50520


def test_the_box_is_around_villages_and_halls(tun, hall):
    around = box()
    assert all(around.holds(*spot) for spot in (CENTRE, HAMLET, (61.24, 4.2)))
    assert not around.holds(61.3, 4.2)
    assert not around.holds(61.0, 3.8)
