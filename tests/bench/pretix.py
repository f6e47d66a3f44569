"""pretix beside us: in an environment of its own, on the same PostgreSQL server, with two workers as we have.

`make bench SAMTUN_PRETIX=folder`, where the folder is a virtual environment with `pretix==2026.8.*` and `gunicorn` from
PyPI. Its database is kept from one run to the next: the migrations take minutes.
"""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from tests.databases import SUPERUSER
from tests.live_process import free_port, until_answered

DATABASE = "pretix_bench"
HERE = Path(__file__).parent / "beside"


def home():
    """The environment it is installed in; None when none is named."""
    named = os.environ.get("SAMTUN_PRETIX")
    return Path(named) if named else None


def _environment(port):
    where = connection.settings_dict
    data = settings.DATA / "pretix"
    data.mkdir(exist_ok=True)
    return os.environ | {
        "PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "pretix_settings", "PRETIX_DATABASE_BACKEND": "postgresql",
        "PRETIX_DATABASE_NAME": DATABASE, "PRETIX_DATABASE_USER": SUPERUSER, "PRETIX_DATABASE_HOST": where["HOST"],
        "PRETIX_DATABASE_PORT": str(where["PORT"]), "PRETIX_PRETIX_DATADIR": str(data), "PRETIX_DJANGO_SECRET": "bench",
        "PRETIX_PRETIX_URL": f"http://localhost:{port}",
    }  # fmt: skip


def prepare(first, times):
    """Make its database if there is none, and fill the month that begins on a day."""
    where = connection.settings_dict
    parts = {"host": where["HOST"], "port": where["PORT"], "user": SUPERUSER, "dbname": "postgres"}
    with psycopg.connect(**parts, autocommit=True) as raw:
        if not raw.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            raw.execute(f"CREATE DATABASE {DATABASE}")
    python, env = str(home() / "bin" / "python"), _environment(80)
    subprocess.run([python, "-m", "pretix", "migrate", "-v0"], env=env, check=True, capture_output=True)
    fill = [python, str(HERE / "pretix_fill.py"), first.isoformat(), str(times)]
    subprocess.run(fill, env=env, check=True, capture_output=True)


@contextmanager
def served(path, *, warm):
    """Serve it with two workers; yields the port, once it has answered `path`."""
    port = free_port()
    env = _environment(port) | ({"BENCH_WARM": "1"} if warm else {})
    command = [str(home() / "bin" / "gunicorn"), "pretix.wsgi", "-w", "2", "-b", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until_answered(process, port, path, Host=f"localhost:{port}")
            yield port
        finally:
            process.terminate()
            process.wait(20)
