"""More say yes at once than are needed: real transactions, and a control without the lock."""

import contextlib
import datetime as dt
import time

import pytest
from django.db import OperationalError

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.operation.callouts import actions
from samtun.operation.callouts.actions import calling
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.callouts.queries import hands
from tests.factories.journey import make_tun
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS, ASKED = 8, 4


@pytest.fixture
def tun(municipality):
    """The journey's municipality, committed."""
    with open_scope(municipality.id):
        return make_tun(municipality, clock.now())


def called(tun, number):
    """A call-out for two, with four asked."""
    with open_scope(tun.municipality.id):
        by, at = tun.viewer(), clock.now()
        friends = actions.make_list(owner=tun.centre, name=f"Turvener {number}", by=by, at=at)
        for n in range(ASKED):
            volunteer = tun.volunteer("Venn", f"Nr{number}x{n}", f"+4792{number:03d}{n:03d}")
            actions.add_friend(friends_list=friends, volunteer=volunteer, by=by, at=at)
        return actions.call_out(
            friends_list=friends, task_type=tun.snow, words="tur", place="Solheimen",
            on=clock.today() + dt.timedelta(days=3), starts=dt.time(10), minutes=60, needed=2, by=by, at=at,
        )  # fmt: skip


def says_yes(tun, one):
    def work():
        with open_scope(tun.municipality.id), contextlib.suppress(actions.SaidAlready):
            asked = Asked.objects.get(id=one.id)
            actions.answer(asked=asked, yes=True, via="sms", by=tun.system(), at=clock.now())

    return work


def rounds_with_too_many(tun):
    wrong = 0
    for number in range(ROUNDS):
        found = called(tun, number)
        with open_scope(tun.municipality.id):
            asked = list(Asked.objects.filter(call_out=found))
        try:
            in_parallel(*(says_yes(tun, one) for one in asked))
        except OperationalError:  # a deadlock
            wrong += 1
            continue
        with open_scope(tun.municipality.id):
            wrong += hands(found) != 2
    return wrong


def test_no_more_are_counted_in_than_are_needed(tun):
    assert rounds_with_too_many(tun) == 0


def test_control_without_the_lock_too_many_come(tun, monkeypatch):
    def read(call_out_id):
        row = CallOut.objects.select_related("owner", "task_type").get(id=call_out_id)
        time.sleep(0.03)
        return row

    monkeypatch.setattr(calling, "lock", read)
    assert rounds_with_too_many(tun) > ROUNDS / 2
