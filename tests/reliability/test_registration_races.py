"""The last place, and a move-up against leaving: each with real transactions, and a control that fails."""

import datetime as dt
import time as clocks
import uuid
from contextlib import suppress

import pytest
from django.db import OperationalError
from django.db.models import Sum

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.operation.activities.actions import making
from samtun.operation.activities.actions.lists import SignedUpOtherwise
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.actions import attending, line, paying, signing
from samtun.operation.registrations.actions.signing import Comer
from samtun.operation.registrations.enums import Pays, Via
from samtun.operation.registrations.models import Attendance, Clip, Registration
from samtun.operation.registrations.rules import HOLDS_PLACE, own_token
from tests.factories.journey import make_tun
from tests.factories.programme import told, when
from tests.factories.registrations import signs_up, walk
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
AT_ONCE = 8


@pytest.fixture
def tun(municipality):
    """The journey's municipality, committed."""
    with open_scope(municipality.id):
        return make_tun(municipality, clock.now())


def a_walk(tun, **changes):
    with open_scope(tun.municipality.id):
        day = clock.today() + dt.timedelta(days=10)
        return walk(tun, when_=when(starts_on=day), **changes)[1]


def without_lock(monkeypatch):
    """Take the row lock away, and leave a moment between reading and writing."""

    def read(occurrence):
        row = Occurrence.objects.select_related("activity__owner", "host").get(id=occurrence.id)
        clocks.sleep(0.03)
        return row

    def slow_count(occurrence, count=line.free_places):
        found = count(occurrence)
        clocks.sleep(0.03)
        return found

    def slow_rows(*told, rows=signing._locked_rows, **facts):
        found = rows(*told, **facts)
        if found[1][0].state == "waiting":  # whoever leaves the line has read it before the other moves it up
            clocks.sleep(0.2)
        return found

    monkeypatch.setattr(signing, "_locked_rows", slow_rows)
    for module in (line, signing):
        monkeypatch.setattr(module, "locked", read)
        monkeypatch.setattr(module, "free_places", slow_count)


def scoped(tun, work):
    def run():
        with open_scope(tun.municipality.id):
            work()

    return run


def overbooked(tun):
    """Let eight sign up at once for the last place; return how many rounds ended with more than there is room for."""
    wrong = 0
    for number in range(ROUNDS):
        time = a_walk(tun, most=1)
        with open_scope(tun.municipality.id):
            people = [tun.person("Anna", f"Vik{number}{n}", f"+479{number}{n:06d}") for n in range(AT_ONCE)]

        def sign_up(person, time=time):
            signing.sign_up(
                occurrence=time, contact=person, comers=[Comer(person.full_name)], sent_key=str(uuid.uuid4()),
                via=Via.OWN, by=tun.system(), at=clock.now(),
            )  # fmt: skip

        in_parallel(*(scoped(tun, lambda p=person, s=sign_up: s(p)) for person in people))
        with open_scope(tun.municipality.id):
            rows = Registration.objects.filter(occurrence=time)
            assert rows.count() == AT_ONCE
            wrong += rows.filter(state__in=HOLDS_PLACE).count() != 1
    return wrong


def test_of_eight_at_once_one_has_the_last_place_and_seven_stand_in_line(tun):
    assert overbooked(tun) == 0


def test_control_without_the_lock_the_last_place_is_given_twice(tun, monkeypatch):
    without_lock(monkeypatch)
    assert overbooked(tun) > ROUNDS / 2


def lost_after_leaving(tun):
    """Race a cancel that moves the first in line up against the first leaving the line.

    Return how many rounds ended otherwise than with the one who left gone, and the place with the next.
    """
    wrong = 0
    for number in range(ROUNDS):
        time = a_walk(tun, most=1)
        with open_scope(tun.municipality.id):
            has, first, then = (
                signs_up(tun, time, f"Anna Moe{number}{n}", n=number * 10 + n, at=clock.now())[0] for n in range(3)
            )

        def cancel(row=has):
            signing.cancel(registrations=[row.id], token=own_token(row.group), by=tun.system(), at=clock.now())

        def leave(row=first):
            signing.cancel(registrations=[row.id], token=own_token(row.group), by=tun.system(), at=clock.now())

        try:
            in_parallel(scoped(tun, cancel), scoped(tun, leave))
        except (OperationalError, line.NotThatStepNow):
            wrong += 1
            continue
        with open_scope(tun.municipality.id):
            states = [Registration.objects.get(id=row.id).state for row in (has, first, then)]
            wrong += states != ["off", "off", "offered"]
    return wrong


