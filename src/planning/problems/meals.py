"""Who takes which meals to which doors, in which order.

Every door is served before metres are saved, and yesterday's order is kept before metres are saved: what a better
order would gain is told, and used when someone has accepted it. Own village, own kitchen and time to talk are rules,
not costs. What is on the road stays as it is; what is locked stays on its round and near its time.
"""

from collections.abc import Iterator
from dataclasses import fields, replace

from planning.explain.meals import Explaining
from planning.judge.meals import judge_meals
from planning.solvers.meal_rounds import Fleet, Tours
from planning.solvers.meals import moved, plan_rounds
from planning.stopping import Budget
from planning.vocabulary.fingerprint import fingerprint
from planning.vocabulary.identity import Id
from planning.vocabulary.meal import Gain, MealChange, MealPlan, MealProblem, Round
from planning.vocabulary.plan import Change, Run, Status, WrongPlanError

ENGINE = "PyVRP 0.14"


def plan_meals(problem: MealProblem, budget: Budget, *, seed: int, previous: MealPlan | None = None) -> MealPlan:
    """Plan one day's rounds.

    `previous` is yesterday's plan, or today's before something changed. Raises ValueError where begun or locked doors
    are not in it, and WrongPlanError when the judge would not let the plan out.
    """
    begun = _begun(problem, previous)
    on_road = {stop.door for one in begun for stop in one.stops}
    doors = tuple(one for one in problem.doors if one.id not in on_road)
    rest = replace(problem, doors=doors, locked=problem.locked - on_road)
    running = budget.begin()
    fleet = Fleet(rest, previous)
    old = _old_rounds(fleet, previous)
    kept = _kept(fleet, previous)
    served = sum(map(len, kept.values()))
    keeps = previous is not None and not problem.accepted
    halved = keeps and served < len(doors)
    tours, done = plan_rounds(fleet, running, seed, kept, until=0.5 if halved else 1.0)
    gain = None
    if halved:
        near, done = plan_rounds(fleet, running, seed, kept, old, first=done)
        kept = near if sum(map(len, near.values())) > served else kept
    if keeps:
        gain = _gain(fleet, kept, tours, old)
        tours = kept
    run = Run(ENGINE, seed, done, running.seconds, fingerprint(_asked(problem)), running.cut_short(done))
    explaining = Explaining(rest, fleet, tours, previous, run)
    found = {door for stops in tours.values() for door in stops}
    rounds = _in_order(problem, (*begun, *fleet.rounds(tours)))
    unserved = tuple(explaining.why(door) for door in range(len(doors)) if door not in found)
    plan = MealPlan(
        status=Status.PARTIAL if unserved else Status.FEASIBLE,
        rounds=rounds,
        unserved=unserved,
        changes=tuple(_changes(problem, previous, rounds)) if previous else (),
        metres=sum(one.metres for one in rounds),
        gain=gain,
        run=run,
    )
    if wrong := judge_meals(problem, plan, previous):
        raise WrongPlanError(f"{wrong[0].who}: {wrong[0].what}")
    return plan


def _begun(problem: MealProblem, previous: MealPlan | None) -> tuple[Round, ...]:
    """Give the rounds on the road. Raises ValueError where the plan before has no such round, or it has other doors."""
    before = {(one.driver, one.wave): one for one in (previous.rounds if previous else ())}
    if missing := sorted(map(repr, problem.begun - before.keys())):
        raise ValueError(f"Begun, but not in the plan before: {missing[0]}.")
    begun = tuple(one for key, one in before.items() if key in problem.begun)
    doors = {one.id for one in problem.doors}
    if strange := [stop.door for one in begun for stop in one.stops if stop.door not in doors]:
        raise ValueError(f"On the road to {strange[0]!r}, which is not among the doors.")
    promised = {stop.door for one in before.values() for stop in one.stops}
    if missing := sorted(map(repr, problem.locked - promised)):
        raise ValueError(f"Locked, but not served in the plan before: {missing[0]}.")
    return begun


