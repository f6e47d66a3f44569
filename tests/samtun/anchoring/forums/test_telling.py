"""Those who proposed an item hear each step, on their own channel; and what time and death do to a forum."""

import datetime as dt

import pytest

from samtun.anchoring.forums import actions, receivers
from samtun.anchoring.forums.models import Item, Seat
from samtun.anchoring.policies.models import Policy
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.feedback import text_of
from tests.factories.forums import IN_MEETING, ON, seated

LATER = dt.date(2026, 12, 9)


@pytest.fixture
def turid(tun, committee):
    """Who answers for the health association."""
    person = tun.person("Turid", "Leiar", "+4790070020", owner=tun.other)
    body = Organisation.objects.get(owner=tun.other)
    facts = {"role": "organisation_representative", "starts": dt.date(2026, 1, 1)}
    Membership.objects.create(person=person, organisation=body, **facts)
    return person


def told(person):
    rows = Message.objects.filter(notice="forums.item", to_person=person.id, state="pending")
    return [text_of(message) for message in rows.order_by("made_at", "id")]


def sent():
    """What waits to be sent has gone: the next step is a message of its own."""
    Message.objects.filter(notice="forums.item", state="pending").update(state="sent")


@pytest.mark.rule("R04")
@pytest.mark.practice("levels")
def test_who_answers_for_the_association_hears_each_step(tun, committee, turid):
    item = committee.item()
    assert told(turid) == []
    meeting = committee.meeting(state="held", items=(item,))
    (agenda,) = told(turid)
    assert "Saka frå Dalgrend helselag står på saklista til Samarbeidsutvalet 2. desember." in agenda
    assert "gymsalen" not in agenda, "a text lies open on a table"
    assert f"/utval/sak/{item.id}/" in agenda
    sent()
    actions.say_unheard(item=item, because="Alle var der", by=committee.leader(), at=IN_MEETING)
    made = actions.decide(
        item=item, words="Hallen er open.", owner=tun.council, due=ON, by=committee.leader(), at=IN_MEETING
    )
    (decided,) = told(turid)
    assert "Saka frå Dalgrend helselag er avgjord i Samarbeidsutvalet." in decided
    sent()
    actions.decision_done(decision=made, words="Låst opp kvar laurdag", by=committee.leader(), at=IN_MEETING)
    (done,) = told(turid)
    assert "Det Samarbeidsutvalet avgjorde i saka frå Dalgrend helselag, er gjort." in done
    assert meeting.state == "held"


@pytest.mark.rule("R04")
def test_another_day_and_put_off_is_heard_as_well(tun, committee, turid):
    item = committee.item()
    meeting = committee.meeting(items=(item,))
    facts = {"clock": dt.time(18), "place": "Solheimen", "by": committee.leader(), "at": tun.now}
    actions.move_meeting(meeting=meeting, on=LATER, **facts)
    (moved,) = told(turid)
    assert "9. desember" in moved, "what has not gone out about the first day is not sent"
    actions.cancel_meeting(meeting=meeting, by=committee.leader(), at=tun.now)
    (off,) = told(turid)
    assert "er utsett, og ventar på neste møte" in off


@pytest.mark.rule("R04")
def test_a_no_is_heard_and_what_one_does_oneself_is_not(tun, committee, turid):
    actions.withdraw(item=committee.item("Kaffi"), words="", by=committee.of_association(), at=tun.now)
    assert told(turid) == []
    actions.withdraw(item=committee.item("Kake"), words="Avklart", by=committee.leader(), at=tun.now)
    actions.turn_down(item=committee.item(), words="Ingen pengar", by=committee.leader(), at=tun.now)
    withdrawn, no = told(turid)
    assert "Saka frå Dalgrend helselag til Samarbeidsutvalet er trekt." in withdrawn
    assert "Samarbeidsutvalet har sagt nei til saka frå Dalgrend helselag." in no


@pytest.mark.rule("R04")
def test_where_nobody_answers_for_them_who_sits_there_for_them_hears(tun, committee):
    actions.turn_down(item=committee.item(), words="Nei", by=committee.leader(), at=tun.now)
    rows = Message.objects.filter(notice="forums.item").values_list("to_person", flat=True)
    assert set(rows) == {committee.chair.person_id, committee.member.person_id}


def test_by_letter_the_words_stand_there(tun, committee, turid):
    """A letter is closed, and read by one who may have no login."""
    actions.turn_down(item=committee.item(), words="Ingen pengar i år", by=committee.leader(), at=tun.now)
    Message.objects.filter(notice="forums.item").update(channel="letter")
    (letter,) = told(turid)
    assert "Saka: Opningstid i gymsalen" in letter
    assert "Det vart sagt: Ingen pengar i år" in letter


def terms():
    return Todo.objects.filter(reason="term", done_at=None).count()


def test_nobody_is_asked_who_sits_there_after_one_who_has_died(tun, committee):
    olav = tun.person("Olav", "Ny", "+4790070010")
    made = seated(committee.forum, tun, olav, tun.council, ends=dt.date(2026, 12, 14))
    actions.term_runs_out(seat=made, by=tun.system(), at=tun.now)
    assert terms() == 1
    with pytest.raises(NotYours):
        actions.holder_died(person=olav.id, by=committee.leader(), at=tun.now)
    Person.objects.filter(id=olav.id).update(death_known_at=tun.now, died_on=wall(tun.now).date())
    receivers.holder_died({"person_id": str(olav.id)}, tun.now)
    assert terms() == 0
    Person.objects.filter(id=olav.id).update(death_known_at=None, died_on=None)
    receivers.holder_lives({"person_id": str(olav.id)}, tun.now)
    assert terms() == 1, "it was a mistake"
    kari = tun.person("Kari", "Ny", "+4790070011")
    seated(committee.forum, tun, kari, tun.council, ends=dt.date(2026, 12, 16))
    actions.term_runs_out(seat=made, by=tun.system(), at=tun.now)
    actions.holder_died(person=olav.id, by=tun.system(), at=tun.now)
    assert terms() == 1, "another's term runs out as well"


def test_ten_years_after_it_ended_a_forum_is_a_name(tun, committee):
    kept, gone = committee.item("Kaffi"), committee.item()
    meeting = committee.meeting(items=(kept,))
    actions.note_heard(item=kept, who="Helselaget", said="Ja", by=committee.leader(), at=tun.now)
    actions.withdraw(item=gone, words="", by=committee.leader(), at=tun.now)
    actions.turn_down(item=kept, words="Nei", by=committee.leader(), at=tun.now)
    a_policy_on(tun, kept)
    actions.cancel_meeting(meeting=meeting, by=committee.leader(), at=tun.now)
    forum = actions.end_forum(forum=committee.forum, by=committee.leader(), at=tun.now)
    early, late = tun.now + dt.timedelta(days=3600), tun.now + dt.timedelta(days=3654)
    assert not actions.forget(forum=forum, by=tun.system(), at=early)
    with pytest.raises(NotYours):
        actions.forget(forum=forum, by=committee.leader(), at=late)
    assert actions.forget(forum=forum, by=tun.system(), at=late)
    assert not Seat.objects.filter(forum=forum).exists()
    (left,) = Item.objects.filter(forum=forum)
    assert (left.title, left.words, left.proposed_by, left.settled_words) == ("Kaffi", "", "", "")
    assert not left.hearings.exists()


def a_policy_on(tun, item):
    """A public plan that was decided by an item."""
    Policy.objects.create(
        owner=tun.council, sort="plan", title="Plan", words="Ord", since=dt.date(2026, 1, 1), item=item,
        made_at=tun.now,
    )  # fmt: skip
