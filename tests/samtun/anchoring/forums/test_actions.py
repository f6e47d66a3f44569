"""Forums: every verb, and every way it is refused."""

import datetime as dt

import pytest

from samtun.anchoring.forums import actions, queries
from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.models import PutOff, StandDown
from samtun.foundation.models.runtime import EventRow
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.forums import CLOCK, IN_MEETING, ON, seated

DUE = dt.date(2027, 1, 15)
SOON = {"on": ON, "clock": CLOCK, "place": "Solheimen"}


def moves():
    rows = EventRow.objects.filter(name="anchoring_forums.item_moved").order_by("id")
    return [(row.payload["item"], row.payload["what"], row.payload["on"]) for row in rows]


def due(reason):
    return list(Todo.objects.filter(reason=reason, done_at=None))


def heard(committee, item):
    actions.note_heard(
        item=item, who="Helselaget", said="Vi treng hallen.", by=committee.leader(), at=committee.tun.now
    )


def decided(committee, item, **changes):
    facts = {"words": "Hallen er open til 21.", "owner": committee.tun.council, "due": DUE, "at": IN_MEETING} | changes
    by = facts.pop("by", None) or committee.sitting(committee.scribe)
    return actions.decide(item=item, by=by, **facts)


def test_a_forum_is_made_by_who_answers_for_its_owner(tun, committee):
    facts = {"owner": tun.centre, "purpose": "Kaffi", "at": tun.now}
    with pytest.raises(NotYours):
        actions.make_forum(name="Kaffiutvalet", by=tun.viewer(), **facts)
    with pytest.raises(NotYours):
        actions.make_forum(name="Kaffiutvalet", by=committee.of_association(), **facts)
    with pytest.raises(actions.NeedsWords):
        actions.make_forum(name=" ", by=committee.leader(), **facts)
    with pytest.raises(actions.ForumNameTaken):
        actions.make_forum(name="Samarbeidsutvalet", by=committee.leader(), **facts)
    assert actions.make_forum(name="Kaffiutvalet", by=committee.leader(), **facts).owner == tun.centre


def test_seats(tun, committee):
    olav = tun.person("Olav", "Ny", "+4790070010")
    facts = {"forum": committee.forum, "person": olav, "on_behalf": tun.council, "at": tun.now}
    with pytest.raises(NotYours):
        actions.seat(by=committee.sitting(committee.chair), **facts)
    with pytest.raises(actions.TermWrong):
        actions.seat(by=committee.leader(), ends=wall(tun.now).date(), **facts)
    with pytest.raises(actions.LeadsAlready):
        actions.seat(by=committee.leader(), part=Part.LEADS, **facts)
    made = actions.seat(by=committee.leader(), **facts)
    with pytest.raises(actions.SitsAlready):
        actions.seat(by=committee.leader(), **facts)
    with pytest.raises(NotYours):
        actions.end_seat(seat=made, by=committee.sitting(committee.chair), at=tun.now)
    assert [s.person.given_name for s in queries.seats_of(committee.forum, on=wall(tun.now).date())] == [
        "Rolf", "Siri", "Hilde", "Olav", "Per"
    ]  # fmt: skip
    viewer = committee.sitting(made)
    assert queries.forum_for(viewer, committee.forum.id, on=wall(tun.now).date())[1] == "member"
    actions.end_seat(seat=made, by=committee.leader(), at=tun.now)
    with pytest.raises(NotYours):
        queries.forum_for(viewer, committee.forum.id, on=wall(tun.now).date())
    dead = tun.person("Anna", "Daud", "+4790070011")
    Person.objects.filter(id=dead.id).update(death_known_at=tun.now, died_on=wall(tun.now).date())
    dead.refresh_from_db()
    with pytest.raises(actions.NotAlive):
        actions.seat(by=committee.leader(), **facts | {"person": dead})


