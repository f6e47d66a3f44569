"""`manage.py reap`: beside the queue, puts back what a crash has left. One pass with `--once`, else every 10 s."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from samtun.kernel import clock
from samtun.notifications.messages import actions

EVERY = 10
THOROUGH_EVERY = 30


class Command(BaseCommand):
    """Mends the queue from outside it."""

    help = "Put back jobs of dead workers and messages left behind by a crash."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--once` and how long a worker may be silent."""
        parser.add_argument("--once", action="store_true", help="One pass, then stop.")
        parser.add_argument("--silent-for", type=float, default=60, help="Seconds a worker's heart may be still.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Pass after pass; a database that is away is waited for."""
        passes = 0
        while True:
            try:
                done = actions.reap(
                    clock=clock.now, stalled_seconds=options["silent_for"], thorough=passes % THOROUGH_EVERY == 0
                )
            except DatabaseError as error:
                if options["once"]:
                    raise
                self.stderr.write(f"The database did not answer ({type(error).__name__}); trying again.")
                connection.close()
                done = None
            if options["once"]:
                self.stdout.write(f"Put back: {done}" if done else "Another reaper is at work.")
                return
            passes += 1
            time.sleep(EVERY)
