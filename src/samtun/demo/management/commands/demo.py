"""`make demo`: the invented municipality with everything running, on this machine only."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import module_has_submodule

from samtun import demo
from samtun.foundation import starting
from samtun.foundation.models import Municipality


class Command(BaseCommand):
    """Readies and runs the demo; Ctrl-C stops all of it."""

    help = "Run the demo: database, tables, invented people, web server, worker, sealer. Ctrl-C stops everything."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- Django's own form; checked by `make check`, not each start

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port; `config.running` has read it before Django was loaded."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **_: Any) -> None:
        """Run until stopped."""
        if not settings.DEMO:
            raise CommandError("The demo runs with demo settings only: unset DJANGO_SETTINGS_MODULE.")
        starting.ready_keys()
        starting.refuse_strange_database()
        if starting.ready_tables():
            self.say("The tables are made.")
        starting.refuse_mixed(demo=True)
        if not Municipality.objects.filter(is_demo=True).exists():
            self.say("Inventing a municipality …")
            call_command("load_demo")
        starting.ready_static()
        starting.serve(port, "localhost", lambda: self.announce(port))
        self.say("Stopped. What you did is kept; `make demo-reset` begins anew.")

    def announce(self, port: int) -> None:
        """Print where it is and who one can be."""
        self.say(f"\nSamtun is ready: http://localhost:{port}/\n")
        if module_has_submodule(demo, "personas"):
            for line in import_module("samtun.demo.personas").lines(port):
                self.say(line)
        self.say("Ctrl-C stops everything.\n")

    def say(self, text: str) -> None:
        """Print at once, also into a pipe."""
        print(text, flush=True)
