"""From asked to thanked, by telephone, text and link."""

import datetime as dt

import pytest

from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.asking import AnsweredAlready, CannotBeAsked
from samtun.operation.help_requests.models import Ask, HelpRequest, Match, Veto
from samtun.operation.plans.queries import suggest_for
from samtun.operation.volunteers.models import Contribution, Profile
from samtun.people.preferences.actions import set_preferences
from samtun.work.todos.queries import due_for

THURSDAY_NOON = dt.datetime(2026, 11, 26, 11, 30, tzinfo=dt.UTC)


def asked(tun, *volunteers, request=None):
    request = request or tun.request()
    return request, actions.ask_volunteers(
        request=request, volunteers=[v.id for v in volunteers], by=tun.viewer(), at=tun.now
    )


def yes(tun, ask, at=None):
    return actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=at or tun.now)


def state(request):
    return HelpRequest.objects.get(id=request.id).state


def notices(person):
    return list(Message.objects.filter(to_person=person.id).order_by("id").values_list("notice", flat=True))


@pytest.fixture
def marit(tun):
    return tun.volunteer("Marit", "Fjelde", "+4790000001")


@pytest.fixture
def jonas(tun):
    return tun.volunteer("Jonas", "Vik", "+4790000002")


@pytest.mark.practice("alta")
def test_the_whole_way(tun, marit, jonas):
    request, (first, _second) = asked(tun, marit, jonas)
    assert state(request) == "asked"
    yes(tun, first)
    assert state(request) == "proposed"
    match = Match.objects.get(request=request)
    assert notices(match.request.recipient) == ["help_requests.proposal"]
    assert "help_requests.agreed_volunteer" not in notices(marit.person), "nothing goes out before the recipient's yes"
    actions.answer_proposal(match=match, yes=True, via="call", by=tun.viewer(), at=tun.now)
    assert state(request) == "agreed"
    assert notices(marit.person)[-1] == "help_requests.agreed_volunteer"
    actions.mark_done(match=match, minutes=50, via="link", by=tun.system(), at=THURSDAY_NOON)
    assert state(request) == "done"
    done = Contribution.objects.get()
    assert (done.person_id, done.minutes, done.kind, done.owner_id) == (marit.person_id, 50, "snow", tun.centre.id)
    assert due_for(tun.viewer(), at=THURSDAY_NOON) == []


def test_a_second_yes_is_thanked_and_makes_no_second_match(tun, marit, jonas):
    request, (first, second) = asked(tun, marit, jonas)
    yes(tun, first)
    assert Ask.objects.get(id=second.id).state == "thanked"
    with pytest.raises(AnsweredAlready):
        yes(tun, Ask.objects.get(id=second.id))
    assert Match.objects.filter(request=request).count() == 1


@pytest.mark.rule("R02")
def test_a_no_needs_no_reason_gives_a_quiet_week_and_the_desk_hears_when_nobody_is_left(tun, marit):
    request, (ask,) = asked(tun, marit)
    actions.answer_ask(ask=ask, yes=False, via="sms", by=tun.system(), at=tun.now)
    assert Profile.objects.get(person=marit.person).quiet_until == dt.date(2026, 11, 30)
    assert state(request) == "looking"
    assert [line.reason for line in due_for(tun.viewer(), at=tun.now)] == ["nobody_can"]
    shown = suggest_for("help_request", request.id, tun.viewer(), on=dt.date(2026, 11, 24))
    assert shown.suggestions.groups == ()


@pytest.mark.rule("R31")
def test_nobody_is_sent_before_the_recipient_has_heard_the_name_unless_they_said_choose_for_me(tun, marit):
    anna = tun.recipient()
    set_preferences(person=anna, chooses_for_me=True, by=tun.system(), at=tun.now)
    request, (ask,) = asked(tun, marit, request=tun.request(recipient=anna))
    yes(tun, ask)
    assert state(request) == "agreed"


@pytest.mark.rule("R31")
def test_rather_someone_else_needs_no_reason_and_the_volunteer_is_told_none(tun, marit, jonas):
    request, (ask,) = asked(tun, marit)
    yes(tun, ask)
    actions.answer_proposal(match=Match.objects.get(), yes=False, via="call", by=tun.viewer(), at=tun.now)
    assert state(request) == "looking"
    assert notices(marit.person)[-1] == "help_requests.not_needed"


@pytest.mark.rule("R31")
def test_a_vetoed_volunteer_comes_up_nowhere_and_cannot_be_asked(tun, marit, jonas):
    request = tun.request()
    actions.not_him(request=request, volunteer=marit, by=tun.viewer(), at=tun.now)
    shown = suggest_for("help_request", request.id, tun.viewer(), on=tun.now.date())
    assert [p.volunteer for g in shown.suggestions.groups for p in g.people] == [jonas.id]
    assert marit.id not in [v for v, _reasons in shown.excluded]
    with pytest.raises(CannotBeAsked):
        asked(tun, marit, request=request)
    assert Veto.objects.count() == 1


