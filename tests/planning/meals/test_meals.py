"""Meal rounds whose answer a person can see."""

from dataclasses import replace

import pytest

from planning.judge.meals import judge_meals
from planning.problems import meals as engine
from planning.problems.meals import plan_meals
from planning.solvers.meal_rounds import Fleet
from planning.stopping import Budget
from planning.vocabulary.meal import Box, Driver, Kitchen, MealChange, MealFix, MealWhy, Stop, Wave
from planning.vocabulary.plan import Status, WrongPlanError
from tests.planning.meals.days import DAY, ELEVEN, EVA, FRED, KITCHEN, NOON, ONE, TWO, VEGAN, along, day, door

BUDGET = Budget(iterations=60)


def plan(problem, previous=None):
    return plan_meals(problem, BUDGET, seed=1, previous=previous)


def served(made):
    return {one.driver: [stop.door for stop in one.stops] for one in made.rounds}


def why(made):
    return {one.id: one.reasons[0].code for one in made.unserved}


def test_one_round_along_the_road():
    made = plan(DAY)
    assert made.status is Status.FEASIBLE
    assert made.metres == 12_000
    (one,) = made.rounds
    first, second, third = (stop.at for stop in one.stops)
    assert second - first >= 120 + 180, "three minutes of talk are part of the stop"
    assert abs(third - one.leave) <= 45 * 60
    assert (made.gain, made.changes) == (None, ())


def test_talk_is_never_squeezed():
    slow = day(drivers=(replace(EVA, talk_s=1200),))
    one = plan(slow).rounds[0]
    assert all(b.at - a.at >= 1200 for a, b in zip(one.stops, one.stops[1:], strict=False))


def test_a_box_is_not_too_long_on_the_road():
    made = plan(day(longest_s=9 * 60))
    assert why(made) in ({"cilla": MealWhy.FULL}, {"anna": MealWhy.FULL}, {"bo": MealWhy.FULL})
    assert MealFix.ONE_MORE_DRIVER in {fix.code for fix in made.unserved[0].fixes}
    assert MealFix.LONGER in {fix.code for fix in made.unserved[0].fixes}
    assert all(stop.at - one.leave <= 9 * 60 for one in made.rounds for stop in one.stops)


def test_waiting_is_done_at_the_kitchen_so_that_the_box_is_not():
    late = day(doors=(door("anna"), door("cilla", opens=NOON, closes=ONE)), longest_s=10 * 60)
    made = plan(late)
    assert len(made.rounds[0].stops) == 2
    assert made.rounds[0].stops[-1].at - made.rounds[0].leave <= 600


FAR = door("dag", village="far")


@pytest.mark.parametrize(
    ("changes", "reason", "fix"),
    [
        ({"doors": (FAR,)}, MealWhy.NO_DRIVER, MealFix.OTHER_VILLAGE),
        ({"doors": (door("anna", boxes=VEGAN),), "kitchens": (replace(KITCHEN, diets=frozenset({"ordinary"})),)},
         MealWhy.NOT_COOKED, None),
        ({"doors": (door("anna", needs_two=True),)}, MealWhy.TWO_NEEDED, MealFix.ONE_MORE_DRIVER),
        ({"doors": (door("anna", boxes=(Box(portions=11),)),)}, MealWhy.TOO_MUCH, MealFix.ROOM),
        ({"doors": (door("dag"),), "longest_s": 25 * 60}, MealWhy.TOO_LONG, MealFix.LONGER),
        ({"doors": (door("island"),)}, MealWhy.NO_WAY, None),
        ({"doors": (door("anna", opens=0, closes=ELEVEN - 1800),)}, MealWhy.HOURS, MealFix.WINDOW),
        ({"drivers": (replace(EVA, kitchens=frozenset()),)}, MealWhy.NO_DRIVER, MealFix.OTHER_KITCHEN),
        ({"drivers": ()}, MealWhy.NO_DRIVER, MealFix.ONE_MORE_DRIVER),
    ],
)  # fmt: skip
def test_who_is_left_out_hears_why_and_what_would_help(changes, reason, fix):
    made = plan(day(**changes))
    assert made.status is Status.PARTIAL
    assert reason in set(why(made).values())
    tried = {each.code for one in made.unserved for each in one.fixes}
    assert fix in tried if fix else not tried


def test_own_village_is_hard_unless_the_driver_says_otherwise():
    both = day(doors=(door("anna"), FAR))
    assert why(plan(both)) == {"dag": MealWhy.NO_DRIVER}
    assert not plan(replace(both, drivers=(replace(EVA, any_village=True),))).unserved


TOWN = Kitchen("town", "dag", ELEVEN - 1800, ONE)


