"""From the environment to Django's DATABASES: which login this process uses."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from samtun.config import embedded

COMMAND_ROLES = dict.fromkeys(
    ("migrate", "makemigrations", "sqlmigrate", "showmigrations", "rotate_keys", "demo_reset"), "owner"
) | {"seal": "sealer", "procrastinate": "worker", "reap": "worker"}


def role_for(argv: list[str]) -> str:
    """Return the login a command uses when `SAMTUN_DB_ROLE` names none: the application's, for most."""
    return COMMAND_ROLES.get(argv[1] if len(argv) > 1 else "", "app")


def from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL address."""
    parts = urlsplit(url)
    query = {k: v[0] for k, v in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
        "OPTIONS": {},
    }


def configured(root: Path, role: str) -> dict[str, Any]:
    """Return the database for one role: `app`, `worker`, `sealer`, `backup` or `owner`.

    `DATABASE_URL` is the owner's login. `SAMTUN_APP_DATABASE_URL` (and so for the other roles) is a login of their
    own; without it the owner's login takes the role on with SET ROLE, which the owner must be allowed to.
    """
    if url := os.environ.get("DATABASE_URL"):
        own = os.environ.get(f"SAMTUN_{role.upper()}_DATABASE_URL")
        database = from_url(own or url)
        if role != "owner" and not own:
            database["OPTIONS"]["assume_role"] = f"samtun_{role}"
    else:
        where = os.environ.get("SAMTUN_DB") or embedded.start(embedded.data_folder(root))
        host, _, port = where.rpartition(":")
        database = from_url(f"postgresql://samtun_{role}@/{embedded.NAME}")
        database |= {"HOST": host, "PORT": port}
        database["TEST"] = {"TEMPLATE": embedded.TEMPLATE}
    database["OPTIONS"]["options"] = "-c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000" + (
        "" if role == "owner" else " -c statement_timeout=5000"
    )
    database["CONN_MAX_AGE"] = 0 if role == "worker" else 600
    database["CONN_HEALTH_CHECKS"] = True
    return database
