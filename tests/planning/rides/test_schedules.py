"""The two evaluations of a tour."""

import random
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.judge.schedules import Call, earliest, eight_steps


def along(before, after):
    return abs(before - after)


def test_a_fetch_waits_so_that_the_ride_is_not_too_long():
    calls = [Call(0, 0, 100), Call(5, 0, 100), Call(10, 50, 60, fetched=1, longest=8), Call(0, 0, 100)]
    assert earliest(calls, along) == [0, 42, 50, 60]
    assert eight_steps(calls, along) == [40, 45, 50, 60]


def test_what_is_too_late_too_long_or_rides_too_long_is_refused_by_both():
    late = [Call(0, 0, 100), Call(50, 0, 40), Call(0, 0, 100)]
    ride = [Call(0, 0, 100), Call(5, 0, 10), Call(50, 80, 90, fetched=1, longest=46), Call(0, 0, 200)]
    good = [Call(0, 0, 100), Call(50, 60, 70), Call(0, 0, 200)]
    for find in (earliest, eight_steps):
        assert find(late, along) is None
        assert find(ride, along) is None
        assert find(good, along, 99) is None
        assert find(good, along, 100) is not None


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
def test_what_eight_steps_accept_can_be_driven(seed):
    lot = random.Random(seed)
    trips = lot.randint(1, 5)
    spots = {x: (lot.uniform(0, 20), lot.uniform(0, 20)) for x in range(2 * trips + 1)}
    order: list[int] = []
    for number in range(1, trips + 1):
        place = lot.randint(0, len(order))
        order.insert(place, number)
        order.insert(lot.randint(place + 1, len(order)), number + trips)
    calls = [Call(0, 0, 1000)]
    for here in order:
        begin = lot.uniform(0, 120)
        window = (begin, begin + lot.choice([15, 60, 300]))
        fetched = 1 + order.index(here - trips) if here > trips else None
        calls.append(Call(here, *window, service=2.0, fetched=fetched, longest=lot.choice([30, 60])))
    calls.append(Call(0, 0, 1000))

    def way(a, b):
        return hypot(spots[a][0] - spots[b][0], spots[a][1] - spots[b][1])

    longest = lot.choice([150, 400])
    exact, steps = earliest(calls, way, longest), eight_steps(calls, way, longest)
    if steps is not None:
        assert exact is not None
        assert all(soon <= start + 1e-3 for soon, start in zip(exact, steps, strict=True))


def test_a_ride_that_chases_itself_is_given_up():
    calls = [Call(0, 0, 1e9), Call(0, 0, 1e9), Call(10, 0, 1e9, fetched=1, longest=5), Call(0, 0, 1e9)]
    assert earliest(calls, along) is None
