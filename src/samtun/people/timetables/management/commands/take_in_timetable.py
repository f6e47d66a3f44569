"""`manage.py take_in_timetable FILE.zip`: which buses go here, from the file that all companies share."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.people.timetables.actions import take_in
from samtun.people.timetables.adapters.gtfs import read
from samtun.people.timetables.queries import box


class Command(BaseCommand):
    """Reads the file outside any scope, since it takes a minute; one municipality, or each in turn."""

    help = "Take in a timetable (GTFS, a zip file) in the place of the one before."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and perhaps for whom."""
        parser.add_argument("file", type=Path, help="the zip file, fetched beforehand")
        parser.add_argument("--host", help="a municipality's host name; without it, each municipality in turn")

    def handle(self, *, file: Path, host: str | None = None, **_: Any) -> None:
        """Take it in, or refuse in one line and leave what was there."""
        rows = Municipality.objects.order_by("id")
        found = list(rows.filter(host=host) if host else rows)
        if not found:
            raise CommandError(f"There is no municipality with the host name {host}." if host else "Nothing to do.")
        wrong = [said for one in found if (said := self._one(file, one))]
        if wrong:
            raise CommandError(" ".join(wrong))

    def _one(self, file: Path, municipality: Municipality) -> str:
        """Take it in for one municipality; return what was wrong."""
        with open_scope(municipality.id):
            around = box()
        if around is None:
            return f"{municipality.name}: no village or hall is on the map yet, so nobody knows which buses go there."
        try:
            prepared = read(file, around, since=clock.today() - dt.timedelta(days=1))
            with open_scope(municipality.id):
                made = take_in(prepared=prepared, by=Viewer.system(municipality.id), at=clock.now())
        except Refused as refusal:
            return f"{municipality.name}: {refusal.message}"
        self.stdout.write(
            f"{municipality.name}: {len(prepared.trips)} trips between {len(prepared.stops)} stops, "
            f"to {made.valid_to:%d.%m.%Y}. {prepared.left_out} could not be used."
        )
        return ""
