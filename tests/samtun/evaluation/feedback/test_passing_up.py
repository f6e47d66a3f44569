"""Feedback passed up to a forum: the day and the decision come down to the one who said it."""

import datetime as dt
from unittest import mock

import pytest

from samtun.anchoring.forums import actions as forums
from samtun.evaluation.feedback.actions import answering, settling
from samtun.evaluation.feedback.actions.passing_up import item_moved, pass_up
from samtun.evaluation.feedback.actions.telling import NotThatStepNow
from samtun.evaluation.feedback.models import Feedback
from samtun.foundation import events
from samtun.foundation.models.runtime import EventRow
from samtun.kernel import clock
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.work.todos.models import Todo
from tests.conftest import NOW
from tests.factories.feedback import said_by, text_of
from tests.factories.forums import IN_MEETING, make_committee
from tests.factories.journey import make_tun

OPEN_HALL = "Hallen blir låst opp klokka ti."
MOVED = "anchoring_forums.item_moved"


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def marit(tun):
    return tun.volunteer("Marit", "Fjelde", "+4790000001").person


@pytest.fixture
def committee(tun):
    return make_committee(tun)


@pytest.fixture
def said(tun, marit, committee):
    """What Marit has said, proposed to the committee."""
    found = said_by(tun, marit)
    facts = {"forum": committee.forum, "title": "Salen", "words": "Han er låst."}
    return found, pass_up(feedback=found, by=tun.viewer(), at=tun.now, **facts)


def delivered(at=NOW + dt.timedelta(hours=1)):
    """Let the worker bring down what forums have done."""
    with mock.patch.object(clock, "now", return_value=at):
        _deliver()


def _deliver():
    for key in EventRow.objects.filter(name=MOVED).order_by("id").values_list("id", flat=True):
        for receiver in events._receivers[MOVED]:
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
def test_it_goes_up_and_the_decision_comes_down(tun, marit, committee, said):
    found, item = said
    assert (state(found), due(found)) == ("passed_up", [])
    assert "Samarbeidsutvalet" in texts(marit)[-1]
    committee.meeting(state="held", items=(item,))
    delivered()
    assert "2. desember" in texts(marit)[-1]
    by = committee.leader()
    forums.say_unheard(item=item, because="Det hastar", by=by, at=IN_MEETING)
    facts = {"words": OPEN_HALL, "owner": tun.council, "due": dt.date(2026, 12, 18)}
    forums.decide(item=item, by=by, at=IN_MEETING, **facts)
    delivered(IN_MEETING)
    assert OPEN_HALL in texts(marit)[-1]
    assert (state(found), due(found)) == ("decided", ["feedback_decided"])
    heard = len(texts(marit))
    delivered()
    assert len(texts(marit)) == heard, "nothing is told twice"


def test_turned_down_is_an_answer_too(marit, committee, said):
    found, item = said
    committee.meeting(state="held", items=(item,))
    forums.turn_down(item=item, words="Huset skal rivast til våren", by=committee.leader(), at=IN_MEETING)
    delivered(IN_MEETING)
    assert "Huset skal rivast" in texts(marit)[-1]
    assert state(found) == "decided"


@pytest.mark.rule("R04")
def test_taken_back_it_is_the_owners_turn_again_and_the_sender_hears_by_when(tun, marit, committee, said):
    found, item = said
    committee.meeting(items=(item,))
    delivered()
    assert "2. desember" in texts(marit)[-1]
    forums.withdraw(item=item, words="Vi ordnar det sjølve", by=tun.viewer(), at=tun.now)
    delivered()
    assert (state(found), due(found)) == ("taken", ["feedback_waits"])
    promised = wall(Feedback.objects.get(id=found.id).due).date()
    assert "kom tilbake utan at det vart avgjort" in texts(marit)[-1]
    assert f"innan {promised.day}. " in texts(marit)[-1], "the new day for the answer"


