"""May this trip go with this vehicle at all? The rules that do not depend on the rest of the day."""

from planning.vocabulary.ride import RideProblem, RideWhy, Trip, Vehicle


def why_not(trip: Trip, vehicle: Vehicle) -> RideWhy | None:
    """Say which rule keeps a trip out of a vehicle, or None when none does."""
    if not any(all(t <= p for t, p in zip(trip.taken, plan, strict=True)) for plan in vehicle.seat_plans):
        return RideWhy.NO_PLACE
    if not trip.needs <= vehicle.features:
        return RideWhy.NEEDS
    if trip.agreed is not None and vehicle.driver not in trip.agreed:
        return RideWhy.NOT_AGREED
    if {vehicle.id, vehicle.driver} & trip.not_with or trip.person in vehicle.refuses:
        return RideWhy.NOT_TOGETHER
    return None


def keeps_apart(one: Trip, other: Trip) -> bool:
    """Whether two trips may not share a car at the same time."""
    return other.person in one.not_with or one.person in other.not_with


def goes_well(one: Trip, other: Trip) -> bool:
    """Whether two trips would rather share a tour."""
    return one.person != other.person and (other.person in one.rather_with or one.person in other.rather_with)


def tours_of(problem: RideProblem) -> tuple[tuple[int, int], ...]:
    """List the tours that there can be: the position of the vehicle, and which of its shifts."""
    return tuple((v, s) for v, vehicle in enumerate(problem.vehicles) for s in range(len(vehicle.shifts)))
