"""What a person does: rings, posts, decides, reads. Within the own owner only."""

import datetime as dt

import pytest

from samtun.foundation.events import EventRow
from samtun.foundation.scope import current_scope
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages import actions, queries
from samtun.notifications.messages.enums import CHANNEL_WORDS, STATE_WORDS
from samtun.notifications.messages.models import Message


def viewer_of(municipality, *owners, permissions=frozenset({Permission.HANDLE_MESSAGES})):
    hat = Hat(key="m:1", role=Role.COORDINATOR, owners=frozenset(o.id for o in owners), permissions=permissions)
    return Viewer(tenant=municipality.id, hat=hat, name="Turid Prøve")


@pytest.fixture
def owner(in_municipality):
    from samtun.foundation.models import Owner

    return Owner.objects.create(kind="centre", name="Frivilligsentralen")


@pytest.fixture
def other(in_municipality):
    from samtun.foundation.models import Owner

    return Owner.objects.create(kind="organisation", name="Helselaget")


@pytest.fixture
def turid(in_municipality, owner):
    return viewer_of(in_municipality, owner)


@pytest.fixture
def stranger(in_municipality, other):
    return viewer_of(in_municipality, other)


@pytest.fixture
def put(in_municipality, owner, room, people, system, now):
    def queue(notice=None, **person):
        return actions.queue(
            notice=notice or room.trial.TrialAsk, ref_kind="trial", ref_id=uuid7(), to=people.add(**person),
            owner=owner.id, by=system, at=now,
        )  # fmt: skip

    return queue


def whys():
    names = {"messages.person_needed": "+", "messages.person_no_longer_needed": "-"}
    return [names[e.name] + e.payload["why"] for e in EventRow.objects.order_by("id")]


def test_a_call_shows_name_number_words_and_the_answers(put, turid, now):
    message = put(channel="call")
    (row,) = queries.calls_to_make(turid, at=now)
    assert (row.name, row.number) == ("Kari Prøve", "90 00 00 01")
    call = queries.one_call(turid, message.id)
    assert call.text == "Kan du hjelpe torsdag?"
    assert [value for value, _ in call.choices] == ["yes", "no", "ring"]
    assert current_scope().seen == {"listed": {message.to_person}, "opened": {message.to_person}}


def test_a_yes_on_the_telephone_is_an_answer_and_ends_the_call(put, turid, room, now):
    message = put(channel="call")
    actions.mark_called(message=message, outcome="yes", by=turid, at=now)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("delivered", now)
    assert [(r.answer, r.via, r.by.name) for r in room.replies] == [("yes", "call", "Turid Prøve")]
    assert whys() == ["+call", "-call"]
    with pytest.raises(actions.NotWaiting):
        actions.mark_called(message=message, outcome="no", by=turid, at=now)


def test_what_the_answer_calls_off_does_not_undo_the_call(put, turid, room, now, system):
    message = put(channel="call")
    handle = room.handle

    def and_call_off(reply):
        actions.cancel_for(ref_kind="trial", ref_id=reply.ref_id, by=system, at=reply.at)
        return handle(reply)

    room.handle = and_call_off
    from samtun.foundation import replies

    replies._kinds["trial"] = room.kind()
    actions.mark_called(message=message, outcome="yes", by=turid, at=now)
    message.refresh_from_db()
    assert message.state == "delivered"
    assert whys() == ["+call", "-call"]


def test_nobody_home_comes_back_in_two_hours_and_never_at_night(put, turid, now):
    message = put(channel="call")
    actions.mark_called(message=message, outcome="not_home", by=turid, at=now)
    assert queries.calls_to_make(turid, at=now + dt.timedelta(minutes=119)) == []
    (row,) = queries.calls_to_make(turid, at=now + dt.timedelta(hours=2))
    assert row.tries == 1
    evening = at_wall(dt.date(2026, 11, 23), dt.time(19))
    again = actions.mark_called(message=message, outcome="not_home", by=turid, at=evening)
    assert wall(again.not_before).strftime("%d %H") == "24 08"


def test_a_call_that_no_longer_applies_says_so(put, turid, room):
    message = put(channel="call")
    room.trial.Facts.gone.add(message.ref_id)
    assert queries.one_call(turid, message.id) is None


def test_letters_become_one_pdf_and_are_marked_posted_once(put, turid, now):
    from io import BytesIO

    from pypdf import PdfReader

    letters = [put(channel="letter", address="Skuleveien 3\n6999 Dalgrend", name=n) for n in ("Kari Prøve", "Åse Øy")]
    keys = [m.id for m in letters]
    pdf = queries.letters_pdf(turid, keys, today=dt.date(2026, 11, 23))
    text = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(text) == 2
    assert "Åse Øy" in text[1]
    assert "Kari" not in text[1]
    assert "23. november 2026" in text[0]
    assert queries.make_token(letters[0].question) in text[0].replace("\n", "")
    assert current_scope().seen["exported"] == {m.to_person for m in letters}
    assert actions.mark_letters_sent(messages=keys, by=turid, at=now) == 2
    assert actions.mark_letters_sent(messages=keys, by=turid, at=now) == 0
    assert queries.letters_to_print(turid) == []
    assert whys() == ["+letter", "+letter", "-letter", "-letter"]


@pytest.fixture
def unknown(put, now):
    message = put()
    Message.objects.filter(id=message.id).update(state="unknown", attempt=1, fault="no_answer")
    message.refresh_from_db()
    return message


