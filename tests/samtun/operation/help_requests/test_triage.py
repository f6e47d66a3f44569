"""Whose task is it? Before anyone is asked."""

import pytest

from samtun.anchoring.responsibilities.models import Clearance
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.asking import NotLooking, PlanMissing
from samtun.operation.help_requests.actions.assessing import NeverForVolunteers, ReasonMissing
from samtun.operation.help_requests.actions.entering import DayHasBeen, WantsNoContact
from samtun.operation.help_requests.enums import Outcome, Source
from samtun.operation.help_requests.models import Assessment
from samtun.work.todos.queries import due_for


@pytest.mark.rule("R26")
def test_a_kind_cleared_by_both_passes_with_the_call_and_the_assessment_is_recorded(tun):
    request = tun.request()
    assert request.state == "looking"
    recorded = Assessment.objects.get(request=request)
    assert (recorded.outcome, recorded.cleared_beforehand) == ("volunteer", True)
    assert recorded.reason == "Dalgrend kommune: Møte 3. mars; Dalgrend frivilligsentral: Møte 3. mars"


@pytest.mark.rule("R26")
@pytest.mark.parametrize("missing", ["council", "centre"])
def test_with_one_clearance_missing_nobody_is_asked_until_the_assessor_has_said(tun, missing):
    Clearance.objects.filter(task_type=tun.snow, owner=getattr(tun, missing)).delete()
    request = tun.request()
    assert request.state == "new"
    volunteer = tun.volunteer("Marit", "Fjelde", "+4790000001")
    with pytest.raises(NotLooking):
        actions.ask_volunteers(request=request, volunteers=[volunteer.id], by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        actions.assess(request=request, outcome=Outcome.VOLUNTEER, reason="Fint", by=tun.viewer(), at=tun.now)
    actions.assess(request=request, outcome=Outcome.VOLUNTEER, reason="Lita oppgåve", by=tun.assessor(), at=tun.now)
    assert request.state == "looking"


@pytest.mark.rule("R29")
def test_a_no_from_the_organisation_wins_over_a_yes_from_the_municipality(tun):
    Clearance.objects.filter(task_type=tun.snow, owner=tun.centre).update(cleared=False)
    assert tun.request().state == "new"


def test_longer_than_cleared_goes_to_the_assessor(tun):
    assert tun.request(minutes=300).state == "new"


@pytest.mark.rule("R22")
def test_a_grey_kind_waits_for_the_assessor_on_the_assessors_own_desk(tun):
    request = tun.request(task_type=tun.grey)
    assert [(line.ref.id, line.reason) for line in due_for(tun.assessor(), at=tun.now)] == [(request.id, "whose_task")]
    assert due_for(tun.viewer(), at=tun.now) == []


@pytest.mark.rule("R24")
@pytest.mark.rule("R25")
def test_outside_the_limits_is_met_with_a_reason_and_a_kind_answer_with_the_way_on(tun):
    request = tun.request(task_type=tun.estate)
    assert request.state == "declined"
    assert Assessment.objects.get(request=request).outcome == "business"
    assert list(Message.objects.values_list("notice", "channel")) == [("help_requests.way_on", "call")]


@pytest.mark.rule("R23")
def test_an_assessor_cannot_make_a_declined_kind_a_volunteers_task(tun):
    Clearance.objects.filter(task_type=tun.snow).delete()
    request = tun.request()
    request.task_type.task_class = "professional"
    request.task_type.is_declined = True
    with pytest.raises(NeverForVolunteers):
        actions.assess(request=request, outcome=Outcome.VOLUNTEER, reason="Likevel", by=tun.assessor(), at=tun.now)


def test_an_outcome_needs_a_reason(tun):
    request = tun.request(task_type=tun.grey)
    with pytest.raises(ReasonMissing):
        actions.assess(request=request, outcome=Outcome.CANNOT, reason="  ", by=tun.assessor(), at=tun.now)


@pytest.mark.rule("R28")
def test_one_to_one_over_time_needs_limits_and_whom_to_call_before_anyone_is_asked(tun):
    request = tun.request(task_type=tun.visit)
    volunteer = tun.volunteer("Marit", "Fjelde", "+4790000001", types=[tun.visit])
    with pytest.raises(PlanMissing):
        actions.ask_volunteers(request=request, volunteers=[volunteer.id], by=tun.viewer(), at=tun.now)


def test_yesterday_is_refused(tun):
    with pytest.raises(DayHasBeen):
        tun.request(on=tun.now.date().replace(day=22))


@pytest.mark.rule("R32")
def test_one_who_wants_no_contact_is_left_in_peace(tun):
    anna = tun.recipient()
    anna.do_not_contact = True
    with pytest.raises(WantsNoContact):
        tun.request(recipient=anna)


@pytest.mark.rule("R76")
def test_asked_for_by_another_without_consent_it_waits_outside_matching(tun):
    request = actions.take_call(
        owner=tun.centre, recipient=tun.recipient(), wish=tun.wish(asked_by="Dottera"), source=Source.CALL,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert request.state == "unproven"
    assert [line.reason for line in due_for(tun.viewer(), at=tun.now)] == ["waits_for_consent"]
