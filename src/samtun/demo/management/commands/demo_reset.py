"""`make demo-reset`: throws the demo's data away; the next `make demo` invents it anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from samtun.foundation import starting


class Command(BaseCommand):
    """Empties the demo's database. Runs with the owner's login."""

    help = "Empty the demo's database. Refuses one that holds a real municipality, and while the demo runs."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- Django's own form

    def handle(self, **_: Any) -> None:
        """Empty it."""
        starting.refuse_strange_database()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            (others,) = cursor.fetchone()
            if others:
                raise CommandError("The demo is running. Stop it with Ctrl-C first.")
            if "foundation_municipality" in connection.introspection.table_names(cursor):
                starting.refuse_mixed(demo=True)
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        print("The demo's data is gone. `make demo` makes it anew.")
