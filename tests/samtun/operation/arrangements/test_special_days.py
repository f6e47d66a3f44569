"""Days with a name are asked about, never standing or gone by themselves; a stand-in is not sought for nobody."""

import datetime as dt

import pytest
from django.utils import translation

from samtun.notifications.messages.models import Message
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.notices import RemindVisit
from samtun.operation.arrangements.queries.words import long_day, visit_day
from samtun.operation.help_requests import actions as help_actions
from samtun.operation.help_requests.actions.asking import CannotBeAsked
from samtun.operation.help_requests.models import Ask
from samtun.operation.plans.queries import suggest_for
from samtun.operation.volunteers.models import Engagement
from samtun.partners.organisations.rules import day_word, public_holidays
from samtun.work.todos.models import Todo

THURSDAY, EVE = dt.date(2026, 11, 26), dt.date(2026, 12, 24)


def due(visit):
    rows = Todo.objects.filter(ref_id=visit.id, done_at=None)
    return list(rows.values_list("reason", "about"))


@pytest.fixture
def eve(stage):
    """Thursdays: the Christmas Eve among the dates ahead."""
    arrangement = stage.running(first=THURSDAY)
    return next(v for v in stage.visits(arrangement) if v.on == EVE)


def test_christmas_eve_is_asked_about_two_weeks_before_in_one_line_that_says_the_day(stage, tun, eve):
    assert eve.state == "holiday"
    assert not Engagement.objects.filter(on=EVE).exists()
    stage.tend(eve.arrangement, tun.now)
    assert due(eve) == []
    for hour in (9, 10):
        stage.tend(eve.arrangement, stage.wall(30, hour) + dt.timedelta(days=11))
    ((reason, about),) = due(eve)
    assert (reason, "24.12. (julaft" in about) == ("holiday", True)


def test_when_it_stands_both_hear_it_with_the_name_of_the_day(stage, tun, eve):
    stage.tend(eve.arrangement, tun.now + dt.timedelta(days=20))
    actions.stands_after_all(visit=eve, by=stage.by, at=tun.now + dt.timedelta(days=21))
    eve.refresh_from_db()
    assert (eve.state, due(eve), Engagement.objects.filter(on=EVE).count()) == ("planned", [], 1)
    told = set(Message.objects.filter(notice="arrangements.stands").values_list("to_person", flat=True))
    assert told == {eve.arrangement.recipient_id, stage.marit.person_id}
    from samtun.foundation import recipients

    facts = RemindVisit.facts(RemindVisit(), eve.id, recipients.resolve(stage.marit.person_id))
    assert "julaft" in facts["on"]


def test_a_no_is_told_and_nothing_is_due(stage, tun, eve):
    stage.tend(eve.arrangement, tun.now + dt.timedelta(days=20))
    actions.not_this_time(visit=eve, via="call", by=stage.by, at=tun.now + dt.timedelta(days=21))
    eve.refresh_from_db()
    assert (eve.state, due(eve)) == ("not_wanted", [])


def test_a_pause_over_the_day_asks_nothing_and_the_day_is_asked_about_again_after_it(stage, tun, eve):
    later = tun.now + dt.timedelta(days=20)
    stage.tend(eve.arrangement, later)
    pause = actions.pause(arrangement=eve.arrangement, kind="holiday", starts=EVE, ends=None, by=stage.by, at=later)
    eve.refresh_from_db()
    assert (eve.state, due(eve)) == ("paused", [])
    actions.lift(pause=pause, by=stage.by, at=later)
    eve.refresh_from_db()
    assert eve.state == "holiday"


@pytest.mark.parametrize(("language", "name"), [("nn", "julaftan"), ("nb", "julaften"), ("en", "Christmas Eve")])
def test_the_day_is_said_by_its_name(language, name):
    with translation.override(language):
        assert name in long_day(EVE)
        assert name in visit_day(EVE)
        assert "(" not in visit_day(THURSDAY)
        assert all(day_word(day) for year in (2026, 2027, 2028) for day in public_holidays(year))


def test_the_one_who_cannot_is_never_suggested_or_asked_as_their_own_stand_in(stage, tun):
    other = tun.volunteer("Olga", "Nes", "+4790000077")
    visit = stage.visits(stage.running())[1]
    actions.cannot_come(visit=visit, via="sms", by=tun.system(), at=tun.now)
    wish = actions.find_stand_in(visit=visit, by=stage.by, at=tun.now)
    found = suggest_for("help_request", wish.id, stage.by, on=tun.now.date()).suggestions
    suggested = {p.volunteer for group in found.groups for p in group.people} | {e.volunteer for e in found.excluded}
    assert (other.id in suggested, stage.marit.id in suggested) == (True, False)
    with pytest.raises(CannotBeAsked):
        help_actions.ask_volunteers(request=wish, volunteers=[stage.marit.id], by=stage.by, at=tun.now)


@pytest.mark.parametrize(("is_agreed", "hears"), [(False, "settled"), (True, "cancelled_volunteer")])
def test_with_the_end_no_stand_in_is_sought_and_who_was_asked_hears_it(stage, tun, is_agreed, hears):
    other = tun.volunteer("Olga", "Nes", "+4790000077")
    arrangement = stage.running()
    visit = stage.visits(arrangement)[1]
    actions.cannot_come(visit=visit, via="sms", by=tun.system(), at=tun.now)
    wish = actions.find_stand_in(visit=visit, by=stage.by, at=tun.now)
    (ask,) = help_actions.ask_volunteers(request=wish, volunteers=[other.id], by=stage.by, at=tun.now)
    Message.objects.filter(ref_id=ask.id).update(state="delivered", settled_at=tun.now)
    if is_agreed:
        help_actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    actions.end(arrangement=arrangement, reason="done", words="", by=stage.by, at=tun.now)
    wish.refresh_from_db()
    assert wish.state == "cancelled"
    assert not Ask.objects.filter(request=wish, state="sent").exists()
    newest = Message.objects.filter(to_person=other.person_id).latest("id")
    assert newest.notice == f"help_requests.{hears}"
