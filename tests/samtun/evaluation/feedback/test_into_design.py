"""Feedback that becomes a change of a service design: planned, before a forum, made or not; the sender hears each."""

import datetime as dt
from unittest import mock

import pytest
from django.urls import reverse

from samtun.anchoring.forums import actions as forums
from samtun.codesign.designs import actions as designs
from samtun.codesign.designs.models import Change
from samtun.evaluation.feedback.actions import answering
from samtun.evaluation.feedback.actions.into_design import change_settled, put_into_design
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.queries.designs import designs_for
from samtun.foundation import events
from samtun.foundation.models.runtime import EventRow
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.work.todos.models import Todo
from tests.factories.designs import make_design
from tests.factories.feedback import said_by, text_of
from tests.factories.forums import IN_MEETING, make_committee
from tests.factories.journey import log_in, make_tun

MOVES = ("anchoring_forums.item_moved", "codesign_designs.change_settled")
KEY_BOX = "Nøkkelen heng i boksen ved inngangen."


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def marit(tun):
    return tun.volunteer("Marit", "Fjelde", "+4790000001").person


@pytest.fixture
def drawn(tun):
    made = make_design(tun)
    made.on_trial()
    return made


@pytest.fixture
def said(tun, marit, drawn):
    """What Marit has said, proposed as a change of Friday coffee."""
    found = said_by(tun, marit)
    words = "Salen er låst når vi kjem."
    return found, put_into_design(feedback=found, design=drawn.design, words=words, by=tun.viewer(), at=tun.now)


def delivered(at):
    """Let the worker bring down what has happened: each event once, also those that come of others."""
    with mock.patch.object(clock, "now", return_value=at):
        for name in MOVES:
            for key in EventRow.objects.filter(name=name).order_by("id").values_list("id", flat=True):
                for receiver in events._receivers[name]:
                    events.deliver(key, receiver)


def texts(person):
    sent = Message.objects.filter(to_person=person.id, ref_kind="feedback_step").order_by("made_at", "id")
    return [text_of(message) for message in sent]


def due(found):
    return list(Todo.objects.filter(ref_id=found.id, done_at=None).values_list("reason", flat=True))


def state(found):
    return Feedback.objects.get(id=found.id).state


@pytest.mark.rule("R04")
@pytest.mark.practice("levels")
def test_it_is_planned_and_made_and_the_sender_hears_both(tun, marit, drawn, said):
    found, change = said
    assert (state(found), due(found)) == ("passed_up", [])
    assert "Fredagskaffe med skyss" in texts(marit)[-1]
    later = tun.now + dt.timedelta(days=2)
    designs.plan_change(change=change, words="Vi set opp ein nøkkelboks", by=drawn.other, at=later)
    delivered(later)
    assert "nøkkelboks" in texts(marit)[-1]
    designs.make_change(change=change, words=KEY_BOX, by=drawn.centre, at=later)
    delivered(later)
    assert KEY_BOX in texts(marit)[-1]
    assert (state(found), due(found)) == ("decided", ["feedback_decided"])
    heard = len(texts(marit))
    delivered(later)
    assert len(texts(marit)) == heard, "nothing is told twice"


def test_not_made_is_told_with_why(tun, marit, drawn, said):
    found, change = said
    designs.not_make(change=change, words="Huset skal rivast til våren", by=drawn.other, at=tun.now)
    delivered(tun.now)
    assert "Huset skal rivast" in texts(marit)[-1]
    assert state(found) == "decided"


def test_what_ends_leaves_nobody_without_an_answer(tun, marit, drawn, said):
    found, _change = said
    drawn.yes(drawn.propose("end", words="Alle har fått bil."), tun.other)
    delivered(tun.now)
    assert "Alle har fått bil." in texts(marit)[-1]
    assert state(found) == "decided"


def test_withdrawn_it_is_the_owners_turn_again(tun, said):
    found, change = said
    designs.withdraw_change(change=change, by=tun.viewer(), at=tun.now)
    delivered(tun.now)
    assert (state(found), due(found)) == ("taken", ["feedback_waits"])


@pytest.mark.rule("R04")
@pytest.mark.practice("levels")
def test_by_way_of_a_forum_the_sender_hears_the_day_the_decision_and_what_was_done(tun, marit, drawn, said):
    found, change = said
    committee = make_committee(tun)
    facts = {"forum": committee.forum, "title": "Salen", "words": "Han er låst."}
    item = designs.propose_to_forum(design=drawn.design, change=change, by=drawn.other, at=tun.now, **facts)
    committee.meeting(state="held", items=(item,))
    delivered(tun.now)
    assert "2. desember" in texts(marit)[-1]
    by = committee.leader()
    forums.say_unheard(item=item, because="Det hastar", by=by, at=IN_MEETING)
    facts = {"words": "Kommunen opnar salen.", "owner": tun.council, "due": dt.date(2026, 12, 18)}
    forums.decide(item=item, by=by, at=IN_MEETING, **facts)
    delivered(IN_MEETING)
    assert "Kommunen opnar salen." in texts(marit)[-1]
    assert state(found) == "passed_up", "decided above is not yet done below"
    designs.make_change(change=change, words=KEY_BOX, by=drawn.other, at=IN_MEETING)
    delivered(IN_MEETING)
    assert KEY_BOX in texts(marit)[-1]
    assert state(found) == "decided"


def test_answered_or_taken_elsewhere_meanwhile_nothing_more_is_told(tun, marit, drawn, said):
    found, change = said
    answering.answer(feedback=found, words="Nøkkelen heng i boksen", by=tun.viewer(), at=tun.now)
    heard = texts(marit)
    designs.not_make(change=change, words="Nei", by=drawn.other, at=tun.now)
    delivered(tun.now)
    assert (state(found), texts(marit)) == ("answered", heard)


def test_only_the_one_who_answers_puts_it_there(tun, marit, drawn):
    found = said_by(tun, marit)
    with pytest.raises(NotYours):
        put_into_design(feedback=found, design=drawn.design, words="x", by=tun.viewer(tun.other), at=tun.now)
    assert state(found) == "received"
    assert not Change.objects.exists() or not Change.objects.filter(ref_id=found.id).exists()
    with pytest.raises(NotYours):
        change_settled(feedback=found, change_id=found.id, what="made", by=tun.viewer(), at=tun.now)


def test_the_designs_of_its_kind_of_help_come_first(tun, marit, drawn):
    found = said_by(tun, marit)
    found.ref_kind, found.ref_id = "task_type", tun.snow.id
    make_design(tun, title="Aurora")
    assert {d.title for d in designs_for(tun.viewer(), found)} == {"Aurora", "Fredagskaffe med skyss"}
    assert [d.title for d in designs_for(tun.viewer(tun.council), found)] == ["Aurora", "Fredagskaffe med skyss"]
    found.ref_kind, found.ref_id = "", None
    assert designs_for(tun.viewer(tun.council), found) == []


def test_the_page(client, municipality, scope_of, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    with scope_of(municipality):
        tun = make_tun(municipality, now)
        found = said_by(tun, tun.volunteer("Marit", "Fjelde", "+4790000001").person)
        made = make_design(tun)
        log_in(client, tun)
    address = reverse("feedback_into_design", args=[found.id])
    assert client.get(address).status_code == 200
    assert client.post(address, {"design": str(made.design.id), "words": ""}).status_code == 422
    facts = {"design": str(made.design.id), "words": "Dei kjem ikkje inn"}
    assert client.post(address, facts).status_code == 302
    with scope_of(municipality):
        assert Feedback.objects.get().state == "passed_up"
        assert Change.objects.get().words == "Dei kjem ikkje inn"