def test_one_who_has_died_sits_there_no_more_and_is_not_called(tun, committee):
    Person.objects.filter(id=committee.politician.person_id).update(
        death_known_at=tun.now, died_on=wall(tun.now).date()
    )
    assert committee.politician not in queries.seats_of(committee.forum, on=wall(tun.now).date())
    committee.meeting(state="called")
    told = Message.objects.filter(notice="forums.called").values_list("to_person", flat=True)
    assert committee.politician.person_id not in set(told)
    assert len(told) == 3


def test_a_term_that_runs_out_is_on_the_desk_in_time(tun, committee):
    olav = tun.person("Olav", "Ny", "+4790070010")
    made = seated(committee.forum, tun, olav, tun.council, ends=dt.date(2026, 12, 14))
    assert actions.term_runs_out(seat=made, by=tun.system(), at=tun.now)
    (line,) = due("term")
    assert (line.owner, wall(line.due)) == (tun.centre, wall(dt.datetime(2026, 12, 14, 14, tzinfo=dt.UTC)))
    with pytest.raises(NotYours):
        actions.term_runs_out(seat=made, by=committee.leader(), at=tun.now)
    actions.end_seat(seat=made, by=committee.leader(), at=tun.now)
    assert not actions.term_runs_out(seat=made, by=tun.system(), at=tun.now)
    seated(committee.forum, tun, olav, tun.council)
    assert due("term") == []


def test_a_meeting_is_planned_called_moved_and_cancelled(tun, committee):
    by, at = committee.leader(), tun.now
    with pytest.raises(NotYours):
        actions.plan_meeting(forum=committee.forum, by=committee.sitting(committee.member), at=at, **SOON)
    with pytest.raises(actions.HasBeen):
        actions.plan_meeting(forum=committee.forum, by=by, at=at, **SOON | {"on": wall(at).date(), "clock": dt.time(9)})
    with pytest.raises(actions.NeedsWords):
        actions.plan_meeting(forum=committee.forum, by=by, at=at, **SOON | {"place": " "})
    item = committee.item()
    meeting = committee.meeting(items=(item,))
    with pytest.raises(actions.NotCalled):
        actions.hold_meeting(meeting=meeting, by=by, at=IN_MEETING)
    with pytest.raises(actions.NotHeld):
        actions.approve_minutes(meeting=meeting, by=by, at=IN_MEETING)
    assert Message.objects.filter(ref_kind="forum_meeting").count() == 0
    assert actions.call_meeting(meeting=meeting, by=committee.sitting(committee.chair), at=at) == 4
    with pytest.raises(actions.CalledAlready):
        actions.call_meeting(meeting=meeting, by=by, at=at)
    with pytest.raises(actions.NotYet):
        actions.hold_meeting(meeting=meeting, by=by, at=at)
    with pytest.raises(actions.HasBeen):
        actions.move_meeting(meeting=meeting, by=by, at=IN_MEETING, **SOON)
    actions.move_meeting(meeting=meeting, by=by, at=at, **SOON | {"on": dt.date(2026, 12, 3)})
    waiting = Message.objects.filter(ref_kind="forum_meeting", state="pending")
    assert set(waiting.values_list("notice", flat=True)) == {"forums.moved"}
    actions.cancel_meeting(meeting=meeting, by=by, at=at)
    assert set(waiting.values_list("notice", flat=True)) == {"forums.cancelled"}
    item.refresh_from_db()
    assert (item.state, item.meeting) == ("proposed", None)
    assert moves()[-1] == (str(item.id), "put_off", "2026-11-23")
    for act in (actions.cancel_meeting, actions.call_meeting, actions.hold_meeting):
        with pytest.raises(actions.NotAhead):
            act(meeting=meeting, by=by, at=at)
    with pytest.raises(actions.NotAhead):
        actions.move_meeting(meeting=meeting, by=by, at=at, **SOON)


