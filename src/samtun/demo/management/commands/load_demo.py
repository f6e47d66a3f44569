"""`manage.py load_demo`: makes the invented municipalities, with half a year behind them."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samtun.demo.loading.emptying import empty_all
from samtun.demo.loading.many import load_many
from samtun.demo.loading.whole import load
from samtun.demo.queries import loaded_on
from samtun.demo.valley import dalgrend, elvefjord
from samtun.foundation.models import Municipality
from samtun.kernel import clock


class Command(BaseCommand):
    """Loads what is not there yet."""

    help = "Make the invented municipalities Dalgrend and Elvefjord, or more of them for measuring."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- Django's own form

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the seed, how many municipalities, and whether to begin anew."""
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--municipalities", type=int, default=2, metavar="N", help="in all; more than 2 in bulk")
        parser.add_argument("--reset", action="store_true", help="throw away what the demo holds, and make it anew")
        parser.add_argument("--empty", action="store_true", help="only throw it away (needs the owner's login)")

    def handle(self, *, seed: int, municipalities: int, reset: bool, empty: bool, **_: Any) -> None:
        """Make what is missing, or say what stands in the way."""
        if not settings.DEMO:
            raise CommandError("The demo loads into a demo only: set DJANGO_SETTINGS_MODULE to its settings, or none.")
        if Municipality.objects.filter(is_demo=False).exists():
            raise CommandError("This database holds a real municipality. Give the demo an empty database of its own.")
        if empty:
            empty_all()
            return
        if reset:
            _empty_as_owner()
        self.make(seed=seed, municipalities=municipalities)

    def make(self, *, seed: int, municipalities: int) -> None:
        """Make Dalgrend and Elvefjord, and then as many more as are asked for."""
        present, today = clock.now(), clock.today()
        there = set(Municipality.objects.values_list("slug", flat=True))
        if {"dalgrend", "elvefjord"} <= there:
            self.tell_age()
        for valley, host in ((dalgrend(today, seed), "localhost"), (elvefjord(today, seed), "elvefjord.localhost")):
            if valley.slug not in there:
                began = time.monotonic()
                load(valley, host=host, seed=seed, present=present)
                print(f"{valley.name} is made ({time.monotonic() - began:.0f} s).", flush=True)
        if municipalities > 2:
            print(f"{load_many(municipalities - 2, seed=seed, present=present)} more are made.", flush=True)

    def tell_age(self) -> None:
        """Say that it stands, and how to begin anew when it is from an earlier day."""
        day = loaded_on("dalgrend")
        if day and day < clock.today():
            print(
                f"The demo is from {day:%d.%m.%Y}. What you did is kept; `make demo-reset` makes it anew, as of today."
            )


def _empty_as_owner() -> None:
    """Run this command's other half with the owner's login: the application may not empty tables."""
    manage = Path(settings.ROOT) / "manage.py"
    done = subprocess.run(  # noqa: S603 -- our own command line
        [sys.executable, str(manage), "load_demo", "--empty"],
        env=os.environ | {"SAMTUN_DB_ROLE": "owner"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CommandError((done.stderr.strip() or done.stdout.strip() or "It could not be emptied.").splitlines()[-1])
