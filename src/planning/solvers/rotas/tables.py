"""A rota as numbers: what the search, the proof and the search for colliding rules share."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Whole = NDArray[np.int64]

OPEN = -1


class Tables(NamedTuple):
    """Seats, turns, units, persons ("bodies"), days and weeks by number.

    `turn` of each seat; of each turn its `first` and `last` day, its `week`, and `holiday` (1 or 0). `who` lists the
    units that may sit in a seat, from `who_from[seat]` up to `who_from[seat + 1]`; `may[seat, unit]` says the same.
    `body` lists a unit's persons from `body_from`; `cap` is how many turns a body takes at once; `rest` days after a
    turn. No more than `most_times[unit, k]` turns begin in `most_weeks[unit, k]` weeks (0 weeks: no such limit).
    `dislike[turn, unit]` and `holiday_off[unit, n]` are what a wish and n turns on holidays cost; `tenths[unit, n]` is
    how far n turns are from the unit's fair number, each of which costs `fair_cost`. `frozen` seats stay; `kept` is
    who sat there before.
    """

    turn: Whole
    first: Whole
    last: Whole
    week: Whole
    holiday: Whole
    who: Whole
    who_from: Whole
    may: NDArray[np.bool_]
    body: Whole
    body_from: Whole
    cap: Whole
    rest: Whole
    most_times: Whole
    most_weeks: Whole
    dislike: NDArray[np.int64]
    tenths: Whole
    holiday_off: Whole
    frozen: NDArray[np.bool_]
    kept: Whole
    open_cost: int
    fair_cost: int
    worst_cost: int
    running_cost: int
    kept_cost: int


class State(NamedTuple):
    """A rota under way: who sits where and what follows from it.

    `busy[body, day]` counts turns and rests, `began[unit, week]` turns that begin, `turns[unit]` and `holidays[unit]`
    all of them. `spread[d]` counts units that are d tenths away from fair, and `worst[0]` is the most. `dice` is the
    state of the random numbers.
    """

    sits: Whole
    busy: Whole
    began: Whole
    turns: Whole
    holidays: Whole
    spread: Whole
    worst: Whole
    dice: Whole


def empty_state(tables: Tables, seed: int) -> State:
    """Begin with every seat empty."""
    units, bodies = len(tables.rest), len(tables.cap)
    days = int(tables.last.max(initial=0)) + int(tables.rest.max(initial=0)) + 1
    spread = np.zeros(int(tables.tenths.max(initial=0)) + 1, np.int64)
    if units:
        np.add.at(spread, tables.tenths[:, 0], 1)
    return State(
        sits=np.full(len(tables.turn), OPEN, np.int64),
        busy=np.zeros((bodies, days), np.int64),
        began=np.zeros((units, int(tables.week.max(initial=0)) + 1), np.int64),
        turns=np.zeros(units, np.int64),
        holidays=np.zeros(units, np.int64),
        spread=spread,
        worst=np.array([int(tables.tenths[:, 0].max(initial=0)) if units else 0], np.int64),
        dice=np.array([seed % 2147483562 + 1, seed * 7919 % 2147483398 + 1], np.int64),
    )
