"""When somebody dies: all to and about them stops in one act; those close are rung; a mistake is undone exactly."""

import datetime as dt

import pytest

from samtun.foundation import hats
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message, Question
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.entering import IsDead, RingUs
from samtun.operation.help_requests.models import Ask, HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.notices import Reminder
from samtun.operation.plans.queries import suggest_for
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.actions import AlreadyNoted, NotAnyMore, note_death, take_back_death
from samtun.people.persons.models import Person
from samtun.people.persons.queries import identify
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.after import run

DAY = dt.timedelta(days=1)


def stands(tun):
    """Everything that an exact undo must bring back, as plain facts."""
    return {
        "requests": list(
            HelpRequest.objects.order_by("id").values_list("id", "state", "closed_at", "close_reason")
        ),
        "asks": list(Ask.objects.order_by("id").values_list("id", "state", "answered_at")),
        "matches": list(Match.objects.order_by("id").values_list("id", "state", "agreed_at", "ended_at")),
        "volunteers": list(Volunteer.objects.order_by("id").values_list("id", "state", "paused_until")),
        "persons": list(Person.objects.order_by("id").values_list("id", "died_on", "death_known_at")),
        "messages": list(
            Message.objects.order_by("id").values_list("id", "state", "fault", "settled_at", "not_before")
        ),
        "questions": list(Question.objects.order_by("id").values_list("id", "ends_at", "answered_at")),
        "todos": sorted(
            Todo.objects.filter(done_at=None).values_list("ref_kind", "ref_id", "reason", "owner", "due")
        ),
    }  # fmt: skip


def agreed(tun, volunteer, request, at=None):
    at = at or tun.now
    (ask,) = actions.ask_volunteers(request=request, volunteers=[volunteer.id], by=tun.viewer(request.owner), at=at)
    actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=at)
    match = Match.objects.get(request=request, state="proposed")
    return actions.answer_proposal(match=match, yes=True, via="call", by=tun.system(), at=at)


@pytest.fixture
def valley(tun):
    """Anna is helped by Hanne on Thursday, has asked for Friday (Jonas is asked), and lets her son ask for her."""
    tun.anna = tun.recipient()
    tun.hanne, tun.jonas = (tun.volunteer(name, "Vik", f"+479100000{n}") for n, name in enumerate(("Hanne", "Jonas")))
    tun.thursday = tun.request(tun.anna)
    tun.match = agreed(tun, tun.hanne, tun.thursday)
    tun.friday = tun.request(tun.anna, on=dt.date(2026, 11, 27))
    actions.ask_volunteers(request=tun.friday, volunteers=[tun.jonas.id], by=tun.viewer(), at=tun.now)
    tun.waits = tun.request(tun.anna, on=dt.date(2026, 11, 28), asked_by="Son", asked_by_phone="+4791919191")
    run()
    return tun


def dies(tun, person, at=None, by=None):
    return note_death(person=person, by=by or tun.viewer(), at=at or tun.now, rings="Turid")


def open_todos():
    return sorted(Todo.objects.filter(done_at=None).values_list("ref_kind", "reason"))


@pytest.mark.rule("R113")
def test_all_that_is_open_stops_and_the_desk_has_whom_to_ring(valley):
    tun = valley
    dies(tun, tun.anna)
    assert set(HelpRequest.objects.values_list("state", "close_reason")) == {("cancelled", "Personen er død.")}
    assert set(Match.objects.values_list("state", flat=True)) == {"cancelled"}
    assert set(Ask.objects.values_list("state", flat=True)) <= {"withdrawn", "thanked"}
    assert not Message.objects.filter(state__in=["pending", "sending"]).exists()
    assert not Question.objects.filter(answered_at=None, ends_at__gt=tun.now).exists()
    assert open_todos() == [("personal_call", "ring_asker"), ("personal_call", "ring_visitor")]
    visitor, asker = PersonalCall.objects.order_by("kind").reverse()
    assert (visitor.volunteer, visitor.rings, visitor.owner) == (tun.hanne, "Turid", tun.centre)
    assert (asker.name, asker.phone) == ("Son", "+4791919191")


