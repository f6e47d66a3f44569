"""Pauses and changes, and what happens in a life: away, deaths and their undoing, what goes away."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation import recipients
from samtun.foundation.models import Owner
from samtun.notifications.messages.actions import queue
from samtun.notifications.messages.models import Message
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.actions.pausing import PauseBackwards, PauseHasBeen, WaitsForYes
from samtun.operation.arrangements.actions.visiting import NotPlanned
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.notices import BeginsRecipient, EndedRecipient, RemindVisit
from samtun.operation.arrangements.receivers import end_all, find_others, go_on_there, rest, wait_for_a_new_yes
from samtun.operation.help_requests import actions as help_actions
from samtun.operation.help_requests.models import PersonalCall
from samtun.operation.volunteers import actions as volunteers
from samtun.operation.volunteers.models import Contribution, Engagement
from samtun.people.consents.actions import record_consent, withdraw_consent
from samtun.people.persons import actions as persons
from samtun.work.todos.models import Todo
from tests.factories.regular import PLAN

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
FIRST = PLAN.first


def open_reasons():
    return sorted(
        Todo.objects.filter(done_at=None, ref_kind__in=["arrangement", "visit"]).values_list("reason", flat=True)
    )


def told(key):
    return Message.objects.filter(notice=f"arrangements.{key}").exclude(state="cancelled").count()


def promised(stage):
    return sorted(Engagement.objects.filter(person=stage.marit.person_id).values_list("on", flat=True))


def picture():
    """All that stands, to be the same again after an undo."""
    return (
        list(Arrangement.objects.order_by("id").values("id", "state", "ended_at", "end_reason")),
        list(Term.objects.order_by("id").values()),
        list(Visit.objects.order_by("id").values()),
        sorted(Engagement.objects.values_list("ref_kind", "ref_id", "person", "on", "at", "minutes")),
        list(Pause.objects.order_by("id").values()),
    )


def test_a_pause_lets_the_days_go_and_gives_them_back_exactly(stage, tun):
    arrangement = stage.running()
    before = picture()[:4]
    pause = actions.pause(
        arrangement=arrangement, kind="recipient", starts=FIRST + WEEK, ends=FIRST + 2 * WEEK, by=stage.by, at=tun.now
    )
    assert stage.days(arrangement, "paused") == [FIRST + WEEK, FIRST + 2 * WEEK]
    assert promised(stage) == stage.days(arrangement, "planned")
    assert told("paused") == 1  # the volunteer: the recipient asked for it
    actions.lift(pause=pause, by=stage.by, at=tun.now)
    assert picture()[:4] == before
    assert told("paused") == told("goes_on") == 0


def test_after_the_pause_has_been_told_both_hear_that_it_goes_on(stage, tun):
    arrangement = stage.running()
    pause = actions.pause(arrangement=arrangement, kind="holiday", starts=FIRST, ends=None, by=stage.by, at=tun.now)
    assert told("paused") == 2
    assert promised(stage) == []
    stage.tend(arrangement, tun.now + 2 * WEEK)
    assert not stage.visits(arrangement, "planned")
    assert not Contribution.objects.exists()
    Message.objects.filter(notice="arrangements.paused").update(state="sent", settled_at=tun.now)
    actions.lift(pause=pause, by=stage.by, at=tun.now + 2 * WEEK)
    assert told("goes_on") == 2
    assert stage.visits(arrangement, "planned")


def test_a_pause_has_days_that_can_be(stage, tun):
    arrangement = stage.running()
    with pytest.raises(PauseHasBeen):
        actions.pause(arrangement=arrangement, kind="holiday", starts=FIRST - WEEK, ends=None, by=stage.by, at=tun.now)
    with pytest.raises(PauseBackwards):
        actions.pause(arrangement=arrangement, kind="holiday", starts=FIRST, ends=FIRST - DAY, by=stage.by, at=tun.now)


def test_two_pauses_over_one_another_end_when_the_last_does(stage, tun):
    arrangement = stage.running()
    facts = {"arrangement": arrangement, "starts": FIRST, "ends": FIRST + WEEK, "by": stage.by, "at": tun.now}
    one = actions.pause(kind="recipient", **facts)
    two = actions.pause(kind="volunteer", **facts)
    actions.lift(pause=one, by=stage.by, at=tun.now)
    assert stage.days(arrangement, "paused") == [FIRST, FIRST + WEEK]
    actions.lift(pause=two, by=stage.by, at=tun.now)
    assert stage.days(arrangement, "paused") == []


def test_another_day_from_a_date_keeps_what_held_before(stage, tun):
    arrangement = stage.running()
    stage.tend(arrangement, tun.now + 8 * DAY)
    thursday = dt.date(2026, 12, 10)
    plan = replace(PLAN, first=thursday, at=dt.time(13), every_weeks=2)
    actions.change(arrangement=arrangement, plan=plan, by=stage.by, at=tun.now + 8 * DAY)
    old, new = arrangement.terms.order_by("starts")
    assert (old.ends, old.weekday, new.starts, new.weekday, new.at) == (
        dt.date(2026, 12, 9), 1, thursday, 3, dt.time(13),
    )  # fmt: skip
    assert stage.days(arrangement, "planned", "holiday")[:4] == [
        dt.date(2026, 12, 1), dt.date(2026, 12, 8), thursday, dt.date(2026, 12, 24),
    ]  # fmt: skip
    assert promised(stage) == [FIRST, *stage.days(arrangement, "planned")]
    assert told("changed") == 2
    assert Contribution.objects.get().on == FIRST


def test_words_only_changed_make_no_new_term_and_no_message(stage, tun):
    arrangement = stage.running()
    actions.change(arrangement=arrangement, plan=replace(PLAN, limits="Berre kaffi"), by=stage.by, at=tun.now)
    arrangement.refresh_from_db()
    assert (arrangement.limits, arrangement.terms.count(), told("changed")) == ("Berre kaffi", 1, 0)


def test_on_holidays_too_and_not_again(stage, tun):
    arrangement = stage.running(first=dt.date(2026, 11, 27))  # Fridays
    christmas = dt.date(2026, 12, 25)
    assert christmas in stage.days(arrangement, "holiday")
    plan = replace(PLAN, first=dt.date(2026, 11, 27))
    for on_holidays in (True, False, True):
        actions.change(arrangement=arrangement, plan=replace(plan, on_holidays=on_holidays), by=stage.by, at=tun.now)
        assert (christmas in stage.days(arrangement, "planned")) is on_holidays
        assert (christmas in promised(stage)) is on_holidays


def test_someone_else_from_a_day_and_the_first_is_thanked(stage, tun):
    arrangement = stage.running()
    hanne = tun.volunteer("Hanne", "Vik", "+4790000055")
    wish = actions.find_another(arrangement=arrangement, first=dt.date(2026, 12, 6), by=stage.by, at=tun.now)
    assert (wish.on, wish.every_weeks) == (dt.date(2026, 12, 8), 1)
    assert stage.days(arrangement, "planned")[2] == dt.date(2026, 12, 8)  # nothing changes before there is a yes
    (ask,) = help_actions.ask_volunteers(request=wish, volunteers=[hanne.id], by=stage.by, at=tun.now)
    help_actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    help_actions.answer_proposal(match=wish.matches.get(), yes=True, via="call", by=stage.by, at=tun.now)
    comes = [(v.on, v.term.volunteer_id) for v in stage.visits(arrangement, "planned")]
    assert comes[:3] == [
        (FIRST, stage.marit.id), (FIRST + WEEK, stage.marit.id), (dt.date(2026, 12, 8), hanne.id),
    ]  # fmt: skip
    assert promised(stage) == [FIRST, FIRST + WEEK]
    assert told("ended_volunteer") == 1


def test_it_ends_with_a_reason_and_both_are_told(stage, tun):
    arrangement = stage.running()
    actions.end(arrangement=arrangement, reason="recipient", words="Flyttar", by=stage.by, at=tun.now)
    arrangement.refresh_from_db()
    assert (arrangement.state, arrangement.end_reason, arrangement.end_words) == ("ended", "recipient", "Flyttar")
    assert (told("ended_volunteer"), told("ended_recipient")) == (1, 1)
    assert promised(stage) == []
    assert not stage.visits(arrangement, "planned", "paused")


def test_it_ends_by_itself_when_its_last_day_has_been(stage, tun):
    arrangement = stage.running(until=FIRST + WEEK)
    stage.tend(arrangement, tun.now + 9 * DAY)
    assert arrangement.state == "ended"
    assert Contribution.objects.count() == 2


def test_the_volunteers_own_absence_and_pause_are_respected_and_end_by_themselves(stage, tun):
    arrangement = stage.running()
    absence = volunteers.note_absence(
        volunteer=stage.marit, starts=FIRST + WEEK, ends=FIRST + 2 * WEEK, by=tun.system(), at=tun.now
    )
    stage.tend(arrangement, tun.now)
    stage.tend(arrangement, tun.now)
    assert stage.days(arrangement, "paused") == [FIRST + WEEK, FIRST + 2 * WEEK]
    assert (told("paused"), open_reasons()) == (1, ["volunteer_away"])
    volunteers.drop_absence(absence_id=absence.id, volunteer=stage.marit, by=tun.system(), at=tun.now)
    stage.tend(arrangement, tun.now)
    assert stage.days(arrangement, "paused") == []
    volunteers.pause(volunteer=stage.marit, until=None, by=tun.system(), at=tun.now)
    rest({"volunteer_id": str(stage.marit.id)}, tun.now)
    assert stage.days(arrangement, "planned") == []
    volunteers.come_back(volunteer=stage.marit, by=tun.system(), at=tun.now)
    stage.tend(arrangement, tun.now)
    assert len(stage.days(arrangement, "planned")) == 7
    assert open_reasons() == []


def test_an_absence_of_three_weeks_is_one_message_and_one_line_on_the_desk(stage, tun):
    arrangement = stage.running()
    volunteers.note_absence(volunteer=stage.marit, starts=FIRST, ends=FIRST + 3 * WEEK, by=tun.system(), at=tun.now)
    stage.tend(arrangement, tun.now)
    assert (told("paused"), told("cannot"), open_reasons()) == (1, 0, ["volunteer_away"])


@pytest.mark.rule("R113")
def test_away_holds_the_days_silently_and_the_visitor_is_rung(stage, tun):
    arrangement = stage.running()
    anna, before = arrangement.recipient, picture()[:4]
    away = persons.note_away(person=anna, starts=FIRST, ends=FIRST + WEEK, where="elsewhere", by=stage.by, at=tun.now)
    assert stage.days(arrangement, "paused") == [FIRST, FIRST + WEEK]
    assert told("paused") == 0
    call = PersonalCall.objects.get()
    assert (call.kind, call.volunteer) == ("go_on", stage.marit)
    persons.change_away(away=away, ends=FIRST + 2 * WEEK, by=stage.by, at=tun.now)
    assert stage.days(arrangement, "paused") == [FIRST, FIRST + WEEK, FIRST + 2 * WEEK]
    persons.note_back(away=away, by=stage.by, at=tun.now)
    assert picture()[:4] == before


def test_one_who_goes_on_visiting_there_has_the_days_again(stage, tun):
    arrangement = stage.running()
    persons.note_away(person=arrangement.recipient, starts=FIRST, ends=None, where="elsewhere", by=stage.by, at=tun.now)
    call = PersonalCall.objects.get()
    help_actions.note_go_on(call=call, goes_on=True, by=stage.by, at=tun.now)
    go_on_there({"call_id": str(call.id)}, tun.now)
    assert len(stage.days(arrangement, "planned")) == 7


@pytest.mark.rule("R113")
def test_a_death_stops_everything_at_once_and_a_mistake_undone_gives_it_back_exactly(stage, tun):
    arrangement = stage.running(via="sms")
    actions.not_this_time(visit=stage.visits(arrangement)[2], via="call", by=stage.by, at=tun.now)
    actions.pause(
        arrangement=arrangement, kind="recipient", starts=FIRST + 4 * WEEK, ends=FIRST + 4 * WEEK, by=stage.by,
        at=tun.now,
    )  # fmt: skip
    actions.cannot_come(visit=stage.visits(arrangement)[1], via="call", by=stage.by, at=tun.now)
    before, reasons = picture(), open_reasons()
    passing = persons.note_death(person=arrangement.recipient, by=stage.by, at=tun.now)
    assert Arrangement.objects.get().state == "stopped"
    assert promised(stage) == []
    assert not stage.visits(arrangement, "planned", "paused")
    assert open_reasons() == []
    assert not Message.objects.filter(state="pending").exists()
    assert [c.volunteer for c in PersonalCall.objects.all()] == [stage.marit]
    visit = stage.visits(arrangement)[0]
    for notice, kind, key, to in (
        (RemindVisit, "visit", visit.id, stage.marit.person_id),
        (BeginsRecipient, "arrangement", arrangement.id, arrangement.recipient_id),
    ):
        late = queue(notice=notice, ref_kind=kind, ref_id=key, to=to, owner=tun.centre.id, by=stage.by, at=tun.now)
        assert (late.state, late.fault) == ("cancelled", "gone")
    assert not actions.tend(arrangement=arrangement, by=tun.system(), at=tun.now + WEEK)
    persons.take_back_death(passing=passing, by=stage.by, at=tun.now)
    assert picture() == before
    assert open_reasons() == reasons


def test_undone_a_week_later_what_has_been_stays_stopped(stage, tun):
    arrangement = stage.running()
    passing = persons.note_death(person=arrangement.recipient, by=stage.by, at=tun.now)
    persons.take_back_death(passing=passing, by=stage.by, at=tun.now + 8 * DAY)
    assert stage.days(arrangement, "stopped") == [FIRST]
    assert stage.days(arrangement, "planned")[0] == FIRST + WEEK
    stage.tend(arrangement, tun.now + 9 * DAY)
    assert [c.on for c in Contribution.objects.all()] == [FIRST + WEEK]


@pytest.mark.rule("R113")
def test_when_the_volunteer_dies_the_days_go_and_someone_else_is_found_or_all_is_as_before(stage, tun):
    arrangement = stage.running()
    before = picture()
    passing = persons.note_death(person=stage.marit.person, by=stage.by, at=tun.now)
    assert Arrangement.objects.get().state == "looking"
    assert promised(stage) == []
    assert open_reasons() == ["volunteer_gone"]
    persons.take_back_death(passing=passing, by=stage.by, at=tun.now)
    assert picture() == before
    assert open_reasons() == []
    assert arrangement.owner_id == tun.centre.id


def test_a_volunteer_who_leaves_is_let_go_the_other_is_told_and_someone_is_found(stage, tun):
    arrangement = stage.running()
    volunteers.leave(volunteer=stage.marit, by=tun.system(), at=tun.now)
    for _twice in range(2):
        find_others({"volunteer_id": str(stage.marit.id)}, tun.now)
    arrangement.refresh_from_db()
    assert (arrangement.state, told("comes_no_more"), open_reasons()) == ("looking", 1, ["find_another"])
    assert promised(stage) == []
    wish = actions.find_another(arrangement=arrangement, first=FIRST, by=stage.by, at=tun.now)
    assert (wish.on, wish.at, wish.every_weeks) == (FIRST, dt.time(11), 1)
    assert open_reasons() == []


def test_when_the_organisation_leaves_all_of_it_ends_and_both_are_told(stage, tun):
    arrangement = stage.running()
    end_all({"owner": str(tun.centre.id)}, tun.now)
    arrangement.refresh_from_db()
    assert arrangement.state == "running"  # control: it has not left
    Owner.objects.filter(id=tun.centre.id).update(left_on=tun.now.date())
    for _twice in range(2):
        end_all({"owner": str(tun.centre.id)}, tun.now)
    arrangement.refresh_from_db()
    assert (arrangement.state, arrangement.end_reason) == ("ended", "owner_left")
    assert (told("ended_volunteer"), told("ended_recipient")) == (1, 1)


@pytest.mark.rule("R76")
def test_a_yes_taken_back_holds_it_until_there_is_a_new_one(stage, tun):
    arrangement = stage.running()
    facts = {
        "person": arrangement.recipient, "basis": "self", "what": "Avtalen", "passed_to": tun.centre,
        "owner": tun.centre, "purpose": "Besøk", "form": "oral", "by": stage.by,
    }  # fmt: skip
    consent = record_consent(at=tun.now, **facts)
    Arrangement.objects.update(consent=consent)
    withdraw_consent(consent=consent, by=stage.by, at=tun.now)
    for _twice in range(2):
        wait_for_a_new_yes({"consent": str(consent.id)}, tun.now)
    assert stage.days(arrangement, "planned") == []
    assert open_reasons() == ["waits_for_consent"]
    with pytest.raises(WaitsForYes):
        actions.lift(pause=Pause.objects.get(), by=stage.by, at=tun.now)
    actions.say_yes_again(arrangement=arrangement, consent=record_consent(at=tun.now, **facts), by=stage.by, at=tun.now)
    assert len(stage.days(arrangement, "planned")) == 7
    assert open_reasons() == []


@pytest.mark.rule("R113")
def test_that_a_visitor_cannot_come_is_not_told_after_the_visitor_has_died(stage, tun):
    arrangement = stage.running()
    visit = stage.visits(arrangement, "planned")[0]
    actions.cannot_come(visit=visit, via="sms", by=tun.system(), at=tun.now)
    waits = Message.objects.filter(notice="arrangements.cannot", state="pending")
    assert waits.exists()
    passing = persons.note_death(person=stage.marit.person, by=stage.by, at=tun.now)
    assert not waits.exists()
    persons.take_back_death(passing=passing, by=stage.by, at=tun.now)
    assert waits.exists()


@pytest.mark.rule("R113")
def test_nobody_looks_after_the_absence_of_a_volunteer_who_has_died(stage, tun):
    stage.running()
    today = tun.now.date()
    persons.note_away(person=stage.marit.person, starts=today, ends=None, where="away", by=stage.by, at=tun.now)
    assert "volunteer_away" in open_reasons()
    passing = persons.note_death(person=stage.marit.person, by=stage.by, at=tun.now)
    assert open_reasons() == ["volunteer_gone"]
    persons.take_back_death(passing=passing, by=stage.by, at=tun.now)
    assert "volunteer_away" in open_reasons()


@pytest.mark.rule("R113")
def test_a_date_of_one_who_has_died_cannot_stand_again_and_the_end_names_nobody(stage, tun):
    arrangement = stage.running()
    visit = Visit.objects.filter(arrangement=arrangement, state="planned").select_related("arrangement", "term").first()
    actions.cannot_come(visit=visit, via="sms", by=stage.by, at=tun.now)
    persons.note_death(person=stage.marit.person, by=tun.viewer(), at=tun.now)
    visit.refresh_from_db()
    with pytest.raises(NotPlanned):
        actions.stands_after_all(visit=visit, by=stage.by, at=tun.now)
    assert not Visit.objects.filter(state="planned").exists()
    actions.end(arrangement=Arrangement.objects.get(), reason="other", words="", by=stage.by, at=tun.now)
    to = recipients.resolve(arrangement.recipient_id)
    assert EndedRecipient().facts(arrangement.id, to) is None, "a person tells them"
