"""Migrates once: every test database is a copy of one that already stands as the migrations leave it.

Migrating takes some ten seconds, for each worker of each run. What is copied carries in its name what it was made of,
so that a changed migration makes a new one.
"""

import hashlib
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

SRC = Path(__file__).resolve().parents[1] / "src"
STEM = f"samtun_migrated_{hashlib.sha256(str(SRC).encode()).hexdigest()[:8]}"
MADE_OF = ("samtun/**/migrations/*.py", "samtun/**/models.py", "samtun/**/models/*.py", "samtun/foundation/*.py")
KEPT = ("django_migrations", "django_content_type", "auth_permission")
SUPERUSER = "postgres"  # of the server the project brings along; on another we are never more than the owner
LOCK = 7_043_211  # any number: held while the copy's original is made


def _name() -> str:
    made_of = hashlib.sha256()
    for path in sorted({path for pattern in MADE_OF for path in SRC.glob(pattern)}):
        made_of.update(str(path.relative_to(SRC)).encode() + path.read_bytes())
    for requirements in sorted((SRC.parent / "requirements").glob("*.txt")):
        made_of.update(requirements.read_bytes())
    return f"{STEM}_{made_of.hexdigest()[:12]}"


def copy_from_migrated() -> None:
    """Let Django make the test database as a copy of the migrated one, which is made first when there is none.

    Called with the owner's login in the settings, before the test database exists.
    """
    settings = connection.settings_dict
    usual, original = settings["NAME"], _name()
    connection.close()
    with psycopg.connect(**where(usual), autocommit=True) as outside:
        outside.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # let go when this connection ends
        there = {
            row[0] for row in outside.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{STEM}%"])
        }
        if original not in there:
            for old in there:
                outside.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
            _make(outside, original)
    settings["NAME"] = usual
    settings["TEST"]["TEMPLATE"] = original


def _make(outside: psycopg.Connection, name: str) -> None:
    """Migrate under another name first: what was broken off half-way is never taken for the whole."""
    settings, half = connection.settings_dict, f"{STEM}_half"
    begin = settings["TEST"].get("TEMPLATE") or "template0"
    outside.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(half), sql.Identifier(begin)))
    settings["NAME"] = half
    call_command("migrate", verbosity=0)
    connection.close()
    outside.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name)))


def emptied_at_once() -> bool:
    """Empty the tables that hold rows, on the server the project brings along; False elsewhere, and nothing is done.

    Truncating two hundred tables writes a thousand files anew, a second or two for each test; few of them hold a row.
    """
    if not connection.settings_dict["USER"].startswith("samtun_"):
        return False
    with psycopg.connect(**where(connection.settings_dict["NAME"]) | {"user": SUPERUSER}) as raw:
        raw.execute("SET session_replication_role = replica")  # keys are not asked: all of it goes
        tables = raw.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname <> ALL(%s)", [list(KEPT)],
        )  # fmt: skip
        one = sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})")
        asked = [one.format(sql.Literal(name), sql.Identifier(name)) for (name,) in tables.fetchall()]
        for (name,) in raw.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall():
            raw.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    return True


def where(database: str) -> dict[str, str | None]:
    """Where the server is, as psycopg asks."""
    settings = connection.settings_dict
    return {
        "host": settings["HOST"], "port": settings["PORT"] or None, "dbname": database, "user": settings["USER"],
        "password": settings["PASSWORD"] or None,
    }  # fmt: skip