def test_own_kitchen_is_hard_unless_the_driver_says_otherwise():
    both = day(kitchens=(KITCHEN, TOWN), doors=(door("anna", kitchen="kitchen"), door("bo", kitchen="town")))
    assert why(plan(both)) == {"bo": MealWhy.NO_DRIVER}
    willing = plan(replace(both, drivers=(replace(EVA, any_kitchen=True),)))
    assert len(willing.rounds) == 1, "nobody leaves from two kitchens at once"
    two = plan(replace(both, drivers=(replace(EVA, any_kitchen=True), replace(FRED, any_kitchen=True))))
    assert not two.unserved


def test_a_second_wave_takes_the_rest():
    waves = (Wave(ELEVEN - 3600, NOON), Wave(NOON, TWO))
    small = day(drivers=(replace(EVA, room=2, waves=waves),))
    made = plan(small)
    assert not made.unserved
    assert sorted(one.wave for one in made.rounds) == [0, 1]


def test_home_counts_and_must_be_reached_in_time():
    made = plan(day(drivers=(FRED,)))
    assert made.metres == 1_000 + 6_000 + 5_000
    early = day(drivers=(replace(FRED, waves=(Wave(ELEVEN - 3600, ELEVEN + 900),)),))
    assert all(one.home <= ELEVEN + 900 for one in plan(early).rounds)


def test_yesterdays_order_is_kept_and_the_gain_is_told():
    yesterday = plan(DAY)
    one = yesterday.rounds[0]
    detour = day(doors=(door("cilla"), door("anna"), door("bo")))
    odd = replace(
        yesterday, rounds=(replace(one, stops=tuple(Stop(who, one.stops[0].at) for who in ("bo", "anna", "cilla"))),)
    )
    kept = plan(detour, odd)
    assert served(kept) == {"eva": ["bo", "anna", "cilla"]}
    assert kept.gain is not None
    assert (kept.gain.metres, kept.gain.serves, kept.gain.moved) == (4_000, 0, 0)
    better = plan(replace(detour, accepted=True), odd)
    assert better.gain is None
    assert better.metres == kept.metres - 4_000


def test_nothing_changed_changes_nothing():
    before = plan(DAY)
    again = plan(DAY, before)
    assert (again.rounds, again.changes, again.gain) == (before.rounds, (), None)


def test_a_driver_is_ill_and_the_others_take_over():
    two = day(drivers=(EVA, FRED))
    before = plan(two)
    (who,) = served(before)
    rest = tuple(one for one in two.drivers if one.id != who)
    made = plan(replace(two, drivers=rest), before)
    assert not made.unserved
    assert {one.code for one in made.changes} == {MealChange.MOVED}
    nobody = plan(replace(two, drivers=()), before)
    assert {one.code for one in nobody.changes} == {MealChange.LOST}


def test_one_more_box_is_put_in_where_it_costs_least():
    before = plan(day(doors=(door("anna"), door("cilla"))))
    made = plan(DAY, before)
    assert [who for who in served(made)["eva"] if who != "bo"] == served(before)["eva"]
    assert made.metres == before.metres, "it lies on the way"
    assert [(one.id, one.code) for one in made.changes] == [("bo", MealChange.FOUND)]


def test_when_insertion_is_not_enough_few_change_round():
    two = day(doors=(door("anna"), door("bo")), drivers=(replace(EVA, room=2), replace(FRED, room=1)))
    before = plan(two)
    more = replace(two, doors=(*two.doors, door("cilla", boxes=(Box(portions=1),))))
    made = plan(more, before)
    assert not made.unserved


def test_what_is_locked_stays():
    two = day(drivers=(EVA, FRED))
    before = plan(two)
    (who,) = served(before)
    other = next(one.id for one in two.drivers if one.id != who)
    cheaper = replace(two, locked=frozenset({"anna"}), accepted=True)
    made = plan(cheaper, before)
    at = {stop.door: (one.driver, stop.at) for one in made.rounds for stop in one.stops}
    was = {stop.door: stop.at for stop in before.rounds[0].stops}
    assert at["anna"][0] == who
    assert abs(at["anna"][1] - was["anna"]) <= two.drift_s
    gone = plan(replace(cheaper, drivers=tuple(one for one in two.drivers if one.id == other)), before)
    assert served(gone).keys() == {other}, "the driver is not there; the time stays"


def test_a_round_on_the_road_stays_as_it_is():
    two = day(drivers=(EVA, FRED))
    before = plan(two)
    out = (before.rounds[0].driver, 0)
    made = plan(replace(two, begun=frozenset({out}), doors=(*two.doors, door("dag"))), before)
    assert made.rounds[0] in before.rounds or made.rounds[1] in before.rounds
    assert {stop.door for one in made.rounds for stop in one.stops} == {"anna", "bo", "cilla", "dag"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"begun": frozenset({("fred", 0)})}, "Begun, but not"),
        ({"begun": frozenset({("eva", 0)}), "doors": (door("anna"),)}, "not among the doors"),
        ({"locked": frozenset({"dag"}), "doors": (*DAY.doors, door("dag"))}, "not served in the plan before"),
    ],
)
def test_promises_that_were_never_made_are_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        plan(day(**changes), plan(DAY))


