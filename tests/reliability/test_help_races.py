"""Two say yes at once, a yes against a cancel, a double click: each with real transactions and a control."""

import contextlib
import datetime as dt
import time
import uuid

import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet
from django.test import Client

from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions import agreeing, asking, finishing
from samtun.operation.help_requests.enums import LIVE_MATCH
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from tests.factories.journey import log_in, make_tun
from tests.reliability.test_messages_races import in_parallel

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
ROUNDS = 12


@pytest.fixture
def tun(municipality):
    """The journey's municipality, committed."""
    with open_scope(municipality.id):
        return make_tun(municipality, clock.now())


def in_days(number):
    return clock.today() + dt.timedelta(days=number)


def asked_two(tun, n):
    """One request with two volunteers asked."""
    with open_scope(tun.municipality.id):
        one = tun.volunteer("Marit", f"Fjelde{n}", f"+4790{n:06d}")
        two = tun.volunteer("Jonas", f"Vik{n}", f"+4791{n:06d}")
        request = tun.request(recipient=tun.person("Anna", f"Stokke{n}", f"+4757{n:06d}"), on=in_days(3))
        return request, actions.ask_volunteers(
            request=request, volunteers=[one.id, two.id], by=tun.viewer(), at=clock.now()
        )


def scoped(tun, work):
    """A work in a scope of its own, as a web request would be."""

    def run():
        with open_scope(tun.municipality.id):
            work()

    return run


def say_yes(tun, ask):
    def work():
        with contextlib.suppress(asking.AnsweredAlready):
            actions.answer_ask(ask=Ask.objects.get(id=ask.id), yes=True, via="sms", by=tun.system(), at=clock.now())

    return scoped(tun, work)


def without_lock(monkeypatch):
    """Take the row lock away, and leave a moment between reading and writing."""

    def read(request):
        row = HelpRequest.objects.select_related("task_type", "recipient", "village").get(id=request.id)
        time.sleep(0.03)
        return row

    for module in (agreeing, asking, finishing):
        monkeypatch.setattr(module, "lock", read)


def wrong_after_two_yes(tun):
    """Race two yeses; return how many rounds ended otherwise than with one match and one thanked."""
    wrong = 0
    for n in range(ROUNDS):
        request, (first, second) = asked_two(tun, n)
        try:
            in_parallel(say_yes(tun, first), say_yes(tun, second))
        except (IntegrityError, OperationalError):  # a second match refused by the database, or a deadlock
            wrong += 1
            continue
        with open_scope(tun.municipality.id):
            live = Match.objects.filter(request=request, state__in=LIVE_MATCH).count()
            states = sorted(Ask.objects.filter(request=request).values_list("state", flat=True))
            wrong += (live, states) != (1, ["thanked", "yes"])
    return wrong


def test_of_two_yeses_at_once_one_wins_and_the_other_is_thanked(tun):
    assert wrong_after_two_yes(tun) == 0


def test_control_without_the_lock_two_yeses_collide(tun, monkeypatch):
    without_lock(monkeypatch)
    assert wrong_after_two_yes(tun) > ROUNDS / 2


def live_after_cancel(tun):
    """Race a yes against a cancel; return how many rounds ended with somebody coming, or with neither heard."""
    wrong = 0
    for n in range(ROUNDS):
        request, (first, _second) = asked_two(tun, n)

        def call_off(request=request):
            actions.cancel(request=request, reason="", by=tun.viewer(), at=clock.now())

        try:
            in_parallel(say_yes(tun, first), scoped(tun, call_off))
        except OperationalError:  # a deadlock: neither was heard
            wrong += 1
            continue
        with open_scope(tun.municipality.id):
            state = HelpRequest.objects.get(id=request.id).state
            live = Match.objects.filter(request=request, state__in=LIVE_MATCH).exists()
            wrong += state != "cancelled" or live
    return wrong


def test_a_yes_against_a_cancel_never_leaves_anybody_coming(tun):
    assert live_after_cancel(tun) == 0


def test_control_without_the_lock_somebody_comes_to_a_cancelled_task(tun, monkeypatch):
    without_lock(monkeypatch)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)  # the ask's own lock guards it too
    assert live_after_cancel(tun) > 0


def double_clicks(tun, *, with_key):
    """Post the same call twice at the same moment; return how many requests there are."""
    clients = [Client(), Client()]
    with open_scope(tun.municipality.id):
        for client in clients:
            log_in(client, tun)
    form = {
        "q": "", "person": "new", "given_name": "Anna", "family_name": "Stokke", "phone": "57 41 00 01",
        "phone_kind": "landline", "address": "Storgata 4", "task_type": str(tun.snow.id), "words": "",
        "on_pick": in_days(3).isoformat(), "at": "", "minutes": "45", "save": "1",
        "key": str(uuid.uuid4()) if with_key else "",
    }  # fmt: skip
    in_parallel(*(lambda c=client: c.post("/samtale/", form) for client in clients))
    with open_scope(tun.municipality.id):
        return HelpRequest.objects.count()


def test_a_double_click_writes_one_request(tun):
    assert double_clicks(tun, with_key=True) == 1


def test_control_without_the_forms_key_a_double_click_writes_two(tun):
    assert double_clicks(tun, with_key=False) == 2
