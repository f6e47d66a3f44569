"""Villages and halls: public facts."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db.models import Func, QuerySet, TextField

from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.ground import Spot
from samtun.kernel.kept import Kept
from samtun.people.places.models import Place, Road, Village, VillageDistance
from samtun.people.places.rules import puts_on_map


class Norwegian(Func):
    """Sorts Æ Ø Å last on every server (decisions 16)."""

    function = "norwegian"
    output_field = TextField()


def villages() -> QuerySet[Village]:
    """Return the villages in Norwegian order."""
    return Village.objects.order_by(Norwegian("name"))


class Named(NamedTuple):
    """A village by name, as a choice needs it."""

    id: uuid.UUID
    name: str


def _named(_tenant: uuid.UUID) -> tuple[Named, ...]:
    return tuple(Named._make(row) for row in villages().values_list("id", "name"))


kept_names = Kept(_named, lasts=dt.timedelta(seconds=30))
"""By municipality."""


def village_names(at: dt.datetime) -> tuple[Named, ...]:
    """Return the villages in Norwegian order, up to half a minute old: for pages that are asked for all the time."""
    return kept_names.of(current_tenant(), at) or ()


def halls() -> QuerySet[Place]:
    """Return the halls, by name, with their village."""
    return Place.objects.filter(kind=Place.Kind.HALL).select_related("village").order_by(Norwegian("name"))


def hall_for(viewer: Viewer, place: uuid.UUID) -> Place:
    """Return a hall that somebody may say the position of; NotYours otherwise."""
    found = halls().filter(id=place).first()
    if found is None or not puts_on_map(viewer, is_there=False):
        raise NotYours
    return found


def metres_to(village_id: uuid.UUID) -> dict[uuid.UUID, int]:
    """Return metres by road from other villages to one, where they have been measured."""
    return dict(VillageDistance.objects.filter(target=village_id).values_list("origin", "metres"))


class Line(NamedTuple):
    """A road as it is drawn."""

    name: str
    level: int
    spots: list[Spot]


def roads(*, most: int) -> list[Line]:
    """Return the roads, the greatest and longest first; at most `most`, so that the least are left out first."""
    rows = Road.objects.order_by("level", "-metres", "id").values_list("name", "level", "line")[:most]
    return [Line(name, level, Road.unpacked(line)) for name, level, line in rows]


def place_named(place_id: uuid.UUID) -> str:
    """Return what a place is called; empty when there is none."""
    return Place.objects.filter(id=place_id).values_list("name", flat=True).first() or ""


def village_spots() -> list[Spot]:
    """Return where the villages are, those that have a position."""
    rows = Village.objects.filter(lat__isnull=False, lon__isnull=False).values_list("lat", "lon")
    return [Spot(lat, lon) for lat, lon in rows if lat is not None and lon is not None]
