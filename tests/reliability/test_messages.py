"""Messages through a real gateway that misbehaves, a real worker, real transactions (reliability.md, rows 21, 30, 33).

Each claim stands beside a control: the naive outbox doubles messages, STOPP without locks is not heard, and a sender
that keeps its transaction open is seen by the sampler.
"""

import asyncio
import datetime as dt
import gc
import importlib.util
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app

from samtun.foundation import notices, recipients, replies
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.notifications.channels.adapters import registry
from samtun.notifications.channels.adapters.http import HttpGateway
from samtun.notifications.messages import actions, queries, rules
from samtun.notifications.messages.actions import locks, sending
from samtun.notifications.messages.models import Message

pytestmark = [
    pytest.mark.reliability,
    pytest.mark.django_db(transaction=True),
]


def _load(name):
    path = Path(__file__).parents[1] / "samtun" / "notifications" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"reliability_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


trial, gateway_server, naive = _load("trial"), _load("gateway_server"), _load("naive")
TOKEN = "a token of twenty-four signs"
MONDAY = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)
MANY = 200
MODES = ["lost", "late", "slow", "twice", "broken", "busy", "reset"]


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
    for notice in trial.TRIALS:
        monkeypatch.setitem(notices._notices, notice.key, notice())
    monkeypatch.setitem(replies._kinds, "trial", room.kind())
    monkeypatch.setattr(trial.Facts, "gone", set())
    monkeypatch.setattr(rules, "LEASE", dt.timedelta(seconds=3))
    monkeypatch.setattr(rules, "lease_for", lambda _attempt: rules.LEASE)
    monkeypatch.setattr(rules, "wait_before", lambda _attempt, asked=0: dt.timedelta(seconds=max(1, asked)))
    from samtun.foundation.models import Owner

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


class Worker:
    """The real Procrastinate worker, in a thread of its own."""

    def __init__(self, concurrency=8):
        self.concurrency, self.task, self.loop = concurrency, None, asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        asyncio.set_event_loop(self.loop)

        async def work():
            with app.replace_connector(app.connector.get_worker_connector()) as here:
                async with here.open_async():
                    await here.run_worker_async(
                        concurrency=self.concurrency, fetch_job_polling_interval=0.1, listen_notify=False,
                        install_signal_handlers=False, shutdown_graceful_timeout=5,
                    )  # fmt: skip

        self.task = self.loop.create_task(work())
        try:
            self.loop.run_until_complete(self.task)
        except asyncio.CancelledError:
            pass
        finally:
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
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


def drain(world, seconds=120):
    """Wait until nothing is waiting or under way."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        states = world.states()
        if not states["pending"] and not states["sending"]:
            return states
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
    say(f"\n{mode}: {dict(states)}, posts {sum(lossy.posts.values())}, asked {sum(lossy.asked.values())}, "
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
    say(f"\nnaive {mode}: {len(doubles)} of 60 doubled")
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


# --- STOPP against send

ROUNDS = 60


def in_parallel(*works):
    """Run works at the same moment, each on a connection of its own; an error in one is an error here."""
    barrier, errors = threading.Barrier(len(works)), []

    def run(work):
        try:
            connections["default"].ensure_connection()
            barrier.wait(10)
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if errors:
        raise errors[0]


def asks_after_stopp(world, monkeypatch):
    """Let STOPP and the sending of an ask race, and return how often an ask went after STOPP had been heard."""
    gateway = trial.MemoryGateway(key="lossy")
    monkeypatch.setitem(registry._factories, "lossy", lambda: gateway)
    monkeypatch.setattr(trial.Facts, "before", lambda: time.sleep(0.01))
    wrong = heard_first = 0
    for n in range(ROUNDS):
        phone, box = f"+479100{n:04d}", {}
        before = world.put(notice=trial.TrialAsk, phone=phone) if n % 2 else None

        def send(before=before, phone=phone, box=box):
            time.sleep(0.012)
            message = before or world.put(notice=trial.TrialAsk, phone=phone)
            box["id"] = message.id
            actions.send_now(tenant=world.tenant, message_id=message.id, clock=clock.now)

        def stop(phone=phone, box=box, n=n):
            time.sleep((n % 10) * 0.003)
            actions.receive_sms(tenant=world.tenant, gateway_id=f"g{n}", phone=phone, text="STOPP", at=clock.now())
            key = box.get("id")
            with open_scope(world.tenant):
                box["seen"] = Message.objects.get(id=key).state if key else "nothing"

        in_parallel(send, stop)
        went = str(box["id"]) in {parcel.reference for parcel in gateway.sent}
        not_yet = box["seen"] in {"nothing", "pending", "cancelled"}
        heard_first += not_yet
        wrong += went and not_yet
    say(f"\nSTOPP: {wrong} asks sent after it was heard, of {ROUNDS} ({heard_first} times STOPP came first)")
    assert 0 < heard_first < ROUNDS, "the race must go both ways to show anything"
    return wrong


def test_no_ask_goes_after_stopp_has_been_heard(world, monkeypatch):
    assert asks_after_stopp(world, monkeypatch) == 0


def test_control_without_locks_stopp_is_not_heard(world, monkeypatch):
    monkeypatch.setattr(locks, "lock_number", lambda _hash: None)
    monkeypatch.setattr(locks, "locked_message", lambda key: Message.objects.filter(id=key).first())
    assert asks_after_stopp(world, monkeypatch) > 0


# --- one answer, two ways, at the same moment


def test_the_first_answer_wins_and_both_cannot(world):
    with_locks = []
    for n in range(30):
        question = world.put(notice=trial.TrialAsk, phone=f"+479200{n:04d}").question
        heard = []

        def give(said, question=question, heard=heard):
            with open_scope(world.tenant):
                try:
                    actions.answer(question=question, answer=said, via="link", by=world.staff, at=clock.now())
                    heard.append(said)
                except actions.AlreadyAnswered:
                    pass

        in_parallel(lambda give=give: give("yes"), lambda give=give: give("no"))
        with_locks.append(len(heard))
    assert set(with_locks) == {1}


def test_two_workers_at_one_message_send_it_once(world, monkeypatch):
    gateway = trial.MemoryGateway(key="lossy")
    monkeypatch.setitem(registry._factories, "lossy", lambda: gateway)
    for n in range(30):
        message = world.put(phone=f"+479300{n:04d}")
        in_parallel(*[
            lambda key=message.id: actions.send_now(tenant=world.tenant, message_id=key, clock=clock.now)
        ] * 3)  # fmt: skip
    assert len(gateway.sent) == 30