def test_control_without_the_veto_the_same_volunteer_does_come_up(tun, marit, jonas):
    shown = suggest_for("help_request", tun.request().id, tun.viewer(), on=tun.now.date())
    assert {p.volunteer for g in shown.suggestions.groups for p in g.people} == {marit.id, jonas.id}


@pytest.mark.rule("R60")
def test_the_ceiling_counts_over_every_host(tun, marit):
    Profile.objects.filter(person=marit.person).update(ceiling_times=1, ceiling_per="month")
    _request, (ask,) = asked(tun, marit)
    yes(tun, ask)
    again = tun.request(recipient=tun.person("Olav", "Bø", "+4757410002"), on=dt.date(2026, 11, 27))
    with pytest.raises(CannotBeAsked):
        asked(tun, marit, request=again)


@pytest.mark.rule("R112")
def test_another_organisations_volunteer_is_neither_suggested_nor_excluded_nor_askable(tun, marit):
    theirs = tun.volunteer("Hanne", "Øvrebø", "+4790000003", host=tun.other)
    request = tun.request()
    shown = suggest_for("help_request", request.id, tun.viewer(), on=tun.now.date())
    named = {p.volunteer for g in shown.suggestions.groups for p in g.people} | {v for v, _r in shown.excluded}
    assert named == {marit.id}
    with pytest.raises(CannotBeAsked):
        asked(tun, theirs, request=request)


@pytest.mark.rule("R114")
def test_silence_counts_in_opening_days_and_a_late_yes_still_counts(tun, marit):
    request, (ask,) = asked(tun, marit)
    assert ask.answer_by == dt.datetime(2026, 11, 25, 13, 0, tzinfo=dt.UTC), "Wednesday 14.00: the next opening day"
    tuesday = tun.now + dt.timedelta(days=1)
    assert actions.lapse_ask(request=request, by=tun.system(), at=tuesday) == 0
    wednesday = dt.datetime(2026, 11, 25, 13, 1, tzinfo=dt.UTC)
    assert actions.lapse_ask(request=request, by=tun.system(), at=wednesday) == 1
    assert state(request) == "looking"
    yes(tun, Ask.objects.get(id=ask.id), at=wednesday)
    assert state(request) == "proposed"


def test_i_cant_come_looks_for_another_and_tells_the_recipient(tun, marit):
    request, (ask,) = asked(tun, marit)
    yes(tun, ask)
    match = Match.objects.get()
    actions.answer_proposal(match=match, yes=True, via="call", by=tun.viewer(), at=tun.now)
    actions.cannot_come(match=match, via="sms", by=tun.system(), at=tun.now)
    assert state(request) == "looking"
    assert notices(request.recipient)[-1] == "help_requests.cannot_come"
    assert [line.reason for line in due_for(tun.viewer(), at=tun.now)] == ["call", "dropped_out"]


def test_where_nobody_says_anything_it_counts_as_done_when_its_time_has_passed(tun, marit):
    request, (ask,) = asked(tun, marit)
    yes(tun, ask)
    match = Match.objects.get()
    actions.answer_proposal(match=match, yes=True, via="call", by=tun.viewer(), at=tun.now)
    assert actions.close_by_time(match=match, by=tun.system(), at=tun.now) is False
    assert actions.close_by_time(match=match, by=tun.system(), at=THURSDAY_NOON) is True
    assert (state(request), Match.objects.get().minutes) == ("done", 45)


def test_cancel_is_a_state_and_all_concerned_are_told(tun, marit):
    request, (ask,) = asked(tun, marit)
    yes(tun, ask)
    actions.answer_proposal(match=Match.objects.get(), yes=True, via="call", by=tun.viewer(), at=tun.now)
    actions.cancel(request=request, reason="Sonen kom", by=tun.viewer(), at=tun.now)
    assert (state(request), Match.objects.get().state) == ("cancelled", "cancelled")
    assert notices(marit.person)[-1] == "help_requests.cancelled_volunteer"
    assert notices(request.recipient)[-1] == "help_requests.cancelled_recipient"


def test_coordinator_picks_among_those_who_said_yes(tun):
    one = tun.volunteer("Marit", "Fjelde", "+4790000001", types=[tun.visit])
    two = tun.volunteer("Jonas", "Vik", "+4790000002", types=[tun.visit])
    for volunteer in (one, two):
        from samtun.operation.screening.actions import note_suitability

        note_suitability(
            person=volunteer.person, owner=tun.centre, held_on=dt.date(2026, 1, 5), by=tun.system(), at=tun.now
        )
    request = tun.request(task_type=tun.visit)
    actions.write_plan(request=request, limits="Prat", whom_to_call="Turid", how_often="", by=tun.viewer(), at=tun.now)
    _request, (first, second) = asked(tun, one, two, request=request)
    yes(tun, first)
    yes(tun, second)
    assert state(request) == "asked"
    actions.pick(request=request, ask=Ask.objects.get(id=second.id), by=tun.viewer(), at=tun.now)
    assert Match.objects.get().volunteer_id == two.id
    assert Ask.objects.get(id=first.id).state == "thanked"
