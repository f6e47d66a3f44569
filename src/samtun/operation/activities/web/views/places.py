"""Where it is on: a map drawn here, a table that says the same, and the roads for those who move about in the map."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csp import csp_override
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from samtun.foundation.access import PageRequest, public
from samtun.kernel import clock
from samtun.kernel.ground import Spot
from samtun.operation.activities import queries
from samtun.operation.activities.adapters.drawing import Hall, draw_map
from samtun.operation.activities.queries import Whereabouts
from samtun.operation.activities.web import tables
from samtun.people.places.models import Place, Village
from samtun.people.places.queries import halls, roads, villages
from samtun.people.places.rules import TILES

DRAWN, MOVED = 800, 20_000
"""So many roads are drawn on the page, and so many in the map one moves about in: the greatest and longest first."""
KARTVERKET = "https://cache.kartverket.no"
TILES_ADDRESS = f"{KARTVERKET}/v1/wmts/1.0.0/topo/default/webmercator/{{z}}/{{y}}/{{x}}.png"
OURS: dict[str, Any] = settings.SECURE_CSP
WITH_TILES = OURS | {name: [*OURS[name], KARTVERKET] for name in ("img-src", "connect-src")}
"""The browser may ask Kartverket for pictures on this page, where the municipality has chosen it; nowhere else."""


@require_safe
@gzip_page
@public
def place_map(request: PageRequest) -> HttpResponse:
    """Show where it is on, as somebody looks for it."""
    today = clock.today()
    wanted = tables.wanted_of(request.GET, today)
    here, known, houses = queries.whereabouts(wanted), list(villages()), list(halls())
    seen = _on_the_map(request.GET, here, houses)
    places = [*(str(row.place) for row in here), *(str(house.id) for house in houses)]
    has_tiles = shows_tiles(request)
    context = {
        "filter": tables.choices(request.GET, known) | {"here": reverse("programme_map")},
        "drawn": _drawn(known, seen), "halls": seen, "beside": _beside(request.GET, here), "said": _said(here, seen),
        "views": tables.views(request.GET, "programme_map", month=today), "tiles": TILES_ADDRESS if has_tiles else "",
        "passed_over": tables.passed_over(request.GET, known, places), "has_roads_of": not request.municipality.is_demo,
        "villages": [one for one in known if one.lat is not None],
    }  # fmt: skip
    answer = render(request, "activities/map.html", context)
    return with_tiles(request, answer) if has_tiles else answer


def shows_tiles(request: PageRequest) -> bool:
    """Tell whether Kartverket's map may lie below ours."""
    return not request.municipality.is_demo and TILES.read(clock.today())


def with_tiles(request: PageRequest, answer: HttpResponse) -> HttpResponse:
    """Let the browser ask Kartverket for pictures on this page."""
    return csp_override(WITH_TILES)(lambda _: answer)(request)


def _on_the_map(asked: QueryDict, here: Sequence[Whereabouts], houses: Sequence[Place]) -> list[Hall]:
    """Return what has a position: where something is on, the most first, then the halls where nothing is."""
    listing = reverse("programme")
    found = [
        Hall(
            Spot(row.lat, row.lon), row.name, row.number, row.step_free,
            listing + tables.address_with(asked, hus=str(row.place)),
            ngettext("%(place)s: %(n)d time", "%(place)s: %(n)d times", row.number)
            % {"place": row.name, "n": row.number}
            + (f", {row.village_name}" if row.village_name not in row.name else ""),
            row.village_name,
        )
        for row in here if row.lat is not None and row.lon is not None
    ]  # fmt: skip
    used = {row.place for row in here}
    quiet = [
        Hall(Spot(house.lat, house.lon), house.name, village=house.village.name)
        for house in houses if house.id not in used and house.lat is not None and house.lon is not None
    ]  # fmt: skip
    return found + quiet


def _drawn(known: Sequence[Village], seen: Sequence[Hall]) -> str:
    """Draw the map; empty when nothing has a position."""
    return draw_map(
        ((line.level, line.spots) for line in roads(most=DRAWN)),
        [(one.name, Spot(one.lat, one.lon)) for one in known if one.lat is not None and one.lon is not None], seen,
        label=_("Map"), heap=_("%d places"), kilometres=lambda km: _("%s km") % number_format(f"{km:g}"),
    )  # fmt: skip


def _beside(asked: QueryDict, here: Sequence[Whereabouts]) -> list[dict[str, Any]]:
    """Return what has no position, by village: how many times at each place, and the way to the list."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted((row for row in here if row.lat is None), key=lambda row: row.village_name):
        chosen = str(row.village or "")
        url = reverse("programme") + tables.address_with(asked, stad=chosen, naer="")
        part = found.setdefault(
            chosen, {"name": row.village_name or _("Elsewhere"), "url": url, "places": [], "number": 0}
        )
        part["number"] += row.number
        part["places"].append((row.name or _("Place not told"), row.number))
    return list(found.values())


def _said(here: Sequence[Whereabouts], seen: Sequence[Hall]) -> str:
    """Say in a sentence what the map shows."""
    used = [hall for hall in seen if hall.number]
    if not used:
        return _("In these days nothing is on that the map can show.")
    said = ngettext("%(n)d time at %(places)s on the map.", "%(n)d times at %(places)s on the map.",
                    number := sum(hall.number for hall in used)) % {
        "n": number, "places": ngettext("%d place", "%d places", len(used)) % len(used),
    }  # fmt: skip
    if len(used) > 1 and used[0].number > used[1].number:
        said += " " + _("Most is on at %(place)s, %(n)d.") % {"place": used[0].name, "n": used[0].number}
    if others := sum(row.number for row in here) - number:
        said += " " + ngettext("%d more stands below.", "%d more stand below.", others) % others
    return said


@require_safe
@gzip_page
@public
def road_lines(_request: PageRequest) -> HttpResponse:
    """Give the roads as GeoJSON, a line of many for each class. The same for everyone: no one is known by it."""
    lines: dict[int, list[list[tuple[float, float]]]] = {}
    for line in roads(most=MOVED):
        lines.setdefault(line.level, []).append([(spot.lon, spot.lat) for spot in line.spots])
    features = [
        {
            "type": "Feature", "properties": {"level": level},
            "geometry": {"type": "MultiLineString", "coordinates": drawn},
        }
        for level, drawn in lines.items()
    ]  # fmt: skip
    answer = JsonResponse({"type": "FeatureCollection", "features": features}, content_type="application/geo+json")
    answer["Cache-Control"] = "max-age=3600"
    return answer
