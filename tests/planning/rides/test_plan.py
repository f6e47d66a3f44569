"""Plans of small days, and what holds for any day."""

from dataclasses import replace

import pytest

from planning.problems import rides
from planning.problems.rides import plan_rides
from planning.solvers.rides.keeping import vehicles_of
from planning.stopping import Budget
from planning.vocabulary.plan import Status, WrongPlanError
from planning.vocabulary.ride import At, Break, RideWhy, Shift, Span
from tests.planning.rides.days import HOUR, car, day, random_day, told, trip

FEW = Budget(iterations=60)


def plan(problem, previous=None, **more):
    return plan_rides(problem, FEW, seed=1, previous=previous, **more)


def order(one):
    return [[(stop.at.value, stop.trip) for stop in tour.stops] for tour in one.tours]


def test_two_from_the_farm_share_the_car():
    found = plan(day(trip("a"), trip("b")))
    assert found.status is Status.FEASIBLE
    assert found.cost == 6 * 600
    assert {stop.trip for tour in found.tours for stop in tour.stops} == {None, "a", "b"}


def test_nobody_and_nothing():
    assert plan(day()).tours == ()
    alone = plan(day(trip("a"), cars=()))
    assert alone.unplanned[0].reasons[0].code is RideWhy.NO_VEHICLE


def test_the_one_who_is_fetched_does_not_wait_in_the_car():
    found = plan(day(trip("a", drop_window=Span(11.25 * HOUR, 11.25 * HOUR + 60), longest_ride=4000)))
    ends = {stop.at: stop for stop in found.tours[0].stops}
    assert ends[At.FETCH].start == 10.5 * HOUR
    assert ends[At.START].leave + 600 == ends[At.FETCH].start


def test_a_wheelchair_takes_the_place_of_seats():
    bus = car(seat_plans=((3, 0), (1, 1)))
    chair = trip("chair", load=(0, 1))
    both = day(chair, trip("a", load=(1, 0)), cars=(bus,), places=("seat", "wheelchair"))
    assert plan(both).cost == 6 * 600
    more = replace(both, trips=(chair, *(trip(x, load=(1, 0)) for x in "ab")))
    assert len(plan(more).unplanned) == 1


def test_company_is_kept_apart_and_sought():
    apart = plan(day(trip("a", not_with=frozenset({"p-b"})), trip("b"), cars=(car("x"), car("y"))))
    assert apart.cost == 12 * 600
    friends = (trip("a", rather_with=frozenset({"p-b"})), trip("b", at=13))
    together = plan(day(*friends, cars=(car("x"), car("y"))))
    assert len(together.tours) == 1
    assert together.cost == 10 * 600 - 300


def test_drivers_and_guardians_decide():
    problem = day(
        trip("child", agreed=frozenset({"d-y"})), trip("b", not_with=frozenset({"x"})), cars=(car("x"), car("y"))
    )
    assert set(vehicles_of(plan(problem)).values()) == {"y"}
    refused = plan(day(trip("a"), cars=(car(refuses=frozenset({"p-a"})),)))
    assert [reason.code for reason in refused.unplanned[0].reasons] == [RideWhy.NOT_TOGETHER]


def test_the_one_handed_over_is_met():
    met = trip("a", received=Span(11.25 * HOUR, 11.25 * HOUR + 120))
    found = plan(day(met))
    assert next(stop for stop in found.tours[0].stops if stop.at is At.SET_DOWN).start >= 11.25 * HOUR


def test_a_pool_car_is_fetched_first():
    found = plan(day(trip("a", "village"), cars=(car(fetched_at="centre", fetching=300, fixed_cost=60),)))
    assert found.cost == 60 + 2 * 300 + 600 * (3 + 1 + 1 + 0 + 3)


def test_a_break_is_had_with_nobody_in_the_car():
    rest = Break(Span(10.5 * HOUR, 11.5 * HOUR), 1800)
    at_work = car(shifts=(Shift(Span(9 * HOUR, 13 * HOUR), breaks=(rest,)),))
    found = plan(day(trip("a", at=9.5), trip("b", at=11.5), cars=(at_work,)))
    stops = [stop.at for stop in found.tours[0].stops]
    assert At.BREAK in stops
    assert found.status is Status.FEASIBLE
    early = plan(day(trip("a", at=9), cars=(at_work,)))
    assert At.BREAK not in [stop.at for stop in early.tours[0].stops]
    late = car(shifts=(Shift(Span(9 * HOUR, 15 * HOUR), breaks=(Break(Span(9 * HOUR, 9.2 * HOUR), 1800),)),))
    assert At.BREAK not in [stop.at for stop in plan(day(trip("b", at=12), cars=(late,))).tours[0].stops]


