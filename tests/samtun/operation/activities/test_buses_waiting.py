"""While it is worked out which bus goes there nobody waits, and what is moved meanwhile gets no wrong bus."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samtun.kernel import clock
from samtun.operation.activities import tasks
from samtun.operation.activities.actions import buses
from samtun.operation.activities.enums import Bus
from samtun.operation.activities.models import BusWay, Occurrence
from samtun.people.places.models import Place
from samtun.people.timetables.models import Timetable
from tests.factories import programme as made
from tests.factories.programme import weekly
from tests.factories.timetables import taken_in
from tests.samtun.operation.activities.test_buses import DAY, by_bus

pytestmark = [pytest.mark.rule("R36"), pytest.mark.practice("lom")]


def meanwhile(monkeypatch, act):
    """Let something happen while it is worked out, once."""
    between, waits = buses.Ways.between, [act]

    def and_then(self, *asked):
        if waits:
            waits.pop()()
        return between(self, *asked)

    monkeypatch.setattr(buses.Ways, "between", and_then)


def write(tun):
    return buses.write_buses(by=tun.system(), at=tun.now)


def test_nothing_is_kept_from_others_until_all_is_worked_out(tun, monkeypatch):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, weekly(**DAY))
    number = it.occurrences.count()
    monkeypatch.setattr(buses, "MOST_AT_ONCE", 7)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        write(tun)
    said = [one["sql"] for one in asked]
    locks = [n for n, sql in enumerate(said) if "FOR UPDATE" in sql]
    reads = [n for n, sql in enumerate(said) if Place._meta.db_table in sql or "timetables_trip" in sql]
    assert min(locks) > min(reads)
    assert min(locks) > max(n for n, sql in enumerate(said) if "timetables_trip" in sql)
    assert len(locks) == -(-number // 7), "a few at a time"
    assert made.times(it)[0].bus == Bus.BOTH


def test_what_is_moved_meanwhile_gets_no_wrong_bus(tun, monkeypatch):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, weekly(**DAY))
    first, second = made.times(it)[:2]
    later = {"starts_at": first.starts_at + dt.timedelta(hours=5), "ends_at": first.ends_at + dt.timedelta(hours=5)}
    meanwhile(monkeypatch, lambda: Occurrence.objects.filter(id=first.id).update(**later))
    write(tun)
    assert Occurrence.objects.get(id=first.id).bus == "", "it waits for its own"
    assert not BusWay.objects.filter(occurrence=first).exists()
    assert Occurrence.objects.get(id=second.id).bus == Bus.BOTH
    write(tun)
    assert Occurrence.objects.get(id=first.id).bus == Bus.NONE


def test_what_is_called_away_or_put_elsewhere_meanwhile(tun, monkeypatch):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, weekly(**DAY))
    meanwhile(monkeypatch, lambda: Place.objects.filter(id=it.place_id).update(lat=61.5))
    assert write(tun) == 0
    assert set(it.occurrences.values_list("bus", flat=True)) == {""}


def test_a_timetable_that_comes_meanwhile_counts(tun, monkeypatch):
    taken_in(tun.municipality.id, tun.now)
    it = by_bus(tun, weekly(**DAY))
    meanwhile(monkeypatch, lambda: Timetable.objects.all().delete())
    assert write(tun) == 0
    assert set(it.occurrences.values_list("bus", flat=True)) == {""}


def test_the_job_opens_a_scope_for_each_few(page, scope, monkeypatch):
    with scope():
        taken_in(page.municipality.id, page.now)
        it = by_bus(page, weekly(**DAY, until=made.FRIDAY + dt.timedelta(days=70)))
        number = it.occurrences.count()
    opened, plain = [], buses.open_scope
    monkeypatch.setattr(buses, "open_scope", lambda tenant: opened.append(tenant) or plain(tenant))
    monkeypatch.setattr(buses, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(clock, "now", lambda: page.now)
    tasks.write_buses(tenant=str(page.municipality.id), place_id=str(it.place_id))
    assert len(opened) == 1 + -(-number // 3)
    with scope():
        assert made.times(it)[0].bus == Bus.BOTH
