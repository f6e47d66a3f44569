"""What all tests share: the database as its owner made it, read as the application's own login."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from samtun.foundation.keys import write_key_file


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
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Create and migrate the test database as its owner."""
    _login("owner")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Run the tests themselves as the application: neither owner nor above row-level security."""
    with django_db_blocker.unblock():
        _login("app")
    yield
    with django_db_blocker.unblock():
        _login("owner")


NOW = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)  # a Monday, 09.30 on the wall


@pytest.fixture
def now() -> dt.datetime:
    """The moment tests happen, unless they say otherwise."""
    return NOW


@pytest.fixture
def municipality(db: None) -> Any:
    """A municipality at the address the test client asks for."""
    from samtun.foundation.models import Municipality

    return Municipality.objects.create(
        slug="dalgrend", name="Dalgrend kommune", shared_name="Samtun i Dalgrend", host="testserver", language="nn",
        phone="+4757001122", sms_number="+4700002000", population=2211,
    )  # fmt: skip


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


@pytest.fixture(autouse=True)
def _forget_municipalities() -> Iterator[None]:
    from samtun.foundation import middleware

    middleware._tenants.clear()
    yield
    middleware._tenants.clear()
