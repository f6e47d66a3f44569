"""What the reliability tests of messages share: a municipality that commits, a clock that goes, short leases."""

import datetime as dt
import gc
import sys
import time
from collections import Counter

import psycopg
import pytest
from django.db import connection

from samtun.foundation import notices, recipients, replies
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.notifications.messages import actions, rules
from samtun.notifications.messages.actions import recovering
from samtun.notifications.messages.models import Message
from tests.samtun.notifications import trial

MONDAY = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)


@pytest.fixture
def ticking(monkeypatch):
    """A clock that goes as the wall's, from a Monday morning: no quiet hours come in the way."""
    began = time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: MONDAY + dt.timedelta(seconds=time.monotonic() - began))
    return clock.now


@pytest.fixture
def world(municipality, settings, monkeypatch, ticking):
    """A municipality with a trial room, and short leases."""
    settings.TEMPLATES = trial.with_trial_texts(settings.TEMPLATES)
    settings.SAMTUN_SMS_GATEWAY = "lossy"
    room, people = trial.Room(), trial.People()
    monkeypatch.setattr(recipients, "_resolve", [people.known.get])
    monkeypatch.setattr(recipients, "_resolve_many", [])
    for notice in trial.TRIALS:
        monkeypatch.setitem(notices._notices, notice.key, notice())
    monkeypatch.setitem(replies._kinds, "trial", room.kind())
    monkeypatch.setattr(trial.Facts, "gone", set())
    monkeypatch.setattr(recovering, "LOST_AFTER", dt.timedelta(seconds=5))
    monkeypatch.setattr(rules, "LEASE", dt.timedelta(seconds=3))
    monkeypatch.setattr(rules, "lease_for", lambda _attempt: rules.LEASE)
    monkeypatch.setattr(rules, "wait_before", lambda _attempt, asked=0: dt.timedelta(seconds=max(1, asked)))
    with open_scope(municipality.id):
        owner = Owner.objects.create(kind="centre", name="Frivilligsentralen")
    hat = Hat(
        key="m:1", role=Role.COORDINATOR, owners=frozenset({owner.id}),
        permissions=frozenset({Permission.HANDLE_MESSAGES}),
    )  # fmt: skip
    system = Viewer.system(municipality.id)

    class World:
        tenant, staff, people_ = municipality.id, Viewer(tenant=municipality.id, hat=hat), people

        def put(self, notice=trial.TrialTold, phone="+4790000001"):
            with open_scope(municipality.id):
                return actions.queue(
                    notice=notice, ref_kind="trial", ref_id=uuid7(), to=people.add(phone=phone), owner=owner.id,
                    by=system, at=clock.now(),
                )  # fmt: skip

        def states(self):
            with open_scope(municipality.id):
                return Counter(Message.objects.values_list("state", flat=True))

        def rows(self):
            with open_scope(municipality.id):
                return list(Message.objects.all())

    yield World()
    end_other_connections()


def say(words):
    """Show the figures of a run with `-s`."""
    sys.stdout.write(words + "\n")


def end_other_connections():
    """Close what threads that are gone have left open, so that the tables can be emptied."""
    for found in gc.get_objects():
        if isinstance(found, psycopg.Connection) and found is not connection.connection and not found.closed:
            found.close()
