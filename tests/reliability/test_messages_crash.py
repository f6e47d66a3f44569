"""kill -9 in the middle of sending (reliability.md, row 21): none lost, none doubled; the naive outbox doubles."""

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from samtun.foundation import notices, recipients
from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.notifications.messages import actions
from samtun.notifications.messages.actions import recovering
from samtun.notifications.messages.models import Message
from tests.samtun.notifications import gateway_server, trial

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).parents[2]
HELP = ROOT / "tests" / "samtun" / "notifications"
TOKEN = "a token of twenty-four signs"
MONDAY = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)
KILLS, BEFORE_EACH = 8, 40


@pytest.fixture
def began(monkeypatch):
    found = time.time()
    monkeypatch.setattr(clock, "now", lambda: MONDAY + dt.timedelta(seconds=time.time() - found))
    return found


@pytest.fixture
def queue_some(municipality, monkeypatch, began):
    """Queue as many messages as one says; what has been queued so far is in `queue_some.all`."""
    people = trial.People()
    monkeypatch.setattr(recipients, "_resolve", [people.known.get])
    monkeypatch.setattr(recipients, "_resolve_many", [])
    monkeypatch.setitem(notices._notices, trial.TrialTold.key, trial.TrialTold())
    monkeypatch.setattr(recovering, "LOST_AFTER", dt.timedelta(seconds=2))
    with open_scope(municipality.id):
        owner = Owner.objects.create(kind="centre", name="Frivilligsentralen")

    def queue(many):
        with open_scope(municipality.id):
            for _ in range(many):
                one = actions.queue(
                    notice=trial.TrialTold, ref_kind="trial", ref_id=uuid7(), to=people.add(), owner=owner.id,
                    by=Viewer.system(municipality.id), at=clock.now(),
                )  # fmt: skip
                queue.all.append(str(one.id))

    queue.all = []
    return queue


class Workers:
    """Two workers; one after the other is killed without a word and started anew."""

    def __init__(self, told):
        wanted = connection.get_connection_params()
        told = {"database": wanted["dbname"], "token": TOKEN, **told}
        self.command = [sys.executable, str(HELP / "crashing_worker.py"), json.dumps(told)]
        where = connection.settings_dict
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "samtun.config.settings.test", "PYTHONPATH": f"{ROOT}/src:{ROOT}",
            "SAMTUN_DB": f"{where['HOST']}:{where['PORT']}", "SAMTUN_DB_ROLE": "worker",
        }  # fmt: skip
        self.running = []

    def start(self):
        worker = subprocess.Popen(self.command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.running.append(worker)
        return worker

    def kill_sending(self, server):
        """Kill the older worker at a moment when it waits for an answer."""
        until = time.monotonic() + 20
        while not server.in_hand[str(self.running[0].pid)]:
            assert time.monotonic() < until, "the worker sends nothing"
            time.sleep(0.002)
        self.kill()

    def kill(self):
        worker = self.running.pop(0)
        assert worker.poll() is None, "the worker must be alive to be killed"
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        worker.stdout.close()

    def __enter__(self):
        for worker in (self.start(), self.start()):
            assert worker.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_):
        while self.running:
            self.kill()


def states(municipality):
    with open_scope(municipality.id):
        return Counter(Message.objects.values_list("state", flat=True))


def send_under_fire(municipality, queue_some, *, began, naive):
    """Let two workers send while they are killed by turns; return how often each reference was taken."""
    dice = random.Random(21)
    with gateway_server.GatewayServer() as server:
        server.mode = "thinking"
        with Workers({"gateway": server.url, "began": began, "naive": naive}) as workers:
            for _ in range(KILLS):
                queue_some(BEFORE_EACH)
                time.sleep(dice.uniform(0, 0.3))
                workers.kill_sending(server)
                fresh = workers.start()
                actions.reap(clock=clock.now, stalled_seconds=1.5)
                assert fresh.stdout.readline() == b"ready\n"
            until = time.monotonic() + 90
            while time.monotonic() < until:
                actions.reap(clock=clock.now, stalled_seconds=1.5)
                left = states(municipality)
                if not left["pending"] and not left["sending"]:
                    break
                time.sleep(0.5)
        return Counter(server.got)


def test_a_worker_killed_while_sending_loses_and_doubles_nothing(municipality, queue_some, began):
    got = send_under_fire(municipality, queue_some, began=began, naive=False)
    assert states(municipality) == {"accepted": KILLS * BEFORE_EACH}
    assert {reference: n for reference, n in got.items() if n > 1} == {}
    assert set(got) == set(queue_some.all)


def test_control_the_naive_outbox_doubles_when_its_worker_is_killed(municipality, queue_some, began):
    got = send_under_fire(municipality, queue_some, began=began, naive=True)
    doubled = sum(n > 1 for n in got.values())
    sys.stdout.write(f"\nnaive, {KILLS} kills: {doubled} of {len(queue_some.all)} doubled\n")
    assert doubled > 0