def _old_rounds(fleet: Fleet, previous: MealPlan | None) -> dict[int, tuple[int, int]]:
    """Give the (driver, wave) of each door in the plan before, where both are still there."""
    drivers = {one.id: place for place, one in enumerate(fleet.problem.drivers)}
    doors = {one.id: place for place, one in enumerate(fleet.problem.doors)}
    return {
        doors[stop.door]: (drivers[one.driver], one.wave)
        for one in (previous.rounds if previous else ())
        if one.driver in drivers
        for stop in one.stops
        if stop.door in doors
    }


def _kept(fleet: Fleet, previous: MealPlan | None) -> Tours:
    """Drive the old order with those who are there, then put in whom it leaves out: nobody else changes place."""
    doors = {one.id: place for place, one in enumerate(fleet.problem.doors)}
    tours: Tours = {}
    if previous is None:
        return tours
    for one in previous.rounds:
        option = fleet.option_of(one.driver, one.wave, one.kitchen)
        if option is None:
            continue
        stops: list[int] = []
        room = fleet.problem.drivers[fleet.options[option].driver].room
        for stop in one.stops:
            place = doors.get(stop.door)
            if place is None or not fleet.may[option][place] or fleet.portions([*stops, place]) > room:
                continue
            if fleet.times(fleet.options[option], [*stops, place]) is not None:
                stops.append(place)
        if stops:
            tours[option] = stops
    served = {door for stops in tours.values() for door in stops}
    missing = [door for door in range(len(doors)) if door not in served]
    fleet.put_in(sorted(missing, key=lambda door: (door not in fleet.locks, door)), tours)
    return tours


def _gain(fleet: Fleet, kept: Tours, better: Tours, old: dict[int, tuple[int, int]]) -> Gain | None:
    """Say what the better order would save, or None where it saves nothing."""
    if fleet.cost(better) >= fleet.cost(kept):
        return None
    metres = [
        sum(fleet.length(fleet.options[n], doors) for n, doors in tours.items() if doors) for tours in (kept, better)
    ]
    rounds = [sum(1 for doors in tours.values() if doors) for tours in (kept, better)]
    served = [sum(map(len, tours.values())) for tours in (kept, better)]
    return Gain(
        metres=round(metres[0] - metres[1]),
        rounds=rounds[0] - rounds[1],
        serves=served[1] - served[0],
        moved=moved(fleet, better, old),
    )


def _in_order(problem: MealProblem, rounds: tuple[Round, ...]) -> tuple[Round, ...]:
    """Rounds in the order of the drivers; of those on the road, drivers who are not there any more come last."""
    place = {one.id: n for n, one in enumerate(problem.drivers)}
    return tuple(sorted(rounds, key=lambda one: (place.get(one.driver, len(place)), one.wave)))


def _changes(problem: MealProblem, previous: MealPlan, rounds: tuple[Round, ...]) -> Iterator[Change]:
    """List each door that has another round, or is earlier or later by more than what a locked one may be."""
    before = {stop.door: (one.driver, one.wave, stop.at) for one in previous.rounds for stop in one.stops}
    now = {stop.door: (one.driver, one.wave, stop.at) for one in rounds for stop in one.stops}
    for door in problem.doors:
        old, new = before.get(door.id), now.get(door.id)
        if new is None:
            if old is not None:
                yield Change(door.id, MealChange.LOST, (("from", _name(old)),))
        elif old is None:
            yield Change(door.id, MealChange.FOUND, (("to", _name(new)),))
        elif old[:2] != new[:2]:
            yield Change(door.id, MealChange.MOVED, (("from", _name(old)), ("to", _name(new))))
        elif abs(old[2] - new[2]) > problem.drift_s:
            yield Change(door.id, MealChange.TIME, (("from", old[2]), ("to", new[2])))


def _name(one: tuple[Id, int, int]) -> str:
    return f"{one[0]}"


def _asked(problem: MealProblem) -> tuple[object, ...]:
    """What the fingerprint stands for: the problem, with the ways as bytes."""
    roads = problem.roads
    return (
        tuple(getattr(problem, one.name) for one in fields(problem) if one.name != "roads"),
        roads.seconds.tobytes(),
        roads.metres.tobytes(),
    )
