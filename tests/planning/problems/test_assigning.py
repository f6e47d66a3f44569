"""A week handed out: tiny named weeks whose answer a person can see."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from planning.distances import Matrix
from planning.problems import assigning
from planning.problems.assigning import assign
from planning.solvers import milp
from planning.stopping import Budget
from planning.vocabulary.assignment import AssignmentPlan, AssignmentProblem, AssignmentWeights, Pair
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.plan import Status, Unplanned, WrongPlanError
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer
from tests.planning.instances import ANNA, AWAY, MONDAY, STEPS, WEDNESDAY, like_anna, snow

SHORT = Budget(iterations=1000)
BO = like_anna("bo")
NOON = snow(id="noon", start_minute=720)
LATER = snow(id="later", start_minute=900)
BESIDE = snow(id="beside", start_minute=630)


def solved(
    requests: tuple[Request, ...],
    volunteers: tuple[Volunteer, ...],
    previous: AssignmentPlan | None = None,
    **more: object,
) -> AssignmentPlan:
    problem = AssignmentProblem(requests, volunteers, MONDAY, **more)
    return assign(problem, SHORT, seed=1, previous=previous)


def who(plan: AssignmentPlan) -> dict[object, str]:
    pairs: dict[object, str] = {}
    for pair in plan.pairs:
        pairs[pair.request] = "+".join(filter(None, (pairs.get(pair.request), str(pair.volunteer))))
    return pairs


def why(plan: AssignmentPlan) -> list[str]:
    return [reason.code.value for one in plan.open for reason in one.reasons]


def fixes(plan: AssignmentPlan) -> list[tuple[str, dict[str, object]]]:
    return [(fix.code.value, dict(fix.figures)) for one in plan.open for fix in one.fixes]


def test_nothing_asked_is_nothing_done() -> None:
    assert solved((), ()).status is Status.OPTIMAL
    assert solved((), (ANNA,)).pairs == ()


def test_overlapping_tasks_go_to_two_and_the_way_between_counts() -> None:
    plan = solved((STEPS, BESIDE), (ANNA, BO))
    assert len(set(who(plan).values())) == 2
    assert plan.status is Status.OPTIMAL
    assert plan.proven
    near, far = snow(id="near", start_minute=670), snow(id="far", start_minute=670, place=Point(62.2, 3.50))
    assert len(solved((STEPS, near), (ANNA,)).pairs) == 2
    assert len(solved((STEPS, far), (ANNA,)).pairs) == 1
    unknown = snow(id="unknown", start_minute=675, place=None)
    assert len(solved((STEPS, unknown), (ANNA,)).pairs) == 1
    assert len(solved((STEPS, replace(unknown, start_minute=680)), (ANNA,)).pairs) == 2
    fjord = snow(id="fjord", start_minute=670, village="nesvika", village_metres={"sundoyra": 40_000})
    assert len(solved((STEPS, fjord), (ANNA,)).pairs) == 1


def test_an_any_time_task_has_its_day_to_itself() -> None:
    any_time = snow(id="any", start_minute=None)
    assert len(solved((STEPS, any_time), (ANNA,)).pairs) == 1
    assert len(solved((STEPS, replace(any_time, day=MONDAY)), (ANNA,)).pairs) == 2


def test_the_known_person_comes_first_and_a_short_way_next() -> None:
    home, away = like_anna("home", point=Point(61.90, 3.50)), like_anna("away", point=Point(61.95, 3.50))
    assert who(solved((STEPS,), (away, home))) == {"steps": "home"}
    assert who(solved((snow(known_to=frozenset({"p-away"})),), (away, home))) == {"steps": "away"}


def test_load_is_shared_by_what_each_has_said_they_can_carry() -> None:
    tasks = tuple(snow(id=f"t{n}", day=WEDNESDAY + timedelta(days=n)) for n in range(6))
    plan = solved(tasks, (ANNA, BO), shares={"p-anna": 2, "p-bo": 4})
    names = list(who(plan).values())
    assert (names.count("anna"), names.count("bo")) == (2, 4)


@pytest.mark.rule("R60")
def test_a_ceiling_is_the_persons_whichever_host_they_come_by() -> None:
    rows = tuple(like_anna(host, person="p-anna", host=host, ceiling=Ceiling(2, "week")) for host in "ab")
    plan = solved((STEPS, NOON, LATER), rows)
    assert len(plan.pairs) == 2
    assert why(plan) == ["all_taken"]
    monthly = tuple(replace(row, ceiling=Ceiling(1, "month"), agreed=()) for row in rows)
    assert len(solved((STEPS, NOON), monthly).pairs) == 1
    mixed = (replace(rows[0], ceiling=Ceiling(3, "month")), replace(rows[1], ceiling=Ceiling(1, "week")))
    december = snow(id="december", day=date(2026, 12, 2))
    assert len(solved((STEPS, NOON, december), mixed).pairs) == 2


def test_linked_requests_are_one_persons_or_nobodys() -> None:
    visit = snow(id="visit", task_type="visit", start_minute=900)
    only_snow, both = like_anna("only", willing=frozenset({"snow"}), point=STEPS.place), ANNA
    assert who(solved((STEPS, visit), (only_snow, both), linked=(("steps", "visit"),))) == {
        "steps": "anna",
        "visit": "anna",
    }
    walk = like_anna("walk", willing=frozenset({"visit"}))
    plan = solved((STEPS, visit), (only_snow, walk), linked=(("steps", "visit"),))
    assert plan.pairs == ()
    assert why(plan) == ["nobody_for_all"] * 2
    assert fixes(plan) == [("apart", {"requests": 2})] * 2
    overlapping = replace(visit, start_minute=610)
    apart = solved((STEPS, overlapping), (ANNA,), linked=(("steps", "visit"),))
    assert apart.pairs == ()
    nobody = solved((STEPS, replace(visit, task_type="garden")), (ANNA,), linked=(("steps", "visit"),))
    assert nobody.pairs == ()
    assert fixes(nobody) == []


def test_a_duo_is_two_and_one_may_be_new() -> None:
    new = like_anna("new")
    duo = {"duos": frozenset({"steps"}), "new": frozenset({"p-new", "p-newer"})}
    assert who(solved((STEPS,), (ANNA, new), **duo)) == {"steps": "anna+new"}
    assert why(solved((STEPS,), (new, like_anna("newer")), **duo)) == ["no_second"]
    assert why(solved((STEPS,), (ANNA,), **duo)) == ["no_second"]
    assert why(solved((STEPS,), (new,), new=frozenset({"p-new"}))) == ["only_new"]
    locked = (Pair("steps", "new"),)
    both_new = solved((STEPS,), (new, like_anna("newer"), ANNA), **duo, locked=locked)
    assert who(both_new) == {"steps": "anna+new"} or who(both_new) == {"steps": "new+anna"}


def test_what_is_locked_stays_and_takes_its_time() -> None:
    gone = like_anna("gone", absences=(AWAY,), ceiling=Ceiling(1, "week"))
    plan = solved((STEPS, BESIDE, LATER), (gone, BO), locked=(Pair("steps", "gone"),))
    assert who(plan) == {"steps": "gone", "beside": "bo", "later": "bo"}
    linked = solved((STEPS, LATER), (ANNA, BO), locked=(Pair("steps", "bo"),), linked=(("steps", "later"),))
    assert who(linked) == {"steps": "bo", "later": "bo"}


def test_roads_make_the_fjord_count() -> None:
    inf = float("inf")
    table = np.array([[0, 9_000, inf], [9_000, 0, inf], [inf, inf, 0.0]])
    roads = Matrix(("here", "there", "island"), table / 10, table)
    near = like_anna("near", max_distance_m=8_000)
    islander, townsman = like_anna("islander"), like_anna("town", max_distance_m=20_000)
    places = {"near": "there", "islander": "island", "town": "there"}
    at = {"roads": roads, "volunteer_places": places, "request_places": {"steps": "here", "noon": "island"}}
    plan = solved((STEPS, NOON), (near, islander, townsman), **at)
    assert who(plan) == {"steps": "town", "noon": "islander"}
    further = solved((STEPS, NOON), (near,), **{**at, "volunteer_places": {"near": "there"}})
    assert fixes(further) == [("further", {"metres": 9_000, "most": 8_000})]
    assert why(further) == ["no_way", "no_way"]
    two = solved((STEPS, snow(id="noon", start_minute=1200)), (like_anna("free"),), **{**at, "volunteer_places": {}})
    assert len(two.pairs) == 1


def test_what_is_open_has_reasons_how_near_and_fixes_that_work() -> None:
    nobody = solved((STEPS,), (like_anna("a", willing=frozenset({"visit"})), like_anna("b", do_not_contact=True)))
    assert why(nobody) == ["nobody"]
    assert nobody.status is Status.PARTIAL
    far = like_anna("far", point=Point(61.95, 3.50), max_distance_m=5_000)
    resting = like_anna("rest", paused_until=date(2026, 11, 24))
    away, late = like_anna("away", absences=(AWAY,)), like_anna("late", paused_until=date(2026, 12, 24))
    light = like_anna("light", most_minutes=45)
    plan = solved((STEPS,), (far, resting, away, late, light))
    reasons = {reason.code.value: dict(reason.figures) for reason in plan.open[0].reasons}
    assert reasons["paused"] == {"people": 2, "alone": 2, "nearest_until": "2026-11-24"}
    assert reasons["too_far"] == {"people": 1, "alone": 1, "nearest_m": 2_800}
    assert reasons["absent"] == {"people": 1, "alone": 1, "nearest_until": "2026-11-29"}
    assert reasons["lighter_plan"] == {"people": 1, "alone": 1, "nearest_minutes": 45}
    assert fixes(plan) == [("ask_again", {"until": "2026-11-24"}), ("further", {"metres": 7_800, "most": 5_000})]
    two_things = solved((STEPS,), (replace(far, absences=(AWAY,)),))
    assert [dict(one.figures) for one in two_things.open[0].reasons] == [{"people": 1}] * 2


def test_another_time_is_tried_beside_what_the_person_has() -> None:
    plan = solved((STEPS, BESIDE), (ANNA,), priorities={"steps": 2})
    assert who(plan) == {"steps": "anna"}
    assert fixes(plan) == [("other_time", {"minutes": 30})]
    midnight = snow(id="beside", start_minute=1430)
    assert fixes(solved((snow(start_minute=1400), midnight), (ANNA,), priorities={"steps": 2})) == [
        ("other_time", {"minutes": -120})
    ]
    full = like_anna("full", ceiling=Ceiling(1, "week"))
    nothing = solved((STEPS, NOON, snow(id="any", start_minute=None)), (full,), priorities={"steps": 2})
    assert fixes(nothing) == []


def test_nothing_changed_changes_nothing_and_what_changes_is_listed() -> None:
    tasks = (STEPS, NOON, LATER)
    first = solved(tasks, (ANNA, BO))
    again = solved(tasks, (ANNA, BO), previous=first)
    assert (again.pairs, again.changes, again.cost_m) == (first.pairs, (), first.cost_m)
    ill = who(first)["steps"]
    well = [one for one in (ANNA, BO) if one.id != ill]
    third = like_anna("third")
    plan = solved((*tasks, snow(id="more", day=date(2026, 11, 26))), (*well, third), previous=first)
    assert [(change.id, change.code.value) for change in plan.changes if change.id in ("steps", "more")] == [
        ("steps", "moved"),
        ("more", "found"),
    ]
    lost = solved((STEPS,), (), previous=solved((STEPS,), (like_anna(7),)))
    assert [(one.code.value, one.figures) for one in lost.changes] == [("lost", (("from", 7),))]
    duo = solved((STEPS,), (), previous=solved((STEPS,), (ANNA, BO), duos=frozenset({"steps"})))
    assert duo.changes[0].figures == (("from", "anna + bo"),)


def test_a_large_region_gets_the_cheapest_offers_and_says_that_nothing_is_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = tuple(like_anna(f"p{n}", point=Point(61.90 + n / 100, 3.5)) for n in range(4))
    tasks = (STEPS, BESIDE, snow(id="after", start_minute=690))
    linked = {"linked": (("steps", "after"),)}
    whole = solved(tasks, people, **linked)
    monkeypatch.setattr(assigning, "MOST_OFFERS", 3)
    monkeypatch.setattr(assigning, "FEW", 2)
    plan = solved(tasks, people, **linked)
    assert plan.status is Status.FEASIBLE
    assert not plan.proven
    assert len(plan.pairs) == 3
    assert plan.cost_m >= whole.cost_m
    again = solved(tasks, people, previous=plan, **linked)
    assert again.changes == ()


def test_an_unproven_plan_is_not_taken_for_a_better_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    first = solved((STEPS, NOON), (ANNA, BO))
    monkeypatch.setattr(assigning, "handed_out", lambda *_: (np.zeros(0, np.int64), False))
    assert solved((STEPS, NOON), (ANNA, BO), previous=first).pairs == first.pairs


def test_highs_that_finds_nothing_leaves_what_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milp, "milp", lambda *_, **__: SimpleNamespace(x=None))
    linked = {"linked": (("steps", "noon"),)}
    only = like_anna("only", ceiling=Ceiling(1, "week"))
    problem = AssignmentProblem((STEPS, NOON), (only,), MONDAY, linked=(("steps", "noon"),))
    assert assign(problem, Budget(seconds=1), seed=1).pairs == ()
    plan = solved((STEPS, NOON), (only,), **linked)
    assert (plan.pairs, plan.proven) == ((), False)


def test_what_rests_too_long_or_has_no_time_is_no_fix() -> None:
    rests = like_anna("rests", paused_until=WEDNESDAY)
    assert fixes(solved((STEPS,), (rests,))) == []
    held = like_anna("held", paused_until=date(2026, 11, 24))
    taken = solved((STEPS, snow(id="beside", start_minute=None)), (held,), locked=(Pair("steps", "held"),))
    assert fixes(taken) == []
    duo = solved((STEPS, BESIDE), (ANNA, BO), duos=frozenset({"steps", "beside"}))
    assert why(duo) == ["all_taken"]


def test_what_is_not_planned_has_a_reason() -> None:
    with pytest.raises(ValueError, match="has a reason"):
        Unplanned("steps", ())


def test_a_wrong_plan_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "judge_assignment", lambda *_: ("wrong",))
    with pytest.raises(WrongPlanError, match="1 wrong"):
        solved((STEPS,), (ANNA,))


BAD = {
    "request twice": ({"requests": (STEPS, STEPS)}, "stands twice"),
    "volunteer twice": ({"volunteers": (ANNA, ANNA)}, "stands twice"),
    "linked alone": ({"linked": (("steps",),)}, "two or more"),
    "linked twice": ({"linked": (("steps", "noon"), ("noon", "later"))}, "linked request"),
    "linked duo": ({"linked": (("steps", "noon"),), "duos": frozenset({"noon"})}, "cannot be linked"),
    "unknown duo": ({"duos": frozenset({"x"})}, "Not among those given"),
    "unknown lock": ({"locked": (Pair("steps", "x"),)}, "Locked, but not"),
    "lock twice": ({"locked": (Pair("steps", "anna"), Pair("steps", "anna"))}, "lock"),
    "too many locked": ({"locked": (Pair("steps", "anna"), Pair("steps", "bo"))}, "More are locked"),
    "locked apart": (
        {"locked": (Pair("steps", "anna"), Pair("noon", "bo")), "linked": (("steps", "noon"),)},
        "two persons",
    ),
    "share": ({"shares": {"p-anna": 0}}, "1 to 50"),
    "priority": ({"priorities": {"steps": 0}}, "between 1 and 100"),
    "between": ({"between_min": -1}, "0 to 240"),
    "places without roads": ({"request_places": {"steps": "here"}}, "no roads"),
    "place not there": (
        {"roads": Matrix(("a",), np.zeros((1, 1)), np.zeros((1, 1))), "request_places": {"steps": "b"}},
        "does not know the place",
    ),
}


@pytest.mark.parametrize(("changes", "words"), BAD.values(), ids=BAD.keys())
def test_nonsense_is_refused(changes: dict[str, object], words: str) -> None:
    given = {"requests": (STEPS, NOON, LATER), "volunteers": (ANNA, BO), "on": MONDAY, **changes}
    with pytest.raises(ValueError, match=words):
        AssignmentProblem(**given)


def test_weights_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="Weights"):
        AssignmentWeights(known_m=-1)
