"""Advisory locks of the database: for what has no row of its own to lock."""

import hashlib

from django.db import connection


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def take_turns(name: str) -> None:
    """Wait until nobody else holds this name, then hold it to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(name)])


def try_hold(name: str) -> bool:
    """Hold the name until `let_go` or the connection ends; False when someone else does."""
    return _ask("SELECT pg_try_advisory_lock(%s)", name)


def let_go(name: str) -> bool:
    """Let go of a name held by `try_hold`."""
    return _ask("SELECT pg_advisory_unlock(%s)", name)


def _ask(sql: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_key(name)])
        row = cursor.fetchone()
    return bool(row and row[0])
