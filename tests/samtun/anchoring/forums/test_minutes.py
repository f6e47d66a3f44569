"""Minutes: when two write, when they are approved; an owner that leaves; what the tables refuse."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samtun.anchoring.forums import actions, queries
from samtun.anchoring.forums.models import Beside, Forum, ForumDecision, Item, Meeting, Seat
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from tests.factories.forums import CLOCK, IN_MEETING, ON

DUE = dt.date(2027, 1, 15)
SOON = {"on": ON, "clock": CLOCK, "place": "Solheimen"}


def heard(committee, item):
    actions.note_heard(
        item=item, who="Helselaget", said="Vi treng hallen.", by=committee.leader(), at=committee.tun.now
    )


def decided(committee, item, **changes):
    facts = {"words": "Hallen er open til 21.", "owner": committee.tun.council, "due": DUE, "at": IN_MEETING} | changes
    by = facts.pop("by", None) or committee.sitting(committee.scribe)
    return actions.decide(item=item, by=by, **facts)


def test_when_two_write_both_texts_are_kept(tun, committee):
    item = committee.item()
    meeting = committee.meeting(state="held", items=(item,))
    leader, scribe = committee.leader(), committee.sitting(committee.scribe)
    facts = {"item": item, "at": IN_MEETING}
    with pytest.raises(NotYours):
        actions.write_minutes(text="Eg", version=0, by=committee.sitting(committee.member), **facts)
    assert actions.write_minutes(text="Siri skreiv dette.", version=0, by=scribe, **facts) is None
    kept = actions.write_minutes(text="Turid skreiv dette.", version=0, by=leader, **facts)
    assert kept.words == "Turid skreiv dette."
    assert actions.write_minutes(text="Turid skreiv dette.", version=0, by=leader, **facts) == kept, "sent again"
    assert actions.write_minutes(text="Siri skreiv dette.", version=0, by=scribe, **facts) is None, "the same, again"
    item.refresh_from_db()
    assert (item.minutes, Beside.objects.count()) == ("Siri skreiv dette.", 1)
    actions.turn_down(item=item, words="Nei", by=leader, at=IN_MEETING)
    with pytest.raises(actions.TwoTexts):
        actions.approve_minutes(meeting=meeting, by=leader, at=IN_MEETING)
    with pytest.raises(NotYours):
        actions.settle_beside(beside=kept, take=True, by=committee.sitting(committee.member), at=IN_MEETING)
    actions.settle_beside(beside=kept, take=True, by=leader, at=IN_MEETING)
    actions.settle_beside(beside=kept, take=True, by=leader, at=IN_MEETING)
    item.refresh_from_db()
    assert item.minutes == "Siri skreiv dette.\n\nTurid skreiv dette."
    assert queries.beside_of(item) == []


def test_approved_minutes_stand(tun, committee):
    item, other = committee.item(), committee.item("Gåvepengar")
    meeting = committee.meeting(state="held", items=(item, other))
    by = committee.leader()
    with pytest.raises(actions.StillOpen):
        actions.approve_minutes(meeting=meeting, by=by, at=IN_MEETING)
    actions.put_off(item=other, words="", by=by, at=IN_MEETING)
    heard(committee, item)
    decided(committee, item)
    with pytest.raises(NotYours):
        actions.approve_minutes(meeting=meeting, by=committee.sitting(committee.member), at=IN_MEETING)
    actions.approve_minutes(meeting=meeting, by=by, at=IN_MEETING)
    with pytest.raises(actions.ApprovedAlready):
        actions.approve_minutes(meeting=meeting, by=by, at=IN_MEETING)
    with pytest.raises(actions.MinutesApproved):
        actions.write_minutes(item=item, text="Nytt", version=0, by=by, at=IN_MEETING)
    with pytest.raises(actions.NotThisForum):
        actions.put_on_agenda(item=other, meeting=meeting, by=by, at=IN_MEETING)


def test_an_owner_that_leaves_takes_its_forums_and_seats(tun, committee):
    with pytest.raises(NotYours):
        actions.owner_left(owner=tun.other, by=committee.leader(), at=tun.now)
    actions.owner_left(owner=tun.other, by=tun.system(), at=tun.now)
    left = queries.seats_of(committee.forum, on=wall(tun.now).date())
    assert {seat.on_behalf for seat in left} == {tun.centre, tun.council}
    waits, on_agenda = committee.item("Skyss til møta"), committee.item("Nøklar")
    meeting = committee.meeting(state="called", items=(on_agenda,))
    actions.owner_left(owner=tun.centre, by=tun.system(), at=tun.now)
    assert Forum.objects.get().ended_at == tun.now
    assert Meeting.objects.get(id=meeting.id).state == "cancelled"
    for item in (waits, on_agenda):
        item.refresh_from_db()
        assert (item.state, item.settled_words) == ("turned_down", "Forumet er avslutta.")
    assert queries.forums_to_propose_to(tun.viewer()) == []


def test_the_tables_refuse_what_the_actions_never_do(tun, committee):
    item = committee.item()
    wrong = [
        lambda: Item.objects.filter(id=item.id).update(state="on_agenda"),
        lambda: Item.objects.filter(id=item.id).update(state="decided"),
        lambda: Item.objects.filter(id=item.id).update(state="turned_down"),
        lambda: Item.objects.filter(id=item.id).update(ref_kind="match"),
        lambda: Seat.objects.filter(id=committee.chair.id).update(ends=committee.chair.starts),
        lambda: ForumDecision.objects.create(
            item=item, words="x", owner=tun.council, due=DUE, made_at=tun.now, done_at=tun.now
        ),
        lambda: Meeting.objects.create(
            forum=committee.forum, on=ON, at=CLOCK, place="x", approved_at=tun.now, approved_by="x"
        ),
    ]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
