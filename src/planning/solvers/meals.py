"""Meal rounds by PyVRP: a round is a vehicle that leaves the kitchen, and legs home take no time.

The longest time on the road is the vehicle's longest shift, because with a way home of 0 seconds a shift is exactly
from the kitchen to the last door; ways in metres stay true, so what is minimised is what is driven. What each round
takes at a door is part of the leg away from it, which lets rounds differ. Each kind of round has its own table of ways,
in which doors that it may not serve are too far. Who fits nowhere is left out, at a price (planning.vocabulary.meal).
"""

from math import inf
from typing import Any

import numpy as np
import pyvrp

from planning.solvers.meal_rounds import Fleet, Option, Tours
from planning.solvers.routing import run_pyvrp
from planning.stopping import Running

FAR_M = 100_000_000
"""Further than anyone drives, and dearer than leaving a door out."""
LATE_S = 1_000_000


def plan_rounds(
    fleet: Fleet,
    running: Running,
    seed: int,
    begin: Tours,
    old: dict[int, tuple[int, int]] | None = None,
    *,
    first: int = 0,
    until: float = 1.0,
) -> tuple[Tours, int]:
    """Search from the rounds in `begin`; gives the best found, never dearer, and the iterations after it.

    It goes from iteration `first` until a share of the budget is used.

    With `old`, a door on another round than its (driver, wave) there costs what moving costs.

    PyVRP may use a driver twice at once from two kitchens and know too little of the way home: what breaks these is put
    in anew, and half of the budget goes on from there with only the kitchens chosen.
    """
    if not fleet.options or not fleet.problem.doors:
        return begin, first
    chosen, done, best = list(range(len(fleet.options))), first, begin
    middle = (running.share(first) + until) / 2
    for share in (middle, until) if _has_choice(fleet) else (until,):
        model = _Model(fleet, chosen, old or {})
        result = run_pyvrp(model.data, running, seed, model.solution(best), first=done, until=share)
        done += result.num_iterations
        found = _mended(fleet, model.tours(result.best))
        if _price(fleet, found, old or {}) < _price(fleet, best, old or {}):
            best = found
        used = {(fleet.options[n].driver, fleet.options[n].wave): n for n, doors in best.items() if doors}
        chosen = [n for n, one in enumerate(fleet.options) if used.get((one.driver, one.wave), n) == n]
    return best, done


def _has_choice(fleet: Fleet) -> bool:
    """Whether a driver could be out from two kitchens at once."""
    return len({(one.driver, one.wave) for one in fleet.options}) < len(fleet.options)


def _price(fleet: Fleet, tours: Tours, old: dict[int, tuple[int, int]]) -> float:
    return fleet.cost(tours) + fleet.problem.weights.moved_m * moved(fleet, tours, old)


def moved(fleet: Fleet, tours: Tours, old: dict[int, tuple[int, int]]) -> int:
    """How many doors are on another round than before."""
    rounds = [(fleet.options[n], doors) for n, doors in tours.items()]
    return sum(
        old.get(door, (one.driver, one.wave)) != (one.driver, one.wave) for one, doors in rounds for door in doors
    )


def _mended(fleet: Fleet, tours: Tours) -> Tours:
    """Keep what holds: one kitchen a driver and wave, all in time; the rest is put in where it fits."""
    kept: Tours = {}
    out: list[int] = []
    taken: set[tuple[int, int]] = set()
    for n, doors in sorted(tours.items(), key=lambda each: (-len(each[1]), each[0])):
        option = fleet.options[n]
        if (option.driver, option.wave) in taken:
            out += doors
            continue
        taken.add((option.driver, option.wave))
        stays = list(doors)
        room = fleet.problem.drivers[option.driver].room
        while stays and (fleet.portions(stays) > room or fleet.times(option, stays) is None):
            out.append(stays.pop())
        if stays:
            kept[n] = stays
    fleet.put_in(sorted(out), kept)
    return kept


