"""Trying what would be if one thing were otherwise: the plan as it stands, with one trip more."""

from dataclasses import dataclass

import numpy as np

from planning.solvers.chance import Bits, seeded
from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import (
    Desk,
    Flags,
    Memory,
    State,
    Task,
    desk_for,
    empty_memory,
    empty_state,
)
from planning.solvers.rides.inserting import NEVER, scan
from planning.solvers.rides.recreate import best_tour
from planning.solvers.rides.tours import insert, refresh, work_out


@dataclass(frozen=True, slots=True)
class Trial:
    """The plan as it stands and an empty one, with the scratch paper to try things on."""

    task: Task
    state: State
    empty: State
    desk: Desk

    @classmethod
    def of(cls, task: Task, state: State) -> "Trial":
        """Lay out what is needed to try things with this plan."""
        ready(task, state)
        empty = empty_state(task)
        ready(task, empty)
        return cls(task, state, empty, desk_for(task))


@lean
def ready(task: Task, state: State) -> None:
    """Work out what follows for every tour."""
    for tour in range(task.tours):
        refresh(task, state, tour)
    for tour in range(task.tours):
        work_out(task, state, tour)


@lean
def fits_each(task: Task, state: State, desk: Desk, trip: int, fits: Flags) -> None:
    """Find out for every tour whether the trip has a place in it."""
    for tour in range(task.tours):
        _, spot = scan(task, state, desk, tour, trip, NEVER)
        fits[tour] = task.allowed[trip, tour] and spot >= 0


def alone(trial: Trial, trip: int) -> Flags:
    """Which tours could drive the trip if they had no other."""
    fits = np.zeros(trial.task.tours, np.bool_)
    fits_each(trial.task, trial.empty, trial.desk, trip, fits)
    return fits


@lean
def first_place(task: Task, state: State, desk: Desk, memory: Memory, rng: Bits, trip: int) -> tuple[int, int]:
    """Find the tour and the spot in it that cost least."""
    return best_tour(task, state, desk, memory, rng, trip, 0.0)


def place_for(task: Task, state: State, desk: Desk, trip: int) -> tuple[int, int]:
    """Find the tour and the spot where the trip costs least, with nothing remembered; -1 for none."""
    tour, spot = first_place(task, state, desk, empty_memory(16), seeded(0), trip)
    return int(tour), int(spot)


def copied(state: State) -> State:
    """Give a plan of its own, to be changed."""
    return State(**{name: part.copy() for name, part in state._asdict().items()})


def with_trips(task: Task, state: State, desk: Desk, trips: list[int]) -> tuple[State, list[int]] | None:
    """Put trips in a copy of the plan; the plan and the tours they are in, or None when one has no place."""
    changed: State | None = None
    tours: list[int] = []
    for trip in trips:
        tour, spot = place_for(task, changed or state, desk, trip)
        if tour < 0:
            return None
        changed = changed or copied(state)
        insert(task, changed, tour, trip, spot)
        tours.append(tour)
    return (changed, tours) if changed is not None else None
