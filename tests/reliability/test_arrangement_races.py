"""Two workers that tend the same arrangement at once: real transactions, and a control without the lock."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from django.db import IntegrityError, OperationalError

from samtun.foundation.scope import open_scope
from samtun.notifications.messages.models import Message
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.actions import tending
from samtun.operation.arrangements.models import Arrangement, Visit
from samtun.operation.volunteers.models import Contribution, Engagement
from tests.factories.journey import make_tun
from tests.factories.regular import PLAN, running
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def tun(municipality):
    """The journey's municipality, committed; today is a Tuesday at nine."""
    with open_scope(municipality.id):
        return make_tun(municipality, dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC))


def arranged(tun, number):
    """Two who meet on Tuesdays; the first has been when they are tended, tomorrow is another, three dates are new."""
    with open_scope(tun.municipality.id):
        volunteer = tun.volunteer("Marit", f"Nr{number}", f"+4793{number:06d}")
        anna = tun.person("Anna", f"Nr{number}", f"+4757{number:06d}", phone_kind="landline", lat=61.0, lon=4.0)
        return running(tun, volunteer, recipient=anna, plan=replace(PLAN, first=dt.date(2026, 11, 24)))


EVENING = dt.datetime(2026, 12, 14, 17, tzinfo=dt.UTC)


def tends(tun, arrangement, at):
    def work():
        with open_scope(tun.municipality.id):
            row = Arrangement.objects.get(id=arrangement.id)
            actions.tend(arrangement=row, by=tun.system(), at=at)

    return work


def forget_the_last(tun, arrangement):
    with open_scope(tun.municipality.id):
        last = Visit.objects.filter(arrangement=arrangement).order_by("-on")[:2]
        for visit in list(last):
            Engagement.objects.filter(ref_id=visit.id).delete()
            visit.delete()


def rounds_with_doubles(tun):
    wrong = 0
    for number in range(ROUNDS):
        found = arranged(tun, number)
        try:
            in_parallel(*[tends(tun, found, EVENING)] * 3)
            forget_the_last(tun, found)  # now nothing is over and nobody is reminded: only dates are made
            in_parallel(*[tends(tun, found, EVENING)] * 3)
        except (IntegrityError, OperationalError):  # the database refused a double, or a deadlock
            wrong += 1
            continue
        with open_scope(tun.municipality.id):
            visits = list(Visit.objects.filter(arrangement=found))
            keys = [v.id for v in visits]
            reminders = Message.objects.filter(notice="arrangements.reminder", ref_id__in=keys).count()
            counted = Contribution.objects.filter(ref_id__in=keys).count()
            promised = Engagement.objects.filter(ref_id__in=keys).count()
            assert len({v.on for v in visits}) == 9
            wrong += (len(visits), reminders, counted, promised) != (9, 1, 3, 9)
    return wrong


def test_however_many_tend_there_is_one_of_each_date_contribution_and_reminder(tun):
    assert rounds_with_doubles(tun) == 0


def test_control_without_the_lock_something_is_done_twice_or_refused(tun, monkeypatch):
    def read(arrangement_id):
        related = ("task_type", "recipient", "recipient__village", "owner", "wish")
        row = Arrangement.objects.select_related(*related).get(id=arrangement_id)
        time.sleep(0.05)
        return row

    monkeypatch.setattr(tending, "lock", read)
    assert rounds_with_doubles(tun) > ROUNDS / 2