def test_each_is_told_on_their_own_channel_with_date_place_and_where_the_agenda_is(tun, committee):
    from samtun.anchoring.forums.notices import MeetingCalled
    from samtun.foundation.notices import render
    from samtun.foundation.recipients import Recipient

    meeting = committee.meeting(state="called", items=(committee.item(),))
    facts = MeetingCalled().facts(meeting.id, Recipient(person=committee.chair.person_id, name="", channel="sms",
                                                        language="nn"))  # fmt: skip
    text = render(MeetingCalled(), channel="sms", language="nn", facts=facts)
    for word in (
        "Dalgrend frivilligsentral",
        "Samarbeidsutvalet",
        "onsdag 2.12.",
        "18.00",
        "Solheimen",
        str(meeting.id),
    ):
        assert word in text
    letter = render(MeetingCalled(), channel="letter", language="nb", facts=facts)
    assert "Sak 1: Opningstid i gymsalen" in letter


def test_a_forum_does_not_end_while_somebody_waits_for_an_answer(tun, committee):
    item = committee.item()
    with pytest.raises(actions.ItemsWait):
        actions.end_forum(forum=committee.forum, by=committee.leader(), at=tun.now)
    actions.turn_down(item=item, words="Forumet blir slått saman med eit anna.", by=committee.leader(), at=tun.now)
    assert actions.end_forum(forum=committee.forum, by=committee.leader(), at=tun.now).ended_at == tun.now


def test_an_empty_forum_cannot_be_called(tun, committee):
    forum = actions.make_forum(owner=tun.centre, name="Tomt", purpose="Ingen", by=tun.system(), at=tun.now)
    made = actions.plan_meeting(forum=forum, by=committee.leader(), at=tun.now, **SOON)
    with pytest.raises(actions.NobodySits):
        actions.call_meeting(meeting=made, by=committee.leader(), at=tun.now)
    with pytest.raises(actions.HasBeen):
        actions.call_meeting(meeting=made, by=committee.leader(), at=IN_MEETING + dt.timedelta(days=1))
    with pytest.raises(actions.MeetingsAhead):
        actions.end_forum(forum=forum, by=committee.leader(), at=tun.now)
    actions.cancel_meeting(meeting=made, by=committee.leader(), at=tun.now)
    with pytest.raises(NotYours):
        actions.end_forum(forum=forum, by=committee.of_association(), at=tun.now)
    ended = actions.end_forum(forum=forum, by=committee.leader(), at=tun.now)
    with pytest.raises(actions.ForumEnded):
        actions.plan_meeting(forum=ended, by=committee.leader(), at=tun.now, **SOON)
    with pytest.raises(actions.ForumEnded):
        actions.propose_item(
            forum=ended, ref=None, title="x", words="", from_owner=tun.centre, by=committee.leader(), at=tun.now
        )


@pytest.mark.rule("R04")
def test_who_acts_for_an_owner_proposes_and_is_to_be_answered_within_the_opening_days(tun, committee):
    body = Organisation.objects.get(owner=tun.other)
    item = committee.item(ref=Ref("organisation", body.id))
    assert (item.state, item.about_owner, item.from_owner) == ("proposed", tun.other, tun.other)
    assert wall(item.answer_by).date() == dt.date(2027, 1, 13), "20 of Monday, Wednesday, Friday, holidays not counted"
    (line,) = due("answer")
    assert (line.owner, line.due, line.ref_id) == (tun.centre, item.answer_by, item.id)
    assert queries.item_of(Ref("organisation", body.id)) == item
    assert queries.item_of(Ref("organisation", item.id)) is None
    with pytest.raises(actions.NeedsWords):
        committee.item(" ")
    with pytest.raises(NotYours):
        committee.item(from_owner=tun.council)
    with pytest.raises(NotYours):
        committee.item(by=committee.sitting(committee.politician))
    assert committee.item(by=committee.sitting(committee.politician), from_owner=tun.council).from_owner == tun.council
    assert queries.counts_by_owner(committee.forum) == [("Dalgrend helselag", 1), ("Dalgrend kommune", 1)]


