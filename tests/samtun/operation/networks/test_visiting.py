"""A professional's visit: nobody is asked before it is written about; it counts as whose task it is, with the plan."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests import actions as help_acts
from samtun.operation.help_requests.actions import asking
from samtun.operation.help_requests.models import Assessment, HelpRequest, Match
from samtun.operation.help_requests.queries.words import plan_facts
from samtun.operation.networks import actions, queries
from samtun.operation.networks.actions import visiting
from samtun.operation.networks.enums import VisitOutcome
from samtun.operation.networks.models import HomeVisit, Talk
from samtun.operation.referrals.actions import became_wish, pass_on
from samtun.operation.referrals.enums import Became
from samtun.people.persons.actions import note_death, take_back_death
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import due_for
from tests.factories.around import a_visit

PLAN = actions.Needs(what="Sitje hjå", where="Heime", how_often="Tysdagar", limits="Ikkje stell", whom_to_call="Berit")


def conclude(tun, visit, outcome, needs=PLAN, by=None, at=None):
    return actions.conclude(
        visit=visit, outcome=VisitOutcome(outcome), reason="Har sett på det", needs=needs, by=by or tun.assessor(),
        at=at or tun.now,
    )  # fmt: skip


@pytest.mark.rule("R26")
@pytest.mark.rule("R28")
@pytest.mark.practice("vefsn")
@pytest.mark.parametrize(
    ("outcome", "state", "counts"),
    [("volunteer", "looking", "volunteer"), ("both", "looking", "volunteer"),
     ("municipality", "declined", "municipality"), ("not_now", "cancelled", "other")],
)  # fmt: skip
def test_the_outcome_counts_as_the_assessment_and_the_needs_are_the_plan(tun, outcome, state, counts):
    visit = a_visit(tun)
    conclude(tun, visit, outcome)
    request = HelpRequest.objects.get()
    assert request.state == state
    said = Assessment.objects.get()
    assert (said.outcome, said.reason, said.cleared_beforehand) == (counts, "Har sett på det", False)
    written = [words for _term, words in plan_facts(request)]
    assert written == (["Sitje hjå", "Heime", "Tysdagar", "Ikkje stell", "Berit"] if counts == "volunteer" else [])
    assert Message.objects.filter(notice="help_requests.way_on").exists() is (outcome == "municipality")


@pytest.mark.rule("R28")
def test_no_volunteer_comes_without_limits_and_whom_to_ring(tun):
    visit = a_visit(tun)
    for missing in (replace(PLAN, limits=""), replace(PLAN, whom_to_call=" ")):
        with pytest.raises(visiting.PlanFirst):
            conclude(tun, visit, "volunteer", needs=missing)
    conclude(tun, visit, "municipality", needs=actions.Needs())
    with pytest.raises(visiting.WrittenAlready):
        conclude(tun, visit, "municipality")


def test_nobody_is_asked_before_it_is_written_about(tun):
    request = tun.request()
    HelpRequest.objects.filter(id=request.id).update(state="looking")
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    visit = actions.plan_visit(request=request, on=tun.now.date(), who="Berit", by=tun.viewer(), at=tun.now)
    ask = {"request": request, "volunteers": [marit.id], "by": tun.viewer(), "at": tun.now}
    with pytest.raises(asking.VisitFirst):
        help_acts.ask_volunteers(**ask)
    assert queries.around_wish(tun.viewer(), request.id, today=tun.now.date()).holds_back
    conclude(tun, visit, "volunteer")
    assert len(help_acts.ask_volunteers(**ask)) == 1


def test_called_off_the_wish_goes_on_where_it_was(tun):
    visit = a_visit(tun)
    with pytest.raises(visiting.PlannedAlready):
        a_visit(tun, visit.request)
    actions.call_off_visit(visit=visit, by=tun.assessor(), at=tun.now)
    assert HelpRequest.objects.get().state == "new"
    again = a_visit(tun, visit.request, on=tun.now.date() + dt.timedelta(days=2))
    with pytest.raises(visiting.NotYetVisited):
        conclude(tun, again, "municipality")
    with pytest.raises(visiting.DayHasBeen):
        a_visit(tun, visit.request, on=tun.now.date() - dt.timedelta(days=1))


def test_a_visit_nobody_has_written_about_comes_to_the_desk(tun):
    visit = a_visit(tun)
    later = tun.now + dt.timedelta(days=1)
    assert actions.visit_due(visit=visit, by=tun.system(), at=later)
    assert "write_visit" in [line.reason for line in due_for(tun.viewer(), at=later)]
    conclude(tun, visit, "volunteer", at=later)
    assert "write_visit" not in [line.reason for line in due_for(tun.viewer(), at=later)]
    assert not actions.visit_due(visit=visit, by=tun.system(), at=later)


@pytest.fixture
def nurse(tun):
    """An employee of the council who may pass wishes on, and has passed Anna's on."""
    berit = tun.person("Berit", "Moe", "+4790000222", owner=tun.council)
    may = {Permission.REFER, Permission.OWN_PAGE}
    return replace(tun.viewer(tun.council, Role.UNIT_EMPLOYEE, may), person=berit.id, name="Berit Moe")


