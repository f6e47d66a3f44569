"""When each stop of a tour is, and tours that cannot be driven."""

import numpy as np

from planning.solvers.rides.arrays import EARLIEST, LATEST
from planning.solvers.rides.reading import read
from planning.solvers.rides.running import state_of
from planning.solvers.rides.schedule import can_be_driven
from planning.solvers.rides.telling import tour_from, tours_from
from planning.solvers.rides.timing import hold_back
from planning.vocabulary.ride import Break, Shift, Span
from tests.planning.rides.days import HOUR, car, day, trip

ALONG = [2, 0, 1, 3]
"""From the garage to where one is fetched, to where one is set down, and home."""


def test_a_tour_that_cannot_be_driven_is_not_told():
    problem = day(trip("a"))
    task = read(problem, {})
    state = state_of(task, [[0, 1]])
    assert len(tours_from(problem, task, state)) == 1
    slow = task._replace(drive=10 * task.drive)
    assert tour_from(problem, slow, state, 0) is None
    assert tours_from(problem, slow, state) == ()


def test_a_break_that_fits_nowhere_stops_a_tour():
    rest = Break(Span(10 * HOUR, 10.2 * HOUR), 5 * HOUR)
    task = read(day(trip("a"), cars=(car(shifts=(Shift(Span(8 * HOUR, 16 * HOUR), breaks=(rest,)),)),)), {})
    assert not can_be_driven(task, ALONG)
    short = task.rests.copy()
    short[:, :, LATEST] = 10.4 * HOUR
    assert can_be_driven(task._replace(rests=short), ALONG)


def test_a_ride_that_chases_itself_is_given_up():
    task = read(day(trip("a", longest_ride=1199, pickup_window=Span(0, 86_000), drop_window=Span(0, 86_000))), {})
    node = task.node.copy()
    node[:, EARLIEST] = 0
    node[:, LATEST] = 86_400
    assert not can_be_driven(task._replace(node=node), ALONG)
    rested = task._replace(node=node, rests=np.array([[[0.0, 86_400.0, 60.0]]]))
    assert not can_be_driven(rested, ALONG)
    assert can_be_driven(rested._replace(longest_ride=task.longest_ride + 1), ALONG)
    latest, place = np.full(4, 86_400.0), np.array([1, 2, 0, 3])
    stops, longest = np.array(ALONG), float(task.longest_tour[0])
    hold_back(stops, 4, latest, place, 1, task.drive, node, task.longest_ride, longest)
    assert latest[1] < 86_400 - 60 - 1200 - 100
