"""STOPP against send, two answers at once, two workers at one message: each with real transactions.

The control takes the locks away, and STOPP is then not heard.
"""

import threading
import time

import pytest
from django.db import connections

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.notifications.channels.adapters import registry
from samtun.notifications.messages import actions
from samtun.notifications.messages.actions import locks
from samtun.notifications.messages.models import Message
from tests.samtun.notifications import reliable, trial

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]

ticking, world = reliable.ticking, reliable.world

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
    reliable.say(f"\nSTOPP: {wrong} asks sent after it was heard, of {ROUNDS} ({heard_first} times STOPP came first)")
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