@pytest.fixture
def passed_on(tun, nurse):
    word = pass_on(
        to=tun.centre, name="Anna Stokke", phone="+4757410001", words="Selskap", said_yes=True, by=nurse, at=tun.now
    )
    request = tun.request(tun.recipient(), tun.grey)
    became_wish(referral_id=word.id, wish=request.id, became=Became.SOUGHT, by=tun.viewer(), at=tun.now)
    return request


@pytest.mark.rule("R77")
def test_a_nurse_visits_those_she_has_passed_on_and_nobody_else(tun, nurse, passed_on):
    other = tun.request(tun.person("Liv", "Li", "+4790000444"), tun.grey)
    assert [r.id for r in queries.waiting_for_visit(nurse)] == [passed_on.id]
    with pytest.raises(NotYours):
        queries.request_to_visit(nurse, other.id)
    with pytest.raises(NotYours):
        actions.plan_visit(request=other, on=tun.now.date(), who="", by=nurse, at=tun.now)
    visit = actions.plan_visit(request=passed_on, on=tun.now.date(), who="", by=nurse, at=tun.now)
    assert visit.who == "Berit Moe"
    assert queries.visit_for(nurse, visit.id) == visit
    conclude(tun, visit, "volunteer", by=nurse)
    assert HelpRequest.objects.get(id=passed_on.id).state == "looking"
    assert Assessment.objects.get().by_words.startswith("Berit Moe")


@pytest.mark.rule("R26")
def test_a_contact_person_passes_on_but_does_not_judge_whose_task_it_is(tun, nurse):
    may = {Permission.REFER, Permission.MANAGE_ORGANISATION, Permission.OWN_PAGE}
    chair = replace(tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, may), person=nurse.person)
    word = pass_on(
        to=tun.centre, name="Anna Stokke", phone="+4757410001", words="", said_yes=True, by=chair, at=tun.now
    )
    request = tun.request(tun.recipient(), tun.grey)
    became_wish(referral_id=word.id, wish=request.id, became=Became.SOUGHT, by=tun.viewer(), at=tun.now)
    assert queries.waiting_for_visit(chair) == []
    with pytest.raises(NotYours):
        actions.plan_visit(request=request, on=tun.now.date(), who="", by=chair, at=tun.now)
    as_nurse = replace(nurse, hat=replace(nurse.hat, owners=frozenset({tun.other.id})))
    assert [r.id for r in queries.waiting_for_visit(as_nurse)] == [request.id], "the control: as an employee she may"


