"""Are these rounds right? Each rule once more, walked through door by door."""

from collections import Counter
from math import inf

from planning.judge.suggestions import Breach
from planning.vocabulary.identity import Id
from planning.vocabulary.meal import Door, Driver, Kitchen, MealPlan, MealProblem, Round

SLACK_S = 1
"""Times are whole seconds and ways are not."""


def judge_meals(problem: MealProblem, plan: MealPlan, previous: MealPlan | None = None) -> tuple[Breach, ...]:
    """Everything wrong with `plan` as an answer to `problem`; empty means that it is right."""
    doors = {one.id: one for one in problem.doors}
    drivers = {one.id: one for one in problem.drivers}
    kitchens = {one.id: one for one in problem.kitchens}
    begun = _begun(problem, previous)
    wrong = _counted(problem, plan)
    for one in plan.rounds:
        if (one.driver, one.wave) in problem.begun:
            if one not in begun:
                wrong.append(Breach("a round on the road was changed", one.driver))
            continue
        unknown = [stop.door for stop in one.stops if stop.door not in doors]
        if unknown or one.driver not in drivers or one.kitchen not in kitchens:
            wrong.append(Breach("names what is not there", one.driver))
        elif not 0 <= one.wave < len(drivers[one.driver].waves):
            wrong.append(Breach("goes out when the driver does not", one.driver))
        else:
            wrong += _round(
                problem, one, drivers[one.driver], kitchens[one.kitchen], [doors[s.door] for s in one.stops]
            )
    wrong += (Breach("a round on the road is gone", one.driver) for one in begun if one not in plan.rounds)
    return tuple(wrong + _locked(problem, plan, previous))


def _begun(problem: MealProblem, previous: MealPlan | None) -> tuple[Round, ...]:
    rounds = previous.rounds if previous else ()
    return tuple(one for one in rounds if (one.driver, one.wave) in problem.begun)


def _counted(problem: MealProblem, plan: MealPlan) -> list[Breach]:
    """Find doors and rounds that come up other than once."""
    served = Counter(stop.door for one in plan.rounds for stop in one.stops)
    said_out = Counter(one.id for one in plan.unserved)
    wrong = [
        Breach(f"is served {served[door.id]} and left out {said_out[door.id]} times", door.id)
        for door in problem.doors
        if served[door.id] + said_out[door.id] != 1
    ]
    wrong += (
        Breach("is left out and not asked for", one) for one in said_out if one not in {d.id for d in problem.doors}
    )
    rounds = Counter((one.driver, one.wave) for one in plan.rounds)
    return wrong + [Breach("is on two rounds at once", driver) for (driver, _), times in rounds.items() if times > 1]


def _round(problem: MealProblem, one: Round, driver: Driver, kitchen: Kitchen, doors: list[Door]) -> list[Breach]:
    """Find what is wrong with one round."""
    wrong = [Breach("a round goes nowhere", driver.id)] if not doors else []
    if kitchen.id not in driver.kitchens and not driver.any_kitchen:
        wrong.append(Breach("carries from a kitchen not their own", driver.id))
    if sum(box.portions for door in doors for box in door.boxes) > driver.room:
        wrong.append(Breach("has more portions than the car holds", driver.id))
    for door in doors:
        if door.village not in driver.villages and not driver.any_village:
            wrong.append(Breach("is in a village that the driver does not carry to", door.id))
        if door.kitchen not in (None, kitchen.id):
            wrong.append(Breach("is served from another kitchen than its own", door.id))
        if kitchen.diets is not None and any(box.diet not in kitchen.diets for box in door.boxes):
            wrong.append(Breach("gets a diet that the kitchen does not make", door.id))
        if door.needs_two and driver.people < 2:
            wrong.append(Breach("needs two, and one comes", door.id))
    return wrong + _times(problem, one, driver, kitchen, doors)


def _times(problem: MealProblem, one: Round, driver: Driver, kitchen: Kitchen, doors: list[Door]) -> list[Breach]:
    """Drive the round and find what comes too early, too late or too far."""
    wave = driver.waves[one.wave]
    at_kitchen = wave.opens + _way(problem, driver.start or kitchen.place, kitchen.place)[0]
    metres = _way(problem, driver.start or kitchen.place, kitchen.place)[1]
    wrong = []
    if one.leave + SLACK_S < max(at_kitchen, kitchen.ready) + kitchen.loading_s or one.leave > kitchen.last:
        wrong.append(Breach("leaves the kitchen too early or too late", driver.id))
    place, free = kitchen.place, float(one.leave)
    for door, stop in zip(doors, one.stops, strict=True):
        seconds, far = _way(problem, place, door.place)
        metres += far
        if stop.at + SLACK_S < free + seconds:
            wrong.append(Breach("is served before one can be there", door.id))
        if not door.opens <= stop.at <= door.closes:
            wrong.append(Breach("is served outside its window", door.id))
        if stop.at - one.leave > problem.longest_s:
            wrong.append(Breach("gets a box that was too long on the road", door.id))
        place, free = door.place, stop.at + driver.talk_s + door.extra_s
    seconds, far = _way(problem, place, driver.end or kitchen.place)
    if one.home + SLACK_S < free + seconds or one.home > wave.closes:
        wrong.append(Breach("is not home in time", driver.id))
    if not abs(metres + far - one.metres) <= 1 + len(doors):
        wrong.append(Breach(f"is said to drive {one.metres} metres", driver.id))
    return wrong


def _way(problem: MealProblem, begin: Id, end: Id) -> tuple[float, float]:
    a, b = problem.roads.row(begin), problem.roads.row(end)
    seconds = float(problem.roads.seconds[a, b])
    return seconds, float(problem.roads.metres[a, b]) if seconds < inf else inf


def _locked(problem: MealProblem, plan: MealPlan, previous: MealPlan | None) -> list[Breach]:
    """Find locked doors that are on another round, or at another time, than they were promised."""
    if previous is None:
        return []
    there = {driver.id: len(driver.waves) for driver in problem.drivers}
    before = {stop.door: (one.driver, one.wave, stop.at) for one in previous.rounds for stop in one.stops}
    wrong = []
    for one in plan.rounds:
        for stop in one.stops:
            if stop.door not in problem.locked or stop.door not in before:
                continue
            driver, wave, at = before[stop.door]
            if wave < there.get(driver, 0) and (driver, wave) != (one.driver, one.wave):
                wrong.append(Breach("is locked and was moved to another round", stop.door))
            if abs(at - stop.at) > problem.drift_s:
                wrong.append(Breach("is locked and comes at another time", stop.door))
    return wrong