@pytest.mark.rule("R04")
def test_when_another_is_to_answer_the_sender_hears_who(tun, marit, said):
    found, item = said
    forums.withdraw(item=item, words="Nei", by=tun.viewer(), at=tun.now)
    delivered()
    tun.centre.left_on = wall(tun.now).date()
    tun.centre.save(update_fields=["left_on"])
    settling.owner_left_feedback(owner=tun.centre, by=tun.system(), at=tun.now + dt.timedelta(hours=2))
    there = Feedback.objects.get(id=found.id).owner
    assert there != tun.centre
    assert f"Frå no er det {there.name} som svarer på tilbakemeldinga di, innan" in texts(marit)[-1]


def test_answered_meanwhile_nothing_more_is_told(tun, marit, committee, said):
    found, item = said
    answering.answer(feedback=found, words="Nøkkelen heng i boksen", by=tun.viewer(), at=tun.now)
    heard = texts(marit)
    committee.meeting(items=(item,))
    delivered()
    assert (state(found), texts(marit)) == ("answered", heard)


def test_the_meeting_is_moved_and_the_new_day_is_heard(tun, marit, committee, said):
    _found, item = said
    meeting = committee.meeting(state="called", items=(item,))
    delivered()
    assert "2. desember" in texts(marit)[-1]
    move = {"clock": dt.time(18), "place": "Solheimen", "by": committee.leader(), "at": tun.now}
    forums.move_meeting(meeting=meeting, on=dt.date(2026, 12, 9), **move)
    delivered()
    assert "9. desember" in texts(marit)[-1]
    heard = len(texts(marit))
    forums.move_meeting(meeting=meeting, on=dt.date(2026, 12, 9), **(move | {"clock": dt.time(19)}))
    delivered()
    assert len(texts(marit)) == heard, "another hour is no news to her"


def test_an_old_step_of_the_item_does_not_undo_what_came_after(tun, marit, committee, said):
    found, item = said
    committee.meeting(state="held", items=(item,))
    forums.turn_down(item=item, words="Huset skal rivast", by=committee.leader(), at=IN_MEETING)
    step = {"feedback": found, "item_id": item.id, "by": tun.system(), "at": IN_MEETING}
    item_moved(what="turned_down", **step)
    heard = texts(marit)
    for late in ("on_agenda", "put_off", "withdrawn"):
        item_moved(what=late, **step)
    assert (state(found), texts(marit)) == ("decided", heard)


def test_it_waits_with_one_forum_at_a_time_and_only_that_item_counts(tun, committee, said):
    found, first = said
    facts = {"forum": committee.forum, "title": "Salen", "words": "", "by": tun.viewer(), "at": tun.now}
    with pytest.raises(NotThatStepNow):
        pass_up(feedback=found, **facts)
    forums.withdraw(item=first, words="Vi prøver igjen", by=tun.viewer(), at=tun.now)
    delivered()
    pass_up(feedback=found, **facts)
    item_moved(feedback=found, item_id=first.id, what="withdrawn", by=tun.system(), at=tun.now)
    assert state(found) == "passed_up"


def test_the_forum_ends_and_that_is_told(tun, marit, committee, said):
    found, _item = said
    forums.owner_left(owner=tun.centre, by=tun.system(), at=tun.now)
    delivered()
    assert state(found) == "decided"
    assert "Forumet er avslutta" in texts(marit)[-1]


def test_only_the_one_who_answers_passes_it_up(tun, marit, committee):
    found = said_by(tun, marit)
    facts = {"forum": committee.forum, "title": "Salen", "words": ""}
    with pytest.raises(NotYours):
        pass_up(feedback=found, by=tun.viewer(tun.other), at=tun.now, **facts)
    assert state(found) == "received"
    with pytest.raises(NotYours):
        item_moved(feedback=found, item_id=found.id, what="decided", by=tun.viewer(), at=tun.now)
