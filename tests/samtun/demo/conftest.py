"""The demo as it stands on a Monday morning, loaded once for a file and rolled back after it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from django.db import transaction

from samtun.demo.loading.made import Made
from samtun.demo.loading.whole import load
from samtun.demo.valley import dalgrend, elvefjord
from samtun.kernel import clock

PRESENT = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)  # Monday, 09.30 on the wall
SEED = 1


class Both(NamedTuple):
    """The two municipalities."""

    dalgrend: Made
    elvefjord: Made


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Both]:
    """Both municipalities, loaded as of `PRESENT`; each test's own changes are rolled back by `db`."""
    today = clock.wall(PRESENT).date()
    with django_db_blocker.unblock(), transaction.atomic():
        here = load(dalgrend(today, SEED), host="localhost", seed=SEED, present=PRESENT)
        there = load(elvefjord(today, SEED), host="elvefjord.localhost", seed=SEED, present=PRESENT)
        yield Both(here, there)
        transaction.set_rollback(True)


@pytest.fixture
def on_that_morning(loaded: Both, db: None) -> Iterator[Both]:
    """Both municipalities, with the clock at the moment they were handed over."""
    with patch.object(clock, "now", lambda: PRESENT):
        yield loaded
