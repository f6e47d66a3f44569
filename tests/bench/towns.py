"""Databases that differ only in how many municipalities they hold, with one that is measured in all."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from samtun.demo.loading.many import load_many
from samtun.foundation.models import AuditEvent, Municipality, Session
from samtun.foundation.scope import open_scope
from samtun.operation.help_requests.models import HelpRequest

SIZES = (1, 30, 300)
SESSIONS, EVENTS = 20, 30
"""Logins in each municipality, and what has happened to each of its requests."""


type Also = Callable[[Municipality], None]


def settle(count: int, present: dt.datetime, also: Also = lambda _municipality: None) -> None:
    """Make municipalities up to `count`, with the sessions and history that their use leaves behind, and `also`."""
    there = set(Municipality.objects.values_list("id", flat=True))
    load_many(count, seed=1, present=present)
    for municipality in Municipality.objects.exclude(id__in=there):
        key = municipality.slug
        later = present + dt.timedelta(hours=12)
        Session.objects.bulk_create(
            Session(session_key=f"{key}-{n:06d}", session_data="x" * 300, expire_date=later) for n in range(SESSIONS)
        )
        with open_scope(municipality.id):
            AuditEvent.objects.bulk_create(
                AuditEvent(
                    at=present - dt.timedelta(hours=n), actor="Noen", hat="Leder", via="web", act="help_requests.ask",
                    ref_kind="help_request", ref_id=request, words={}, salt=b"0" * 16, digest=b"0" * 32,
                )
                for request in HelpRequest.objects.values_list("id", flat=True)
                for n in range(EVENTS)
            )  # fmt: skip
        also(municipality)


def as_owner(database: str, *statements: str) -> None:
    """Run statements as the tables' owner, each on its own."""
    own = connection.settings_dict
    user = "samtun_owner" if own["USER"].startswith("samtun_") else own["USER"]
    parts = {"host": own["HOST"], "port": own["PORT"] or None, "password": own["PASSWORD"] or None}
    with psycopg.connect(dbname=database, user=user, autocommit=True, **parts) as raw:
        for statement in statements:
            raw.execute(statement)


@contextmanager
def databases(present: dt.datetime, also: Also = lambda _municipality: None) -> Iterator[Callable[[int], None]]:
    """Yield a function that turns all work to the database with so many municipalities: one of `SIZES`.

    Begun with what there is, which is in all of them. Each keeps its connection open: turning costs nothing measured.
    """
    name = connection.settings_dict["NAME"]
    copies = {size: f"{name}_{size}" for size in SIZES[:-1]}
    open_: dict[int, Any] = {}
    try:
        for size in SIZES:
            settle(size, present, also)
            connection.close()
            as_owner(name, "VACUUM (ANALYZE)")
            if size in copies:
                drop, make = (
                    f"DROP DATABASE IF EXISTS {copies[size]}",
                    f"CREATE DATABASE {copies[size]} TEMPLATE {name}",
                )
                as_owner("postgres", drop, make)
                as_owner(copies[size], "VACUUM (ANALYZE)")
        for size in SIZES:
            connection.settings_dict["NAME"] = copies.get(size, name)
            connection.connect()
            open_[size] = connection.connection
        yield _turner(open_)
    finally:
        connection.connection = None
        connection.settings_dict["NAME"] = name
        for raw in open_.values():
            raw.close()
        as_owner("postgres", *(f"DROP DATABASE IF EXISTS {copy}" for copy in copies.values()))


def _turner(open_: dict[int, Any]) -> Callable[[int], None]:
    def turn(size: int) -> None:
        assert not connection.in_atomic_block
        connection.connection = open_[size]

    return turn
