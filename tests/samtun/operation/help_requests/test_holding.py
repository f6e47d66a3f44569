"""Away for a while: what is open is held and goes on afterwards; the visitor is asked by a person; no health word."""

import datetime as dt

import pytest

from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import Ask, HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.notices import Reminder
from samtun.operation.plans.queries import suggest_for
from samtun.people.persons import actions as persons
from samtun.people.persons.models import Away
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.test_dying import agreed, dies, open_todos

DAY = dt.timedelta(days=1)
FRIDAY, SATURDAY, LATER = dt.date(2026, 11, 27), dt.date(2026, 11, 28), dt.date(2026, 12, 15)


@pytest.fixture
def valley(tun):
    """Anna: Hanne comes Thursday; Jonas is asked for Friday; one wish for Saturday, one for after she is back."""
    tun.anna = tun.recipient()
    tun.hanne, tun.jonas = (tun.volunteer(name, "Vik", f"+479100000{n}") for n, name in enumerate(("Hanne", "Jonas")))
    tun.thursday = tun.request(tun.anna)
    tun.match = agreed(tun, tun.hanne, tun.thursday)
    tun.friday, tun.saturday, tun.after = (tun.request(tun.anna, on=on) for on in (FRIDAY, SATURDAY, LATER))
    actions.ask_volunteers(request=tun.friday, volunteers=[tun.jonas.id], by=tun.viewer(), at=tun.now)
    return tun


def goes_away(tun, ends=dt.date(2026, 12, 6)):
    return persons.note_away(
        person=tun.anna, starts=tun.now.date(), ends=ends, where="elsewhere", by=tun.viewer(), at=tun.now
    )


def states(tun):
    rows = dict(HelpRequest.objects.values_list("id", "state"))
    return [rows[r.id] for r in (tun.thursday, tun.friday, tun.saturday, tun.after)]


@pytest.mark.rule("R113")
def test_what_is_open_meanwhile_is_held_and_the_visitor_is_rung(valley):
    tun = valley
    goes_away(tun)
    assert states(tun) == ["agreed", "held", "held", "looking"]
    assert Ask.objects.get(request=tun.friday).state == "withdrawn"
    call = PersonalCall.objects.get()
    assert (call.kind, call.volunteer, call.owner) == ("go_on", tun.hanne, tun.centre)
    assert open_todos() == [("help_request", "find_someone"), ("personal_call", "ring_go_on")]


def test_nobody_is_reminded_or_counted_as_done_before_they_have_been_rung(valley):
    tun = valley
    goes_away(tun)
    assert not actions.remind(match=tun.match, by=tun.system(), at=tun.now)
    assert Reminder().facts(tun.match.id, None) is None
    assert not actions.close_by_time(match=tun.match, by=tun.system(), at=tun.now + 9 * DAY)
    assert Match.objects.get(id=tun.match.id).state == "agreed"
    assert ("help_request", "time_has_passed") in open_todos()


def test_the_visitor_goes_on_there(valley):
    tun = valley
    goes_away(tun)
    call = PersonalCall.objects.get()
    with pytest.raises(NotYours):
        actions.note_go_on(call=call, goes_on=True, by=tun.viewer(tun.other), at=tun.now)
    actions.note_go_on(call=call, goes_on=True, by=tun.viewer(), at=tun.now)
    tun.thursday.refresh_from_db()
    assert (tun.thursday.state, tun.thursday.held_for) == ("agreed", None)
    assert actions.remind(match=tun.match, by=tun.system(), at=tun.now)


def test_the_visitor_waits_and_nobody_is_told_by_text(valley):
    tun = valley
    goes_away(tun)
    before = Message.objects.count()
    actions.note_go_on(call=PersonalCall.objects.get(), goes_on=False, by=tun.viewer(), at=tun.now)
    assert states(tun)[0] == "held"
    assert Match.objects.get(id=tun.match.id).state == "cancelled"
    assert Message.objects.count() == before