@pytest.mark.rule("R112")
def test_another_employee_and_a_coordinator_do_not_write_what_came_of_it(tun, nurse):
    visit = a_visit(tun)
    for viewer in (nurse, tun.viewer(), tun.viewer(tun.other)):
        with pytest.raises(NotYours):
            conclude(tun, visit, "volunteer", by=viewer)
    for viewer in (nurse, tun.viewer(tun.other)):
        with pytest.raises(NotYours):
            queries.visit_for(viewer, visit.id)
        with pytest.raises(NotYours):
            actions.call_off_visit(visit=visit, by=viewer, at=tun.now)
    assert queries.visit_for(tun.viewer(), visit.id) == visit, "the control: its own see it"
    assert HomeVisit.objects.get().done_at is None


@pytest.mark.practice("vefsn")
def test_the_volunteer_is_guided_when_it_is_agreed(tun):
    visit = a_visit(tun)
    conclude(tun, visit, "volunteer")
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    match = Match.objects.create(
        request=visit.request, volunteer=marit, state="agreed", proposed_at=tun.now, agreed_at=tun.now
    )
    talk = actions.begin_guidance(match=match, by=tun.system(), at=tun.now)
    assert actions.begin_guidance(match=match, by=tun.system(), at=tun.now) is None, "planned once"
    late = dt.datetime.combine(talk.due_on, dt.time(8), tzinfo=dt.UTC)
    assert actions.talk_due(talk=talk, by=tun.system(), at=late)
    assert "with_volunteer" in [line.reason for line in due_for(tun.viewer(), at=late)]
    following = actions.note_talk(talk=talk, held=False, note="", next_on=None, by=tun.viewer(), at=late)
    last = actions.note_talk(talk=following, held=True, note="", next_on=None, is_last=True, by=tun.viewer(), at=late)
    assert last is None
    assert list(Talk.objects.order_by("id").values_list("was_held", flat=True)) == [False, True]
    control = tun.request(tun.person("Liv", "Li", "+4790000444"))
    unseen = Match.objects.create(
        request=control, volunteer=marit, state="agreed", proposed_at=tun.now, agreed_at=tun.now
    )
    assert actions.begin_guidance(match=unseen, by=tun.system(), at=tun.now) is None, "where no professional has been"


@pytest.mark.rule("R113")
def test_no_guidance_is_planned_for_a_match_that_is_heard_of_after_a_death(tun):
    visit = a_visit(tun)
    needs = actions.Needs(limits="Kaffi", whom_to_call="Sentralen")
    actions.conclude(visit=visit, outcome="volunteer", reason="Kaffi", needs=needs, by=tun.assessor(), at=tun.now)
    marit = tun.volunteer("Marit", "Fjelde", "+4790000009")
    match = Match.objects.create(
        request=visit.request, volunteer=marit, state="agreed", proposed_at=tun.now, agreed_at=tun.now
    )
    note_death(person=marit.person, by=tun.viewer(), at=tun.now)
    assert actions.begin_guidance(match=match, by=tun.system(), at=tun.now) is None
    assert not Talk.objects.exists()


@pytest.mark.rule("R113")
def test_when_the_one_who_was_to_go_has_died_the_desk_hears_it_at_once_and_not_after_a_mistake(tun):
    nurse = tun.person("Hanne", "Fossheim", "+4790000300", owner=tun.council)
    goes, by_name = a_visit(tun), a_visit(tun)
    HomeVisit.objects.filter(id=goes.id).update(planner=nurse, who="Hanne Fossheim, ergoterapeut")
    HomeVisit.objects.filter(id=by_name.id).update(planner=nurse, who="Berit frå heimetenesta")
    passing = note_death(person=nurse, by=tun.viewer(tun.council), at=tun.now)
    due = Todo.objects.filter(reason="visitor_gone", done_at=None)
    assert list(due.values_list("ref_id", "owner")) == [(goes.id, goes.owner_id)]
    take_back_death(passing=passing, by=tun.viewer(tun.council), at=tun.now)
    assert not due.exists()
