"""A word before there is a wish: passed on with a yes, a neighbour's worry, an offer. A no leaves nothing behind."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.actions import cancel, follow_up_entry, take_call
from samtun.operation.help_requests.actions.entering import CameFrom
from samtun.operation.help_requests.enums import Source
from samtun.operation.referrals import actions
from samtun.operation.referrals.enums import Became, Kind, State
from samtun.operation.referrals.models import Referral
from samtun.people.consents.actions import withdraw_consent
from samtun.people.consents.models import Consent
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import KnownTo, Person
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import due_for
from tests.factories.journey import make_tun


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def nurse(tun):
    """Someone at a unit, who meets people at home."""
    hanne = tun.person("Hanne", "Fossheim", "+4790000300", owner=tun.council)
    viewer = tun.viewer(tun.council, Role.UNIT_EMPLOYEE, {Permission.OWN_PAGE, Permission.REFER})
    from dataclasses import replace

    return replace(viewer, person=hanne.id, name="Hanne Fossheim")


def passed_on(tun, nurse, **changes):
    facts = {"name": "Anna Stokke", "phone": "+4757410001", "words": "Snø på trappa.", "said_yes": True} | changes
    return actions.pass_on(to=tun.centre, by=nurse, at=tun.now, **facts)


def worry(tun, **changes):
    facts = {
        "name": "Oddny Lien", "phone": "+4757410077", "place": "Innbygda", "words": "Ser ikke lys hos henne.",
        "sender_name": "Per Nabo", "sender_phone": "+4757410078",
    } | changes  # fmt: skip
    return actions.report_worry(to=tun.centre, by=tun.system(), at=tun.now, **facts)


def reasons(tun):
    return [line.reason for line in due_for(tun.viewer(), at=tun.now)]


@pytest.mark.rule("R27")
@pytest.mark.rule("R76")
def test_a_wish_is_passed_on_with_the_yes_written_down(tun, nurse):
    made = passed_on(tun, nurse)
    consent = Consent.objects.get()
    assert made.consent == consent
    assert (consent.person.full_name, consent.given_by, consent.form) == ("Anna Stokke", "Anna Stokke", "oral")
    assert (consent.owner, consent.passed_to) == (tun.council, tun.centre)
    assert consent.registered_by.startswith("Hanne Fossheim")
    assert reasons(tun) == ["passed_on"]


@pytest.mark.rule("R76")
def test_without_a_yes_nothing_is_passed_on(tun, nurse):
    with pytest.raises(actions.AskFirst):
        passed_on(tun, nurse, said_yes=False)
    assert not Referral.objects.exists()
    assert not Person.objects.filter(family_name="Stokke").exists()


@pytest.mark.parametrize("facts", [{"name": " "}, {"phone": ""}])
def test_without_name_and_number_nobody_can_ring(tun, nurse, facts):
    with pytest.raises(actions.NameAndNumber):
        passed_on(tun, nurse, **facts)


def test_only_those_who_may_pass_on(tun):
    with pytest.raises(NotYours):
        passed_on(tun, tun.viewer())


def test_the_same_form_twice_is_one(tun, nurse):
    from samtun.kernel.ids import uuid7

    key = uuid7()
    assert passed_on(tun, nurse, key=key) == passed_on(tun, nurse, key=key)
    assert Referral.objects.count() == 1


def test_one_who_acts_for_several_says_for_whom(tun, nurse):
    from dataclasses import replace

    both = replace(nurse, hat=replace(nurse.hat, owners=frozenset({tun.council.id, tun.other.id})))
    with pytest.raises(actions.SayForWhom):
        passed_on(tun, both)
    assert not Consent.objects.exists(), "no yes is written down with whichever comes first"


def written_down(tun, made, **changes):
    request = take_call(
        owner=tun.centre, recipient=made.person, wish=tun.wish(**changes), source=Source.PASSED_ON, by=tun.viewer(),
        at=tun.now,
    )  # fmt: skip
    follow_up_entry(request=request, came_from=CameFrom(referral=made.id), gives="", by=tun.viewer(), at=tun.now)
    return request


def heard(nurse):
    return list(Message.objects.filter(notice="referrals.heard", to_person=nurse.person).order_by("made_at", "id"))


def test_the_one_who_passed_it_on_hears_what_becomes_of_it(tun, nurse):
    made = passed_on(tun, nurse)
    request = written_down(tun, made)
    made.refresh_from_db()
    assert (made.state, made.wish, made.became) == (State.WISH, request.id, Became.SOUGHT)
    assert len(heard(nurse)) == 1
    cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert made.became == Became.CANCELLED
    assert len(heard(nurse)) == 2
    assert reasons(tun) == []


def test_what_is_outside_the_limits_is_told_once_as_shown_the_way_on(tun, nurse):
    made = passed_on(tun, nurse)
    written_down(tun, made, task_type=tun.estate)
    made.refresh_from_db()
    assert made.became == Became.WAY_ON
    assert len(heard(nurse)) == 1


@pytest.mark.rule("R76")
def test_a_yes_taken_back_before_anyone_rang_lets_it_go(tun, nurse):
    made = passed_on(tun, nurse)
    withdraw_consent(consent=made.consent, by=tun.system(), at=tun.now)
    assert actions.consent_withdrawn(consent_id=made.consent_id, by=tun.system(), at=tun.now) == 1
    made.refresh_from_db()
    assert (made.state, made.name, made.phone, made.words) == (State.WITHDRAWN, "", "", "")
    assert reasons(tun) == []
    assert heard(nurse) == []
    assert actions.consent_withdrawn(consent_id=made.consent_id, by=tun.system(), at=tun.now) == 0


@pytest.mark.rule("R32")
@pytest.mark.practice("nissedal")
def test_a_no_leaves_only_that_contact_is_not_wanted_and_is_respected_everywhere(tun):
    made = worry(tun)
    assert not Person.objects.filter(family_name="Lien").exists(), "nobody is registered for being worried about"
    (line,) = due_for(tun.viewer(), at=tun.now)
    assert (line.reason, line.about) == ("worry", ""), "the desk's line names nobody"
    actions.settle(referral=made, outcome=State.NO_CONTACT, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    kept = (made.name, made.phone, made.place, made.words, made.sender_name, made.sender_phone, made.person)
    assert kept == ("", "", "", "", "", "", None)
    oddny = Person.objects.get(family_name="Lien")
    assert oddny.do_not_contact
    assert (oddny.address, oddny.village) == ("", None)
    assert worry(tun) is None, "the next who worries leaves no trace"
    assert worry(tun, name="oddny  lien") is None
    assert Referral.objects.count() == 1
    assert reasons(tun) == []
    for event in AuditEvent.objects.all():
        assert "Oddny" not in str(event.words)
    for todo in Todo.objects.all():
        assert "Lien" not in todo.about


def test_all_is_well_leaves_nobody_registered(tun):
    made = worry(tun)
    actions.settle(referral=made, outcome=State.ALL_WELL, by=tun.viewer(), at=tun.now)
    assert not Person.objects.filter(family_name="Lien").exists()
    made.refresh_from_db()
    assert made.words == ""


def test_nobody_answered_brings_it_back_the_next_day_someone_is_here(tun):
    made = worry(tun)
    first = Todo.objects.get(done_at=None).due
    actions.not_reached(referral=made, by=tun.viewer(), at=tun.now)
    again = Todo.objects.get(done_at=None)
    assert again.due > first
    made.refresh_from_db()
    assert (made.tries, made.state) == (1, State.WAITS)


def test_an_answer_that_cannot_come_of_it_is_refused(tun, nurse):
    with pytest.raises(actions.NotThat):
        actions.settle(referral=passed_on(tun, nurse), outcome=State.ALL_WELL, by=tun.viewer(), at=tun.now)


def test_it_is_settled_once(tun):
    made = worry(tun)
    actions.settle(referral=made, outcome=State.ALL_WELL, by=tun.viewer(), at=tun.now)
    with pytest.raises(actions.SettledAlready):
        actions.settle(referral=made, outcome=State.NO_CONTACT, by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R112")
def test_another_organisation_neither_rings_nor_settles(tun):
    made = worry(tun)
    by = tun.viewer(tun.other)
    with pytest.raises(NotYours):
        actions.settle(referral=made, outcome=State.ALL_WELL, by=by, at=tun.now)
    assert actions.became_wish(referral_id=made.id, wish=made.id, became=Became.SOUGHT, by=by, at=tun.now) is None
    assert due_for(by, at=tun.now) == []


@pytest.mark.rule("R68")
def test_who_asks_may_give_and_it_stands_on_its_own(tun):
    request = tun.request()
    follow_up_entry(request=request, came_from=CameFrom(), gives="Kan strikke sokker.", by=tun.viewer(), at=tun.now)
    offer = Referral.objects.get()
    assert (offer.kind, offer.person, offer.words) == (Kind.OFFER, request.recipient, "Kan strikke sokker.")
    assert "offer" in reasons(tun)
    follow_up_entry(request=request, came_from=CameFrom(), gives="  ", by=tun.viewer(), at=tun.now)
    assert Referral.objects.count() == 1


def test_what_waits_for_an_organisation_that_leaves_is_let_go(tun, nurse):
    made = passed_on(tun, nurse)
    assert actions.owner_left(owner=tun.centre, by=tun.system(), at=tun.now) == 1
    made.refresh_from_db()
    assert (made.state, made.name) == (State.WITHDRAWN, "")


def test_the_unit_that_passed_it_on_does_not_come_to_know_the_person(tun, nurse):
    made = passed_on(tun, nurse)
    assert set(KnownTo.objects.filter(person=made.person).values_list("owner", flat=True)) == {tun.centre.id}


@pytest.mark.rule("R113")
def test_after_a_death_nobody_is_rung_and_the_nurse_is_told_nothing_more(tun, nurse):
    made = passed_on(tun, nurse)
    told = passed_on(tun, nurse, name="Solveig Vik", phone="+4757410055")
    request = written_down(tun, told)
    before = len(heard(nurse))
    for person in (made.person, told.person):
        note_death(person=person, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, made.name, made.words) == (State.WITHDRAWN, "", "")
    assert "passed_on" not in reasons(tun)
    actions.tell_what_became(wish=request.id, became=Became.DONE, by=tun.system(), at=tun.now)
    waiting = [m for m in heard(nurse) if m.state in {Message.State.PENDING, Message.State.SENDING}]
    assert waiting == [], f"{before} before"


@pytest.mark.rule("R113")
def test_nobody_rings_about_a_worry_for_one_who_has_died_before_or_since(tun, nurse):
    oddny = tun.person("Oddny", "Lien", "+4757410077")
    made, another = worry(tun), worry(tun, name="Oddny Moen")
    note_death(person=oddny, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    another.refresh_from_db()
    assert (made.state, made.name, another.state) == (State.WITHDRAWN, "", State.WAITS)
    assert worry(tun) is None
    with pytest.raises(actions.IsDead):
        passed_on(tun, nurse, name="Oddny Lien", phone="+4757410077")
    with pytest.raises(actions.IsDead):
        actions.note_offer(to=tun.centre, person=oddny, words="", by=tun.viewer(), at=tun.now)
    assert reasons(tun).count("worry") == 1


def test_that_something_was_passed_on_is_forgotten_after_three_months_and_not_before(tun, nurse):
    made, waiting = passed_on(tun, nurse), worry(tun)
    actions.settle(referral=made, outcome=State.NO_THANKS, by=tun.viewer(), at=tun.now)
    job = ProcrastinateJob.objects.get(task_name="referrals.forget")
    assert (job.args["referral_id"], (job.scheduled_at - clock.now()).days) == (str(made.id), 90)
    for days, gone in ((90, False), (91, True), (92, False)):
        at = tun.now + dt.timedelta(days=days)
        assert actions.forget(referral_id=made.id, by=tun.system(), at=at) is gone
        assert actions.forget(referral_id=waiting.id, by=tun.system(), at=at) is False
    assert list(Referral.objects.all()) == [waiting]
    with pytest.raises(NotYours):
        actions.forget(referral_id=waiting.id, by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R113")
def test_after_a_mistake_somebody_rings_by_name_and_number_and_hears_that_the_words_are_gone(tun, nurse):
    made = passed_on(tun, nurse)
    made.person.refresh_from_db()
    passing = note_death(person=made.person, by=tun.viewer(), at=tun.now)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, made.name, made.phone, made.words) == (
        State.WAITS, made.person.full_name, made.person.phone, "",
    )  # fmt: skip
    assert "words_gone" in reasons(tun)
    actions.settle(referral=made, outcome=State.NO_THANKS, by=tun.viewer(), at=tun.now)
    assert "words_gone" not in reasons(tun)
