"""Turns that go round: tiny named rotas whose answer a person can see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planning.problems import rotas
from planning.problems.rotas import plan_rota
from planning.solvers.rotas import colliding
from planning.stopping import Budget
from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.plan import Status, WrongPlanError
from planning.vocabulary.rota import Before, Most, RotaPlan, RotaProblem, RotaWeights, Seat, Turn, Unit

MONDAY = date(2026, 11, 30)
SHORT = Budget(iterations=3000)
MEALS = frozenset({"meal"})


def turn(name: str, week: int = 0, day: int = 0, days: int = 1, **more: object) -> Turn:
    first = MONDAY + timedelta(days=7 * week + day)
    return Turn(name, "meal", first, first + timedelta(days=days - 1), **more)


def unit(name: str, **more: object) -> Unit:
    return Unit(**{"id": name, "members": (name,), "kinds": MEALS, **more})


def weekly(count: int, **more: object) -> tuple[Turn, ...]:
    return tuple(turn(f"w{n}", n, **more) for n in range(count))


ANNA, BO, CELINE = unit("anna"), unit("bo"), unit("celine")


def solved(
    turns: tuple[Turn, ...],
    units: tuple[Unit, ...],
    previous: RotaPlan | None = None,
    effort: float = 0,
    **more: object,
) -> RotaPlan:
    problem = RotaProblem(turns, units, **more)
    return plan_rota(problem, SHORT, seed=1, previous=previous, effort=effort)


def who(plan: RotaPlan) -> list[object]:
    return [seat.unit for seat in plan.seats]


def why(plan: RotaPlan) -> list[tuple[str, dict[str, object]]]:
    return [(reason.code.value, dict(reason.figures)) for one in plan.open for reason in one.reasons]


def fixes(plan: RotaPlan) -> list[tuple[str, dict[str, object]]]:
    return [(fix.code.value, dict(fix.figures)) for one in plan.open for fix in one.fixes]


def test_nothing_asked_is_nothing_done() -> None:
    assert solved((), ()).seats == ()
    assert solved((), (ANNA,)).status is Status.FEASIBLE


def test_turns_are_shared_in_proportion_to_what_each_has_said() -> None:
    plan = solved(weekly(6), (unit("anna", share=4), unit("bo", share=2)))
    assert (who(plan).count("anna"), who(plan).count("bo")) == (4, 2)
    assert plan.status is Status.FEASIBLE


def test_fair_is_over_the_year_with_what_was_done_and_how_long_each_was_there() -> None:
    did = unit("did", before=Before(turns=4, days=28))
    joined = unit("joined")
    there = unit("there", before=Before(turns=0, days=28))
    assert who(solved(weekly(4), (did, there))).count("there") == 4
    calm = RotaWeights(running=0)
    assert who(solved(weekly(4), (unit("did", before=Before(2, 0, 14)), joined), weights=calm)).count("did") in (1, 2)


def test_two_weeks_running_and_wishes_count() -> None:
    assert who(solved(weekly(4), (ANNA, BO))) in (["anna", "bo"] * 2, ["bo", "anna"] * 2)
    keen = unit("keen", wishes={"w0": -10, "w1": 10, "gone": 3})
    assert who(solved(weekly(2), (ANNA, keen))) == ["keen", "anna"]


def test_holidays_are_shared_too() -> None:
    eves = frozenset({MONDAY, MONDAY + timedelta(days=14)})
    weights = RotaWeights(running=0, holidays=50)
    plan = solved(weekly(4), (ANNA, BO), holidays=eves, weights=weights)
    taken = {seat.turn: seat.unit for seat in plan.seats}
    assert taken["w0"] != taken["w2"]
    before = (unit("anna", before=Before(2, 2, 0)), unit("bo", before=Before(2, 0, 0)))
    plan = solved(weekly(4), before, holidays=eves, weights=weights)
    assert {seat.unit for seat in plan.seats if seat.turn in ("w0", "w2")} == {"bo"}


def test_a_couple_is_one_unit_and_its_people_are_nowhere_else() -> None:
    couple = unit("couple", members=("anna", "bo"))
    plan = solved((turn("a"), turn("b")), (couple, ANNA))
    assert len(plan.seats) == 1
    assert why(plan) == [("on_another", {"units": 2})]


def test_an_organisation_takes_several_at_once() -> None:
    lions = Unit("lions", kinds=MEALS, at_once=2)
    assert len(solved((turn("a"), turn("b"), turn("c")), (lions,)).seats) == 2
    assert len(solved((turn("a", seats=2),), (lions,)).seats) == 2


def test_rest_absence_slots_and_limits_hold() -> None:
    assert len(solved((turn("a"), turn("b", day=2)), (unit("tired", rest=2),)).seats) == 1
    assert len(solved((turn("a"), turn("b", day=3)), (unit("tired", rest=2),)).seats) == 2
    away = unit("away", absences=(Absence(MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)),))
    assert why(solved((turn("week", days=7),), (away,))) == [("absent", {"units": 1})]
    early, late = WeeklySlot(0, 480, 600), WeeklySlot(0, 600, 720)
    hours = {"start_minute": 500, "end_minute": 700}
    assert solved((turn("a", **hours),), (unit("both", slots=(late, early)),)).seats
    summer = WeeklySlot(0, 600, 720, Season((5, 1), (8, 31)))
    assert why(solved((turn("a", **hours),), (unit("half", slots=(summer, early)),))) == [("not_free", {"units": 1})]
    assert why(solved((turn("a", day=1),), (unit("other", slots=(early,)),))) == [("not_free", {"units": 1})]
    thrice = unit("thrice", most=(Most(2, 3),))
    assert len(solved(weekly(5), (thrice,)).seats) == 4
    plan = solved(weekly(3), (thrice,))
    assert why(plan) == [("most", {"units": 1})]
    assert (
        len(
            solved(
                (turn("a"), turn("b", day=2)), (unit("once", most=(Most(1),)), unit("lim", most=(Most(9), Most(1))))
            ).seats
        )
        == 2
    )


def test_someone_known_to_the_group_is_on_each() -> None:
    known = unit("known", known_to=frozenset({"choir"}))
    both = turn("both", seats=2, group="choir", someone_known=True)
    assert sorted(map(str, who(solved((both,), (ANNA, known))))) == ["anna", "known"]
    plan = solved((both,), (ANNA, BO))
    assert len(plan.seats) == 1
    assert why(plan)[0] == ("none_known", {"units": 1})
    assert ("stranger", {}) in fixes(plan)
    vetoed = unit("vetoed", not_with=frozenset({"choir"}))
    assert why(solved((turn("one", group="choir"),), (vetoed,))) == [("not_with", {"units": 1})]
    assert why(solved((turn("one"),), (unit("x", kinds=frozenset({"phone"})),))) == [("nobody_does", {})]
    alone = solved((turn("full", seats=2, group="choir", someone_known=True), turn("b")), (known, ANNA))
    assert len(alone.seats) == 2


def test_fixes_were_tried_and_work() -> None:
    two = (turn("a"), turn("b", day=1))
    plan = solved(two, (unit("tired", rest=3),))
    assert ("less_rest", {"unit": "tired", "days": 0}) in fixes(plan)
    assert ("other_day", {"days": 3}) in fixes(plan) or ("other_day", {"days": -3}) in fixes(plan)


def test_cp_sat_proves_or_polishes() -> None:
    weights = RotaWeights(holidays=2)
    units = (
        unit("anna", share=2, most=(Most(1, 2),)),
        BO,
        Unit("lions", kinds=MEALS, at_once=2),
        unit("idle", kinds=frozenset()),
    )
    turns = (*weekly(3), turn("x", 1, seats=2), turn("locked", 2, day=1))
    plan = solved(turns, units, effort=5, weights=weights, locked=(Seat("locked", "bo"),), holidays=frozenset({MONDAY}))
    assert plan.status is Status.OPTIMAL
    assert plan.bound == plan.cost
    assert Seat("locked", "bo") in plan.seats
    assert solved(turns, units, effort=1e-9, weights=weights).seats


def test_what_is_locked_stays_whatever_else() -> None:
    stranger = turn("choir", group="choir", someone_known=True)
    away = unit("away", absences=(Absence(MONDAY, MONDAY),))
    plan = solved((stranger, turn("next", day=1)), (away, BO), locked=(Seat("choir", "away"),))
    assert Seat("choir", "away") in plan.seats


def test_nothing_changed_changes_nothing_and_a_loss_changes_only_itself() -> None:
    people = (ANNA, BO, CELINE)
    first = solved(weekly(6), people)
    again = solved(weekly(6), people, previous=first)
    assert (again.seats, again.changes) == (first.seats, ())
    lost = next(seat for seat in first.seats if seat.unit == "anna")
    ill = replace(ANNA, absences=(Absence(MONDAY, MONDAY + timedelta(days=60)),))
    plan = solved(weekly(6), (ill, BO, CELINE), previous=first)
    assert {change.id for change in plan.changes} == {seat.turn for seat in first.seats if seat.unit == "anna"}
    assert {change.code.value for change in plan.changes} == {"moved"}
    assert dict(next(one for one in plan.changes if one.id == lost.turn).figures)["from"] == "anna"
    shorter = solved(weekly(6), (), previous=first)
    assert {change.code.value for change in shorter.changes} == {"lost"}
    more = solved(weekly(7), people, previous=first)
    assert [(one.id, one.code.value) for one in more.changes] == [("w6", "found")]


def test_where_a_loss_leaves_a_seat_empty_the_weeks_beside_it_are_opened() -> None:
    early = unit("early", absences=(Absence(MONDAY + timedelta(days=7), MONDAY + timedelta(days=60)),))
    once = unit("once", most=(Most(1, 2),))
    both = weekly(2)
    previous = solved(both, (unit("early"), once), locked=(Seat("w0", "once"), Seat("w1", "early")))
    plan = solved(both, (early, once), previous=previous)
    assert [(seat.turn, seat.unit) for seat in plan.seats] == [("w0", "early"), ("w1", "once")]
    assert len(plan.changes) == 2


def test_rules_that_collide_are_a_smallest_set() -> None:
    turns = (turn("a"), turn("b"), turn("later", 1), turn("e", 3))
    plan = solved(turns, (ANNA,))
    assert plan.status is Status.PARTIAL
    told = [(reason.code.value, dict(reason.figures)) for reason in plan.collides]
    assert sorted(told, key=str) == [
        ("cover", {"turn": "a"}),
        ("cover", {"turn": "b"}),
        ("one_at_a_time", {"unit": "anna"}),
    ]
    limited = solved((turn("a"), turn("c", day=2)), (unit("once", most=(Most(1),)),))
    assert ("no_more_than", {"unit": "once", "times": 1, "weeks": 1}) in [
        (reason.code.value, dict(reason.figures)) for reason in limited.collides
    ]


def test_what_is_not_needed_is_left_out_of_what_collides(monkeypatch: pytest.MonkeyPatch) -> None:
    found = iter([True])
    core = colliding._core

    def whole(guarded: object, on: list, effort: float) -> object:
        return list(on) if next(found, False) else core(guarded, on, effort)

    monkeypatch.setattr(colliding, "_core", whole)
    told = [reason.figures for reason in solved((turn("a"), turn("b"), turn("later", 1)), (ANNA,)).collides]
    assert len(told) == 3
    assert (("turn", "later"),) not in told


def test_the_cheapest_sits_first_and_seats_that_are_gone_are_left_out() -> None:
    liking = (unit("glad", wishes={"w0": -9}), unit("sorry", wishes={"w0": 9}))
    assert who(plan_rota(RotaProblem(weekly(1), liking), Budget(iterations=1), seed=1)) == ["glad"]
    two = solved((turn("a", seats=2),), (ANNA, BO))
    assert len(solved((turn("a"),), (ANNA, BO), previous=two).changes) == 1


def test_no_collision_is_told_where_every_seat_can_be_filled() -> None:
    from planning.explain.rotas import collisions
    from planning.solvers.rotas.building import board

    assert collisions(board(RotaProblem(weekly(2), (ANNA,), locked=(Seat("w0", "anna"),)))) == ()


def test_a_budget_of_seconds_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotas, "AT_ONCE", 50)
    plan = plan_rota(RotaProblem(weekly(3), (ANNA, BO)), Budget(seconds=0.02), seed=1)
    assert len(plan.seats) == 3


def test_a_wrong_plan_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotas, "judge_rota", lambda *_: ("wrong",))
    with pytest.raises(WrongPlanError, match="1 wrong"):
        solved(weekly(1), (ANNA,))


BAD = {
    "most weeks": (lambda: Most(1, 0), "1 to 53"),
    "most times": (lambda: Most(0), "not on the rota"),
    "before": (lambda: Before(1, 2), "among the turns"),
    "person twice": (lambda: unit("a", members=("x", "x")), "stands twice"),
    "share": (lambda: unit("a", share=0), "between 1 and 1000"),
    "rest": (lambda: unit("a", rest=-1), "0 to 366"),
    "wish": (lambda: unit("a", wishes={"w0": 11}), "between -10 and 10"),
    "at once": (lambda: unit("a", at_once=2), "one turn at a time"),
    "limits": (lambda: unit("a", most=(Most(1),) * 6), "five limits"),
    "no kind": (lambda: Turn("a", "", MONDAY, MONDAY), "needs a kind"),
    "backwards": (lambda: turn("a", days=0), "one day to three months"),
    "seats": (lambda: turn("a", seats=0), "1 to 20"),
    "minutes": (lambda: turn("a", start_minute=600, end_minute=600), "minute 1440"),
    "no group": (lambda: turn("a", someone_known=True), "no group"),
    "weights": (lambda: RotaWeights(wish=-1), "1,000,000"),
    "turn twice": (lambda: RotaProblem((turn("a"), turn("a")), ()), "stands twice"),
    "lock": (lambda: RotaProblem((turn("a"),), (), locked=(Seat("a", "x"),)), "Locked"),
    "too many": (lambda: RotaProblem((turn("a"),), (ANNA, BO), locked=(Seat("a", "anna"), Seat("a", "bo"))), "More"),
    "too long": (lambda: RotaProblem((turn("a"), turn("b", 200)), ()), "three years"),
}


@pytest.mark.parametrize(("build", "words"), BAD.values(), ids=BAD.keys())
def test_nonsense_is_refused(build: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        build()
