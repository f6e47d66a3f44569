"""From the wish that lasts to the dates, and what became of each."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.actions.beginning import NoSuchRhythm, PlanMissing
from samtun.operation.arrangements.actions.visiting import NotPlanned
from samtun.operation.arrangements.models import Arrangement, Visit
from samtun.operation.help_requests import actions as help_actions
from samtun.operation.help_requests.actions.asking import CannotBeAsked
from samtun.operation.help_requests.models import FollowUp, HelpRequest
from samtun.operation.volunteers import actions as volunteers
from samtun.operation.volunteers.models import Contribution, Engagement
from samtun.work.todos.models import Todo
from tests.factories.regular import PLAN


def told(key):
    return Message.objects.filter(notice=f"arrangements.{key}").count()


@pytest.mark.rule("R28")
def test_nothing_is_offered_to_a_volunteer_before_there_is_a_plan(stage, tun):
    for lacking in ({"limits": " "}, {"whom_to_call": ""}):
        with pytest.raises(PlanMissing):
            stage.arrange(**lacking)
    with pytest.raises(NoSuchRhythm):
        stage.arrange(every_weeks=3)
    assert not HelpRequest.objects.exists()


def test_the_ask_names_the_rhythm_and_the_recipient_hears_the_name_before_anything_runs(stage, tun):
    made = stage.arrange()
    assert made.state == "looking"
    help_actions.ask_volunteers(request=made.wish, volunteers=[stage.marit.id], by=stage.by, at=tun.now)
    assert Message.objects.get().notice == "help_requests.ask_lasting"
    ask = made.wish.asks.get()
    help_actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    assert Message.objects.filter(notice="help_requests.proposal_lasting").count() == 1
    assert not Visit.objects.exists()
    match = made.wish.matches.get()
    help_actions.answer_proposal(match=match, yes=False, via="call", by=stage.by, at=tun.now)
    made.refresh_from_db()
    assert (made.state, made.wish.state) == ("looking", "looking")
    assert not Engagement.objects.exists()


@pytest.mark.rule("R60")
def test_with_both_yeses_dates_are_prepared_and_promised(stage, tun):
    arrangement = stage.running()
    assert arrangement.state == "running"
    assert arrangement.wish.state == "lasting"
    days = [dt.date(2026, 11, 24) + dt.timedelta(weeks=n) for n in range(6)]
    assert stage.days(arrangement, "planned") == [*days, dt.date(2027, 1, 5)]
    promised = Engagement.objects.filter(person=stage.marit.person_id).order_by("on")
    assert [(e.on, e.at, e.minutes) for e in promised] == [(d, dt.time(11), 60) for d in [*days, dt.date(2027, 1, 5)]]
    assert (told("begins_volunteer"), told("begins_recipient")) == (1, 0)  # said yes on the telephone


def test_the_recipient_who_said_yes_by_text_or_letter_is_told(stage):
    stage.running(via="sms")
    assert told("begins_recipient") == 1


def test_tending_twice_is_the_same_as_once(stage, tun):
    arrangement = stage.running()
    at = tun.now + dt.timedelta(days=8)
    stage.tend(arrangement, at)
    before = list(Visit.objects.order_by("id").values()), Contribution.objects.count(), Message.objects.count()
    stage.tend(arrangement, at)
    assert before == (
        list(Visit.objects.order_by("id").values()),
        Contribution.objects.count(),
        Message.objects.count(),
    )


def test_a_date_whose_time_has_passed_counts_as_done_once_in_minutes(stage, tun):
    arrangement = stage.running()
    stage.tend(arrangement, stage.wall(24, 14, 59))
    assert not Contribution.objects.exists()
    stage.tend(arrangement, stage.wall(24, 15))
    row = Contribution.objects.get()
    assert (row.person_id, row.owner_id, row.on, row.minutes, row.paid) == (
        stage.marit.person_id, tun.centre.id, dt.date(2026, 11, 24), 60, False,
    )  # fmt: skip
    visit = stage.visits(arrangement, "done")[0]
    actions.note_minutes(visit=visit, minutes=90, by=stage.by, at=stage.wall(24, 16))
    assert Contribution.objects.get().minutes == 90
    actions.note_minutes(visit=visit, minutes=0, by=stage.by, at=stage.wall(24, 16))
    assert Contribution.objects.get().minutes == 0
    visit.refresh_from_db()
    assert visit.state == "cannot"


def test_the_volunteer_is_reminded_the_afternoon_before_once(stage, tun):
    arrangement = stage.running(first=dt.date(2026, 11, 26))
    stage.tend(arrangement, stage.wall(25, 16, 59))
    assert told("reminder") == 0
    stage.tend(arrangement, stage.wall(25, 17))
    stage.tend(arrangement, stage.wall(25, 18))
    assert told("reminder") == 1


def test_cannot_this_time_lets_the_day_go_tells_the_other_and_the_desk_finds_a_stand_in(stage, tun):
    arrangement = stage.running()
    visit = stage.visits(arrangement)[1]
    actions.cannot_come(visit=visit, via="sms", by=tun.system(), at=tun.now)
    assert not Engagement.objects.filter(on=visit.on).exists()
    assert told("cannot") == 1
    assert Todo.objects.get(reason="find_stand_in", done_at=None).ref_id == visit.id
    wish = actions.find_stand_in(visit=visit, by=stage.by, at=tun.now)
    assert (wish.on, wish.at, wish.minutes, wish.every_weeks, wish.state) == (
        visit.on, visit.at, 60, None, "looking",
    )  # fmt: skip
    assert (wish.plan_limits, wish.plan_whom_to_call) == (PLAN.limits, PLAN.whom_to_call)
    assert not Todo.objects.filter(reason="find_stand_in", done_at=None).exists()
    assert actions.find_stand_in(visit=visit, by=stage.by, at=tun.now) == wish
    assert len(stage.visits(arrangement, "planned")) == 6
    with pytest.raises(NotPlanned):
        actions.cannot_come(visit=visit, via="sms", by=tun.system(), at=tun.now)


def test_one_who_asked_for_another_does_not_hear_of_every_stand_in(stage, tun):
    arrangement = stage.running()
    asked = {"asked_by": "Ola Stokke", "asked_by_phone": "+4791919191", "asker_hears": "text"}
    HelpRequest.objects.filter(id=arrangement.wish_id).update(**asked)
    visit = stage.visits(arrangement)[1]
    actions.cannot_come(visit=visit, via="sms", by=tun.system(), at=tun.now)
    wish = actions.find_stand_in(visit=visit, by=stage.by, at=tun.now)
    assert (wish.asked_by_phone, wish.asker_hears) == ("+4791919191", "")


@pytest.mark.rule("R26")
def test_a_stand_in_for_what_was_assessed_is_assessed_as_that_was(stage, tun):
    tun.grey.asking = "first_yes"
    tun.grey.save()
    marit = tun.volunteer("Olga", "Nes", "+4790000077", types=[tun.grey])
    made = stage.arrange(task_type=tun.grey)
    assert made.wish.state == "new"
    with pytest.raises(help_actions.asking.NotLooking):
        help_actions.ask_volunteers(request=made.wish, volunteers=[marit.id], by=stage.by, at=tun.now)
    help_actions.assess(request=made.wish, outcome="volunteer", reason="Med i rutinen", by=tun.assessor(), at=tun.now)
    (ask,) = help_actions.ask_volunteers(request=made.wish, volunteers=[marit.id], by=stage.by, at=tun.now)
    help_actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    help_actions.answer_proposal(match=made.wish.matches.get(), yes=True, via="call", by=stage.by, at=tun.now)
    visit = stage.visits(made)[1]
    actions.cannot_come(visit=visit, via="call", by=stage.by, at=tun.now)
    wish = actions.find_stand_in(visit=visit, by=stage.by, at=tun.now)
    assert wish.state == "looking"
    assert wish.assessments.get().reason == "Med i rutinen"


def test_not_this_time_tells_the_volunteer_and_it_can_stand_after_all(stage, tun):
    arrangement = stage.running()
    visit = stage.visits(arrangement)[0]
    actions.not_this_time(visit=visit, via="call", by=stage.by, at=tun.now)
    assert told("not_this_time") == 1
    assert not Engagement.objects.filter(on=visit.on).exists()
    actions.stands_after_all(visit=visit, by=stage.by, at=tun.now)
    assert told("stands") == 0  # the first message had not gone, and is not sent
    assert Message.objects.get(notice="arrangements.not_this_time").state == "cancelled"
    visit.refresh_from_db()
    assert visit.state == "planned"
    assert Engagement.objects.filter(on=visit.on).count() == 1


@pytest.mark.rule("R54")
def test_after_three_misses_in_a_row_somebody_asks_kindly_and_nothing_ends(stage, tun):
    arrangement = stage.running()
    for number, visit in enumerate(stage.visits(arrangement)[:3], 1):
        at = tun.now + dt.timedelta(weeks=number - 1)
        actions.not_this_time(visit=visit, via="call", by=stage.by, at=at)
        stage.tend(arrangement, at + dt.timedelta(days=2))
        assert Todo.objects.filter(reason="not_met", done_at=None).exists() is (number == 3)
    assert arrangement.state == "running"
    assert stage.visits(arrangement, "planned")


def test_control_a_time_they_met_breaks_the_row_of_misses(stage, tun):
    arrangement = stage.running()
    for number in (0, 2, 3):
        visit = stage.visits(arrangement)[number]
        actions.not_this_time(visit=visit, via="call", by=stage.by, at=tun.now)
    stage.tend(arrangement, tun.now + dt.timedelta(days=24))
    assert not Todo.objects.filter(reason="not_met").exists()


@pytest.mark.rule("R58")
@pytest.mark.rule("R66")
@pytest.mark.parametrize(("one_to_one", "days"), [(False, 30), (True, 10)])
def test_talks_at_both_ends_are_planned_when_it_begins_and_sooner_one_to_one(stage, tun, now, one_to_one, days):
    from samtun.operation.help_requests.queries import still_meet
    from samtun.operation.help_requests.receivers import plan_talks

    arrangement = stage.running()
    tun.snow.one_to_one = one_to_one
    tun.snow.save(update_fields=["one_to_one"])
    match = arrangement.wish.matches.get(state="lasting")
    plan_talks({"match_id": str(match.id)}, now)
    rows = FollowUp.objects.order_by("side")
    assert [(r.side, r.days) for r in rows] == [("person", days), ("volunteer", days)]
    much_later = now.date() + dt.timedelta(days=400)
    stage.tend(arrangement, now + dt.timedelta(days=400))
    assert still_meet(rows[0], on=much_later)
    actions.end(arrangement=arrangement, reason="done", words="", by=stage.by, at=now + dt.timedelta(days=400))
    assert not still_meet(rows[0], on=much_later + dt.timedelta(days=1))


@pytest.mark.rule("R60")
def test_nobody_is_asked_to_more_times_a_month_than_their_ceiling(stage, tun):
    volunteers.set_ceiling(volunteer=stage.marit, times=2, per="month", by=tun.system(), at=tun.now)
    made = stage.arrange()
    with pytest.raises(CannotBeAsked):
        help_actions.ask_volunteers(request=made.wish, volunteers=[stage.marit.id], by=stage.by, at=tun.now)
    every_other = stage.arrange(
        every_weeks=2, recipient=tun.person("Olav", "Li", "+4757410055", phone_kind="landline", lat=61.0, lon=4.0)
    )
    help_actions.ask_volunteers(request=every_other.wish, volunteers=[stage.marit.id], by=stage.by, at=tun.now)


@pytest.mark.rule("R60")
def test_the_promised_tuesdays_keep_the_volunteer_out_of_other_suggestions(stage, tun):
    stage.running()
    volunteers.set_ceiling(volunteer=stage.marit, times=5, per="month", by=tun.system(), at=tun.now)
    olav = tun.person("Olav", "Li", "+4757410055", phone_kind="landline", lat=61.0, lon=4.0)
    busy = tun.request(olav, on=dt.date(2026, 12, 1), at=dt.time(11))
    with pytest.raises(CannotBeAsked):
        help_actions.ask_volunteers(request=busy, volunteers=[stage.marit.id], by=stage.by, at=tun.now)
    fifth = tun.request(olav, on=dt.date(2026, 12, 3), at=dt.time(11))  # December has five promised Tuesdays
    with pytest.raises(CannotBeAsked):
        help_actions.ask_volunteers(request=fifth, volunteers=[stage.marit.id], by=stage.by, at=tun.now)
    free = tun.request(olav, on=dt.date(2027, 1, 28), at=dt.time(11))
    help_actions.ask_volunteers(request=free, volunteers=[stage.marit.id], by=stage.by, at=tun.now)


def test_an_open_wish_becomes_one_that_lasts_and_the_same_row_is_asked_about(stage, tun):
    wish = tun.request()
    made = actions.arrange_from(request=wish, plan=PLAN, by=stage.by, at=tun.now)
    assert made.wish_id == wish.id
    wish.refresh_from_db()
    assert (wish.on, wish.every_weeks) == (PLAN.first, 1)
    with pytest.raises(actions.beginning.StandsAlready):
        actions.arrange_from(request=wish, plan=PLAN, by=stage.by, at=tun.now)


def test_after_one_that_went_well_the_same_volunteer_is_asked(stage, tun):
    wish = tun.request(on=tun.now.date(), at=dt.time(10))
    (ask,) = help_actions.ask_volunteers(request=wish, volunteers=[stage.marit.id], by=stage.by, at=tun.now)
    help_actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    match = wish.matches.get()
    help_actions.answer_proposal(match=match, yes=True, via="call", by=stage.by, at=tun.now)
    at = tun.now + dt.timedelta(hours=3)
    help_actions.mark_done(match=match, minutes=45, via="call", by=stage.by, at=at)
    made = actions.arrange(
        owner=tun.centre, recipient=wish.recipient, task_type=wish.task_type, plan=PLAN, like=wish,
        volunteer=stage.marit, by=stage.by, at=at,
    )  # fmt: skip
    assert made.wish.asks.get().volunteer_id == stage.marit.id
    assert made.wish.state == "looking" or HelpRequest.objects.get(id=made.wish_id).state == "asked"


def test_the_same_form_twice_makes_one(stage, tun):
    from samtun.kernel.ids import uuid7

    key, anna = uuid7(), tun.recipient()
    facts = {"owner": tun.centre, "recipient": anna, "task_type": tun.snow, "plan": PLAN, "key": key}
    one = actions.arrange(**facts, by=stage.by, at=tun.now)
    assert actions.arrange(**facts, by=stage.by, at=tun.now) == one
    assert Arrangement.objects.count() == 1


@pytest.mark.rule("R112")
def test_others_may_do_nothing_with_it(stage, tun):
    arrangement = stage.running()
    visit, other = stage.visits(arrangement)[0], tun.viewer(tun.other)
    stranger = Viewer(tun.municipality.id, Hat(key="link", role=Role.VOLUNTEER), person=tun.recipient().id)
    someone_else = tun.volunteer("Per", "Nes", "+4790000078")
    colleague = replace(stranger, person=someone_else.person_id)
    for by in (other, colleague):
        with pytest.raises(NotYours):
            actions.cannot_come(visit=visit, via="link", by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.not_this_time(visit=visit, via="link", by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.stands_after_all(visit=visit, by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.find_stand_in(visit=visit, by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.pause(arrangement=arrangement, kind="holiday", starts=tun.now.date(), ends=None, by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.change(arrangement=arrangement, plan=PLAN, by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.find_another(arrangement=arrangement, first=tun.now.date(), by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.end(arrangement=arrangement, reason="done", words="", by=by, at=tun.now)
        with pytest.raises(NotYours):
            actions.tend(arrangement=arrangement, by=by, at=tun.now)
    own = replace(stranger, person=stage.marit.person_id)
    actions.cannot_come(visit=visit, via="link", by=own, at=tun.now)


@pytest.mark.parametrize(("number", "waits"), [(0, False), (1, True)])
def test_at_night_only_what_is_the_same_day_goes_at_once(stage, tun, number, waits):
    arrangement = stage.running()
    early = stage.wall(24, 6)
    actions.not_this_time(visit=stage.visits(arrangement)[number], via="call", by=stage.by, at=early)
    message = Message.objects.get(notice="arrangements.not_this_time")
    assert (message.not_before > early) is waits
    assert message.not_before == (stage.wall(24, 8) if waits else early)
