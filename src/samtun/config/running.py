"""What must stand before Django is loaded, when one command starts everything: `manage.py demo` and `manage.py start`.

Checked in the order in which a person can mend it: the port, the disk, the database. Each fault is one line on
standard error and exit code 1. What was started here is stopped here, whatever happens in between.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from samtun.config import embedded

ROOT = Path(__file__).resolve().parents[3]
STARTERS = ("demo", "start")
LEAST_FREE = 500 * 1024 * 1024
DEFAULT_PORT = 8000


class NotReady(Exception):
    """Something on this machine is in the way; the text says what to do about it."""


def settings_for(argv: Sequence[str]) -> str:
    """Return the settings module a command runs with when the environment names none."""
    return "samtun.config.settings.local" if argv[1:2] == ["start"] else "samtun.config.settings.demo"


def port_of(argv: Sequence[str]) -> int:
    """Return the port asked for: `--port 8123`, `--port=8123`, else 8000. NotReady when it is no port."""
    text = str(DEFAULT_PORT)
    for here, following in zip(argv, [*argv[1:], ""], strict=True):
        if here == "--port":
            text = following
        elif here.startswith("--port="):
            text = here.partition("=")[2]
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise NotReady(f"{text or 'Nothing'} is no port: choose a number between 1024 and 65535, as in PORT=8123.")
    return int(text)


def port_is_free(port: int) -> None:
    """Refuse a port that another program listens on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise NotReady(f"Port {port} needs more rights than you have. Choose another: PORT=8123.") from error
        except OSError as error:
            other = port + 1 if port < 65535 else DEFAULT_PORT
            raise NotReady(f"Port {port} is in use by another program. Choose another: PORT={other}.") from error


def room_on_disk(folder: Path) -> None:
    """Refuse to begin on a disk that is nearly full: a database stops badly there."""
    there = folder
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        raise NotReady(
            f"Only {free // 1024**2} MB free where the data lies ({folder}). Free {LEAST_FREE // 1024**2} MB, or set "
            "SAMTUN_DATA to a folder on another disk."
        )


@contextmanager
def prepared(argv: Sequence[str]) -> Iterator[None]:
    """Make the machine ready for a command that starts everything; other commands pass straight through."""
    command = argv[1] if len(argv) > 1 else ""
    if command not in STARTERS or {"-h", "--help"} & set(argv):
        yield
        return
    folder = embedded.data_folder(ROOT)
    if command == "start" and "SAMTUN_DATA" not in os.environ:
        folder = folder / "real"
        os.environ["SAMTUN_DATA"] = str(folder)
    own_server = "DATABASE_URL" not in os.environ and "SAMTUN_DB" not in os.environ
    try:
        try:
            port_is_free(port_of(argv))
            room_on_disk(folder)
            if own_server:
                os.environ["SAMTUN_DB"] = start_database(folder)
        except NotReady as fault:
            sys.exit(str(fault))
        yield
    finally:
        if own_server and "SAMTUN_DB" in os.environ:
            embedded.stop(folder)


def start_database(folder: Path) -> str:
    """Start the embedded server; NotReady with a place to look when it will not."""
    try:
        return embedded.start(folder)
    except PermissionError as error:
        raise NotReady(f"You may not write in {folder}. Set SAMTUN_DATA to a folder of your own.") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise NotReady(
            f"PostgreSQL could not start. Its own words stand in {folder / 'pg' / 'log'}. Or set DATABASE_URL to a "
            "server you have."
        ) from error