@pytest.mark.rule("R113")
def test_nothing_goes_out_afterwards_whatever_was_on_its_way(valley):
    tun = valley
    before = Message.objects.count()
    dies(tun, tun.anna)
    for match in Match.objects.all():
        assert not actions.remind(match=match, by=tun.system(), at=tun.now)
        assert not actions.close_by_time(match=match, by=tun.system(), at=tun.now + 9 * DAY)
    run()
    assert not Message.objects.filter(state__in=["pending", "sending"]).exists()
    assert Message.objects.count() == before


@pytest.mark.rule("R113")
def test_the_outbox_itself_refuses_to_and_about_the_dead(valley):
    from samtun.notifications.messages.actions import queue

    tun = valley
    dies(tun, tun.anna)
    for to, ref in ((tun.anna.id, "nothing"), (tun.hanne.person_id, "match"), (tun.jonas.person_id, "receipt")):
        message = queue(
            notice=Reminder, ref_kind=ref, ref_id=tun.match.id, to=to, owner=tun.centre.id, by=tun.system(), at=tun.now
        )
        assert (message.state, message.fault, message.question) == ("cancelled", "gone", None)


def test_a_dead_volunteer_is_asked_nothing_more_and_another_is_sought(valley):
    tun = valley
    dies(tun, tun.hanne.person)
    tun.thursday.refresh_from_db()
    assert tun.thursday.state == "looking"
    assert Match.objects.get(id=tun.match.id).state == "dropped_out"
    assert ("help_request", "volunteer_gone") in open_todos()
    assert not Message.objects.filter(to_person=tun.anna.id, state="pending").exists()
    found = suggest_for("help_request", tun.thursday.id, tun.viewer(), on=tun.now.date())
    shown = {p.volunteer for g in found.suggestions.groups for p in g.people}
    assert tun.hanne.id not in shown
    assert tun.jonas.id in shown
    assert Volunteer.objects.get(id=tun.hanne.id).state == "left"


def test_a_dead_volunteer_who_was_asked_leaves_the_desk_to_ask_others(valley):
    tun = valley
    dies(tun, tun.jonas.person)
    tun.friday.refresh_from_db()
    assert tun.friday.state == "looking"
    assert ("help_request", "nobody_can") in open_todos()


def test_requests_of_every_owner_stop_and_each_desk_rings_its_own(valley):
    tun = valley
    theirs = actions.take_call(
        owner=tun.other, recipient=tun.anna, wish=tun.wish(on=dt.date(2026, 11, 30)), source="call",
        by=tun.viewer(tun.other), at=tun.now,
    )  # fmt: skip
    actions.assess(request=theirs, outcome="volunteer", reason="Snø", by=tun.system(), at=tun.now)
    liv = tun.volunteer("Liv", "Vik", "+4791000009", host=tun.other)
    agreed(tun, liv, theirs)
    dies(tun, tun.anna)
    theirs.refresh_from_db()
    assert theirs.state == "cancelled"
    call = PersonalCall.objects.get(volunteer=liv)
    assert (call.owner, call.rings) == (tun.other, "")


def test_who_may(valley):
    tun = valley
    with pytest.raises(NotYours):
        dies(tun, tun.anna, by=tun.viewer(tun.other))
    with pytest.raises(NotYours):
        dies(tun, tun.anna, by=tun.viewer(permissions={"see_persons"}))
    dies(tun, tun.anna)
    with pytest.raises(AlreadyNoted):
        dies(tun, tun.anna)


def test_nothing_new_is_taken_for_the_dead(valley):
    tun = valley
    dies(tun, tun.anna)
    tun.anna.refresh_from_db()
    with pytest.raises(IsDead):
        tun.request(tun.anna)
    with pytest.raises(RingUs):
        actions.take_call(
            owner=tun.centre, recipient=tun.anna, wish=tun.wish(), source="web", by=tun.system(), at=tun.now
        )


@pytest.mark.rule("R113")
def test_a_mistake_is_undone_exactly(valley):
    tun = valley
    before = stands(tun)
    passing = dies(tun, tun.anna)
    assert stands(tun) != before
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    run()
    assert stands(tun) == before


