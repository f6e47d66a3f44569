"""Which roads are drawn, what a municipality chooses about its map, and who puts a hall on it, and where."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from samtun.foundation.options import option
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.ground import Spot, metres_between
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


REACH = 15_000
"""Metres from the nearest village within which something is in the municipality: nobody has told its borders."""


def sets_up(viewer: Viewer) -> bool:
    """Tell whether somebody sets up the municipality: its villages, halls, roads and how far it is between them."""
    return viewer.is_system or viewer.may(Permission.MANAGE_SETTINGS)


def puts_on_map(viewer: Viewer, *, is_there: bool) -> bool:
    """Tell whether somebody may say where a hall is: whoever publishes, the first time; to move it, the desk."""
    return viewer.is_system or viewer.may(Permission.SEE_DESK if is_there else Permission.PUBLISH)


def within_reach(spots: Iterable[Spot], around: Sequence[Spot]) -> Spot | None:
    """Return the first of some spots that is in the municipality; any is, where no village is on the map."""
    for spot in spots:
        if not around or min(metres_between(spot, one) for one in around) <= REACH:
            return spot
    return None
