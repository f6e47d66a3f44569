"""Which roads are drawn, and what a municipality chooses about its map."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.options import option
from samtun.people.places.models import Road

TILES = option(
    "places.tiles", default=False, text=_("Show Kartverket's map under our own, where one moves about in the map")
)

LEVELS = {
    "motorway": Road.Level.MAIN, "trunk": Road.Level.MAIN, "primary": Road.Level.MAIN, "secondary": Road.Level.MAIN,
    "tertiary": Road.Level.THROUGH, "unclassified": Road.Level.LOCAL, "road": Road.Level.LOCAL,
    "residential": Road.Level.LANE, "living_street": Road.Level.LANE, "service": Road.Level.LANE,
}  # fmt: skip
"""OpenStreetMap's `highway`: those one drives on. Paths, tracks and what is being built are left out."""


def level_of(highway: str) -> Road.Level | None:
    """Return how a road is drawn by its kind in OpenStreetMap; None when it is not."""
    return LEVELS.get(highway.removesuffix("_link"))
