"""Nonsense is refused when it is said."""

from dataclasses import replace

import pytest

from planning.vocabulary.ride import Break, Lock, RideProblem, Shift, Span, Trip, Vehicle
from tests.planning.rides.days import ROAD, car, day, trip

OUT = trip("out", pair="home")
HOME = replace(trip("home", "centre", "farm", at=13, pair="out"), person=OUT.person)
NONSENSE = {
    "span ends before it starts": (lambda: Span(2, 1), "ends when it starts"),
    "span without end": (lambda: Span(0, float("inf")), "ends when it starts"),
    "break of nothing": (lambda: Break(Span(0, 1), 0), "more than 0 seconds"),
    "shift of nothing": (lambda: Shift(Span(0, 1), 0), "more than 0 seconds"),
    "breaks that meet": (
        lambda: Shift(Span(0, 9000), breaks=(Break(Span(0, 900), 600), Break(Span(1400, 2000), 60))),
        "over before the next",
    ),
    "two cars at once": (lambda: day(cars=(car("a", driver="d"), car("b", (15, 17), driver="d"))), "at the same time"),
    "no shift": (lambda: car(shifts=()), "has a shift"),
    "shifts overlap": (lambda: car(shifts=(Shift(Span(0, 5)), Shift(Span(4, 9)))), "overlap"),
    "no seat plan": (lambda: car(seat_plans=()), "seat plan"),
    "seats below none": (lambda: car(seat_plans=((-1,),)), "seat plan"),
    "car that pays": (lambda: car(fixed_cost=-1), "0 or more"),
    "ride of nothing": (lambda: trip("a", longest_ride=0), "may take more than 0"),
    "load below none": (lambda: trip("a", load=(-1,)), "takes 0 or more"),
    "companions below none": (lambda: trip("a", companions=-1), "takes 0 or more"),
    "service below none": (lambda: trip("a", service=(-1, 0)), "0 seconds or more each"),
    "counts for none": (lambda: trip("a", priority=0), "counts for 1 or more"),
    "own way back": (lambda: trip("a", pair="a"), "not its own way back"),
    "told at no time": (lambda: Lock("a", "car", float("nan")), "told time"),
    "twice": (lambda: day(trip("a"), trip("a")), "stands twice"),
    "no kind of place": (lambda: RideProblem((), (), ROAD, places=()), "at least one kind"),
    "price below none": (lambda: day(metre_price=-1), "prices are 0 or more"),
    "unknown place": (lambda: day(trip("a", "moon")), "does not know the place"),
    "unknown pool": (lambda: day(cars=(car(fetched_at="moon"),)), "does not know the place"),
    "load of another day": (lambda: day(trip("a", load=(1, 1))), "A load counts seat"),
    "seats of another day": (lambda: day(cars=(car(seat_plans=((1, 1),)),)), "A seat plan counts seat"),
    "pair alone": (lambda: day(OUT), "name each other"),
    "pair of two": (lambda: day(OUT, replace(HOME, person="x")), "name each other"),
    "home before out": (lambda: day(OUT, replace(HOME, pickup_window=OUT.pickup_window)), "cannot begin before"),
    "lock of a stranger": (lambda: day(trip("a"), locks=(Lock("b", "car", 0),)), "A lock is about"),
}


@pytest.mark.parametrize(("make", "words"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_driver_may_take_another_car_afterwards():
    afterwards = car("b", (16, 18), driver="d")
    assert day(cars=(car("a", driver="d"), afterwards, car("c", driver=None), car("d", driver=None))).vehicles


def test_a_day_knows_its_trips_and_vehicles():
    problem = day(OUT, HOME, cars=(car("a"), car("b")))
    assert problem.trip("home") is HOME
    assert problem.vehicle("b").driver == "d-b"
    assert trip("a", companions=2).taken == (3,)
    assert isinstance(problem.trips[0], Trip)
    assert isinstance(problem.vehicles[0], Vehicle)