def test_who_leaves_the_line_while_moved_up_is_gone_and_the_next_has_the_place(tun):
    assert lost_after_leaving(tun) == 0


def test_control_without_the_lock_the_place_is_lost_or_the_one_who_left_is_back(tun, monkeypatch):
    without_lock(monkeypatch)
    assert lost_after_leaving(tun) > 0


def clips_gone_wrong(tun):
    """Let two telephones tick the same person while that one chooses to pay with a clip.

    Return how many rounds ended otherwise than with one attendance and one clip used.
    """
    wrong = 0
    for number in range(ROUNDS):
        time = a_walk(tun, is_free=False)
        with open_scope(tun.municipality.id):
            row = signs_up(tun, time, f"Anna Lid{number}", n=900 + number, at=clock.now())[0]

        def tick(row=row, time=time):
            attending.note_attendance(occurrence=time, registration=row.id, came=True, by=tun.viewer(), at=clock.now())

        def choose(row=row):
            paying.choose_payment(
                registrations=[row.id], pays=Pays.CLIP, token=own_token(row.group), by=tun.system(), at=clock.now()
            )

        in_parallel(*(scoped(tun, work) for work in (tick, choose, tick)))
        with open_scope(tun.municipality.id):
            used = Clip.objects.filter(registration=row).aggregate(used=Sum("change"))["used"]
            wrong += (Attendance.objects.filter(registration=row).count(), used) != (1, -1)
    return wrong


def test_one_attendance_and_one_clip_whoever_comes_first(tun):
    assert clips_gone_wrong(tun) == 0


def test_control_without_the_lock_the_clip_is_lost(tun, monkeypatch):
    without_lock(monkeypatch)
    for module in (attending, paying):
        monkeypatch.setattr(module, "locked", line.locked)

    def slow(*told, write=paying.record, **facts):
        clocks.sleep(0.1)  # the way of paying is chosen, and not yet there for others to read
        return write(*told, **facts)

    monkeypatch.setattr(paying, "record", slow)
    assert clips_gone_wrong(tun) > 0


def lost_in_a_change(tun, monkeypatch):
    """Race a sign-up for one time against making it one for the whole period; return how many are on no list then."""
    kept = making.record

    def slow(*told, **facts):
        clocks.sleep(0.2)  # it is written, and not yet there for others to read
        return kept(*told, **facts)

    monkeypatch.setattr(making, "record", slow)
    for number in range(ROUNDS):
        time = a_walk(tun)

        def change(it=time.activity, day=time.on):
            as_whole = told(when(starts_on=day), title="Fjelltur", sign_up="period")
            with suppress(SignedUpOtherwise):
                making.change(activity=it, told=as_whole, version=it.version, by=tun.viewer(), at=clock.now())

        def sign_up(time=time, number=number):
            clocks.sleep(0.05)
            signs_up(tun, time, f"Anna By{number}", n=700 + number, at=clock.now())

        in_parallel(scoped(tun, change), scoped(tun, sign_up))
    with open_scope(tun.municipality.id):
        rows = Registration.objects.filter(activity__sign_up="period")
        assert rows.count() > 0, "none was changed in time"
        return rows.exclude(occurrence=None).count()


def test_whoever_signs_up_while_it_is_changed_is_on_the_list_as_it_becomes(tun, monkeypatch):
    assert lost_in_a_change(tun, monkeypatch) == 0


def test_control_read_before_the_list_is_ours_they_are_on_no_list(tun, monkeypatch):
    def read_first(occurrence):
        activity = Activity.objects.select_related("owner").get(id=occurrence.activity_id)
        row = Occurrence.objects.select_for_update().get(id=occurrence.id)
        row.activity = activity
        return row

    monkeypatch.setattr(signing, "locked", read_first)
    assert lost_in_a_change(tun, monkeypatch) > 0