def test_an_unknown_fate_is_shown_and_can_be_sent_again(unknown, turid, now):
    (row,) = queries.needing_a_person(turid)
    assert row.state == "unknown"
    again = actions.send_again(message=unknown, by=turid, at=now)
    assert (again.state, again.attempt) == ("pending", 0)
    assert queries.needing_a_person(turid) == []
    assert whys() == ["-unknown"]


def test_an_unknown_fate_can_be_let_be(unknown, turid, now):
    actions.give_up(message=unknown, by=turid, at=now)
    unknown.refresh_from_db()
    assert unknown.state == "unknown", "we still do not know, and say so"
    assert queries.needing_a_person(turid) == []
    with pytest.raises(actions.NotWaiting):
        actions.send_again(message=unknown, by=turid, at=now)


def test_an_unknown_fate_can_become_a_call(unknown, turid, now):
    actions.send_again(message=unknown, by=turid, at=now, channel="call")
    assert [row.id for row in queries.calls_to_make(turid, at=now)] == [unknown.id]
    assert whys() == ["-unknown", "+call"]


def test_a_text_is_read_and_its_words_forgotten(in_municipality, put, turid, now):
    put()
    inbound = actions.receive_sms(
        tenant=in_municipality.id, gateway_id="g", phone="+4790000001", text="Hei, kven er du?", at=now
    )
    actions.finish_inbound(inbound=inbound, by=turid, at=now)
    inbound.refresh_from_db()
    assert (inbound.state, inbound.sealed_text) == ("handled", None)
    assert queries.inbound_texts(turid) == []
    assert whys() == ["+inbound", "-inbound"]


def test_another_owner_sees_and_does_nothing(in_municipality, put, unknown, stranger, turid, now):
    call = put(channel="call", name="Åse Løynd")
    letter = put(channel="letter", address="Vegen 1")
    inbound = actions.receive_sms(
        tenant=in_municipality.id, gateway_id="g", phone="+4790000001", text="Hei, kven er du?", at=now
    )
    assert queries.inbound_texts(turid), "control: there is something to see"
    assert queries.sent_about(turid, Ref("trial", call.ref_id))
    assert queries.calls_to_make(stranger, at=now) == queries.letters_to_print(stranger) == []
    assert queries.needing_a_person(stranger) == queries.inbound_texts(stranger) == []
    assert queries.sent_about(stranger, Ref("trial", call.ref_id)) == []
    assert queries.letters_pdf(stranger, [letter.id], today=now.date()) is None
    for act in (
        lambda: queries.one_call(stranger, call.id),
        lambda: actions.mark_called(message=call, outcome="yes", by=stranger, at=now),
        lambda: actions.mark_letters_sent(messages=[letter.id], by=stranger, at=now),
        lambda: actions.send_again(message=unknown, by=stranger, at=now),
        lambda: actions.give_up(message=unknown, by=stranger, at=now),
        lambda: actions.finish_inbound(inbound=inbound, by=stranger, at=now),
    ):
        with pytest.raises(NotYours):
            act()


def test_without_the_permission_nothing_is_shown(in_municipality, owner, now):
    nobody = viewer_of(in_municipality, owner, permissions=frozenset())
    for ask in (queries.letters_to_print, queries.needing_a_person, queries.inbound_texts):
        with pytest.raises(NotYours):
            ask(nobody)


def test_the_timeline_names_nobody(put, turid):
    message = put()
    (line,) = queries.sent_about(turid, Ref("trial", message.ref_id))
    assert (line.title, line.state, line.channel) == ("Ask", STATE_WORDS["pending"], CHANNEL_WORDS["sms"])
    assert "Kari" not in str(line)


RECEIPTS = ["accepted", "delivered", "failed"]


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (["delivered"], "delivered"),
        (["delivered", "delivered"], "delivered"),
        (["delivered", "accepted"], "delivered"),
        (["delivered", "failed"], "delivered"),
        (["failed", "accepted"], "failed"),
        (["failed", "delivered"], "delivered"),
    ],
)
def test_receipts_move_forward_only(put, now, told, ends):
    message = put()
    Message.objects.filter(id=message.id).update(state="accepted", attempt=1, settled_at=now)
    for state in told:
        actions.note_receipt(reference=str(message.id), state=state, at=now)
    message.refresh_from_db()
    assert message.state == ends


def test_a_receipt_that_it_failed_needs_a_person(put, now):
    message = put()
    Message.objects.filter(id=message.id).update(state="accepted", attempt=1, settled_at=now)
    assert actions.note_receipt(reference=str(message.id), state="failed", at=now)
    assert actions.note_receipt(reference=str(message.id), state="delivered", at=now)
    assert whys() == ["+failed", "-failed"]


@pytest.mark.parametrize("reference", ["", "no-key", "019f0000-0000-7000-8000-000000000000"])
def test_receipts_for_what_we_never_sent_are_let_pass(put, now, reference):
    message = put()
    assert actions.note_receipt(reference=reference, state="delivered", at=now) is False
    assert actions.note_receipt(reference=str(message.id), state="delivered", at=now) is False, "never tried"
    message.refresh_from_db()
    assert message.state == "pending"


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_costs_the_same_however_long(put, turid, now, many, django_assert_num_queries, in_municipality):
    for n in range(many):
        put(channel="call", phone=f"+479000002{n}")
    with django_assert_num_queries(1):
        assert len(queries.calls_to_make(turid, at=now)) == many
