"""Meal rounds as places in lists: which round may serve which door, its times, and the cheapest place for one more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, inf

import numpy as np

from planning.vocabulary.identity import Id
from planning.vocabulary.meal import Door, MealPlan, MealProblem, Round, Stop

type Tours = dict[int, list[int]]
"""The doors of each option in order, as places in the problem."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a round leaves the kitchen, is at each door, and is home."""

    leave: int
    at: tuple[int, ...]
    home: int


@dataclass(frozen=True, slots=True)
class Option:
    """One time out of one driver from one kitchen, as places in the problem, and when it can leave."""

    driver: int
    wave: int
    kitchen: int
    first_leave: int
    last_leave: int
    closes: int
    begin: int
    kitchen_row: int
    end: int


@dataclass(slots=True)
class Fleet:
    """A day's doors and options. `locks`: (driver, wave) that a door is bound to. `opens`, `closes`: each door's."""

    problem: MealProblem
    seconds: list[list[float]] = field(init=False)
    metres: list[list[float]] = field(init=False)
    rows: list[int] = field(init=False)
    options: list[Option] = field(init=False)
    opens: list[int] = field(init=False)
    closes: list[int] = field(init=False)
    locks: dict[int, tuple[int, int]] = field(init=False)
    may: list[list[bool]] = field(init=False)

    def __init__(self, problem: MealProblem, previous: MealPlan | None = None, like: "Fleet | None" = None) -> None:
        """Make it from the problem; `like` is one with the same roads, whose ways are used again."""
        self.problem = problem
        self.seconds = like.seconds if like else np.array(problem.roads.seconds).tolist()
        self.metres = like.metres if like else np.array(problem.roads.metres).tolist()
        self.rows = [problem.roads.row(door.place) for door in problem.doors]
        self.opens, self.closes = [one.opens for one in problem.doors], [one.closes for one in problem.doors]
        self.locks = {}
        self._lock(previous)
        self.options = [
            option
            for driver in range(len(problem.drivers))
            for wave in range(len(problem.drivers[driver].waves))
            for kitchen in range(len(problem.kitchens))
            if (option := self._option(driver, wave, kitchen)) is not None
        ]
        self.may = [
            [self.bound(option, door) and fits(problem, option, one) for door, one in enumerate(problem.doors)]
            for option in self.options
        ]

    def _lock(self, previous: MealPlan | None) -> None:
        """Bind what is locked to its round, where its driver still comes, and to its time."""
        places = {one.id: place for place, one in enumerate(self.problem.doors)}
        drivers = {one.id: place for place, one in enumerate(self.problem.drivers)}
        for one in previous.rounds if previous else ():
            for stop in one.stops:
                if stop.door not in self.problem.locked:
                    continue
                door = places[stop.door]
                self.opens[door] = max(self.opens[door], stop.at - self.problem.drift_s)
                self.closes[door] = min(self.closes[door], stop.at + self.problem.drift_s)
                driver = drivers.get(one.driver)
                if driver is not None and one.wave < len(self.problem.drivers[driver].waves):
                    self.locks[door] = (driver, one.wave)

    def _option(self, driver: int, wave: int, kitchen: int) -> Option | None:
        """Make an option where the driver would and can load there in time."""
        who, where = self.problem.drivers[driver], self.problem.kitchens[kitchen]
        out = who.waves[wave]
        if (where.id not in who.kitchens and not who.any_kitchen) or (who.id, wave) in self.problem.begun:
            return None
        at = self.problem.roads.row(where.place)
        begin = at if who.start is None else self.problem.roads.row(who.start)
        end = at if who.end is None else self.problem.roads.row(who.end)
        there = out.opens + self.seconds[begin][at]
        if there == inf:
            return None
        first = ceil(max(there, where.ready)) + where.loading_s
        last = min(where.last, out.closes)
        return Option(driver, wave, kitchen, first, last, out.closes, begin, at, end) if first <= last else None

    def bound(self, option: Option, door: int) -> bool:
        """Whether a lock lets this door be on this round."""
        return self.locks.get(door, (option.driver, option.wave)) == (option.driver, option.wave)

    def stay(self, option: Option, door: int) -> int:
        """Seconds at a door on this round."""
        return self.problem.drivers[option.driver].talk_s + self.problem.doors[door].extra_s

    def times(self, option: Option, doors: list[int]) -> Times | None:
        """Drive a round: to its doors as early as it can, from the kitchen as late as that allows; None if it fails.

        Leaving as late as the last door's time allows makes the time on the road as short as it can be.
        """
        at, place, free = [], option.kitchen_row, float(option.first_leave)
        for door in doors:
            arrive = max(self.opens[door], ceil(free + self.seconds[place][self.rows[door]] - 1e-6))
            if arrive > self.closes[door]:
                return None
            at.append(int(arrive))
            place, free = self.rows[door], arrive + self.stay(option, door)
        home = free + self.seconds[place][option.end]
        if home > option.closes:
            return None
        leave = self._hold_back(option, doors, at)
        if at[-1] - leave > self.problem.longest_s:
            return None
        return Times(leave, tuple(at), ceil(home - 1e-6))

    def _hold_back(self, option: Option, doors: list[int], at: list[int]) -> int:
        """Move all times but the last as late as they can be, and give when to leave."""
        for n in range(len(doors) - 2, -1, -1):
            way = self.seconds[self.rows[doors[n]]][self.rows[doors[n + 1]]]
            at[n] = min(self.closes[doors[n]], int(at[n + 1] - self.stay(option, doors[n]) - way + 1e-6))
        return min(option.last_leave, int(at[0] - self.seconds[option.kitchen_row][self.rows[doors[0]]] + 1e-6))

    def length(self, option: Option, doors: list[int]) -> float:
        """Metres from home to home."""
        stops = [option.begin, option.kitchen_row, *(self.rows[door] for door in doors), option.end]
        return sum(self.metres[a][b] for a, b in pairwise(stops))

    def portions(self, doors: Iterable[int]) -> int:
        """Portions for all these doors."""
        return sum(self.problem.doors[door].portions for door in doors)

    def cost(self, tours: Tours) -> float:
        """Metres of all rounds, with what a round costs by itself and what leaving doors out costs."""
        weights = self.problem.weights
        driven = sum(self.length(self.options[n], doors) + weights.round_m for n, doors in tours.items() if doors)
        return driven + weights.open_m * (len(self.problem.doors) - sum(map(len, tours.values())))

    def place_for(self, door: int, tours: Tours, only: int | None = None) -> tuple[float, int, int]:
        """Find the cheapest place for a door: more metres, option and position; infinite where there is none.

        With `only`, no other driver than this one is tried.
        """
        best: tuple[float, int, int] = (inf, -1, -1)
        out = {(self.options[n].driver, self.options[n].wave): n for n, doors in tours.items() if doors}
        for n, option in enumerate(self.options):
            if not self.may[n][door] or only not in (None, option.driver):
                continue
            if out.get((option.driver, option.wave), n) != n:
                continue
            doors = tours.get(n, [])
            if self.portions([*doors, door]) <= self.problem.drivers[option.driver].room:
                more, at = self._place_in(option, doors, door, best[0])
                best = (more, n, at) if at >= 0 else best
        return best

    def _place_in(self, option: Option, doors: list[int], door: int, best: float) -> tuple[float, int]:
        """Find the cheapest place in one round, if it is below `best`; the position is -1 where there is none.

        Driving without a wait is tried first: most places fail there, and at a fraction of the time.
        """
        place, here = -1, self.rows[door]
        stops = [option.kitchen_row, *(self.rows[one] for one in doors), option.end]
        opening = 0.0 if doors else self.length(option, []) + self.problem.weights.round_m
        stays = [0, *(self.stay(option, one) for one in doors)]
        road = sum(stays[:-1]) + sum(self.seconds[a][b] for a, b in pairwise(stops[:-1]))
        for at in range(len(doors) + 1):
            a, b = stops[at], stops[at + 1]
            more = opening + self.metres[a][here] + self.metres[here][b] - self.metres[a][b]
            if not more < best:
                continue
            onward = self.stay(option, door) + self.seconds[here][b] - self.seconds[a][b]
            longer = road + self.seconds[a][here] + (onward if at < len(doors) else stays[-1])
            if longer > self.problem.longest_s + 1:
                continue
            if self.times(option, [*doors[:at], door, *doors[at:]]) is not None:
                best, place = more, at
        return best, place

    def put_in(self, doors: Iterable[int], tours: Tours, only: int | None = None) -> list[int]:
        """Put doors in one after the other where each costs least; gives those that fit nowhere."""
        left = []
        for door in doors:
            _, option, at = self.place_for(door, tours, only)
            if option < 0:
                left.append(door)
            else:
                tours.setdefault(option, []).insert(at, door)
        return left

    def rounds(self, tours: Tours) -> tuple[Round, ...]:
        """Give the rounds with names and times, in the order of the options."""
        made = []
        for n, doors in sorted(tours.items()):
            option = self.options[n]
            times = self.times(option, doors) if doors else None
            if times is None:
                continue
            names = (self.problem.doors[door].id for door in doors)
            stops = tuple(Stop(name, at) for name, at in zip(names, times.at, strict=True))
            driver, kitchen = self.problem.drivers[option.driver].id, self.problem.kitchens[option.kitchen].id
            metres = round(self.length(option, doors))
            made.append(Round(driver, option.wave, kitchen, times.leave, stops, times.home, metres))
        return tuple(made)

    def option_of(self, driver: Id, wave: int, kitchen: Id) -> int | None:
        """Which option a round of another plan is, or None where there is no such any more."""
        for n, option in enumerate(self.options):
            names = (self.problem.drivers[option.driver].id, option.wave, self.problem.kitchens[option.kitchen].id)
            if names == (driver, wave, kitchen):
                return n
        return None


def fits(problem: MealProblem, option: Option, door: Door) -> bool:
    """Whether the rules that ask for no clock let this door be on this round."""
    driver, kitchen = problem.drivers[option.driver], problem.kitchens[option.kitchen]
    return (
        (driver.any_village or door.village in driver.villages)
        and door.kitchen in (None, kitchen.id)
        and (kitchen.diets is None or all(box.diet in kitchen.diets for box in door.boxes))
        and (driver.people > 1 or not door.needs_two)
    )
