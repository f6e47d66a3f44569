"""`manage.py draw_roads`: a municipality's own map, from an OpenStreetMap extract on this machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.people.places.actions import draw_roads, find_on_map
from samtun.people.places.adapters.osm import UnreadableMap, read_osm
from samtun.people.places.queries import village_spots


class Command(BaseCommand):
    """Nothing is fetched: the file is one that somebody has put here."""

    help = "Draw a municipality's roads from an OpenStreetMap file, and find its villages and halls by their names."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which municipality, which file, and how far out."""
        parser.add_argument("file", type=Path, help="an extract as XML: map.osm or map.osm.gz")
        parser.add_argument("--host", required=True, help="the municipality's host name")
        parser.add_argument(
            "--reach", type=int, default=15, help="kilometres from a village; roads beyond are left out"
        )

    def handle(self, *, file: Path, host: str, reach: int, **_: Any) -> None:
        """Read, find and draw, or refuse in one line; then what was stands."""
        municipality = Municipality.objects.filter(host=host).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with the host name {host}.")
        if not 1 <= reach <= 200:
            raise CommandError("Reach is from 1 to 200 kilometres.")
        by, now = Viewer.system(municipality.id), clock.now()
        try:
            extract = read_osm(file)
            with open_scope(municipality.id):
                found = find_on_map(spots=extract.named, by=by, at=now)
                roads = draw_roads(ways=extract.near(village_spots(), reach * 1000), by=by, at=now)
        except UnreadableMap as wrong:
            raise CommandError(f"{wrong}") from wrong
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{roads} roads are on the map of {municipality.name} now.")
        if found:
            self.stdout.write(f"Found by name: {', '.join(found)}.")