def test_a_mistake_about_a_volunteer_is_undone_exactly(valley):
    tun = valley
    before = stands(tun)
    for person in (tun.hanne.person, tun.jonas.person):
        passing = dies(tun, person)
        assert stands(tun) != before
        take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
        run()
        assert stands(tun) == before


def test_what_has_moved_on_is_left_as_it_is(valley):
    tun = valley
    passing = dies(tun, tun.hanne.person)
    tun.thursday.refresh_from_db()
    agreed(tun, tun.jonas, tun.thursday)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    tun.thursday.refresh_from_db()
    assert (tun.thursday.state, Match.objects.get(id=tun.match.id).state) == ("agreed", "dropped_out")
    assert Match.objects.get(request=tun.thursday, state="agreed").volunteer == tun.jonas


def test_messages_whose_time_has_passed_are_not_sent_and_the_desk_is_told(valley):
    tun = valley
    asked = Message.objects.get(ref_kind="ask", to_person=tun.jonas.person_id, notice="help_requests.ask")
    Message.objects.filter(id=asked.id).update(state="pending", settled_at=None)
    passing = dies(tun, tun.anna)
    later = asked.expires_at + dt.timedelta(hours=1)
    take_back_death(passing=passing, by=tun.viewer(), at=later)
    asked.refresh_from_db()
    assert (asked.state, asked.fault) == ("cancelled", "gone")
    assert Todo.objects.filter(ref_id=tun.friday.id, reason="not_sent", done_at=None).exists()


def test_those_rung_by_mistake_are_rung_again(valley):
    tun = valley
    passing = dies(tun, tun.anna)
    call = PersonalCall.objects.get(volunteer=tun.hanne)
    actions.note_rung(call=call, by=tun.viewer(), at=tun.now, talk_on=dt.date(2026, 11, 30))
    actions.talk_due(call=call, by=tun.system(), at=tun.now + 7 * DAY)
    assert ("personal_call", "talk_after") in open_todos()
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    assert ("personal_call", "rung_by_mistake") in open_todos()
    assert ("personal_call", "ring_asker") not in open_todos()
    assert ("personal_call", "talk_after") not in open_todos()


def test_after_thirty_days_it_stands(valley):
    tun = valley
    passing = dies(tun, tun.anna)
    with pytest.raises(NotAnyMore):
        take_back_death(passing=passing, by=tun.viewer(), at=tun.now + 31 * DAY)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now + 30 * DAY)
    with pytest.raises(NotAnyMore):
        take_back_death(passing=passing, by=tun.viewer(), at=tun.now + 30 * DAY)


def test_a_call_gives_a_talk_on_a_day_and_a_pause(valley):
    tun = valley
    dies(tun, tun.anna)
    call = PersonalCall.objects.get(volunteer=tun.hanne)
    with pytest.raises(NotYours):
        actions.note_rung(call=call, by=tun.viewer(tun.other), at=tun.now)
    talk, until = dt.date(2026, 11, 30), dt.date(2027, 1, 10)
    actions.note_rung(call=call, by=tun.viewer(), at=tun.now, talk_on=talk, wants_pause=True, pause_until=until)
    tun.hanne.refresh_from_db()
    assert (tun.hanne.state, tun.hanne.paused_until) == ("paused", until)
    assert not actions.talk_due(call=call, by=tun.system(), at=tun.now)
    assert actions.talk_due(call=call, by=tun.system(), at=tun.now + 7 * DAY)
    todo = Todo.objects.get(ref_id=call.id, done_at=None)
    assert (todo.reason, todo.due.date()) == ("talk_after", talk)
    actions.note_talked(call=call, by=tun.viewer(), at=tun.now + 7 * DAY)
    assert not Todo.objects.filter(ref_id=call.id, done_at=None).exists()


def test_the_login_of_the_dead_opens_nothing(valley):
    from tests.samtun.people.login import an_account

    tun = valley
    account = an_account(tun.hanne.person, email="hanne@eksempel.test")
    assert identify(account.id).person == tun.hanne.person_id
    passing = dies(tun, tun.hanne.person)
    assert identify(account.id) is None
    assert hats.identify(account.id) is None
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    assert identify(account.id).person == tun.hanne.person_id
