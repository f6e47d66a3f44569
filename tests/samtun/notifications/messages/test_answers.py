"""Answers by SMS, link and telephone; STOPP and START; what is for a person."""

import datetime as dt

import pytest

from samtun.foundation.events import EventRow
from samtun.foundation.models import AuditEvent
from samtun.foundation.scope import open_scope
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.notifications.messages import actions, queries
from samtun.notifications.messages.models import Inbound, Message, Question, Stop

MINE, THEIRS = "+4790000001", "+4790000002"


class Taken(Refused):
    """Someone else said yes before you. Thank you for being willing."""


@pytest.fixture
def owner(in_municipality):
    from samtun.foundation.models import Owner

    return Owner.objects.create(kind="centre", name="Frivilligsentralen")


@pytest.fixture
def ask(in_municipality, owner, room, people, system, now):
    def put(to=None, at=now, **rest):
        message = actions.queue(
            notice=room.trial.TrialAsk, ref_kind="trial", ref_id=uuid7(), to=to or people.add(), owner=owner.id,
            by=system, at=at, **rest,
        )  # fmt: skip
        return message.question

    return put


@pytest.fixture
def text(in_municipality, room, people, now):
    """Let a telephone send a text."""
    count = iter(range(1000))

    def receive(words, phone=MINE, at=now, key=None):
        found = actions.receive_sms(
            tenant=in_municipality.id, gateway_id=key or f"g{next(count)}", phone=phone, text=words, at=at
        )
        return Inbound.objects.get(id=found.id)

    return receive


def answered_with():
    last = Message.objects.filter(ref_kind="inbound").order_by("-id").first()
    return last.notice if last else ""


def test_a_bare_yes_counts_with_one_open_question(ask, text, room, now):
    question = ask()
    assert text("Ja takk").state == "understood"
    (reply,) = room.replies
    assert (reply.ref_id, reply.person, reply.answer, reply.via) == (question.ref_id, question.to_person, "yes", "sms")
    assert reply.by.person == question.to_person
    question.refresh_from_db()
    assert (question.answer, question.answered_via, question.answered_at) == ("yes", "sms", now)
    assert AuditEvent.objects.filter(act="messages.answered").count() == 1
    assert answered_with() == ""


def test_with_several_open_a_bare_yes_is_answered_by_a_question_and_the_code_decides(ask, text, room, people):
    person = people.add()
    first, second = ask(person), ask(person)
    assert text("ja").state == "asked_back"
    assert (room.replies, answered_with()) == ([], "messages.which_one")
    text(f"nei {second.code}")
    assert [(r.ref_id, r.answer) for r in room.replies] == [(second.ref_id, "no")]
    text("ja")
    assert room.replies[1].ref_id == first.ref_id, "now only one is open"


def test_the_question_back_lists_the_codes(ask, text, people, room, in_municipality):
    person = people.add()
    codes = [ask(person).code, ask(person).code]
    text("ja")
    message = Message.objects.get(notice="messages.which_one")
    from samtun.foundation.notices import notice_of

    recipient = queries.recipient_of(message)
    facts = notice_of(message.notice).facts(message.ref_id, recipient)
    words = queries.compose(
        notice_of(message.notice), channel="sms", recipient=recipient, facts=facts, municipality=in_municipality
    )
    assert recipient.phone == MINE
    assert all(f"{code}: torsdag" in words.text for code in codes)


def test_another_number_cannot_answer(ask, text, room):
    question = ask()
    assert text(f"ja {question.code}", phone=THEIRS).state == "for_a_person"
    assert room.replies == []


def test_the_same_text_delivered_twice_counts_once(ask, text, room):
    ask()
    first, again = text("ja", key="same"), text("ja", key="same")
    assert first.id == again.id
    assert len(room.replies) == 1


def test_the_same_answer_again_is_harmless_and_another_one_reaches_a_person(ask, text, room, now):
    question = ask()
    text("ja")
    assert text(f"ja {question.code}").state == "understood"
    assert text("ja").state == "understood"
    assert answered_with() == ""
    later = text("nei", at=now + dt.timedelta(days=1))
    assert (later.state, answered_with()) == ("for_a_person", "messages.already_said")
    assert len(room.replies) == 1


def test_a_late_yes_reaches_a_person_and_a_late_no_is_let_be(ask, text, room, now):
    question = ask(question_ends=now + dt.timedelta(hours=3))
    late = now + dt.timedelta(hours=4)
    assert text(f"nei {question.code}", at=late).state == "understood"
    assert answered_with() == ""
    assert text(f"ja {question.code}", at=late).state == "for_a_person"
    assert (answered_with(), room.replies) == ("messages.too_late_said", [])


def test_a_refusal_comes_back_as_its_own_sentence_and_leaves_the_question_open(ask, text, room):
    question = ask()
    room.refusing = Taken("Ola Prøve said yes before you.")
    assert text("ja").refusal == Taken.__doc__
    assert answered_with() == "messages.could_not"
    question.refresh_from_db()
    assert question.answered_at is None


def test_the_notice_that_confirms_goes_to_the_person(ask, text, room):
    question = ask()
    room.confirming = "trial.thanks"
    text("ja")
    confirming = Message.objects.get(notice="trial.thanks")
    assert (confirming.ref_id, confirming.to_person) == (question.ref_id, question.to_person)


