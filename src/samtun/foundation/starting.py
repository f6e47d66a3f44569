"""What `manage.py demo` and `manage.py start` have in common: ready the database and the files, then run the parts."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samtun.foundation import supervising
from samtun.foundation.keys import write_key_file
from samtun.foundation.models import Municipality


def manage_py() -> Path:
    """Return the command line of this checkout."""
    return Path(settings.ROOT) / "manage.py"


def ready_keys() -> None:
    """Make the key file when there is none."""
    path = Path(settings.SAMTUN_KEYS_FILE)
    if not path.exists():
        write_key_file(path)


def refuse_strange_database() -> None:
    """Refuse a database that holds something else: never put our tables between another program's."""
    tables = set(connection.introspection.table_names())
    if tables and "foundation_municipality" not in tables:
        raise CommandError(
            f"The database {connection.settings_dict['NAME']} holds other tables already. Give Samtun an empty one."
        )


def refuse_mixed(*, demo: bool) -> None:
    """Refuse a demo on real data, and real use on a demo's: every municipality must be of the one kind."""
    if Municipality.objects.filter(is_demo=not demo).exists():
        raise CommandError(
            "This database holds a real municipality. The demo only runs on a database it made itself: unset "
            "DATABASE_URL, or give it an empty one."
            if demo
            else "This database was made by the demo. Give real use an empty one."
        )


def ready_tables() -> bool:
    """Migrate when something is not applied, with the owner's login; return whether it was needed."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    done = subprocess.run(  # noqa: S603 -- our own command line
        [sys.executable, str(manage_py()), "migrate", "--no-input", "-v0"],
        env=os.environ | {"SAMTUN_DB_ROLE": "owner"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:] or ["no words"]
        raise CommandError(f"The tables could not be made: {last[0]}")
    return True


def static_fingerprint() -> str:
    """Return one sum over names, sizes and times of all static sources: cheap, and changes when they do."""
    seen = hashlib.sha256(str(settings.STATIC_URL).encode())
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: str(pair[0])):
            stat = Path(storage.path(name)).stat()
            seen.update(f"{name}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def ready_static() -> bool:
    """Collect static files when a source has changed; return whether it was needed."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return False
    stamp = Path(settings.STATIC_ROOT) / ".sources"
    now = static_fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def live_from(port: int, host: str) -> tuple[str, int]:
    """Return where browsers find what is told live, and at which port it is served; ("", 0) when nowhere.

    On this machine alone it is another port of the same host. Behind a proxy only whoever runs that knows: then it is
    told by `SAMTUN_LIVE_ORIGIN` and `SAMTUN_LIVE_PORT`.
    """
    wanted = os.environ.get("SAMTUN_LIVE_PORT", "")
    heard_at = int(wanted) if wanted.isdecimal() else supervising.live_port(port)
    origin = settings.SAMTUN_LIVE_ORIGIN or (f"http://localhost:{heard_at}" if host == "localhost" else "")
    return (origin, heard_at) if origin and heard_at else ("", 0)


def serve(port: int, host: str, announce: Callable[[], None]) -> None:
    """Run all parts until asked to stop; CommandError with a part's name and last words when one dies."""
    connection.close()
    try:
        supervising.run(
            supervising.parts_of_the_house(manage_py(), port, set(get_commands()), live_from(port, host)),
            logs=Path(settings.DATA) / "log",
            ready=lambda: supervising.answers(port, host),
            announce=announce,
        )
    except supervising.PartDied as death:
        raise CommandError(str(death)) from death