def test_a_break_is_had_at_the_next_stop_where_it_would_be_too_early_before():
    rest = Break(Span(10.5 * HOUR, 11 * HOUR), 1800)
    at_work = car(shifts=(Shift(Span(10 * HOUR + 300, 13 * HOUR), breaks=(rest,)),))
    asked = trip("a", "village", pickup_window=Span(11 * HOUR, 11 * HOUR + 300), drop_window=Span(11 * HOUR, 12 * HOUR))
    found = plan(day(asked, cars=(at_work,)))
    stops = [(stop.at, stop.place, stop.start) for stop in found.tours[0].stops[:3]]
    assert stops[1:] == [(At.BREAK, "village", 10.5 * HOUR), (At.FETCH, "village", 11 * HOUR)]


COFFEE, LUNCH = Break(Span(9.5 * HOUR, 10 * HOUR), 900), Break(Span(11.5 * HOUR, 12.5 * HOUR), 1800)
TEA = Break(Span(14 * HOUR, 14.5 * HOUR), 900)


def breaks_of(found):
    return [(stop.place, stop.start) for stop in found.tours[0].stops if stop.at is At.BREAK]


def test_a_shift_has_all_its_breaks_each_in_its_time():
    asked = [trip("a", at=8.75), trip("b", at=10.5), trip("c", at=13), trip("d", at=15)]
    whole = car(shifts=(Shift(Span(8 * HOUR, 17 * HOUR), breaks=(COFFEE, LUNCH, TEA)),))
    found = plan(day(*asked, cars=(whole,)))
    assert found.status is Status.FEASIBLE
    assert [start for _, start in breaks_of(found)] == [9.5 * HOUR, 11.5 * HOUR, 14 * HOUR]
    # At home before the first and after the last nothing needs to be told.
    assert [start for _, start in breaks_of(plan(day(*asked[1:3], cars=(whole,))))] == [11.5 * HOUR]
    assert breaks_of(plan(day(trip("c", at=12.9), cars=(whole,)))) == []


def test_two_breaks_on_one_way():
    whole = car(shifts=(Shift(Span(8 * HOUR, 17 * HOUR), breaks=(COFFEE, replace(LUNCH, seconds=4500))),))
    found = plan(day(trip("a", "village", at=8.5), trip("b", "village", at=13.5), cars=(whole,)))
    assert [start for _, start in breaks_of(found)] == [9.5 * HOUR, 11.5 * HOUR]
    # The second is had at the other end where there is no time for the way after it.
    tight = trip("b", pickup_window=Span(13 * HOUR, 13 * HOUR), drop_window=Span(13 * HOUR, 14 * HOUR))
    there = car(shifts=(Shift(Span(8 * HOUR, 17 * HOUR), breaks=(COFFEE, Break(Span(11.75 * HOUR, 12 * HOUR), 4500))),))
    assert breaks_of(plan(day(trip("a", at=8.5), tight, cars=(there,)))) == [
        ("centre", 9.5 * HOUR), ("farm", 11.75 * HOUR),
    ]  # fmt: skip


def test_a_break_is_had_on_the_way_where_the_way_is_longer_than_the_break_can_wait():
    """Nobody is aboard, so the driver stops; to be at either end then would leave someone out."""
    noon = Break(Span(11.7 * HOUR, 11.8 * HOUR), 600)
    asked = [
        trip("a", "centre", "garage", at=10.5, drop_window=Span(11.5 * HOUR, 11.5 * HOUR)),
        trip("b", "centre", "farm", at=12, pickup_window=Span(12.2 * HOUR, 12.2 * HOUR)),
    ]
    found = plan(day(*asked, cars=(car(shifts=(Shift(Span(8 * HOUR, 17 * HOUR), breaks=(noon,)),)),)))
    assert found.unplanned == ()
    assert breaks_of(found) == [(None, 11.7 * HOUR)]


def test_breaks_that_do_not_all_fit_leave_someone_out():
    tight = Break(Span(10.9 * HOUR, 11 * HOUR), 1800)
    asked = [
        trip("a", at=9, pickup_window=Span(9 * HOUR, 9 * HOUR)),
        trip("b", pickup_window=Span(11 * HOUR, 11 * HOUR)),
    ]
    whole = car(shifts=(Shift(Span(8.5 * HOUR, 17 * HOUR), breaks=(COFFEE, tight)),))
    found = plan(day(*asked, cars=(whole,)))
    assert len(found.unplanned) == 1


def test_a_later_break_is_not_put_off_by_an_earlier_one_before_the_way():
    early, late = Break(Span(10 * HOUR, 10 * HOUR + 300), 900), Break(Span(10 * HOUR + 1200, 10 * HOUR + 1500), 900)
    first = trip("a", "village", "garage", at=8.75, drop_window=Span(9.5 * HOUR - 60, 9.5 * HOUR - 60))
    after = trip(
        "b", "centre", "farm", pickup_window=Span(11 * HOUR, 11 * HOUR), drop_window=Span(11 * HOUR, 13 * HOUR)
    )
    whole = car(shifts=(Shift(Span(8 * HOUR, 17 * HOUR), breaks=(early, late)),))
    assert breaks_of(plan(day(first, after, cars=(whole,)))) == [
        ("centre", 10 * HOUR), ("centre", 10 * HOUR + 1200),
    ]  # fmt: skip


