"""When life happens: a death and its exact undoing, away and back, a yes taken back, those who leave, two rows."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samtun.foundation.models import AuditEvent
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.models import HelpRequest, PersonalCall
from samtun.operation.networks import actions
from samtun.operation.networks.actions import members
from samtun.operation.networks.models import HomeVisit, Member, Network, Step, Talk
from samtun.operation.volunteers.actions import leave
from samtun.partners.organisations.models import Organisation
from samtun.people.consents.actions import withdraw_consent
from samtun.people.persons.actions import merge_persons, note_away, note_back, note_death, take_back_death
from samtun.people.persons.models import Away
from samtun.work.todos.models import Todo
from tests.factories.around import a_built_network, a_network, a_visit
from tests.samtun.operation.help_requests.after import run

DAY = dt.timedelta(days=1)
NAMED = ("name", "phone", "what", "when_words")


def stands():
    """All of this room that an exact undo must bring back."""
    return {
        "networks": list(Network.objects.order_by("id").values_list("id", "state", "held_for", "ended_because")),
        "members": list(Member.objects.order_by("id").values_list("id", "left_at", "is_contact")),
        "talks": list(Talk.objects.order_by("id").values_list("id", "settled_at", "due_on")),
        "visits": list(HomeVisit.objects.order_by("id").values_list("id", "cancelled_at")),
        "messages": list(Message.objects.order_by("id").values_list("id", "state")),
        "todos": sorted(Todo.objects.filter(done_at=None).values_list("ref_kind", "ref_id", "reason", "due")),
    }


def open_reasons():
    return sorted(Todo.objects.filter(done_at=None).values_list("reason", flat=True))


@pytest.fixture
def built(tun):
    """A network in place, a visit planned, and a talk on the desk."""
    made = a_built_network(tun)
    a_visit(tun, tun.request(made.person, tun.grey))
    talk = Talk.objects.get(side="person")
    Talk.objects.filter(id=talk.id).update(due_on=tun.now.date())
    assert actions.talk_due(talk=talk, by=tun.system(), at=tun.now)
    return made


@pytest.mark.rule("R113")
def test_a_death_stops_all_and_a_mistake_is_undone_exactly(tun, built):
    before, sent = stands(), Message.objects.exclude(state="cancelled").count()
    passing = note_death(person=built.person, by=tun.viewer(), at=tun.now, rings="Turid")
    assert set(Network.objects.values_list("state", "ended_because")) == {("ended", "died")}
    assert not Talk.objects.filter(settled_at=None).exists()
    assert not HomeVisit.objects.filter(cancelled_at=None).exists()
    assert open_reasons() == ["ring_near"], "the neighbour is rung by a person; nothing else is due"
    assert PersonalCall.objects.get().name == "Oddny Lien"
    run()
    assert Message.objects.exclude(state="cancelled").count() <= sent, "nobody is written to"
    for talk in Talk.objects.all():
        assert not actions.talk_due(talk=talk, by=tun.system(), at=tun.now + 60 * DAY)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    assert stands() == before


@pytest.mark.rule("R113")
def test_a_dead_volunteer_goes_out_of_the_network_and_back_by_a_mistake(tun):
    made = a_built_network(tun)
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    facts = {"what": "besøk", "when_words": "tysdagar"}
    one = actions.add_volunteer(network=made, volunteer=marit, **facts, by=tun.viewer(), at=tun.now)
    actions.make_contact(member=one, said_yes=True, by=tun.viewer(), at=tun.now)
    passing = note_death(person=marit.person, by=tun.viewer(), at=tun.now)
    assert Member.objects.get(id=one.id).left_at
    assert "no_contact" in open_reasons()
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    kept = Member.objects.get(id=one.id)
    assert (kept.left_at, kept.is_contact, kept.what, kept.when_words) == (None, True, "besøk", "tysdagar")
    assert "no_contact" not in open_reasons()


@pytest.mark.practice("vennesla")
def test_it_rests_while_the_person_is_away_and_goes_on_with_new_days(tun):
    made = a_network(tun)
    due = Step.objects.get(network=made, number=1).due_on
    today = tun.now.date()
    away = note_away(person=made.person, starts=today, ends=None, where=Away.Where.AWAY, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, made.held_for_id) == ("paused", away.id)
    assert not actions.step_due(network=made, number=1, by=tun.system(), at=tun.now + 20 * DAY)
    back = tun.now + 21 * DAY
    note_back(away=away, by=tun.viewer(), at=back)
    made.refresh_from_db()
    step = Step.objects.get(network=made, number=1)
    assert (made.state, made.held_for_id) == ("open", None)
    assert step.due_on == dt.date(2026, 12, 18) > due, "two opening days after the Monday they are back"


def test_away_from_a_later_day_rests_from_that_day(tun):
    made = a_network(tun)
    starts = tun.now.date() + 3 * DAY
    away = note_away(person=made.person, starts=starts, ends=None, where="away", by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert made.state == "open"
    assert actions.person_away(away=away, by=tun.system(), at=tun.now + 3 * DAY) == 1
    made.refresh_from_db()
    assert made.state == "paused"


@pytest.mark.rule("R76")
def test_a_yes_taken_back_ends_it_at_once_and_numbers_go(tun):
    made = a_built_network(tun)
    facts = {"name": "Per", "phone": "+4790000001", "what": "handlar", "when_words": "tysdagar", "said_yes": True}
    actions.add_near(network=made, **facts, is_employee=True, by=tun.viewer(), at=tun.now)
    withdraw_consent(consent=made.consent, by=tun.viewer(), at=tun.now)
    run()
    made.refresh_from_db()
    assert (made.state, made.ended_because) == ("ended", "consent")
    told = Member.objects.filter(kind__in=["near", "employee"]).values_list(*NAMED, "is_contact")
    assert list(told) == [("", "", "", "", False)] * 2
    assert not Talk.objects.filter(settled_at=None).exists()
    assert not Message.objects.filter(notice="networks.around", state="pending").exists()


def test_one_who_is_near_and_is_taken_off_leaves_nothing_but_that_there_was_one(tun):
    near = Member.objects.get(network=a_built_network(tun), kind="near")
    actions.take_off(member=near, by=tun.viewer(), at=tun.now)
    near.refresh_from_db()
    assert [getattr(near, name) for name in NAMED] == ["", "", "", ""]
    assert (near.left_at, near.said_yes_on) == (tun.now, tun.now.date())


def test_the_database_holds_that_nobody_near_stands_there_without_a_name(tun):
    near = Member.objects.filter(network=a_built_network(tun), kind="near")
    for wrong in ({"name": ""}, {"said_yes_on": None}, {"left_at": tun.now, "said_yes_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            near.update(**wrong)


def test_what_an_organisation_had_ends_with_it_and_it_goes_out_of_others(tun):
    made = a_built_network(tun)
    body = Organisation.objects.get(owner=tun.other)
    group = actions.add_group(network=made, organisation=body, what="", when_words="", by=tun.viewer(), at=tun.now)
    tun.other.left_on = tun.now.date()
    tun.other.save(update_fields=["left_on"])
    actions.owner_left(owner=tun.other, by=tun.system(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, Member.objects.get(id=group.id).left_at is None) == ("open", False)
    assert AuditEvent.objects.get(act="networks.member_left").words == {"kind": "group"}
    visit = a_visit(tun, tun.request(made.person, tun.grey))
    HomeVisit.objects.filter(id=visit.id).update(owner=tun.centre)
    assert actions.visit_due(visit=visit, by=tun.system(), at=tun.now)
    tun.centre.left_on = tun.now.date()
    tun.centre.save(update_fields=["left_on"])
    actions.owner_left(owner=tun.centre, by=tun.system(), at=tun.now)
    made.refresh_from_db()
    visit.refresh_from_db()
    assert (made.state, visit.cancelled_at) == ("ended", tun.now)
    assert AuditEvent.objects.filter(act="networks.visit_off", ref_id=visit.request_id).count() == 1
    assert not Todo.objects.filter(ref_kind="home_visit", done_at=None).exists()


def test_a_volunteer_who_leaves_goes_out_of_the_network(tun):
    made = a_built_network(tun)
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    one = actions.add_volunteer(network=made, volunteer=marit, what="", when_words="", by=tun.viewer(), at=tun.now)
    leave(volunteer=marit, by=tun.viewer(), at=tun.now)
    run()
    assert Member.objects.get(id=one.id).left_at
    assert AuditEvent.objects.get(act="networks.member_left", ref_id=made.id).words == {"kind": "volunteer"}


def test_two_rows_put_together_keep_the_network(tun):
    made = a_network(tun)
    other = tun.person("Anna", "Stokke", "+4757410099")
    merge_persons(kept=other, other=made.person, take=(), owner=tun.centre, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert made.person_id == other.id


def test_nothing_is_said_of_a_network_around_the_dead(tun):
    from samtun.foundation.recipients import about_gone

    made = a_built_network(tun)
    ref = Ref("network", made.id)
    assert not about_gone(*ref)
    note_death(person=made.person, by=tun.viewer(), at=tun.now)
    assert about_gone(*ref)
    assert HelpRequest.objects.count() == 0


@pytest.mark.rule("R113")
def test_a_volunteer_who_has_died_is_put_into_no_network(tun, built):
    marit = tun.volunteer("Marit", "Fjelde", "+4790000009")
    note_death(person=marit.person, by=tun.viewer(), at=tun.now)
    with pytest.raises(members.IsDead):
        actions.add_volunteer(
            network=built, volunteer=marit, what="besøk", when_words="", by=tun.viewer(), at=tun.now
        )  # fmt: skip


@pytest.mark.rule("R113")
def test_a_contact_who_comes_back_to_a_network_with_another_is_told_to_a_person(tun):
    made, hanne = a_built_network(tun), tun.volunteer("Olga", "Nes", "+4790000077")
    one = actions.add_volunteer(network=made, volunteer=hanne, what="", when_words="", by=tun.viewer(), at=tun.now)
    actions.make_contact(member=one, said_yes=True, by=tun.viewer(), at=tun.now)
    passing = note_death(person=hanne.person, by=tun.viewer(), at=tun.now)
    facts = {"name": "Syster", "phone": "+4757410099", "what": "", "when_words": "", "said_yes": True}
    near = actions.add_near(network=made, **facts, by=tun.viewer(), at=tun.now)
    actions.make_contact(member=near, said_yes=True, by=tun.viewer(), at=tun.now)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    one.refresh_from_db()
    assert (one.left_at, one.is_contact) == (None, False)
    assert "not_back" in open_reasons()
