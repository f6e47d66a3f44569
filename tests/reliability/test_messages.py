"""Messages through a real gateway that misbehaves, a real worker, real transactions (reliability.md, rows 30 and 33).

Each claim stands beside a control: the naive outbox doubles messages, and a sender that keeps its transaction open is
seen by the sampler.
"""

import asyncio
import threading
import time

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.notifications.channels.adapters import registry
from samtun.notifications.channels.adapters.http import HttpGateway
from samtun.notifications.messages import actions, queries
from samtun.notifications.messages.actions import sending
from tests.samtun.notifications import gateway_server, naive, reliable

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]

ticking, world = reliable.ticking, reliable.world
TOKEN = "a token of twenty-four signs"
MANY = 200
MODES = ["lost", "late", "slow", "twice", "broken", "busy", "reset"]


class Worker:
    """The real Procrastinate worker, in a thread of its own; started anew when it falls, as a supervisor would."""

    def __init__(self, concurrency=8):
        self.concurrency, self.over = concurrency, threading.Event()
        self.task, self.loop = None, asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)

    async def _work(self):
        with app.replace_connector(app.connector.get_worker_connector()) as here:
            async with here.open_async():
                await here.run_worker_async(
                    concurrency=self.concurrency, fetch_job_polling_interval=0.1, listen_notify=False,
                    install_signal_handlers=False, shutdown_graceful_timeout=5,
                )  # fmt: skip

    def _run(self):
        asyncio.set_event_loop(self.loop)
        while not self.over.is_set():
            self.task = self.loop.create_task(self._work())
            try:
                self.loop.run_until_complete(self.task)
            except asyncio.CancelledError:
                break
            except Exception as error:  # a database too busy to answer in time ends the worker
                reliable.say(f"worker fell: {type(error).__name__}")
                self.over.wait(0.5)
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.task.cancel)
        self.thread.join(15)


class Sampler:
    """Looks into pg_stat_activity while gateways are called: is a transaction open on the calling connection?"""

    def __init__(self):
        self.calls, self.count, self.looks, self.open = {}, 0, 0, 0
        self.lock, self.over = threading.Lock(), threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        wanted = connection.get_connection_params()
        self.params = {key: wanted[key] for key in ("dbname", "user", "host", "port") if key in wanted}

    def around(self, send):
        def watched(gateway, parcel):
            connection.ensure_connection()
            pid = connection.connection.info.backend_pid
            with self.lock:
                self.count += 1
                self.calls[pid] = self.count
            try:
                return send(gateway, parcel)
            finally:
                with self.lock:
                    self.calls.pop(pid, None)

        return watched

    def _look(self):
        with psycopg.connect(**self.params, autocommit=True) as raw:
            while not self.over.wait(0.005):
                with self.lock:
                    before = dict(self.calls)
                if not before:
                    continue
                rows = raw.execute(
                    "SELECT pid, xact_start IS NOT NULL FROM pg_stat_activity WHERE pid = ANY(%s)", [list(before)]
                ).fetchall()
                with self.lock:
                    for pid, is_open in rows:
                        if self.calls.get(pid) == before[pid]:  # the same call, before the look and after
                            self.looks += 1
                            self.open += is_open

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join(5)


@pytest.fixture
def lossy(monkeypatch):
    """A running gateway, and the adapter that talks to it."""

    with gateway_server.GatewayServer(late=1.0) as server:
        made = {"looks_up": True}
        monkeypatch.setitem(
            registry._factories, "lossy",
            lambda: HttpGateway(
                key="lossy", url=server.url, token=TOKEN, answer_seconds=0.4, looks_up=made["looks_up"]
            ),
        )  # fmt: skip
        server.adapter = made
        yield server


