"""Bus lines of an invented company, one a branch: few on weekdays, one way only on Saturdays, none on Sundays."""

import datetime as dt
from collections.abc import Iterator, Sequence

from samtun.demo.valley.roads import village_metres
from samtun.demo.valley.words import Valley, Village
from samtun.partners.organisations.rules import public_holidays
from samtun.people.timetables.adapters.prepared import Prepared, PreparedStop, PreparedTrip

BEFORE, AHEAD = dt.timedelta(days=30), dt.timedelta(days=150)
METRES_A_SECOND = 12
MOST_DETOUR = 2_000
WEEKDAYS, SATURDAYS = 0, 1
TO_CENTRE, FROM_CENTRE = ((7, 45), (10, 35), (12, 55), (15, 50)), ((8, 15), (13, 10), (14, 20), (16, 25))
"""When the buses are in the centre: those that come there, and those that leave it. Who goes on has time to change."""
SATURDAY = ((10, 35),)


def timetable(valley: Valley) -> Prepared:
    """Give the valley's timetable: a line from the far end of each branch to the centre, by the villages on its way."""
    metres = village_metres(valley)
    middle = next(village for village in valley.villages if village.key == _centre(valley))
    others = sorted(
        (village for village in valley.villages if village is not middle), key=lambda one: -metres[one.key, middle.key]
    )
    spots = {junction.id: junction.spot for junction in valley.junctions}
    order = [middle, *others]
    stops = [
        PreparedStop(f"demo:{one.key}", one.name, spots[one.junction].lat, spots[one.junction].lon) for one in order
    ]
    trips: list[PreparedTrip] = []
    number = 200
    while others:
        far = others[0]
        branch = [one for one in others if one is far or _is_on_way(far, one, middle, metres)]
        others = [one for one in others if one not in branch]
        number += 10
        trips += _line(str(number), [*branch, middle], order, metres)
    first, last = valley.today - BEFORE, valley.today + AHEAD
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    weekdays = [day for day in days if day.weekday() < 5 and day not in public_holidays(day.year)]
    saturdays = [day for day in days if day.weekday() == 5 and day not in public_holidays(day.year)]
    return Prepared("Dalbussen (oppdikta)", first, last, stops, [weekdays, saturdays], trips)


def _centre(valley: Valley) -> str:
    return next(body.village for body in valley.organisations if body.key == valley.centre)


def _is_on_way(far: Village, one: Village, middle: Village, metres: dict[tuple[str, str], int]) -> bool:
    detour = metres[far.key, one.key] + metres[one.key, middle.key] - metres[far.key, middle.key]
    return detour < MOST_DETOUR


def _line(
    name: str, calls: Sequence[Village], order: Sequence[Village], metres: dict[tuple[str, str], int]
) -> Iterator[PreparedTrip]:  # fmt: skip
    """Give the trips of a line to the centre, its last call, and back."""
    before = [0]
    for one, other in zip(calls[:0:-1], calls[-2::-1], strict=True):
        before.append(before[-1] + metres[one.key, other.key] // METRES_A_SECOND // 60 * 60)
    back = [order.index(one) for one in reversed(calls)]
    for service, clocks in ((WEEKDAYS, TO_CENTRE), (SATURDAYS, SATURDAY)):
        for clock in clocks:
            yield _trip(service, name, back[::-1], [_seconds(clock) - away for away in reversed(before)])
    for clock in FROM_CENTRE:
        yield _trip(WEEKDAYS, name, back, [_seconds(clock) + away for away in before])


def _seconds(clock: tuple[int, int]) -> int:
    return clock[0] * 3600 + clock[1] * 60


def _trip(service: int, name: str, stops: list[int], times: list[int]) -> PreparedTrip:
    none = [0] * len(stops)
    return PreparedTrip(service, name, "bus", stops, times, times, none, none)
