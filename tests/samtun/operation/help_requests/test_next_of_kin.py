"""Those who ask for another: they hear what became of it, and only that; at a death they are rung, not written to."""

import datetime as dt

import pytest
from django.template.loader import get_template

from samtun.foundation import recipients
from samtun.foundation.notices import notice_of
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries import calls_to_make
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.enums import MatchState, RequestState, Source
from samtun.operation.help_requests.models import HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.notices import AskerHeard
from samtun.operation.help_requests.queries import askers_of
from samtun.people.consents.actions import record_consent, withdraw_consent
from samtun.people.persons.actions import note_death
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.after import run

SON, LANDLINE = "+4791919191", "+4757419191"
TODAY = dt.date(2026, 11, 23)


def asked(tun, *, phone=SON, yes=True, recipient=None, **changes):
    anna = recipient or tun.recipient()
    consent = yes and record_consent(
        person=anna, basis="self", what="The wish for help", passed_to=tun.centre, owner=tun.centre,
        purpose="Finding a volunteer", form="oral", by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    wish = tun.wish(**{"asked_by": "Ola Stokke, son", "asked_by_phone": phone} | changes)
    return actions.take_call(
        owner=tun.centre, recipient=anna, wish=wish, source=Source.CALL, consent=consent or None, by=tun.viewer(),
        at=tun.now,
    )  # fmt: skip


def agreed(tun, request):
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001", types=[tun.snow, tun.visit])
    actions.write_plan(
        request=request, limits="Ein time.", whom_to_call="Sentralen", how_often="", by=tun.viewer(), at=tun.now
    )
    (ask,) = actions.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
    actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    match = Match.objects.get(request=request, state=MatchState.PROPOSED)
    return actions.answer_proposal(match=match, yes=True, via="call", by=tun.viewer(), at=tun.now)


def heard(request):
    return list(Message.objects.filter(notice="help_requests.asker_heard", ref_id=request.id).order_by("id"))


def says(request):
    """What the message says if it is sent now; None when it does not apply."""
    facts = notice_of("help_requests.asker_heard").facts(
        request.id, recipients.resolve_address("help_request", request.id)
    )
    assert facts is None or set(facts) == {"owner", "owner_phone", "became"}, "no name, no kind of help, no day"
    return facts and facts["became"]


def test_a_next_of_kin_with_a_mobile_hears_by_text_that_it_is_in_place_and_only_once(tun):
    request = asked(tun)
    match = agreed(tun, request)
    (message,) = heard(request)
    assert (message.channel, message.to_person, message.is_ask) == ("sms", None, False)
    to = recipients.resolve_address("help_request", request.id)
    assert (to.phone, to.name) == (SON, "Ola Stokke, son")
    assert says(request) == "in_place"
    Message.objects.update(state=Message.State.DELIVERED, settled_at=tun.now)
    actions.mark_done(match=match, minutes=45, via="link", by=tun.system(), at=tun.now + dt.timedelta(days=9))
    assert len(heard(request)) == 1


def test_something_that_lasts_is_told_too_and_a_stand_in_for_one_time_is_not(tun):
    request = asked(tun, every_weeks=1)
    agreed(tun, request)
    assert (len(heard(request)), says(request)) == (1, "in_place")
    once = asked(tun, recipient=request.recipient, asker_hears="")
    actions.cancel(request=once, reason="", by=tun.viewer(), at=tun.now)
    assert heard(once) == []


def test_one_with_a_landline_stands_on_the_list_of_calls(tun):
    request = asked(tun, phone=LANDLINE)
    actions.close_unmet(request=request, reason="", by=tun.viewer(), at=tun.now)
    (message,) = heard(request)
    assert message.channel == "call"
    rows = calls_to_make(tun.viewer(), at=tun.now + dt.timedelta(days=1))
    assert ("Ola Stokke, son", "57 41 91 91") in [(r.name, r.number) for r in rows]
    assert Todo.objects.filter(ref_id=message.id, done_at=None).exists(), "the desk says that somebody is to be rung"
    assert says(request) == "unmet"


def test_one_who_would_rather_be_rung_is_rung(tun):
    request = asked(tun, asker_hears="call")
    actions.cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    assert [m.channel for m in heard(request)] == ["call"]
    assert says(request) == "cancelled"


def test_what_is_outside_the_limits_is_told_as_shown_the_way_on(tun):
    request = asked(tun, task_type=tun.estate)
    assert (len(heard(request)), says(request)) == (1, "way_on")


@pytest.mark.rule("R76")
def test_without_the_persons_yes_it_is_only_said_that_it_was_followed_up(tun):
    request = asked(tun, yes=False)
    assert request.state == RequestState.UNPROVEN
    actions.cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    assert (len(heard(request)), says(request)) == (1, "followed_up")


@pytest.mark.rule("R76")
def test_a_yes_taken_back_stops_what_has_not_gone(tun):
    request = asked(tun)
    agreed(tun, request)
    withdraw_consent(consent=request.consent, by=tun.system(), at=tun.now)
    actions.consent_withdrawn(consent_id=request.consent_id, by=tun.system(), at=tun.now)
    assert says(request) is None


def test_the_persons_own_number_gets_no_word_about_another(tun):
    anna = tun.recipient()
    request = asked(tun, phone=anna.phone, recipient=anna)
    actions.cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    assert [m.state for m in heard(request)] == [Message.State.CANCELLED]


@pytest.mark.rule("R32")
def test_an_asker_who_wants_no_contact_gets_none(tun):
    son = tun.person("Ola", "Stokke", SON)
    son.do_not_contact = True
    son.save(update_fields=["do_not_contact"])
    request = asked(tun)
    actions.cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    assert [m.state for m in heard(request)] == [Message.State.CANCELLED]


@pytest.mark.rule("R113")
def test_after_a_death_they_are_sent_nothing_and_rung_by_a_person(tun):
    request = asked(tun)
    agreed(tun, request)
    assert [m.state for m in heard(request)] == [Message.State.PENDING]
    note_death(person=request.recipient, by=tun.viewer(), at=tun.now)
    assert [m.state for m in heard(request)] == [Message.State.CANCELLED]
    late = HelpRequest.objects.get(id=request.id)
    actions.telling.tell_asker(late, RequestState.CANCELLED, by=tun.viewer(), at=tun.now)
    assert [m.state for m in heard(request)] == [Message.State.CANCELLED]
    assert PersonalCall.objects.filter(phone=SON).count() == 1


@pytest.mark.rule("R113")
def test_those_behind_what_lasts_and_what_was_done_lately_are_rung_at_a_death(tun):
    anna = tun.recipient()
    lasting = asked(tun, recipient=anna, every_weeks=1)
    agreed(tun, lasting)
    run()
    assert HelpRequest.objects.get(id=lasting.id).state == RequestState.LASTING
    done = asked(tun, recipient=anna, phone="+4791919192")
    HelpRequest.objects.filter(id=done.id).update(state=RequestState.DONE)
    old = asked(tun, recipient=anna, phone="+4791919193")
    HelpRequest.objects.filter(id=old.id).update(state=RequestState.DONE, on=TODAY - dt.timedelta(days=184))
    over = asked(tun, recipient=anna, phone="+4791919194", every_weeks=1)
    ended = {"state": RequestState.LASTING, "lasts_until": TODAY - dt.timedelta(days=184)}
    HelpRequest.objects.filter(id=over.id).update(**ended)
    assert {a.phone for a in askers_of([anna.id], on=TODAY)} == {SON, "+4791919192"}
    note_death(person=anna, by=tun.viewer(), at=tun.now)
    called = PersonalCall.objects.filter(about=anna).exclude(phone="").values_list("phone", flat=True)
    assert set(called) == {SON, "+4791919192"}


@pytest.mark.parametrize("became", ["in_place", "unmet", "way_on", "cancelled", "followed_up"])
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_words_fit_one_text_and_give_nothing_away(became, language):
    facts = AskerHeard.sample_facts() | {"became": became}
    text = get_template(f"help_requests/mail/asker_heard/sms.{language}.txt").render(facts).strip()
    assert len(text) <= 160, len(text)
