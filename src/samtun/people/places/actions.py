"""Verbs on villages and places."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref
from samtun.people.places.models import Place, Village, VillageDistance


def add_village(
    *, name: str, inhabitants: int, lat: float | None, lon: float | None, by: Viewer, at: dt.datetime
) -> Village:
    """Add a village."""
    with transaction.atomic():
        village = Village.objects.create(name=name, inhabitants=inhabitants, lat=lat, lon=lon)
        record("places.add_village", Ref("village", village.id), by=by, at=at, name=name)
    return village


def add_place(
    *, name: str, kind: str, village: Village, address: str, lat: float | None, lon: float | None, by: Viewer,
    at: dt.datetime,
) -> Place:  # fmt: skip
    """Add a hall or another place."""
    with transaction.atomic():
        place = Place.objects.create(name=name, kind=kind, village=village, address=address, lat=lat, lon=lon)
        record("places.add_place", Ref("place", place.id), by=by, at=at, name=name)
    return place


def measure(*, origin: Village, target: Village, metres: int, by: Viewer, at: dt.datetime) -> None:
    """Note how far it is by road between two villages, both ways."""
    with transaction.atomic():
        for a, b in ((origin, target), (target, origin)):
            VillageDistance.objects.update_or_create(origin=a, target=b, defaults={"metres": metres})
        record("places.measure", Ref("village", target.id), by=by, at=at, metres=metres)