def test_out_and_home_go_together_or_not_at_all():
    out = trip("out", pair="home")
    home = replace(trip("home", "centre", "farm", at=17, pair="out"), person=out.person)
    found = plan(day(out, home))
    assert [one.id for one in found.unplanned] == ["out", "home"]
    assert RideWhy.PAIR in [reason.code for reason in found.unplanned[0].reasons]
    assert any(fix.code is RideWhy.ONE_MORE_DRIVER or fix.serves == 2 for fix in found.unplanned[0].fixes)


def test_nothing_new_changes_nothing():
    problem = random_day(3)
    first = plan(problem)
    assert plan(problem, first) is first
    locked = replace(problem, locks=(told(*_first(first)),))
    again = plan(locked, first)
    assert order(again) == order(first)
    assert not again.changes


def _first(found):
    stop = next(stop for stop in found.tours[0].stops if stop.at is At.FETCH)
    return stop.trip, found.tours[0].vehicle, stop.start


def test_a_lost_car_moves_only_those_in_it_and_what_is_told_stays():
    cars = (car("x"), car("y"), car("z"))
    problem = day(*(trip(f"t{number}", at=9 + number / 2) for number in range(6)), cars=cars)
    first = plan(problem)
    lost = first.tours[0].vehicle
    kept = {who: v for who, v in vehicles_of(first).items() if v != lost}
    smaller = replace(problem, vehicles=tuple(one for one in cars if one.id != lost))
    second = plan(smaller, first)
    assert second.status is Status.FEASIBLE
    assert {who: v for who, v in vehicles_of(second).items() if who in kept} == kept
    assert {change.code for change in second.changes} >= {RideWhy.OTHER_VEHICLE}


def test_a_new_trip_and_a_shorter_day_are_listed():
    first = plan(day(trip("a"), trip("b", at=13)))
    asked = day(trip("a"), trip("c", at=12), cars=(car(hours=(8, 13)),), locks=(told("a", "car", 10.25 * HOUR),))
    second = plan(asked, first)
    codes = {change.id: change.code for change in second.changes}
    assert codes["b"] is RideWhy.LEFT_OUT
    shrunk = plan(day(trip("a"), trip("b", at=13), cars=(car(hours=(8, 13)),)), first)
    assert [one.id for one in shrunk.unplanned] == ["b"]


def test_a_wrong_plan_never_leaves(monkeypatch):
    monkeypatch.setattr(rides, "cost_of", lambda *_: 1.0)
    with pytest.raises(WrongPlanError, match="does not cost"):
        plan(day(trip("a")))


def test_a_long_search_cools_from_what_its_first_plan_costs():
    many = day(*(trip(f"t{number}", at=9 + number % 12 / 2) for number in range(60)))
    found = plan_rides(many, Budget(iterations=220), seed=1, reasons=False)
    assert found.run.iterations == 220
    assert len(vehicles_of(found)) > 12


def test_seconds_stop_a_search():
    found = plan_rides(random_day(1), Budget(seconds=0.05), seed=1, reasons=False)
    assert found.run.iterations > 0
    assert not found.run.cut_short
    short = plan_rides(random_day(1), Budget(iterations=10**9, seconds=0.05), seed=1, reasons=False)
    assert short.run.cut_short


NEW_RULES = {
    "one seat": {"cars": (car(seat_plans=((1,),)),)},
    "apart": {"first": {"not_with": frozenset({"p-b"})}},
    "shorter ride": {"first": {"longest_ride": 1250}, "second": {"pickup": "village", "longest_ride": 601}},
    "break": {
        "cars": (car(shifts=(Shift(Span(8 * HOUR, 16 * HOUR), breaks=(Break(Span(8 * HOUR, 12 * HOUR), 5 * HOUR),)),)),)
    },
    "late": {"cars": (car(hours=(10.6, 16)),)},
}


@pytest.mark.parametrize("new", NEW_RULES.values(), ids=NEW_RULES)
def test_what_clashes_with_new_rules_is_planned_again(new):
    before = plan(day(trip("a"), trip("b")))
    assert len(before.tours) == 1
    after = day(
        trip("a", **new.get("first", {})), trip("b", **new.get("second", {})), cars=new.get("cars", (car(),))
    )  # fmt: skip
    found = plan(after, before)  # the judge is inside
    assert len(found.unplanned) + len(vehicles_of(found)) == 2
