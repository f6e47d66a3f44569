"""The judge of a rota must object: each answer here is wrong in one way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planning.judge.rotas import cost_of, judge_rota, judge_seats
from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.plan import Run, Status, Unplanned
from planning.vocabulary.reason import Reason
from planning.vocabulary.rota import Most, RotaPlan, RotaProblem, RotaWhy, Seat, Turn, Unit

MONDAY = date(2026, 11, 30)
MEALS = frozenset({"meal"})


def day(name: str, at: int, **more: object) -> Turn:
    return Turn(name, "meal", MONDAY + timedelta(days=at), MONDAY + timedelta(days=at), **more)


def unit(name: str, **more: object) -> Unit:
    return Unit(**{"id": name, "members": (name,), "kinds": MEALS, **more})


PROBLEM = RotaProblem(
    (day("a", 0), day("b", 0), day("c", 2), day("choir", 9, seats=2, group="choir", someone_known=True), day("d", 10)),
    (
        unit("anna"),
        unit("bo", rest=2),
        unit("couple", members=("anna", "bo")),
        unit("phones", kinds=frozenset({"phone"})),
        unit("away", absences=(Absence(MONDAY, MONDAY),)),
        unit("tuesdays", slots=(WeeklySlot(1),)),
        unit("once", most=(Most(1, 2),)),
        unit("vetoed", not_with=frozenset({"choir"})),
        Unit("lions", kinds=MEALS),
    ),
)


def plan(
    *seats: tuple[str, str], open_: str | None = None, cost: int | None = None, bound: int | None = None
) -> RotaPlan:
    named = tuple(Seat(*seat) for seat in seats)
    given = [turn for turn, _ in seats]
    left = [turn.id for turn in PROBLEM.turns if given.count(turn.id) < turn.seats] if open_ is None else open_.split()
    known = {turn.id for turn in PROBLEM.turns}, {one.id for one in PROBLEM.units}
    if cost is None:
        real = all(seat.turn in known[0] and seat.unit in known[1] for seat in named)
        cost = cost_of(PROBLEM, named) if real else 0
    reasons = (Reason(RotaWhy.ABSENT),)
    opened = tuple(Unplanned(one, reasons) for one in left)
    return RotaPlan(Status.PARTIAL, named, opened, (), (), cost, bound, Run("by hand", 1, 1, 0, ""))


WRONG = {
    "unknown": (plan(("a", "x")), "not among those given"),
    "kind": (plan(("a", "phones")), "does not do this"),
    "away": (plan(("a", "away")), "is away"),
    "not free": (plan(("a", "tuesdays")), "not free then"),
    "veto": (plan(("choir", "vetoed")), "does not go to this group"),
    "two at once": (plan(("a", "anna"), ("b", "anna")), "two turns at once"),
    "in two units": (plan(("a", "anna"), ("b", "couple")), "two turns at once"),
    "no rest": (plan(("a", "bo"), ("c", "bo")), "too close"),
    "too many": (plan(("a", "once"), ("choir", "once")), "more turns than it takes"),
    "lions twice": (plan(("a", "lions"), ("b", "lions")), "too many turns at once"),
    "strangers": (plan(("choir", "anna"), ("choir", "bo")), "nobody who is known"),
    "overfull": (plan(("a", "anna"), ("a", "bo")), "more than it has room for"),
    "not told open": (plan(open_="a b c d"), "both full and open"),
    "told open": (plan(("a", "anna"), open_="a b c d choir"), "both full and open"),
    "open unknown": (plan(open_="a b c d choir x"), "not what was asked"),
    "cost": (plan(cost=5), "costs"),
    "bound": (plan(bound=10**9), "less than is said to be possible"),
}


@pytest.mark.parametrize(("answer", "words"), WRONG.values(), ids=WRONG.keys())
def test_the_judge_objects(answer: RotaPlan, words: str) -> None:
    assert words in "; ".join(breach.what for breach in judge_rota(PROBLEM, answer))


def test_the_judge_lets_what_is_right_pass_and_holds_to_what_is_locked() -> None:
    right = plan(("a", "anna"), ("b", "bo"), ("choir", "once"), ("d", "lions"))
    assert judge_rota(PROBLEM, right) == ()
    gone = replace(PROBLEM, locked=(Seat("a", "away"),))
    assert "a locked seat is another's" in [breach.what for breach in judge_rota(gone, right)]
    locked = tuple(Seat(*seat) for seat in (("a", "away"), ("b", "away"), ("choir", "anna"), ("choir", "vetoed")))
    held = replace(PROBLEM, locked=(*locked, Seat("c", "lions"), Seat("d", "lions")))
    answer = replace(right, seats=held.locked, open=(), cost=cost_of(held, held.locked))
    assert judge_rota(held, answer) == ()
    crowded = replace(PROBLEM, locked=(Seat("a", "lions"), Seat("b", "lions")))
    assert not judge_rota(crowded, plan(("a", "lions"), ("b", "lions")))


def test_nobody_able_means_that_nothing_is_fair() -> None:
    problem = RotaProblem((day("a", 0),), (unit("phones", kinds=frozenset({"phone"})),))
    assert cost_of(problem, ()) == problem.weights.open


def test_one_unit_fills_one_seat_of_a_turn_locked_or_not() -> None:
    held = replace(PROBLEM, locked=(Seat("choir", "anna"),))
    wrong = judge_rota(held, plan(("choir", "anna"), ("choir", "anna")))
    assert [one.what for one in wrong] == ["sits twice at one turn"]


@pytest.mark.parametrize(("at_once", "wrong"), [(1, ["sits twice at one turn"]), (2, [])])
def test_an_organisation_fills_as_many_seats_as_it_takes_at_once_locked_or_not(at_once, wrong) -> None:
    lions = Unit("lions", kinds=MEALS, at_once=at_once)
    problem = RotaProblem((replace(day("a", 0), seats=2),), (lions,), locked=(Seat("a", "lions"),))
    assert [one.what for one in judge_seats(problem, (Seat("a", "lions"),) * 2)] == wrong