class _Model:
    """The problem as PyVRP asks for it: locations are the doors, then the kitchens, then where rounds end."""

    def __init__(self, fleet: Fleet, chosen: list[int], old: dict[int, tuple[int, int]]) -> None:
        self.fleet, self.chosen = fleet, chosen
        problem = fleet.problem
        ends = sorted({fleet.options[n].end for n in chosen})
        kitchens = [problem.roads.row(one.place) for one in problem.kitchens]
        self.rows = [*fleet.rows, *kitchens, *ends]
        first_end = len(fleet.rows) + len(kitchens)
        depots = [pyvrp.Depot(place) for place in range(len(fleet.rows), len(self.rows))]
        end_depot = {row: len(kitchens) + n for n, row in enumerate(ends)}
        profiles: dict[bytes, int] = {}
        tables: list[tuple[Any, Any]] = []
        types = []
        for n in chosen:
            option = fleet.options[n]
            toll = self._toll(option, old)
            key = repr((problem.drivers[option.driver].talk_s, fleet.may[n], toll)).encode()
            if key not in profiles:
                profiles[key] = len(tables)
                tables.append(self._tables(n, toll, first_end))
            types.append(self._vehicle(option, end_depot[option.end], profiles[key]))
        self.data = pyvrp.ProblemData(
            [pyvrp.Location(0, 0) for _ in self.rows],
            self._clients(),
            depots,
            types,
            [metres for metres, _ in tables],
            [seconds for _, seconds in tables],
        )

    def _toll(self, option: Option, old: dict[int, tuple[int, int]]) -> list[int]:
        """What it costs for each door to be on this round instead of the one it had."""
        here = (option.driver, option.wave)
        moved_m = self.fleet.problem.weights.moved_m
        return [moved_m * (old.get(door, here) != here) for door in range(len(self.fleet.rows))]

    def _clients(self) -> list[pyvrp.Client]:
        fleet = self.fleet
        return [
            pyvrp.Client(
                location=place,
                delivery=[door.portions],
                tw_early=min(fleet.opens[place], fleet.closes[place]),
                tw_late=fleet.closes[place],
                prize=fleet.problem.weights.open_m * (10 if door.id in fleet.problem.locked else 1),
                required=False,
            )
            for place, door in enumerate(fleet.problem.doors)
        ]

    def _vehicle(self, option: Option, end: int, profile: int) -> pyvrp.VehicleType:
        fleet, problem = self.fleet, self.fleet.problem
        driver = problem.drivers[option.driver]
        here = [door for door, may in enumerate(fleet.may[fleet.options.index(option)]) if may]
        home = min((fleet.stay(option, one) + fleet.seconds[fleet.rows[one]][option.end] for one in here), default=0)
        closes = max(option.first_leave, int(option.closes - (0 if home == inf else home)))
        to_kitchen = fleet.metres[option.begin][option.kitchen_row]
        return pyvrp.VehicleType(
            num_available=1,
            capacity=[driver.room],
            start_depot=option.kitchen,
            end_depot=end,
            fixed_cost=round(to_kitchen) + problem.weights.round_m,
            tw_early=option.first_leave,
            start_late=min(option.last_leave, closes),
            tw_late=closes,
            shift_duration=problem.longest_s,
            profile=profile,
        )

    def _tables(self, n: int, toll: list[int], first_end: int) -> tuple[Any, Any]:
        """Metres and seconds as this kind of round meets them."""
        fleet, option, doors = self.fleet, self.fleet.options[n], len(self.fleet.rows)
        at = np.array(self.rows)
        metres = np.array(fleet.metres)[np.ix_(at, at)]
        seconds = np.array(fleet.seconds)[np.ix_(at, at)]
        metres[~np.isfinite(seconds)] = FAR_M
        seconds[:doors] += np.array([fleet.stay(option, door) for door in range(doors)])[:, None]
        metres[:, :doors] += np.array(toll)
        metres[:, [door for door in range(doors) if not fleet.may[n][door]]] = FAR_M
        seconds[~np.isfinite(seconds)] = LATE_S
        seconds[:, first_end:] = 0
        np.fill_diagonal(metres, 0)
        np.fill_diagonal(seconds, 0)
        whole = np.rint(np.minimum(metres, FAR_M)).astype(np.int64)
        return whole, np.ceil(seconds - 1e-6).astype(np.int64)

    def solution(self, tours: Tours) -> pyvrp.Solution | None:
        """Turn rounds into where PyVRP begins, or None where there are none."""
        kinds = {n: kind for kind, n in enumerate(self.chosen)}
        routes = [
            pyvrp.Route(self.data, [pyvrp.Activity(pyvrp.ActivityType.CLIENT, door) for door in doors], kinds[n])
            for n, doors in sorted(tours.items())
            if doors and n in kinds
        ]
        return pyvrp.Solution(self.data, routes) if routes else None

    def tours(self, solution: pyvrp.Solution) -> Tours:
        """Read rounds from what PyVRP found, without doors that a round may not serve."""
        found: Tours = {}
        for route in solution.routes():
            n = self.chosen[route.vehicle_type()]
            doors = [one.idx for one in route.schedule() if one.is_client()]
            found[n] = [door for door in doors if self.fleet.may[n][door]]
        return found
