"""Into the outbox: channel, STOPP, quiet hours, questions and their codes, calling off."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.events import EventRow
from samtun.foundation.keys import keyed_hash
from samtun.kernel.clock import at_wall
from samtun.kernel.ids import uuid7
from samtun.notifications.messages import actions
from samtun.notifications.messages.models import Message, Question, Stop

NIGHT = at_wall(dt.date(2026, 11, 23), dt.time(22, 30))
MORNING = at_wall(dt.date(2026, 11, 24), dt.time(8))


@pytest.fixture
def put(in_municipality, owner, room, people, system, now):
    """Queue a trial notice inside the open scope."""

    def queue(to, notice=None, at=now, ref_id=None, **rest):
        return actions.queue(
            notice=notice or room.trial.TrialAsk, ref_kind="trial", ref_id=ref_id or uuid7(), to=to, owner=owner.id,
            by=system, at=at, **rest,
        )  # fmt: skip

    return queue


@pytest.fixture
def owner(in_municipality):
    from samtun.foundation.models import Owner

    return Owner.objects.create(kind="centre", name="Frivilligsentralen")


def needed():
    return [(e.name, e.payload["why"]) for e in EventRow.objects.order_by("id")]


def stop(phone, now):
    Stop.objects.create(phone_hash=keyed_hash(phone, purpose="phone"), since=now)


def test_a_message_and_its_job_stand_in_the_same_transaction(put, people, now):
    message = put(people.add())
    assert (message.state, message.channel, message.not_before) == ("pending", "sms", now)
    job = ProcrastinateJob.objects.get(task_name="messages.send")
    assert job.args["message_id"] == str(message.id)


@pytest.mark.parametrize(
    ("chosen", "rest", "goes"),
    [
        ("sms", {}, "sms"),
        ("email", {"email": "kari@eksempel.test"}, "email"),
        ("letter", {"address": "Skuleveien 3"}, "letter"),
        ("call", {}, "call"),
        ("sms", {"phone": "", "email": "kari@eksempel.test"}, "email"),
        ("letter", {"address": ""}, "call"),  # a protected address is never printed: she is rung
        ("email", {"email": ""}, "call"),
        ("call", {"phone": "", "address": "Skuleveien 3"}, "letter"),
    ],
)
def test_the_channel_is_the_one_chosen_or_the_nearest_that_works(put, people, chosen, rest, goes):
    assert put(people.add(channel=chosen, **rest)).channel == goes


@pytest.mark.parametrize(
    ("chosen", "rest", "goes"),
    [
        ("call", {}, "sms"),
        ("letter", {"address": "Skuleveien 3"}, "sms"),
        ("call", {"email": "kari@eksempel.test"}, "email"),
        ("letter", {"phone": "", "address": "Skuleveien 3"}, "call"),
    ],
)
def test_what_only_goes_by_machine_reaches_those_who_would_rather_be_rung(
    put, people, room, monkeypatch, chosen, rest, goes
):
    monkeypatch.setattr(room.trial.TrialTold, "channels", ("sms", "email"))
    message = put(people.add(channel=chosen, **rest), room.trial.TrialTold)
    assert (message.channel, message.fault) == (goes, "" if rest.get("phone", "x") else "no_way")


def test_calls_and_letters_wait_for_a_person_and_have_no_job(put, people):
    put(people.add(channel="call"))
    put(people.add(channel="letter", address="Skuleveien 3"))
    assert needed() == [("messages.person_needed", "call"), ("messages.person_needed", "letter")]
    assert not ProcrastinateJob.objects.filter(task_name="messages.send").exists()


def test_nobody_to_reach_is_shown_to_a_person(put, people):
    message = put(people.add(phone=""))
    assert (message.state, message.fault) == ("failed", "no_way")
    assert needed() == [("messages.person_needed", "failed")]


@pytest.mark.parametrize("how", ["stopp", "asks_stopped"])
def test_stopped_asks_are_not_put_and_agreements_are(put, people, room, now, how):
    person = people.add(asks_stopped=how == "asks_stopped")
    if how == "stopp":
        stop("+4790000001", now)
    ask, told = put(person), put(person, room.trial.TrialTold)
    assert (ask.state, ask.fault, told.state) == ("cancelled", "stopped", "pending")
    assert not Question.objects.exists()


def test_stopp_holds_for_asks_by_telephone_and_e_mail_too(put, people, now):
    stop("+4790000001", now)
    assert put(people.add(channel="call")).fault == "stopped"
    assert put(people.add(channel="email", email="k@eksempel.test")).fault == "stopped"


def test_the_silent_and_the_unknown_get_nothing(put, people, room):
    assert put(people.add(silent=True), room.trial.TrialTold).fault == "silent"
    assert put(uuid7(), room.trial.TrialTold).fault == "nobody"


def test_what_is_queued_at_night_waits_for_the_morning(put, people):
    assert put(people.add(), at=NIGHT).not_before == MORNING
    assert put(people.add(channel="call"), at=NIGHT).not_before == MORNING


@pytest.mark.parametrize("name", ["TrialThanks", "TrialCalledOff"])
def test_answers_and_same_day_cancellations_go_at_night(put, people, room, name):
    assert put(people.add(), getattr(room.trial, name), at=NIGHT).not_before == NIGHT


def test_what_is_meant_for_later_is_not_an_answer_any_more(put, people, room):
    later = NIGHT + dt.timedelta(minutes=20)
    assert put(people.add(), room.trial.TrialThanks, at=NIGHT, not_before=later).not_before == MORNING


def test_a_question_has_a_code_that_no_other_of_the_number_has(put, people, now):
    person = people.add()
    codes = [put(person).question.code for _ in range(60)]
    assert len(set(codes)) == 60
    assert all(10 <= code <= 99 for code in codes)


def test_codes_rest_for_some_days_after_the_answer(put, people, now):
    person = people.add()
    for _ in range(89):
        put(person)
    first = Question.objects.order_by("asked_at", "id").first()
    Question.objects.filter(id=first.id).update(answered_at=now)
    last_free = put(person, at=now + dt.timedelta(days=2)).question.code
    assert last_free != first.code
    far = now + dt.timedelta(days=30)
    assert put(person, at=far).question.code in range(10, 100), "codes of old questions are free again"


def test_when_every_code_is_held_the_oldest_is_given_up(put, people):
    person = people.add()
    assert len({put(person).question.code for _ in range(95)}) == 90


def test_the_same_question_again_is_the_same_question(put, people, now):
    person, ref = people.add(), uuid7()
    first = put(person, ref_id=ref)
    again = put(person, ref_id=ref, at=now + dt.timedelta(days=1))
    assert first.question == again.question
    assert Question.objects.get().ends_at == again.expires_at


def test_calling_off_stops_what_waits_and_closes_the_question(put, people, system, now):
    ref = uuid7()
    messages = [put(people.add(phone=f"+479000000{n}"), ref_id=ref) for n in range(3)]
    call = put(people.add(channel="call", phone="+4790000009"), ref_id=ref)
    other = put(people.add(phone="+4790000008"))
    Message.objects.filter(id=messages[0].id).update(state="accepted", settled_at=now)
    assert actions.cancel_for(ref_kind="trial", ref_id=ref, by=system, at=now) == 3
    states = {m.id: m.state for m in Message.objects.all()}
    assert [states[m.id] for m in messages] == ["accepted", "cancelled", "cancelled"]
    assert (states[call.id], states[other.id]) == ("cancelled", "pending")
    assert not Question.objects.filter(ref_id=ref, ends_at__gt=now).exists()
    assert needed() == [("messages.person_needed", "call"), ("messages.person_no_longer_needed", "call")]
    assert actions.cancel_for(ref_kind="trial", ref_id=ref, by=system, at=now) == 0
