"""What all tests share: the database as its owner made it, read as the application's own login."""

import datetime as dt
import gc
import itertools
import os
import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import psycopg
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from samtun.foundation.keys import write_key_file
from samtun.kernel import clock, ids
from tests import databases
from tools import messages

# A busy machine is no fault in the code: neither a deadline for one example nor for making it.
hypothesis_settings.register_profile("samtun", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("samtun")
UNMANAGED = "procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers, foundation_accessentry"


def pytest_configure(config: pytest.Config) -> None:
    """Compile translations that changed, before anything asks for one."""
    messages.compile_stale()


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays for the whole run: a twentieth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    path = Path(settings.SAMTUN_KEYS_FILE)
    if not path.exists():
        write_key_file(path)


def _login(role: str) -> None:
    from django.db import connection

    connection.close()
    options = connection.settings_dict["OPTIONS"]
    if connection.settings_dict["USER"].startswith("samtun_"):
        connection.settings_dict["USER"] = f"samtun_{role}"
    elif role == "owner":
        options.pop("assume_role", None)
    else:
        options["assume_role"] = f"samtun_{role}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Create the test database as its owner, as a copy of one that is migrated once for all workers and runs."""
    _login("owner")
    with django_db_blocker.unblock():
        databases.copy_from_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Run the tests themselves as the application: neither owner nor above row-level security."""
    with django_db_blocker.unblock():
        _login("app")
    yield
    with django_db_blocker.unblock():
        _login("owner")


@pytest.fixture(scope="session", autouse=True)
def _empty_tables_as_their_owner() -> Iterator[None]:
    """Let tests that commit (`transactional_db`) be cleaned up after: the application itself may not truncate."""
    from django.test import TransactionTestCase

    as_it_was = TransactionTestCase._fixture_teardown

    def empty(case: TransactionTestCase) -> None:
        if databases.emptied_at_once():
            return
        from django.db import connection

        _login("owner")
        try:
            as_it_was(case)
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {UNMANAGED} CASCADE")
        finally:
            _login("app")

    TransactionTestCase._fixture_teardown = empty
    yield
    TransactionTestCase._fixture_teardown = as_it_was


@pytest.fixture
def login_as(db: None) -> Callable[[str], AbstractContextManager[psycopg.Connection]]:
    """Log in to the test database as a role of its own: `with login_as("backup") as connection: …`.

    A connection of its own: it sees only what is committed (`transactional_db`), and is rolled back at the end.
    """
    from django.db import connection

    settings_dict = connection.settings_dict

    @contextmanager
    def connect(role: str) -> Iterator[psycopg.Connection]:
        embedded = settings_dict["USER"].startswith("samtun_")
        own = os.environ.get(f"SAMTUN_{role.upper()}_DATABASE_URL")
        parts = {
            "host": settings_dict["HOST"], "port": settings_dict["PORT"] or None, "dbname": settings_dict["NAME"],
            "user": f"samtun_{role}" if embedded else settings_dict["USER"],
            "password": settings_dict["PASSWORD"] or None,
        }  # fmt: skip
        with (
            psycopg.connect(own or "", **({"dbname": settings_dict["NAME"]} if own else parts)) as raw,
            raw.transaction(force_rollback=True),
        ):
            if not embedded and not own and role != "owner":
                raw.execute(f"SET LOCAL ROLE samtun_{role}")
            yield raw

    return connect


class Journey(NamedTuple):
    """One way of going through a practice: with or without JavaScript, in which form of Norwegian."""

    javascript: bool
    language: str


JOURNEYS = [Journey(javascript, language) for javascript in (True, False) for language in ("nb", "nn")]
CROSSWISE = [Journey(javascript=True, language="nn"), Journey(javascript=False, language="nb")]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that takes `journey` all four in `make journeys`, else the one whose turn it is today.

    One that is marked `crosswise` goes two ways, which have each of the four halves once.
    """
    if "journey" in metafunc.fixturenames:
        every = os.environ.get("SAMTUN_JOURNEYS") == "all"
        ways = CROSSWISE if metafunc.definition.get_closest_marker("crosswise") else JOURNEYS
        turn = clock.today().toordinal() % len(ways)
        chosen = ways if every else [ways[turn]]
        metafunc.parametrize("journey", chosen, ids=lambda j: f"{'js' if j.javascript else 'nojs'}-{j.language}")


NOW = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)  # a Monday, 09.30 on the wall


@pytest.fixture
def now() -> dt.datetime:
    """The moment tests happen, unless they say otherwise."""
    return NOW


@pytest.fixture
def same_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows get the same keys each time, so that a seeded random walk that orders by key walks the same way again."""
    rng, ticks = random.Random(0), itertools.count(int(NOW.timestamp()) * 10**9, 10**6)
    monkeypatch.setattr(ids, "_last_ms", 0)
    monkeypatch.setattr(ids, "os", SimpleNamespace(urandom=rng.randbytes))
    monkeypatch.setattr(ids, "time", SimpleNamespace(time_ns=lambda: next(ticks)))
    random.seed(0)


# A municipality at the address the test client asks for.
DALGREND = {
    "slug": "dalgrend", "name": "Dalgrend kommune", "shared_name": "Samtun i Dalgrend", "host": "testserver",
    "language": "nn", "phone": "+4757001122", "sms_number": "+4700002000", "population": 2211,
}  # fmt: skip


@pytest.fixture
def municipality(db: None) -> Any:
    """A municipality at the address the test client asks for."""
    from samtun.foundation.models import Municipality

    return Municipality.objects.create(**DALGREND)


@pytest.fixture
def neighbour(db: None) -> Any:
    """Another municipality in the same database."""
    from samtun.foundation.models import Municipality

    return Municipality.objects.create(
        slug="fjordnes", name="Fjordnes kommune", shared_name="Samtun i Fjordnes", host="fjordnes.testserver",
        language="nb", phone="+4757003344", sms_number="+4700003000", population=4100,
    )  # fmt: skip


@pytest.fixture
def in_municipality(municipality: Any) -> Iterator[Any]:
    """The municipality, with a scope open for the system itself."""
    from samtun.foundation.scope import open_scope

    with open_scope(municipality.id):
        yield municipality


@pytest.fixture
def scope_of() -> Callable[..., AbstractContextManager[Any]]:
    """Open a scope for a municipality and viewer: `with scope_of(municipality, viewer): …`."""
    from samtun.foundation.scope import open_scope

    return lambda municipality, viewer=None: open_scope(municipality.id, viewer)


@pytest.fixture
def scope(municipality: Any) -> Callable[[], AbstractContextManager[Any]]:
    """Open a scope for the municipality, as often as a test of pages needs it: `with scope(): …`."""
    from samtun.foundation.scope import open_scope

    return lambda: open_scope(municipality.id)


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> Iterator[None]:
    from samtun.kernel.kept import Kept

    Kept.forget_all()
    yield
    Kept.forget_all()
