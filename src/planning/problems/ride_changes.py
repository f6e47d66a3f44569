"""What is different from the plan before."""

from planning.vocabulary.identity import Id, as_figure
from planning.vocabulary.plan import Change
from planning.vocabulary.ride import At, RidePlan, RideWhy

SAME = 1.0
"""Seconds that nobody notices."""


def changes_between(before: RidePlan, after: RidePlan) -> tuple[Change, ...]:
    """List what changed for each trip, in the order of the plans: added, left out, other vehicle, other time."""
    old, new = _fetched(before), _fetched(after)
    changes = []
    for trip, (vehicle, fetch) in new.items():
        if trip not in old:
            changes.append(Change(trip, RideWhy.ADDED, (("vehicle", as_figure(vehicle)), ("fetch", round(fetch)))))
            continue
        had, was = old[trip]
        if had != vehicle:
            changes.append(Change(trip, RideWhy.OTHER_VEHICLE, (("from", as_figure(had)), ("to", as_figure(vehicle)))))
        if abs(was - fetch) > SAME:
            changes.append(Change(trip, RideWhy.OTHER_TIME, (("from", round(was)), ("to", round(fetch)))))
    changes += [
        Change(trip, RideWhy.LEFT_OUT, (("vehicle", as_figure(vehicle)),))
        for trip, (vehicle, _) in old.items()
        if trip not in new
    ]
    return tuple(changes)


def _fetched(plan: RidePlan) -> dict[Id, tuple[Id, float]]:
    return {stop.trip: (tour.vehicle, stop.start) for tour in plan.tours for stop in tour.stops if stop.at is At.FETCH}
