"""A consent taken back stops what rests on it at once, and the desk rings (R76, R104)."""

import pytest

from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.entering import ConsentMissing
from samtun.operation.help_requests.enums import Source
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.people.consents.actions import record_consent, withdraw_consent
from samtun.people.consents.events import ConsentWithdrawn
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.after import again, everything, notices, run, sent


def asked_for_by_another(tun):
    """Snow on Anna's steps, asked for by her daughter, with Anna's yes."""
    anna = tun.person("Anna", "Stokke", "+4792000009")
    consent = record_consent(
        person=anna, basis="self", what="Ynsket", passed_to=tun.centre, owner=tun.centre, purpose="Finne nokon",
        form="oral", by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    request = actions.take_call(
        owner=tun.centre, recipient=anna, wish=tun.wish(asked_by="Dotter Kari"), source=Source.CALL, consent=consent,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    return consent, request


def open_reasons():
    return sorted(Todo.objects.filter(done_at=None, ref_kind="help_request").values_list("reason", flat=True))


@pytest.mark.rule("R76")
@pytest.mark.rule("R104")
@pytest.mark.parametrize("how_far", ["looking", "asked", "proposed", "agreed"])
def test_a_consent_taken_back_stops_what_rests_on_it(tun, how_far):
    marit, jonas = (tun.volunteer(n, "Vik", f"+479000000{i}") for i, n in enumerate(("Marit", "Jonas")))
    consent, request = asked_for_by_another(tun)
    assert request.state == "looking"
    asks = []
    if how_far != "looking":
        asks = actions.ask_volunteers(request=request, volunteers=[marit.id, jonas.id], by=tun.viewer(), at=tun.now)
        sent(tun)
    if how_far in {"proposed", "agreed"}:
        mine = next(a for a in asks if a.volunteer_id == marit.id)
        actions.answer_ask(ask=mine, yes=True, via="sms", by=tun.system(), at=tun.now)
    if how_far == "agreed":
        actions.answer_proposal(match=Match.objects.get(), yes=True, via="call", by=tun.viewer(), at=tun.now)
    assert HelpRequest.objects.get(id=request.id).state == how_far
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    run()
    stands = HelpRequest.objects.get(id=request.id)
    assert (stands.state, stands.consent_id) == ("unproven", None)
    assert open_reasons() == ["waits_for_consent"]
    assert not Ask.objects.filter(state__in=["sent", "silent", "yes"]).exists()
    assert not Match.objects.filter(state__in=["proposed", "agreed"]).exists()
    last = {
        "asked": ("help_requests.settled", None),
        "proposed": ("help_requests.not_needed", "help_requests.proposal"),
        "agreed": ("help_requests.cancelled_volunteer", "help_requests.cancelled_recipient"),
    }
    if how_far in last:
        assert notices(marit.person)[-1] == last[how_far][0]
        assert (notices(request.recipient) or [None])[-1] == last[how_far][1]
    before = everything()
    again(ConsentWithdrawn)
    assert everything() == before


@pytest.mark.rule("R76")
def test_nobody_is_asked_in_the_seconds_before_the_job_has_run(tun):
    marit = tun.volunteer("Marit", "Vik", "+4790000001")
    consent, request = asked_for_by_another(tun)
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    with pytest.raises(ConsentMissing):
        actions.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
    with pytest.raises(ConsentMissing):
        consent.refresh_from_db()
        actions.give_consent(request=request, consent=consent, by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R76")
def test_after_a_new_yes_it_goes_on(tun):
    consent, request = asked_for_by_another(tun)
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    run()
    fresh = record_consent(
        person=request.recipient, basis="self", what="Ynsket", passed_to=tun.centre, owner=tun.centre,
        purpose="Finne nokon", form="oral", by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    stopped = HelpRequest.objects.select_related("task_type", "recipient").get(id=request.id)
    actions.give_consent(request=stopped, consent=fresh, by=tun.viewer(), at=tun.now)
    assert HelpRequest.objects.get(id=request.id).state == "new"
    assert open_reasons() == ["new"]


def test_what_is_closed_or_rests_on_another_yes_is_left_alone(tun):
    consent, request = asked_for_by_another(tun)
    actions.cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    own = tun.request()
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    run()
    assert HelpRequest.objects.get(id=request.id).state == "cancelled"
    assert HelpRequest.objects.get(id=own.id).state == "looking"
