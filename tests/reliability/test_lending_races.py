"""Two who book the same hall at once, and two seasons of it; controls without the lock, and the constraint."""

import datetime as dt
import time

import pytest
from django.db import IntegrityError, OperationalError

from samtun.foundation.scope import open_scope
from samtun.kernel.errors import Refused
from samtun.operation.lending.actions import booking, season, wishing
from samtun.operation.lending.models import Booking, Lendable
from samtun.operation.lending.models.bookings import NOT_TWICE
from tests.factories.journey import make_tun
from tests.factories.lending import FRIDAY, a_hall, a_season, an_evening, at_hour, booked, speaker, wished
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def tun(municipality):
    with open_scope(municipality.id):
        return make_tun(municipality, dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC))


def books(tun, hall, slot, outcomes):
    def work():
        try:
            with open_scope(tun.municipality.id):
                booked(tun, hall, slot, owner=tun.centre)
            outcomes.append("booked")
        except Refused:
            outcomes.append("refused")
        except (IntegrityError, OperationalError):
            outcomes.append("broken off")

    return work


def rounds(tun):
    """Let three book times that lie over one another, again and again; return how many got in, and how it ended."""
    got_in, ended = [], []
    for number in range(ROUNDS):
        with open_scope(tun.municipality.id):
            hall = a_hall(tun, name=f"Sal {number}")
        outcomes = []
        slots = [an_evening(FRIDAY, (dt.time(18 + n % 2), dt.time(21))) for n in range(3)]
        in_parallel(*[books(tun, hall, slot, outcomes) for slot in slots])
        with open_scope(tun.municipality.id):
            got_in.append(Booking.objects.filter(lendable=hall).count())
        ended += outcomes
    return got_in, ended


def unlocked(lendable_id):
    """Read a thing without keeping it from others, and be slow."""
    found = Lendable.objects.select_related("owner").get(id=lendable_id)
    time.sleep(0.05)
    return found


def sees_nothing(*_args, **_more):
    time.sleep(0.05)
    return []


@pytest.mark.practice("nissedal")
def test_one_has_the_hall_and_the_others_hear_that_it_is_taken(tun):
    got_in, ended = rounds(tun)
    assert got_in == [1] * ROUNDS
    assert (ended.count("booked"), ended.count("refused")) == (ROUNDS, 2 * ROUNDS)


def test_without_the_lock_and_the_look_the_database_still_lets_one_in(tun, monkeypatch):
    monkeypatch.setattr(booking, "kept", unlocked)
    monkeypatch.setattr(booking, "taken", sees_nothing)
    got_in, ended = rounds(tun)
    assert max(got_in) == 1
    assert ended.count("booked") == sum(got_in)


def test_control_without_lock_and_constraint_two_have_the_hall(tun, monkeypatch, without_constraint):
    monkeypatch.setattr(booking, "kept", unlocked)
    got_in, _ended = rounds(tun)
    assert max(got_in) > 1


@pytest.fixture
def without_constraint(transactional_db):
    """Take the constraint away for a while, as the owner of the tables."""
    from django.db import connection

    from tests.conftest import _login

    name, table = NOT_TWICE, Booking._meta.db_table
    _login("owner")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass",
            [name, table],
        )
        (definition,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    _login("app")
    yield
    _login("owner")
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    _login("app")


LATE = dt.datetime(2026, 12, 14, 8, tzinfo=dt.UTC)


def two_seasons(tun, number):
    """Two seasons over the same hall, in each of which a club is to have Monday evening; proposed, not decided."""
    hall = a_hall(tun, name=f"Sesongsal {number}")
    found = []
    for owner in (tun.other, tun.council):
        made = a_season(tun, hall)
        wished(tun, made, owner, at_hour(0, 18, 20))
        found.append(season.propose(season=made, by=speaker(tun), at=LATE))
    return hall, found


def decides(tun, one, outcomes):
    def work():
        try:
            with open_scope(tun.municipality.id):
                season.decide(season=one, version=one.version, by=speaker(tun), at=LATE)
            outcomes.append("decided")
        except Refused:
            outcomes.append("refused")
        except (IntegrityError, OperationalError):
            outcomes.append("broken off")

    return work


def deciding(tun):
    """Let two decide over the same hall at once, again and again; return how much was booked, and how it ended."""
    booked_, ended = [], []
    for number in range(3):
        with open_scope(tun.municipality.id):
            hall, found = two_seasons(tun, number)
        outcomes = []
        in_parallel(*[decides(tun, one, outcomes) for one in found])
        with open_scope(tun.municipality.id):
            booked_.append(Booking.objects.filter(lendable=hall, state="booked").count())
        ended += outcomes
    return booked_, ended


@pytest.mark.practice("nissedal")
def test_of_two_seasons_decided_at_once_over_the_same_hall_one_is_and_the_other_hears_what_is_taken(tun):
    booked_, ended = deciding(tun)
    assert booked_ == [12] * 3
    assert (ended.count("decided"), ended.count("refused")) == (3, 3)


def test_control_without_lock_and_constraint_two_seasons_have_the_same_hall(tun, monkeypatch, without_constraint):
    for room in (booking, season, wishing):
        monkeypatch.setattr(room, "kept", unlocked)
    booked_, _ended = deciding(tun)
    assert max(booked_) > 12