def drain(world, seconds=300):
    """Wait until nothing is waiting or under way, with the reaper beside the queue as in life."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        states = world.states()
        if not states["pending"] and not states["sending"]:
            return states
        actions.reap(clock=clock.now, thorough=False)
        time.sleep(0.3)
    raise AssertionError(f"still under way after {seconds} s: {world.states()}")


def through_the_gateway(world, lossy, monkeypatch, many=MANY):
    """Put many messages, let the worker send them, and return how it ended."""
    sampler = Sampler()
    monkeypatch.setattr(HttpGateway, "send", sampler.around(HttpGateway.send))
    messages = [world.put(phone=f"+47900{n:05d}") for n in range(many)]
    with sampler, Worker():
        states = drain(world)
    doubles = {reference: n for reference, n in lossy.got.items() if n > 1}
    return messages, states, doubles, sampler


@pytest.mark.parametrize("mode", MODES)
def test_none_is_doubled_none_is_missing_and_no_transaction_waits(world, lossy, monkeypatch, mode):
    lossy.mode = mode
    messages, states, doubles, sampler = through_the_gateway(world, lossy, monkeypatch)
    reliable.say(f"\n{mode}: {dict(states)}, posts {sum(lossy.posts.values())}, asked {sum(lossy.asked.values())}, "
          f"doubles {len(doubles)}, looks {sampler.looks}, open {sampler.open}")  # fmt: skip
    assert states == {"accepted": MANY}
    assert doubles == {}
    assert {str(m.id) for m in messages} == set(lossy.got)
    assert sampler.looks > 0
    assert sampler.open == 0


@pytest.mark.parametrize("mode", ["lost", "broken", "reset"])
def test_a_gateway_that_cannot_be_asked_leaves_doubt_to_a_person_and_never_doubles(world, lossy, monkeypatch, mode):
    lossy.mode, lossy.adapter["looks_up"] = mode, False
    messages, states, doubles, _ = through_the_gateway(world, lossy, monkeypatch)
    assert doubles == {}
    assert states["unknown"] > 0
    assert states["accepted"] + states["unknown"] == MANY
    sure = {str(m.id) for m in world.rows() if m.state == "accepted"}
    assert sure <= set(lossy.got)
    monkeypatch.setattr(queries.waiting, "MOST", MANY)
    with open_scope(world.tenant):
        shown = {row.id for row in queries.needing_a_person(world.staff)}
    assert shown == {m.id for m in messages} - {m.id for m in world.rows() if m.state == "accepted"}


def test_receipts_late_doubled_out_of_order_and_forged(world, lossy, monkeypatch):
    messages, _, _, _ = through_the_gateway(world, lossy, monkeypatch, many=50)
    with open_scope(world.tenant):
        for told in (["delivered", "accepted"], ["accepted"], ["delivered"], ["failed"]):
            for message in messages:
                for state in told:
                    actions.note_receipt(reference=str(message.id), state=state, at=clock.now())
            actions.note_receipt(reference=str(uuid7()), state="delivered", at=clock.now())
    assert world.states() == {"delivered": 50}


@pytest.mark.parametrize("mode", ["lost", "late", "broken", "reset"])
def test_control_the_naive_outbox_doubles(world, lossy, monkeypatch, mode):
    lossy.mode = mode
    monkeypatch.setattr(actions, "send_now", naive.naive_send)
    _, _, doubles, _ = through_the_gateway(world, lossy, monkeypatch, many=60)
    reliable.say(f"\nnaive {mode}: {len(doubles)} of 60 doubled")
    assert doubles


def test_control_the_sampler_sees_a_transaction_that_waits(world, lossy, monkeypatch):
    lossy.mode = "late"
    sampler = Sampler()
    monkeypatch.setattr(HttpGateway, "send", sampler.around(HttpGateway.send))
    hand_over = sending.hand_over

    def inside(**parcel):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return hand_over(**parcel)

    monkeypatch.setattr(sending, "hand_over", inside)
    message = world.put()
    with sampler:
        actions.send_now(tenant=world.tenant, message_id=message.id, clock=clock.now)
    assert sampler.open > 0
