"""Two who put up a picture at once, and one who takes one away; controls without the lock and the constraints."""

import datetime as dt
import time

import pytest
from django.db import IntegrityError, OperationalError

from samtun.foundation.scope import open_scope
from samtun.kernel.errors import Refused
from samtun.operation.activities.actions import pictures
from samtun.operation.activities.models import Activity, Picture
from tests.factories.journey import make_tun
from tests.factories.pictures import photo, picture
from tests.factories.programme import activity, weekly
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
SENT = [photo(600 + 20 * n, 400) for n in range(3)]


@pytest.fixture
def tun(municipality):
    with open_scope(municipality.id):
        return make_tun(municipality, dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC))


def rounds(tun):
    """Three put up a picture where one stands that a fourth takes away; return how it ended, and what stood."""
    ended, stood = [], []

    def doing(act):
        def work():
            try:
                with open_scope(tun.municipality.id):
                    act()
                ended.append("done")
            except Refused:
                ended.append("refused")
            except (IntegrityError, OperationalError):
                ended.append("broken off")

        return work

    for number in range(ROUNDS):
        with open_scope(tun.municipality.id):
            it = activity(tun, weekly(), title=f"Kveld {number}")
            first = picture(tun, it)
        puts = [doing(lambda sent=sent, it=it: picture(tun, it, content=sent)) for sent in SENT]
        away = doing(lambda first=first: pictures.take_away(picture=first, by=tun.viewer(), at=tun.now))
        in_parallel(*puts, away)
        with open_scope(tun.municipality.id):
            states = list(Picture.objects.filter(activity=it).values_list("state", flat=True))
        stood.append(states.count("stands"))
    return ended, stood


def test_one_stands_and_nobody_is_broken_off(tun):
    ended, stood = rounds(tun)
    assert stood == [1] * ROUNDS
    assert "broken off" not in ended
    assert ended.count("done") >= 3 * ROUNDS, "each who puts one up has it put up, though another may take its place"


def unlocked(found, _by):
    """Read an activity without keeping it from others, and be slow."""
    row = Activity.objects.get(id=found.id)
    time.sleep(0.05)
    return row


def test_without_the_lock_the_database_still_lets_one_stand(tun, monkeypatch):
    monkeypatch.setattr(pictures, "_own", unlocked)
    assert max(rounds(tun)[1]) == 1


def test_control_without_lock_and_constraints_two_stand(tun, monkeypatch, without_constraints):
    monkeypatch.setattr(pictures, "_own", unlocked)
    assert max(rounds(tun)[1]) > 1


@pytest.fixture
def without_constraints(transactional_db):
    """Take the two constraints away for a while, as the owner of the tables."""
    from django.db import connection

    from tests.conftest import _login

    names, table = ["picture_one_stands", "picture_one_waits"], Picture._meta.db_table
    _login("owner")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [names])
        definitions = [row[0] for row in cursor.fetchall()]
        for name in names:
            cursor.execute(f"DROP INDEX {name}")
    _login("app")
    yield
    _login("owner")
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
        for definition in definitions:
            cursor.execute(definition)
    _login("app")
