"""One message on its way out: what is asked again, what is sent, and what each outcome leads to."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.events import EventRow
from samtun.foundation.scope import in_scope, open_scope
from samtun.kernel.clock import at_wall
from samtun.kernel.ids import uuid7
from samtun.notifications.channels.actions import InsideScope, hand_over
from samtun.notifications.channels.adapters.protocol import Fate, TurnedDown, Unclear
from samtun.notifications.messages import actions, rules
from samtun.notifications.messages.models import Message, Question, Stop


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def pass_time(self, **by):
        self.at += dt.timedelta(**by)


@pytest.fixture
def clock(now):
    return Clock(now)


@pytest.fixture
def outbox(municipality, owner, room, people, system, gateway, clock):
    """Put, send, look: each in a scope of its own, as in life."""

    class Outbox:
        def put(self, to=None, notice=None, **rest):
            with open_scope(municipality.id):
                self.message = actions.queue(
                    notice=notice or room.trial.TrialAsk, ref_kind="trial", ref_id=rest.pop("ref_id", uuid7()),
                    to=to or people.add(), owner=owner.id, by=system, at=clock(), **rest,
                )  # fmt: skip
            return self.message

        def send(self, message=None):
            actions.send_now(tenant=municipality.id, message_id=(message or self.message).id, clock=clock)
            return self.look(message)

        def look(self, message=None):
            with open_scope(municipality.id):
                return Message.objects.select_related("question").get(id=(message or self.message).id)

        def whys(self):
            with open_scope(municipality.id):
                return [e.payload["why"] for e in EventRow.objects.filter(name="messages.person_needed").order_by("id")]

    return Outbox()


def test_it_is_sent_with_its_words_its_code_and_our_reference(outbox, gateway, municipality):
    outbox.put()
    sent = outbox.send()
    assert (sent.state, sent.provider, sent.provider_id, sent.attempt) == ("accepted", "memory", "g1", 1)
    (parcel,) = gateway.sent
    assert parcel.reference == str(sent.id)
    assert (parcel.to, parcel.sender, parcel.language) == ("+4790000001", "+4700002000", "nn")
    assert parcel.text.startswith(
        f"Kan du hjelpe torsdag? Svar JA {sent.question.code} eller NEI {sent.question.code}."
    )
    assert f"https://{municipality.host}/s/" in parcel.text
    assert sent.text_hash
    assert sent.text_hash not in parcel.text


def test_words_are_not_escaped_as_on_a_web_page(outbox, gateway, room):
    outbox.put(notice=room.trial.TrialTold)
    outbox.send()
    assert gateway.sent[0].text == "Avtalt torsdag. Samtun i Dalgrend & co"


def test_no_scope_is_open_while_the_gateway_is_called(outbox, gateway, monkeypatch):
    seen = []
    send = gateway.send
    monkeypatch.setattr(gateway, "send", lambda parcel: (seen.append(in_scope()), send(parcel))[1])
    outbox.put()
    outbox.send()
    assert seen == [False]


def test_calling_a_gateway_inside_a_scope_is_refused(in_municipality):
    with pytest.raises(InsideScope):
        hand_over(parcel=None)


def test_twice_is_once(outbox, gateway):
    outbox.put()
    outbox.send()
    outbox.send()
    assert len(gateway.sent) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [({"silent": True}, "silent"), ({"asks_stopped": True}, "stopped")],
)
def test_what_has_changed_since_it_was_queued_counts(outbox, gateway, people, change, fault):
    person = people.add()
    outbox.put(person)
    people.change(person, **change)
    sent = outbox.send()
    assert (sent.state, sent.fault, gateway.sent) == ("cancelled", fault, [])


def test_stopp_after_queueing_stops_an_ask(outbox, gateway, municipality, clock):
    message = outbox.put()
    with open_scope(municipality.id):
        Stop.objects.create(phone_hash=message.phone_hash, since=clock())
    assert outbox.send().fault == "stopped"
    assert gateway.sent == []


def test_what_no_longer_applies_is_not_sent(outbox, gateway, room):
    message = outbox.put()
    room.trial.Facts.gone.add(message.ref_id)
    sent = outbox.send()
    assert (sent.state, sent.fault, gateway.sent, outbox.whys()) == ("cancelled", "over", [], [])


def test_what_comes_too_late_is_not_sent_and_a_person_sees_it(outbox, gateway, clock):
    outbox.put()
    clock.pass_time(days=3, seconds=1)
    sent = outbox.send()
    assert (sent.state, sent.fault, gateway.sent, outbox.whys()) == ("failed", "too_late", [], ["failed"])


def test_a_worker_behind_schedule_does_not_wake_anybody(outbox, gateway, clock):
    outbox.put()
    clock.at = at_wall(dt.date(2026, 11, 23), dt.time(20, 5))
    assert outbox.send().not_before == at_wall(dt.date(2026, 11, 24), dt.time(8))
    assert gateway.sent == []


def test_an_answer_that_is_late_waits_for_the_morning(outbox, gateway, clock, room):
    clock.at = at_wall(dt.date(2026, 11, 23), dt.time(21))
    outbox.put(notice=room.trial.TrialThanks)
    clock.pass_time(minutes=16)
    assert outbox.send().state == "pending"
    clock.at = at_wall(dt.date(2026, 11, 24), dt.time(8))
    assert outbox.send().state == "accepted"


def test_the_newest_number_and_channel_are_used(outbox, gateway, people):
    person = people.add()
    outbox.put(person)
    people.change(person, phone="+4790000077")
    outbox.send()
    assert gateway.sent[0].to == "+4790000077"
    outbox.put(person)
    people.change(person, channel="call")
    sent = outbox.send()
    assert (sent.state, sent.channel, outbox.whys()) == ("pending", "call", ["call"])
    assert len(gateway.sent) == 1


def test_a_busy_gateway_is_tried_again_later_and_not_before_it_asked(outbox, gateway, clock):
    gateway.outcomes = [TurnedDown("busy", again=True, wait=120)]
    outbox.put()
    first = outbox.send()
    assert (first.state, first.fault) == ("pending", "busy")
    assert first.not_before >= clock() + dt.timedelta(seconds=120)
    outbox.send()
    assert len(gateway.sent) == 1, "a job that comes early must not send"
    clock.at = first.not_before
    assert outbox.send().state == "accepted"


def test_a_gateway_that_stays_away_ends_with_a_person(outbox, gateway, clock, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ATTEMPTS", 3)
    gateway.outcomes = [TurnedDown("not_reached", again=True)] * 9
    outbox.put()
    for _ in range(3):
        sent = outbox.send()
        clock.at = max(clock.at, sent.not_before)
    assert (sent.state, sent.fault, len(gateway.sent), outbox.whys()) == ("failed", "not_reached", 3, ["failed"])


def test_a_refused_number_is_not_tried_again(outbox, gateway):
    gateway.outcomes = [TurnedDown("number_refused", again=False)]
    outbox.put()
    assert (outbox.send().state, outbox.whys()) == ("failed", ["failed"])


@pytest.mark.parametrize("outcome", [Unclear("no_answer"), ValueError("a bug in an adapter")])
def test_after_an_unclear_answer_the_gateway_is_asked_when_the_lease_is_over(outbox, gateway, clock, outcome):
    gateway.outcomes = [outcome]
    message = outbox.put()
    gateway.fates[str(message.id)] = Fate.FOUND
    assert outbox.send().state == "sending"
    clock.pass_time(seconds=59)
    outbox.send()
    assert gateway.asked == [], "the lease is longer than any gateway's answer takes"
    clock.pass_time(seconds=2)
    assert outbox.send().state == "accepted"
    assert len(gateway.sent) == 1


def test_it_is_sent_again_only_when_the_gateway_says_it_has_not_got_it(outbox, gateway, clock):
    gateway.outcomes = [Unclear("no_answer")]
    message = outbox.put()
    outbox.send()
    gateway.fates[str(message.id)] = Fate.CANNOT_TELL
    clock.pass_time(seconds=61)
    assert outbox.send().state == "sending"
    assert len(gateway.sent) == 1
    gateway.fates[str(message.id)] = Fate.NOT_FOUND
    clock.pass_time(minutes=30)
    assert outbox.send().state == "accepted"
    assert [p.reference for p in gateway.sent] == [str(message.id)] * 2


def test_called_off_while_unclear_it_is_asked_about_but_not_sent_again(outbox, gateway, clock, room):
    gateway.outcomes = [Unclear("no_answer")]
    message = outbox.put()
    outbox.send()
    room.trial.Facts.gone.add(message.ref_id)
    clock.pass_time(seconds=61)
    sent = outbox.send()
    assert (sent.state, sent.fault, len(gateway.sent)) == ("cancelled", "over", 1)


def test_a_gateway_that_can_neither_be_asked_nor_tell_doubles_leaves_it_unknown(outbox, gateway, clock):
    gateway.looks_up = False
    gateway.outcomes = [Unclear("no_answer")]
    outbox.put()
    sent = outbox.send()
    assert (sent.state, outbox.whys()) == ("unknown", ["unknown"])
    clock.pass_time(days=1)
    assert outbox.send().state == "unknown"
    assert len(gateway.sent) == 1


def test_a_gateway_that_tells_doubles_apart_is_simply_told_again(outbox, gateway, clock):
    gateway.looks_up, gateway.dedupes = False, True
    gateway.outcomes = [Unclear("no_answer")]
    outbox.put()
    outbox.send()
    clock.pass_time(seconds=61)
    assert outbox.send().state == "accepted"
    assert len(gateway.sent) == 2


@pytest.mark.parametrize("looks_up", [True, False])
def test_a_crash_between_lease_and_answer_is_never_a_second_message(outbox, gateway, clock, looks_up):
    class Killed(BaseException):
        pass

    def dies(parcel):
        gateway.fates[parcel.reference] = Fate.FOUND
        raise Killed

    gateway.looks_up = looks_up
    outbox.put()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(gateway, "send", dies)
        outbox.send()
    assert outbox.look().state == "sending"
    clock.pass_time(seconds=61)
    assert outbox.send().state == ("accepted" if looks_up else "unknown")
    assert gateway.sent == []


def test_an_answer_after_the_lease_does_not_overwrite_who_took_over(outbox, gateway, clock, municipality):
    message = outbox.put()

    def slow(parcel):
        clock.pass_time(seconds=70)
        gateway.fates[parcel.reference] = Fate.FOUND
        gateway.send = gateway.__class__.send.__get__(gateway)
        actions.send_now(tenant=municipality.id, message_id=message.id, clock=clock)
        return TurnedDown("busy", again=True)

    gateway.send = slow
    assert outbox.send().state == "accepted"
    assert gateway.sent == []


def test_a_notice_that_breaks_does_not_stop_the_queue(outbox, gateway, room):
    outbox.put(notice=room.trial.TrialBroken)
    sent = outbox.send()
    assert (sent.state, sent.fault, outbox.whys()) == ("failed", "broken", ["failed"])


def test_the_question_keeps_its_words_out_of_the_tables(outbox, gateway, municipality):
    outbox.put()
    outbox.send()
    token = gateway.sent[0].text.rsplit("/", 1)[1]
    with open_scope(municipality.id):
        row = str(Question.objects.values().get()) + str(Message.objects.values().get())
        jobs = str(list(ProcrastinateJob.objects.values("args")))
    assert len(token) == 22
    assert token not in row + jobs
    assert "torsdag" not in row + jobs
    assert "90000001" not in row + jobs