def test_an_item_goes_on_the_agenda_is_put_off_and_waits_again(tun, committee):
    item, by = committee.item(), committee.leader()
    meeting = committee.meeting(state="called")
    facts = {"item": item, "at": tun.now}
    with pytest.raises(actions.NotOnAgenda):
        actions.put_off(words="", by=by, **facts)
    with pytest.raises(NotYours):
        actions.put_on_agenda(meeting=meeting, by=committee.of_association(), **facts)
    actions.put_on_agenda(meeting=meeting, by=by, **facts)
    with pytest.raises(actions.OnAgendaAlready):
        actions.put_on_agenda(meeting=meeting, by=by, **facts)
    with pytest.raises(NotYours):
        actions.put_off(words="", by=committee.sitting(committee.member), **facts)
    actions.hold_meeting(meeting=meeting, by=by, at=IN_MEETING)
    actions.write_minutes(item=item, text="Vi manglar tal.", version=0, by=by, at=IN_MEETING)
    put = actions.put_off(item=item, words="Vi ventar på tal.", by=by, at=IN_MEETING)
    assert (put.state, put.meeting, put.minutes) == ("proposed", None, "")
    assert PutOff.objects.get().minutes == "Vi manglar tal."
    assert [what for _item, what, _on in moves()] == ["on_agenda", "put_off"]
    assert queries.what_came_of(item.id).words == "Vi ventar på tal."
    other = actions.make_forum(owner=tun.centre, name="Anna utval", purpose="Noko", by=tun.system(), at=tun.now)
    elsewhere = actions.plan_meeting(forum=other, by=by, at=tun.now, **SOON)
    for wrong in (elsewhere, actions.cancel_meeting(meeting=committee.meeting(), by=by, at=tun.now)):
        with pytest.raises(actions.NotThisForum):
            actions.put_on_agenda(item=item, meeting=wrong, by=by, at=tun.now)


@pytest.mark.rule("R21")
def test_nothing_is_decided_before_somebody_was_heard_or_why_not(tun, committee):
    first, second = committee.item(), committee.item("Gåvepengar")
    committee.meeting(state="held", items=(first, second))
    with pytest.raises(actions.NobodyHeard):
        decided(committee, first)
    with pytest.raises(actions.NeedsWords):
        actions.note_heard(item=first, who="Helselaget", said=" ", by=committee.leader(), at=tun.now)
    with pytest.raises(NotYours):
        actions.note_heard(item=first, who="Me", said="Ja", by=committee.sitting(committee.member), at=tun.now)
    heard(committee, first)
    assert decided(committee, first).owner == tun.council
    with pytest.raises(actions.NeedsWords):
        actions.say_unheard(item=second, because="", by=committee.leader(), at=tun.now)
    with pytest.raises(NotYours):
        actions.say_unheard(item=second, because="Hast", by=committee.of_association(), at=tun.now)
    actions.say_unheard(item=second, because="Det hastar.", by=committee.leader(), at=tun.now)
    assert decided(committee, second).words == "Hallen er open til 21."


def test_a_decision_has_an_owner_and_a_date_and_is_done_with_words(tun, committee):
    item = committee.item()
    heard(committee, item)
    with pytest.raises(actions.NotOnAgenda):
        decided(committee, item)
    meeting = committee.meeting(state="called", items=(item,))
    with pytest.raises(actions.MeetingNotBegun):
        decided(committee, item)
    actions.hold_meeting(meeting=meeting, by=committee.leader(), at=IN_MEETING)
    with pytest.raises(actions.NeedsWords):
        decided(committee, item, words=" ")
    with pytest.raises(actions.DueBefore):
        decided(committee, item, due=dt.date(2026, 12, 1))
    with pytest.raises(actions.NotTheirSeat):
        decided(committee, item, seat=committee.member)
    with pytest.raises(NotYours):
        decided(committee, item, by=committee.sitting(committee.member))
    made = decided(committee, item, seat=committee.politician)
    with pytest.raises(actions.SettledAlready):
        decided(committee, item)
    assert due("answer") == []
    assert [(line.owner, wall(line.due).date()) for line in due("decision")] == [(tun.council, DUE)]
    came = queries.what_came_of(item.id)
    assert (came.state, came.words, came.answers, came.due) == ("decided", made.words, "Dalgrend kommune", DUE)
    assert moves()[-1] == (str(item.id), "decided", "2026-12-02")
    with pytest.raises(actions.NeedsWords):
        actions.decision_done(decision=made, words=" ", by=committee.leader(), at=IN_MEETING)
    with pytest.raises(NotYours):
        actions.decision_done(decision=made, words="Ope.", by=committee.sitting(committee.member), at=IN_MEETING)
    actions.decision_done(decision=made, words="Ope frå 4.", by=committee.sitting(committee.politician), at=IN_MEETING)
    with pytest.raises(actions.DoneAlready):
        actions.decision_done(decision=made, words="Ope.", by=committee.leader(), at=IN_MEETING)
    assert due("decision") == []