def test_fixes_stay_within_what_a_day_can_hold():
    last = 2 * 24 * 3600
    made = plan(day(doors=(door("dag", opens=last - 60, closes=last),), longest_s=6 * 3600))
    assert why(made) == {"dag": MealWhy.HOURS}


def test_who_cannot_come_to_the_kitchen_or_home_in_time_takes_no_round():
    assert Fleet(day(drivers=(replace(EVA, start="island"),))).options == []
    short = Fleet(day(drivers=(replace(EVA, waves=(Wave(ELEVEN - 3600, ELEVEN + 200),)),)))
    assert short.times(short.options[0], [0]) is None
    assert short.rounds({0: []}) == ()


def test_of_yesterdays_order_what_still_holds_is_kept():
    before = plan(DAY)
    assert served(plan(day(doors=(door("dag"),)), before)) == {"eva": ["dag"]}
    shorter = plan(day(longest_s=9 * 60), before)
    assert len(shorter.unserved) == 1


def test_a_day_without_doors_is_a_plan():
    assert plan(day(doors=())).rounds == ()


def test_what_the_judge_stops_does_not_leave(monkeypatch):
    monkeypatch.setattr(
        engine, "judge_meals", lambda *_: (engine.judge_meals and type("B", (), {"who": 1, "what": "x"}),)
    )
    with pytest.raises(WrongPlanError):
        plan(DAY)


def _broken(made):
    """Plans that are wrong in one way each, and a word of what the judge says."""
    one = made.rounds[0]
    a, b, c = one.stops

    def rounds(*changed):
        return replace(made, rounds=changed)

    return {
        "left out": rounds(replace(one, stops=(a, b))),
        "two rounds at once": rounds(one, one),
        "names what is not there": rounds(replace(one, driver="nobody")),
        "when the driver does not": rounds(replace(one, wave=3)),
        "goes nowhere": rounds(replace(one, stops=())),
        "too early or too late": rounds(replace(one, leave=0)),
        "before one can be there": rounds(replace(one, stops=(a, replace(b, at=a.at), c))),
        "outside its window": rounds(replace(one, stops=(a, b, replace(c, at=TWO)))),
        "too long on the road": rounds(replace(one, stops=(a, b, replace(c, at=one.leave + 2800)))),
        "not home in time": rounds(replace(one, home=TWO + 1)),
        "metres": rounds(replace(one, metres=1)),
    }


@pytest.mark.parametrize("word", _broken(plan(DAY)))
def test_the_judge_sees_what_is_wrong(word):
    assert any(word in one.what for one in judge_meals(DAY, _broken(plan(DAY))[word]))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"drivers": (replace(EVA, kitchens=frozenset()),)}, "kitchen not their own"),
        ({"drivers": (replace(EVA, room=1),)}, "more portions"),
        ({"drivers": (replace(EVA, villages=frozenset()),)}, "does not carry to"),
        (
            {"kitchens": (KITCHEN, TOWN), "doors": (door("anna", kitchen="town"), door("bo"), door("cilla"))},
            "another kitchen",
        ),
        ({"kitchens": (replace(KITCHEN, diets=frozenset()),)}, "does not make"),
        ({"doors": (door("anna", needs_two=True), door("bo"), door("cilla"))}, "needs two"),
        ({"doors": (door("anna"), door("bo"))}, "names what is not there"),
    ],
)
def test_the_judge_knows_each_rule(changes, word):
    assert any(word in one.what for one in judge_meals(day(**changes), plan(DAY)))


def test_the_judge_keeps_promises():
    before = plan(DAY)
    one = before.rounds[0]
    moved = replace(before, rounds=(replace(one, driver="fred"),))
    late = replace(before, rounds=(replace(one, stops=tuple(replace(stop, at=stop.at + 900) for stop in one.stops)),))
    both = day(drivers=(EVA, FRED), locked=frozenset({"anna"}))
    assert any("another round" in each.what for each in judge_meals(both, moved, before))
    assert any("another time" in each.what for each in judge_meals(both, late, before))
    begun = replace(both, begun=frozenset({("eva", 0)}), locked=frozenset())
    assert any("was changed" in each.what for each in judge_meals(begun, late, before))
    assert any("is gone" in each.what for each in judge_meals(begun, moved, before))
    assert judge_meals(begun, before, before) == ()


def test_roads_are_measured_once():
    assert along().seconds_between("kitchen", "anna") == 120
    assert isinstance(EVA, Driver)
