"""Two parties answer, or propose, at the same time: real transactions, and a control without the lock."""

import contextlib
import time
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.actions import stepping
from samtun.anchoring.agreements.models import Agreement, Version
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from tests.factories.agreements import make_round, party_of
from tests.factories.journey import make_tun
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def circle(municipality):
    """Those who agree, committed."""
    with open_scope(municipality.id):
        return make_round(make_tun(municipality, clock.now()))


def in_scope(circle, work):
    def run():
        refusals = (actions.NotOpen, actions.AnotherMeanwhile)
        with open_scope(circle.tun.municipality.id), contextlib.suppress(*refusals):
            work()

    return run


def says_yes(version, party, by):
    actions.approve(version=version, party=party, by=by, at=clock.now())


def rounds_left_hanging(circle):
    """Three parties; the two who have not answered say yes at once: then it must stand."""
    hanging = 0
    for _ in range(ROUNDS):
        with open_scope(circle.tun.municipality.id):
            found = circle.started(circle.tun.other, circle.tun.council)
            version = circle.proposed(found)
            two = [(party_of(found, circle.tun.other), circle.of_association()),
                   (party_of(found, circle.tun.council), circle.of_council())]  # fmt: skip
        try:
            in_parallel(*(in_scope(circle, partial(says_yes, version, party, by)) for party, by in two))
        except (OperationalError, IntegrityError):
            hanging += 1
            continue
        with open_scope(circle.tun.municipality.id):
            hanging += Agreement.objects.get(id=found.id).state != "stands"
    return hanging


def read_without_lock(agreement_id):
    row = Agreement.objects.select_related("started_by").get(id=agreement_id)
    time.sleep(0.05)
    return row


def test_of_two_yeses_at_once_none_is_lost(circle):
    assert rounds_left_hanging(circle) == 0


def test_control_without_the_lock_a_yes_is_lost(circle, monkeypatch):
    real = actions.answering.settle
    monkeypatch.setattr(stepping, "lock", read_without_lock)
    monkeypatch.setattr(actions.answering, "settle", lambda *a, **k: _after(real, *a, **k))
    assert rounds_left_hanging(circle) > 0


def _after(real, *args, **kwargs):
    found = real(*args, **kwargs)
    time.sleep(0.05)
    return found


def test_of_two_texts_at_once_the_second_is_told_of_the_first(circle):
    for _ in range(ROUNDS):
        with open_scope(circle.tun.municipality.id):
            found = circle.started()
        owners = (circle.tun.centre, circle.tun.other)
        in_parallel(*(in_scope(circle, partial(circle.proposed, found, owner, seen=0)) for owner in owners))
        with open_scope(circle.tun.municipality.id):
            assert Version.objects.filter(agreement=found).count() == 1
