"""A hall is put on the map: pressed nearer and nearer on a drawing, or copied from another map."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.coordinates import LATS, LONS
from samtun.kernel.errors import Refused
from samtun.kernel.ground import Frame, Spot
from samtun.operation.activities.adapters.drawing import EDGE, HIGH, LOW, WIDE, Hall, draw_to_press
from samtun.operation.activities.web.forms import SpotForm
from samtun.operation.activities.web.views import places
from samtun.operation.activities.web.views.desk import WHY
from samtun.people.places import queries
from samtun.people.places.actions import put_on_map
from samtun.people.places.models import Place, Village
from samtun.people.places.rules import puts_on_map

METRES = (0, 12_000, 4_000, 1_300, 450)
"""How wide the drawing is at each step; the first is the whole municipality."""
WAYS = (("north", 0, 1), ("south", 0, -1), ("west", -1, 0), ("east", 1, 0))


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def listing(request: PageRequest) -> HttpResponse:
    """Show the halls, those that are not on the map first."""
    found = sorted(queries.halls(), key=lambda one: one.lat is not None)
    missing = sum(one.lat is None for one in found)
    return render(request, "activities/halls.html", {"halls": found, "missing": missing})


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def put(request: PageRequest, place_id: uuid.UUID) -> HttpResponse:
    """Put one hall on the map, or move it there."""
    hall = queries.hall_for(request.viewer, place_id)
    aim = aim_of(request.GET, hall)
    form = SpotForm(request.POST or None, initial={"where": aim.words if aim.spot else ""})
    if request.method == "POST" and form.is_valid():
        try:
            put_on_map(place=hall, spots=form.spots, by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error("where", _(refusal.message))
        else:
            messages.success(request, _("%(name)s is on the map now.") % {"name": hall.name})
            return redirect("halls_on_map")
    has_tiles = places.shows_tiles(request)
    may = puts_on_map(request.viewer, is_there=hall.lat is not None)
    context = {"hall": hall, "form": form, "may": may, "tiles": places.TILES_ADDRESS if has_tiles else ""}
    answer = render(
        request, "activities/hall.html", context | _ground(hall, aim), status=422 if form.errors else 200
    )  # fmt: skip
    return places.with_tiles(request, answer) if has_tiles else answer


@dataclass(frozen=True, slots=True)
class Aim:
    """What somebody has pressed so far: a spot, none at first, and how near they are."""

    spot: Spot | None = None
    step: int = 0

    @property
    def words(self) -> str:
        """The spot as it stands in the field."""
        return f"{self.spot.lat:.5f}, {self.spot.lon:.5f}" if self.spot else ""

    def address(self, spot: Spot | None = None, by: int = 0) -> str:
        """Return the address of another spot, or the same one seen nearer or from farther away."""
        to, step = spot or self.spot, min(max(self.step + by, 0), len(METRES) - 1)
        asked = {"nord": f"{to.lat:.5f}", "aust": f"{to.lon:.5f}", "steg": step} if to and step else {}
        return f"?{urlencode(asked)}#kart"


def aim_of(asked: QueryDict, hall: Place) -> Aim:
    """Return what was pressed; without it, or when it is no place in Norway, where the hall is."""
    known = Spot(hall.lat, hall.lon) if hall.lat is not None and hall.lon is not None else None
    try:
        lat, lon, step = (asked.get(name, "") for name in ("nord", "aust", "steg"))
        spot, near = Spot(float(lat), float(lon)), int(step)
    except ValueError:
        return Aim(known, 2) if known and "steg" not in asked and not asked.get("heile") else Aim(known)
    if not (LATS[0] <= spot.lat <= LATS[1] and LONS[0] <= spot.lon <= LONS[1] and 0 < near < len(METRES)):
        return Aim(known)
    return Aim(spot, near)


def _ground(hall: Place, aim: Aim) -> dict[str, Any]:
    """Return the drawing, and the ways to move in it for those who do not press on it."""
    villages = [one for one in queries.villages() if one.lat is not None and one.lon is not None]
    named = [(one.name, Spot(one.lat, one.lon)) for one in villages if one.lat is not None and one.lon is not None]
    others = [
        Hall(Spot(one.lat, one.lon), one.name)
        for one in queries.halls() if one.id != hall.id and one.lat is not None and one.lon is not None
    ]  # fmt: skip
    frame = _frame(aim, [spot for _, spot in named] + [one.spot for one in others])
    if frame is None:
        return {"drawn": "", "villages": []}
    lines = queries.roads(most=places.MOVED if aim.step > 1 else places.DRAWN)
    drawn = draw_to_press(
        frame, ((line.level, line.spots) for line in lines), named, others, pin=aim.spot,
        address=lambda spot: aim.address(spot, by=1), label=_("Map"),
        kilometres=lambda km: _("%s km") % number_format(f"{km:g}"),
    )  # fmt: skip
    return {"drawn": drawn, "aim": aim, "villages": villages} | _ways(aim, frame, villages)


def _ways(aim: Aim, frame: Frame, villages: list[Village]) -> dict[str, Any]:
    middle, third = (frame.wide / 2, frame.high / 2), frame.wide / 3
    words = {"north": _("To the north"), "south": _("To the south"), "west": _("To the west"), "east": _("To the east")}
    moves = [
        (words[name], aim.address(frame.spot((middle[0] + x * third, middle[1] - y * third)))) for name, x, y in WAYS
    ]  # fmt: skip
    return {
        "moves": moves if aim.step else [], "is_nearest": aim.step == len(METRES) - 1,
        "nearer": aim.address(by=1) if aim.spot and aim.step < len(METRES) - 1 else "",
        "farther": aim.address(by=-1) if aim.step > 1 else "?heile=1#kart" if aim.step else "",
        "from_village": [(one.name, Aim(Spot(one.lat, one.lon), 2).address())
                         for one in villages if one.lat is not None and one.lon is not None],
    }  # fmt: skip


def _frame(aim: Aim, spots: list[Spot]) -> Frame | None:
    if aim.spot and aim.step:
        return Frame.square(aim.spot, metres=METRES[aim.step], wide=WIDE)
    if aim.spot:
        spots = [*spots, aim.spot]
    return Frame.around(spots, wide=WIDE, edge=EDGE, low=LOW, high=HIGH) if spots else None
