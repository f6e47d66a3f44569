"""A supported volunteer goes together with the mentor: both names are heard, both days count, both have done it."""

import datetime as dt

import pytest
from django.utils import translation

from samtun.foundation import recipients
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.help_requests.notices import CompanionComes, ProposeToRecipient
from samtun.operation.plans.queries import suggest_for
from samtun.operation.volunteers.models import Contribution, Engagement
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing
from samtun.work.todos.models import Todo

pytestmark = pytest.mark.practice("nav")


def named(tun, request):
    shown = suggest_for("help_request", request.id, tun.viewer(), on=tun.now.date())
    reasons = {v: [str(r.code) for r in why] for v, why in shown.excluded}
    return {p.volunteer for g in shown.suggestions.groups for p in g.people}, reasons


def said_yes(tun, request=None):
    request = request or tun.request()
    (ask,) = actions.ask_volunteers(request=request, volunteers=[tun.amir.id], by=tun.viewer(), at=tun.now)
    actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    return Match.objects.get(request=request)


def agreed(tun, request=None):
    match = said_yes(tun, request)
    actions.answer_proposal(match=match, yes=True, via="sms", by=tun.system(), at=tun.now)
    match.refresh_from_db()
    return match


def told(person):
    return list(Message.objects.filter(to_person=person.id).order_by("id").values_list("notice", flat=True))


def words(notice, match, person):
    return notice().facts(match.id, recipients.resolve(person.id))["volunteer"]


def test_the_recipient_hears_both_names_before_anyone_comes_to_the_door(tun):
    match = said_yes(tun)
    with translation.override("nn"):
        assert match.who_comes == "Amir Haddad, saman med Kari Berg"
    assert words(ProposeToRecipient, match, match.request.recipient).startswith("Amir Haddad, ")
    assert "Kari Berg" in words(ProposeToRecipient, match, match.request.recipient)
    assert "help_requests.companion_comes" not in told(tun.kari.person), "not before it is agreed"


def test_the_mentor_hears_what_and_when_with_the_first_name_only(tun):
    match = agreed(tun)
    assert told(tun.kari.person)[-1] == "help_requests.companion_comes"
    facts = CompanionComes().facts(match.id, recipients.resolve(tun.kari.person_id))
    assert facts["volunteer"] == "Amir"
    assert "Anna" not in str(facts)
    assert "Storgata" not in str(facts)


@pytest.mark.rule("R60")
def test_the_mentors_day_counts_until_it_is_called_off(tun):
    match = agreed(tun)
    day = Engagement.objects.get(person=tun.kari.person_id)
    assert (day.on, day.at, day.minutes) == (dt.date(2026, 11, 26), dt.time(10), 45)
    actions.cannot_come(match=match, via="sms", by=tun.system(), at=tun.now)
    assert not Engagement.objects.exists()
    assert told(tun.kari.person)[-1] == "help_requests.companion_free"


@pytest.mark.parametrize("end", ["cancel", "cannot_come"])
def test_whichever_way_it_ends_the_mentor_does_not_turn_up_alone(tun, end):
    match = agreed(tun)
    if end == "cancel":
        actions.cancel(request=match.request, reason="", by=tun.viewer(), at=tun.now)
    else:
        actions.cannot_come(match=match, via="call", by=tun.viewer(), at=tun.now)
    assert told(tun.kari.person)[-1] == "help_requests.companion_free"


def test_a_proposal_the_recipient_does_not_want_says_nothing_to_the_mentor(tun):
    match = said_yes(tun)
    actions.answer_proposal(match=match, yes=False, via="call", by=tun.viewer(), at=tun.now)
    assert [n for n in told(tun.kari.person) if n.startswith("help_requests")] == []


def test_what_was_done_was_done_by_both(tun):
    match = agreed(tun)
    at = dt.datetime(2026, 11, 26, 10, 0, tzinfo=dt.UTC)
    actions.mark_done(match=match, minutes=40, via="link", by=tun.system(), at=at)
    done = dict(Contribution.objects.values_list("person", "minutes"))
    assert done == {tun.amir.person_id: 40, tun.kari.person_id: 40}


def test_after_the_last_day_together_the_volunteer_goes_alone(tun):
    match = said_yes(tun, tun.request(on=dt.date(2026, 12, 12)))
    assert match.companion_id is None
    assert match.who_comes == "Amir Haddad"


@pytest.mark.rule("R31")
@pytest.mark.parametrize("vetoed", ["kari", "amir"])
def test_a_veto_of_either_stops_both_while_they_go_together(tun, vetoed):
    request = tun.request()
    assert tun.amir.id in named(tun, request)[0]
    actions.not_him(request=request, volunteer=getattr(tun, vetoed), by=tun.system(), at=tun.now)
    shown, reasons = named(tun, request)
    assert tun.amir.id not in shown
    assert tun.amir.id not in reasons, "nobody can tell that it is a veto"
    later = tun.request(recipient=request.recipient, on=dt.date(2026, 12, 14))
    assert (tun.amir.id in named(tun, later)[0]) == (vetoed == "kari"), "alone again, the mentor's veto is no matter"


def test_what_lasts_longer_than_the_plan_is_not_asked_and_the_host_is_told_why(tun):
    assert tun.amir.id in named(tun, tun.request(minutes=60))[0]
    shown, reasons = named(tun, tun.request(recipient=tun.person("Olav", "Bø", "+4757410002"), minutes=61))
    assert tun.amir.id not in shown
    assert reasons[tun.amir.id] == ["lighter_plan"]


@pytest.mark.rule("R68")
def test_who_is_helped_by_the_pair_may_not_be_one_of_them(tun):
    request = tun.request(recipient=tun.kari.person)
    shown, reasons = named(tun, request)
    assert tun.amir.id not in shown
    assert tun.amir.id not in reasons


@pytest.mark.rule("R113")
def test_nobody_is_announced_who_has_died_and_a_mistake_is_undone(tun):
    match = agreed(tun)
    note_death(person=tun.kari.person, by=tun.viewer(), at=tun.now)
    match = Match.objects.get(id=match.id)
    assert (match.state, match.who_comes) == ("agreed", "Amir Haddad")
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    assert "Kari Berg" in Match.objects.get(id=match.id).who_comes


@pytest.mark.rule("R113")
def test_when_the_one_they_visit_dies_both_are_rung_and_the_day_goes_and_comes_back(tun):
    match = agreed(tun)
    note_death(person=match.request.recipient, by=tun.viewer(), at=tun.now)
    from samtun.operation.help_requests.models import PersonalCall

    assert {c.volunteer_id for c in PersonalCall.objects.all()} == {tun.amir.id, tun.kari.id}
    assert not Engagement.objects.exists()
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    assert HelpRequest.objects.get().state == "agreed"
    assert Engagement.objects.get().person_id == tun.kari.person_id


@pytest.mark.rule("R113")
def test_nobody_looks_for_a_mentor_for_one_who_has_died(tun):
    for person in (tun.amir.person, tun.kari.person):
        note_death(person=person, by=tun.viewer(), at=tun.now)
    assert not Todo.objects.filter(reason="mentor_gone", done_at=None).exists()