def test_unknown_words_are_sealed_and_shown_to_a_person(ask, text, staff_here):
    ask()
    found = text("Ja men ikkje før klokka 12")
    assert (found.state, answered_with()) == ("for_a_person", "messages.not_understood")
    assert b"klokka" not in bytes(found.sealed_text)
    assert MINE.encode() not in bytes(found.sealed_phone)
    (shown,) = queries.inbound_texts(staff_here)
    assert (shown.text, shown.number, shown.name) == ("Ja men ikkje før klokka 12", "90 00 00 01", "Kari Prøve")
    event = EventRow.objects.get(name="messages.person_needed", payload__why="inbound")
    assert event.payload["message_id"] == str(found.id)


def test_thanks_alone_are_let_be_unless_a_question_waits(ask, text):
    assert (text("Takk!").state, answered_with()) == ("understood", "")
    ask()
    assert (text("ok").state, answered_with()) == ("asked_back", "messages.which_one")


def test_ok_answers_only_a_question_that_takes_it(ask, text, room):
    from samtun.foundation import replies

    kind = room.kind()
    kind.answers["OK"] = "yes"
    replies._kinds["trial"] = kind
    ask()
    assert (text("Ok takk").state, [r.answer for r in room.replies]) == ("understood", ["yes"])


def test_ring_me_without_a_question_reaches_a_person(text, owner):
    assert text("ring meg").state == "for_a_person"


def test_stopp_calls_off_waiting_asks_keeps_agreements_and_says_so(ask, text, room, people, owner, system, now):
    person = people.add()
    ask(person)
    agreed = actions.queue(
        notice=room.trial.TrialTold, ref_kind="trial", ref_id=uuid7(), to=person, owner=owner.id, by=system, at=now
    )
    text("Stopp!")
    ask_message = Message.objects.get(is_ask=True)
    agreed.refresh_from_db()
    assert (ask_message.state, ask_message.fault, agreed.state) == ("cancelled", "stopped", "pending")
    assert answered_with() == "messages.stopped"
    text("STOPP")
    assert Stop.objects.count() == 1
    assert ask(person) is None
    text("start")
    assert answered_with() == "messages.started"
    assert ask(person) is not None


def test_two_machines_do_not_talk_all_night(text, owner):
    for n in range(20):
        text(f"This is an automatic reply, number {n}")
    assert Message.objects.filter(ref_kind="inbound").count() == 5
    assert Inbound.objects.filter(state="for_a_person").count() == 20


def test_one_door_for_all_ways(ask, room, people, system, now):
    question = ask()
    assert actions.answer(question=question, answer="no", via="link", by=system, at=now) is True
    assert actions.answer(question=question, answer="no", via="call", by=system, at=now) is False
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer(question=question, answer="yes", via="link", by=system, at=now)
    with pytest.raises(actions.UnknownAnswer):
        actions.answer(question=ask(), answer="perhaps", via="link", by=system, at=now)
    with pytest.raises(actions.TooLate):
        actions.answer(question=ask(), answer="yes", via="link", by=system, at=now + dt.timedelta(days=9))
    assert len(room.replies) == 1


def test_who_is_on_the_telephone_is_not_rung_again_to_hear_the_same(ask, room, people, system, now):
    room.confirming = "trial.thanks"
    listener, texter = people.add(channel="call"), people.add(phone=THEIRS)
    for person in (listener, texter):
        actions.answer(question=ask(person), answer="yes", via="call", by=system, at=now)
    assert [m.to_person for m in Message.objects.filter(notice="trial.thanks")] == [texter]


def test_texts_belong_to_whoever_wrote_last_else_to_the_municipality(ask, text, owner, in_municipality):
    from samtun.foundation.models import Owner

    municipal = Owner.objects.create(kind="municipality", name="Dalgrend kommune")
    ask()
    assert text("kven er dette?").owner_id == owner.id
    assert text("kven er dette?", phone=THEIRS).owner_id == municipal.id


def test_texts_of_one_municipality_do_not_reach_another(ask, room, neighbour, municipality, now, owner):
    question = ask()
    code = question.code
    import samtun.foundation.scope as scope

    token = scope._current.set(None)
    try:
        with open_scope(neighbour.id):
            pass
        found = actions.receive_sms(tenant=neighbour.id, gateway_id="g", phone=MINE, text=f"ja {code}", at=now)
        with open_scope(neighbour.id):
            assert Inbound.objects.get(id=found.id).state == "for_a_person"
    finally:
        scope._current.reset(token)
        scope._set_tenant(str(municipality.id))
    assert room.replies == []
    assert Question.objects.get().answered_at is None


@pytest.fixture
def staff_here(in_municipality, owner):
    from samtun.foundation.viewer import Hat, Permission, Role, Viewer

    hat = Hat(
        key="m:1", role=Role.COORDINATOR, owners=frozenset({owner.id}),
        permissions=frozenset({Permission.HANDLE_MESSAGES}),
    )  # fmt: skip
    return Viewer(tenant=in_municipality.id, hat=hat, name="Turid Prøve")