def test_back_again_everything_goes_on(valley):
    tun = valley
    away = goes_away(tun)
    actions.note_go_on(call=PersonalCall.objects.get(), goes_on=False, by=tun.viewer(), at=tun.now)
    persons.note_back(away=away, by=tun.viewer(), at=tun.now + 4 * DAY)
    assert states(tun) == ["looking"] * 4
    assert not HelpRequest.objects.exclude(held_for=None).exists()
    reasons = dict(Todo.objects.filter(done_at=None).values_list("ref_id", "reason"))
    assert reasons[tun.thursday.id] == "held_over"
    assert reasons[tun.saturday.id] == "find_someone"
    with pytest.raises(persons.NotAway):
        persons.note_back(away=away, by=tun.viewer(), at=tun.now + 4 * DAY)


def test_a_mistake_taken_back_at_once_leaves_what_is_agreed_as_it_was(valley):
    tun = valley
    away = goes_away(tun)
    persons.note_back(away=away, by=tun.viewer(), at=tun.now)
    assert states(tun) == ["agreed", "looking", "looking", "looking"]
    assert Match.objects.get(id=tun.match.id).state == "agreed"
    assert ("personal_call", "ring_go_on") not in open_todos()
    assert goes_away(tun).id != away.id


def test_another_last_day_holds_more_or_less(valley):
    tun = valley
    away = goes_away(tun)
    persons.change_away(away=away, ends=FRIDAY, by=tun.viewer(), at=tun.now)
    assert states(tun) == ["agreed", "held", "looking", "looking"]
    persons.change_away(away=away, ends=None, by=tun.viewer(), at=tun.now)
    assert states(tun) == ["agreed", "held", "held", "held"]


def test_the_desk_asks_when_the_days_are_over(valley):
    tun = valley
    away = goes_away(tun)
    away.refresh_from_db()
    assert not actions.away_ends(away=away, by=tun.system(), at=tun.now)
    assert actions.away_ends(away=away, by=tun.system(), at=tun.now + 13 * DAY)
    assert ("away", "pause_ends") in open_todos()
    persons.note_back(away=away, by=tun.viewer(), at=tun.now + 13 * DAY)
    assert ("away", "pause_ends") not in open_todos()


def test_days_that_make_no_sense(valley):
    tun = valley
    with pytest.raises(persons.BackwardsDays):
        goes_away(tun, ends=dt.date(2026, 11, 22))
    away = goes_away(tun)
    with pytest.raises(persons.AwayAlready):
        goes_away(tun)
    with pytest.raises(persons.BackwardsDays):
        persons.change_away(away=away, ends=dt.date(2026, 11, 1), by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        persons.note_back(away=away, by=tun.viewer(tun.other), at=tun.now)


def test_a_death_meanwhile_takes_all_of_it_off_the_desks(valley):
    tun = valley
    goes_away(tun)
    dies(tun, tun.anna)
    assert set(states(tun)) == {"cancelled"}
    assert open_todos() == [("personal_call", "ring_visitor")]


@pytest.mark.rule("R83")
def test_there_is_no_health_word_to_choose():
    assert set(Away.Where.values) == {"away", "elsewhere", "moved"}


def test_a_volunteer_who_is_away_is_not_suggested_and_the_desk_hears_what_they_had_agreed(valley):
    tun = valley
    persons.note_away(
        person=tun.hanne.person, starts=tun.now.date(), ends=SATURDAY, where="away", by=tun.viewer(), at=tun.now
    )
    assert ("help_request", "volunteer_away") in open_todos()

    def suggested(request):
        found = suggest_for("help_request", request.id, tun.viewer(), on=tun.now.date())
        return {p.volunteer for g in found.suggestions.groups for p in g.people}

    assert tun.hanne.id not in suggested(tun.saturday)
    assert tun.hanne.id in suggested(tun.after)
