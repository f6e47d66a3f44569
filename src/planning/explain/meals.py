"""Why a door gets no meal, how near it was, and what was tried and works."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import inf

from planning.judge.meals import judge_meals
from planning.solvers.meal_rounds import Fleet, Tours, fits
from planning.vocabulary.identity import Id
from planning.vocabulary.meal import MOST_S, TWO_DAYS_S, Door, Driver, MealFix, MealPlan, MealProblem, MealWhy, Wave
from planning.vocabulary.plan import Fix, Run, Status, Unplanned
from planning.vocabulary.reason import Figure, Reason

MINUTES = (5, 10, 15, 30)
"""Minutes by which a rule is loosened to see whether that is enough, smallest first."""


@dataclass(frozen=True, slots=True)
class Explaining:
    """A finished plan: the problem, its rounds and what is left out (as names), so that fixes can be tried on it."""

    problem: MealProblem
    fleet: Fleet
    tours: Tours
    previous: MealPlan | None
    run: Run

    def why(self, name: int) -> Unplanned:
        """Say why this door, a place in the problem, is left out, and what would help."""
        door = self.problem.doors[name]
        return Unplanned(door.id, (self._reason(name, door),), tuple(self._fixes(name, door)))

    def _reason(self, place: int, door: Door) -> Reason:
        """Find the first rule that no round passes; where all are passed, the rounds are full."""
        problem = self.problem
        kitchens = [one for one in problem.kitchens if door.kitchen in (None, one.id)]
        for box in door.boxes:
            if not any(one.diets is None or box.diet in one.diets for one in kitchens):
                return Reason(MealWhy.NOT_COOKED, (("diet", box.diet),))
        direct = [self._way(one.place, door.place) for one in kitchens]
        if min(direct) == inf:
            return Reason(MealWhy.NO_WAY)
        if min(direct) > problem.longest_s:
            return Reason(MealWhy.TOO_LONG, (("seconds", round(min(direct))), ("most", problem.longest_s)))
        return self._by_rounds(place, door)

    def _by_rounds(self, place: int, door: Door) -> Reason:
        fleet = self.fleet
        alone = [n for n, one in enumerate(fleet.options) if fits(self.problem, one, replace(door, needs_two=False))]
        if not alone:
            willing = replace(
                self.problem,
                drivers=tuple(replace(one, any_village=True, any_kitchen=True) for one in self.problem.drivers),
            )
            loose = Fleet(willing, self.previous, self.fleet)
            others = {one.driver for one in loose.options if fits(willing, one, door) and loose.times(one, [place])}
            return Reason(MealWhy.NO_DRIVER, (("otherwise", len(others)),))
        if not any(fits(self.problem, fleet.options[n], door) for n in alone):
            return Reason(MealWhy.TWO_NEEDED)
        there = [n for n in alone if fleet.may[n][place]]
        most = max((self.problem.drivers[fleet.options[n].driver].room for n in there), default=0)
        if there and door.portions > most:
            return Reason(MealWhy.TOO_MUCH, (("portions", door.portions), ("most", most)))
        rounds = [n for n in there if fleet.times(fleet.options[n], [place]) is not None]
        return Reason(MealWhy.FULL, (("rounds", len(rounds)),)) if rounds else Reason(MealWhy.HOURS)

    def _way(self, begin: Id, end: Id) -> float:
        return float(self.problem.roads.seconds[self.problem.roads.row(begin), self.problem.roads.row(end)])

    def _fixes(self, place: int, door: Door) -> Iterator[Fix]:
        """Try what might help, cheapest first."""
        for minutes in MINUTES:
            closes = min(TWO_DAYS_S, door.closes + minutes * 60)
            wider = replace(door, opens=max(0, door.opens - minutes * 60), closes=closes)
            if self._works(self._with_door(wider), place):
                yield Fix(MealFix.WINDOW, (("minutes", minutes),))
                break
        for minutes in MINUTES:
            if self._works(replace(self.problem, longest_s=min(MOST_S, self.problem.longest_s + minutes * 60)), place):
                yield Fix(MealFix.LONGER, (("minutes", minutes),))
                break
        yield from self._with_drivers(place, door)
        if fix := self._one_more(place, door):
            yield fix

    def _with_drivers(self, place: int, door: Door) -> Iterator[Fix]:
        """Try a larger car, another village and another kitchen, the first driver each helps with."""
        tried: tuple[tuple[MealFix, Callable[[Driver], Driver], bool], ...] = (
            (MealFix.ROOM, lambda one: replace(one, room=min(500, one.room + door.portions)), True),
            (MealFix.OTHER_VILLAGE, lambda one: replace(one, any_village=True), False),
            (MealFix.OTHER_KITCHEN, lambda one: replace(one, any_kitchen=True), False),
        )
        for code, change, sized in tried:
            for driver in self.problem.drivers:
                changed = change(driver)
                if self._matters(code, driver, door) and self._works(
                    self._with_driver(changed), place, only=self.problem.drivers.index(driver)
                ):
                    figures: tuple[Figure, ...] = (("driver", str(driver.id)),)
                    yield Fix(code, (*figures, ("portions", door.portions)) if sized else figures)
                    break

    def _matters(self, code: MealFix, driver: Driver, door: Door) -> bool:
        """Whether this rule, and no other that asks for no clock, may be what keeps the door from the driver."""
        village = driver.any_village or door.village in driver.villages
        kitchens = {one.id for one in self.problem.kitchens if door.kitchen in (None, one.id)}
        kitchen = driver.any_kitchen or bool(kitchens & driver.kitchens)
        if door.needs_two and driver.people < 2:
            return False
        if code is MealFix.OTHER_VILLAGE:
            return kitchen and not village
        if code is MealFix.OTHER_KITCHEN:
            return village and not driver.any_kitchen and not kitchens <= driver.kitchens
        return village and kitchen

    def _one_more(self, place: int, door: Door) -> Fix | None:
        """Try one more driver for this village, from the kitchens of the door, as long as it is open."""
        kitchens = frozenset(one.id for one in self.problem.kitchens if door.kitchen in (None, one.id))
        opens, closes = max(0, door.opens - 3600), min(TWO_DAYS_S, door.closes + 3600)
        room = max((one.room for one in self.problem.drivers), default=door.portions)
        wave, people = (Wave(opens, closes),), 2 if door.needs_two else 1
        room = min(500, max(room, door.portions))
        more = Driver(("one more",), frozenset({door.village}), kitchens, room, wave, people=people)
        problem = replace(self.problem, drivers=(*self.problem.drivers, more))
        missing = [one for one in range(len(self.problem.doors)) if one not in self._served()]
        served = self._works(problem, place, [one for one in missing if one != place], only=len(self.problem.drivers))
        return Fix(MealFix.ONE_MORE_DRIVER, (("from", opens), ("to", closes)), served) if served else None

    def _served(self) -> set[int]:
        return {door for doors in self.tours.values() for door in doors}

    def _with_door(self, door: Door) -> MealProblem:
        return replace(self.problem, doors=tuple(door if one.id == door.id else one for one in self.problem.doors))

    def _with_driver(self, driver: Driver) -> MealProblem:
        drivers = tuple(driver if one.id == driver.id else one for one in self.problem.drivers)
        return replace(self.problem, drivers=drivers)

    def _works(self, problem: MealProblem, place: int, others: Iterable[int] = (), only: int | None = None) -> int:
        """Put the door, then the others, into the finished rounds; how many fit, if the judge agrees.

        With `only`, into the rounds of this driver: nobody else's changed, and there they did not fit.
        """
        fleet = Fleet(problem, self.previous, self.fleet)
        tours = {fleet.options.index(self.fleet.options[n]): list(doors) for n, doors in self.tours.items()}
        if fleet.put_in([place], tours, only):
            return 0
        put = len(others := list(others)) - len(fleet.put_in(others, tours, only))
        served = {door for doors in tours.values() for door in doors}
        out = tuple(
            Unplanned(door.id, (Reason(MealWhy.FULL),)) for n, door in enumerate(problem.doors) if n not in served
        )
        begun = tuple(
            one for one in (self.previous.rounds if self.previous else ()) if (one.driver, one.wave) in problem.begun
        )
        plain = replace(problem, begun=frozenset())
        plan = MealPlan(Status.PARTIAL, fleet.rounds(tours), out, (), 0, None, self.run)
        previous = None if begun else self.previous
        return 0 if judge_meals(plain, plan, previous) else 1 + put