def test_turned_down_with_a_reason_and_withdrawn_by_who_proposed(tun, committee):
    first, second = committee.item(), committee.item("Gåvepengar")
    by = committee.leader()
    with pytest.raises(actions.NeedsWords):
        actions.turn_down(item=first, words="", by=by, at=tun.now)
    with pytest.raises(NotYours):
        actions.turn_down(item=first, words="Nei", by=committee.of_association(), at=tun.now)
    actions.turn_down(item=first, words="Høyrer heime i idrettsrådet.", by=by, at=tun.now)
    assert queries.what_came_of(first.id).words == "Høyrer heime i idrettsrådet."
    with pytest.raises(NotYours):
        actions.withdraw(item=second, words="", by=committee.sitting(committee.member), at=tun.now)
    actions.withdraw(item=second, words="", by=committee.of_association(), at=tun.now)
    assert [what for _item, what, _on in moves()] == ["turned_down", "withdrawn"]
    assert due("answer") == []
    late = {"item": first, "by": by, "at": tun.now}
    meeting = committee.meeting()
    for act, facts in [
        (actions.turn_down, {"words": "x"}), (actions.withdraw, {"words": ""}), (actions.put_off, {"words": ""}),
        (actions.put_on_agenda, {"meeting": meeting}), (actions.note_heard, {"who": "x", "said": "y"}),
        (actions.say_unheard, {"because": "x"}), (actions.stand_down, {"seat": committee.chair}),
    ]:  # fmt: skip
        with pytest.raises(actions.SettledAlready):
            act(**late, **facts)


@pytest.mark.rule("R15")
def test_who_is_affected_by_another_hat_is_known_and_may_stand_down(tun, committee):
    on = wall(tun.now).date()
    seats = queries.seats_of(committee.forum, on=on)
    raised = committee.item()
    assert queries.affected_by(raised, seats, on=on) == [], "a seat speaks for its own; that is what it is for"
    body = Organisation.objects.get(owner=tun.other)
    Membership.objects.create(
        person=committee.politician.person, organisation=body, role="organisation_representative", starts=on
    )
    assert queries.affected_by(raised, seats, on=on) == [committee.politician]
    about = committee.item("Tilskot", ref=Ref("organisation", body.id))
    assert set(queries.affected_by(about, seats, on=on)) == {committee.chair, committee.member, committee.politician}
    with pytest.raises(NotYours):
        actions.stand_down(item=raised, seat=committee.politician, by=committee.sitting(committee.member), at=tun.now)
    own = {"item": raised, "seat": committee.politician, "by": committee.sitting(committee.politician), "at": tun.now}
    actions.stand_down(**own)
    with pytest.raises(actions.StoodDownAlready):
        actions.stand_down(**own)
    other = actions.make_forum(owner=tun.centre, name="Anna utval", purpose="Noko", by=tun.system(), at=tun.now)
    stranger = seated(other, tun, tun.person("Olav", "Ny", "+4790070010"), tun.council)
    with pytest.raises(actions.NotSeated):
        actions.stand_down(item=raised, seat=stranger, by=committee.leader(), at=tun.now)
    assert StandDown.objects.get().seat == committee.politician
