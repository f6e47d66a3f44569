"""Five steps, each due in opening days; who is around; talks until it ends."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.networks import actions
from samtun.operation.networks.actions import members, talking, walking
from samtun.operation.networks.enums import Ended
from samtun.operation.networks.models import Member, Network, Step, Talk
from samtun.operation.referrals.actions import pass_on
from samtun.partners.organisations.models import Closure, Leave, Membership, Organisation
from samtun.people.consents.models import Consent
from samtun.people.persons.actions import note_death
from samtun.work.todos.queries import due_for
from tests.factories.around import a_built_network, a_line, a_network
from tests.factories.journey import log_in

DAY = dt.timedelta(days=1)


def due_of(network, number):
    return Step.objects.get(network=network, number=number).due_on


def reasons(tun, at=None):
    return sorted(
        line.reason for line in due_for(tun.viewer(), at=at or tun.now) if line.ref.kind in {"network", "talk"}
    )


def settle(tun, network, number, at=None, **facts):
    return actions.settle_step(
        network=network, number=number, note=facts.get("note", ""), by=tun.viewer(), at=at or tun.now
    )


def morning(day):
    return dt.datetime.combine(day, dt.time(8), tzinfo=dt.UTC)


@pytest.mark.rule("R76")
def test_it_begins_with_the_persons_own_yes_written_down(tun):
    made = a_network(tun)
    consent = Consent.objects.get(id=made.consent_id)
    assert (consent.basis, consent.owner_id, consent.withdrawn_at) == ("self", tun.centre.id, None)
    facts = {"owner": tun.centre, "form": "oral", "by": tun.viewer(), "at": tun.now}
    other = tun.person("Kari", "Bø", "+4790000111")
    with pytest.raises(walking.AskedFirst):
        actions.begin(person=other, said_yes=False, **facts)
    with pytest.raises(walking.OneAlready):
        actions.begin(person=made.person, said_yes=True, **facts)
    other.do_not_contact = True
    with pytest.raises(walking.NotAbout):
        actions.begin(person=other, said_yes=True, **facts)
    assert Network.objects.count() == 1


@pytest.mark.rule("R114")
def test_a_step_is_due_in_opening_days_over_closed_days_and_a_leave(tun, client):
    """The centre is open Monday, Wednesday and Friday: two opening days from Monday is Friday."""
    assert tun.now.date() == dt.date(2026, 11, 23)
    assert due_of(a_network(tun), 1) == dt.date(2026, 11, 27)
    body = Organisation.objects.get(owner=tun.centre)
    Closure.objects.create(organisation=body, starts=dt.date(2026, 11, 25), ends=dt.date(2026, 11, 25))
    second = a_network(tun, tun.person("Kari", "Bø", "+4790000111"))
    assert due_of(second, 1) == dt.date(2026, 11, 30)
    log_in(client, tun)
    post = Membership.objects.get(organisation=body)
    Leave.objects.create(membership=post, starts=dt.date(2026, 11, 27), ends=dt.date(2026, 12, 4))
    third = a_network(tun, tun.person("Liv", "Bø", "+4790000112"))
    assert due_of(third, 1) == dt.date(2026, 12, 9), "nobody is there from Wednesday until the Monday after"


@pytest.mark.rule("R114")
def test_a_step_is_due_in_opening_days_over_a_holiday(tun):
    made = a_network(tun)
    settle(tun, made, 1, at=dt.datetime(2026, 12, 18, 9, tzinfo=dt.UTC))
    assert due_of(made, 2) == dt.date(2027, 1, 4), "Christmas Day and New Year's Day are Fridays"


@pytest.mark.practice("vennesla")
def test_a_forgotten_step_surfaces_on_its_day_once_and_goes_when_done(tun):
    made = a_network(tun)
    due = due_of(made, 1)
    assert not actions.step_due(network=made, number=1, by=tun.system(), at=tun.now)
    assert reasons(tun) == []
    late = morning(due)
    for _again in range(2):
        assert actions.step_due(network=made, number=1, by=tun.system(), at=late)
    (line,) = due_for(tun.viewer(), at=late)
    assert (line.reason, line.about, bool(line.sentence), bool(line.button)) == ("step_1", "AS", True, True)
    settle(tun, made, 1, at=late)
    assert reasons(tun, late) == []


@pytest.mark.practice("vennesla")
def test_the_five_steps_come_in_order_and_end_in_talks_at_both_ends(tun):
    made = a_network(tun)
    with pytest.raises(walking.NotThatStep):
        settle(tun, made, 2)
    for number in (1, 2, 3):
        settle(tun, made, number)
    with pytest.raises(walking.NobodyAround):
        settle(tun, made, 4)
    one = actions.add_near(
        network=made, name="Oddny Lien", phone="+4757410077", what="", when_words="", said_yes=True, by=tun.viewer(),
        at=tun.now,
    )  # fmt: skip
    with pytest.raises(walking.NoContact):
        settle(tun, made, 4)
    assert not Message.objects.filter(notice="networks.around").exists()
    actions.make_contact(member=one, said_yes=True, by=tun.viewer(), at=tun.now)
    settle(tun, made, 4)
    assert sorted(Talk.objects.values_list("side", flat=True)) == ["contact", "person"]
    assert Message.objects.get(notice="networks.around").to_person == made.person_id, "the person hears who is in it"
    with pytest.raises(walking.NotThatStep):
        settle(tun, made, 5)


def test_a_step_is_skipped_with_a_reason_and_taken_back(tun):
    made = a_network(tun)
    with pytest.raises(walking.SayWhy):
        actions.skip_step(network=made, number=1, because=" ", by=tun.viewer(), at=tun.now)
    actions.skip_step(network=made, number=1, because="Kjend frå før", by=tun.viewer(), at=tun.now)
    assert due_of(made, 2)
    actions.take_step_back(network=made, by=tun.viewer(), at=tun.now)
    first = Step.objects.get(network=made, number=1)
    assert (first.settled_on, first.skipped_because, due_of(made, 2)) == (None, "", None)
    with pytest.raises(walking.NothingToTakeBack):
        actions.take_step_back(network=made, by=tun.viewer(), at=tun.now)


def test_the_network_itself_is_not_skipped_and_taking_it_back_calls_off_the_talks(tun):
    made = a_built_network(tun)
    actions.take_step_back(network=made, by=tun.viewer(), at=tun.now)
    assert not Talk.objects.filter(settled_at=None).exists()
    assert Message.objects.get(notice="networks.around").state == "cancelled", "what had not gone is not sent"
    with pytest.raises(walking.CannotSkip):
        actions.skip_step(network=made, number=4, because="x", by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R58")
@pytest.mark.practice("vennesla")
def test_talks_recur_by_the_rhythm_until_it_ends(tun):
    made = a_built_network(tun)
    talk = Talk.objects.get(side="contact", settled_at=None)
    late = morning(talk.due_on)
    assert actions.talk_due(talk=talk, by=tun.system(), at=late)
    assert reasons(tun, late) == ["with_contact"]
    following = actions.note_talk(talk=talk, held=True, note="Går fint.", next_on=None, by=tun.viewer(), at=late)
    assert reasons(tun, late) == []
    assert following.due_on > talk.due_on
    with pytest.raises(talking.SettledAlready):
        actions.note_talk(talk=talk, held=True, note="", next_on=None, by=tun.viewer(), at=late)
    again = actions.note_talk(talk=following, held=False, note="", next_on=late.date() + DAY, by=tun.viewer(), at=late)
    assert again.due_on == late.date() + DAY
    actions.end_network(network=made, because=Ended.STANDS, note="", by=tun.viewer(), at=late)
    assert not Talk.objects.filter(settled_at=None).exists()
    assert not actions.talk_due(talk=again, by=tun.system(), at=late + 9 * DAY)
    with pytest.raises(walking.Resting):
        actions.end_network(network=made, because=Ended.STANDS, note="", by=tun.viewer(), at=late)


@pytest.mark.rule("R66")
def test_talks_are_more_often_with_one_who_comes_alone_and_a_chosen_rhythm_wins(tun):
    from samtun.operation.networks.queries import talk_days

    made = a_built_network(tun)
    usual = talk_days(made, on=tun.now.date())
    volunteer = tun.volunteer("Marit", "Fjelde", "+4790000001")
    facts = {"network": made, "what": "", "when_words": "", "by": tun.viewer(), "at": tun.now}
    actions.add_volunteer(volunteer=volunteer, **facts)
    assert talk_days(made, on=tun.now.date()) < usual
    with pytest.raises(members.ThereAlready):
        actions.add_volunteer(volunteer=volunteer, **facts)
    chosen = actions.set_rhythm(network=made, days=33, by=tun.viewer(), at=tun.now)
    assert talk_days(chosen, on=tun.now.date()) == 33
    with pytest.raises(walking.RhythmWrong):
        actions.set_rhythm(network=made, days=1, by=tun.viewer(), at=tun.now)


def test_the_contact_has_said_yes_is_a_person_and_has_a_number(tun):
    made = a_network(tun)
    facts = {"what": "", "when_words": "", "by": tun.viewer(), "at": tun.now}
    with pytest.raises(members.AskThemFirst):
        actions.add_near(network=made, name="Per", phone="+4790000001", said_yes=False, **facts)
    mute = actions.add_near(network=made, name="Per", phone="", said_yes=True, **facts)
    line = actions.add_activity(network=made, activity=a_line(tun), by=tun.viewer(), at=tun.now)
    for one in (mute, line):
        with pytest.raises(members.NeedsNumber):
            actions.make_contact(member=one, said_yes=True, by=tun.viewer(), at=tun.now)
    per = actions.add_near(network=made, name="Per", phone="+4790000001", said_yes=True, **facts)
    with pytest.raises(members.AskThemFirst):
        actions.make_contact(member=per, said_yes=False, by=tun.viewer(), at=tun.now)
    kari = actions.add_near(network=made, name="Kari", phone="+4790000002", said_yes=True, **facts)
    for one in (per, kari):
        actions.make_contact(member=one, said_yes=True, by=tun.viewer(), at=tun.now)
    assert list(Member.objects.filter(is_contact=True).values_list("name", flat=True)) == ["Kari"]


def test_without_a_contact_the_desk_hears_until_there_is_one(tun):
    made = a_built_network(tun)
    contact = Member.objects.get(is_contact=True)
    actions.take_off(member=contact, by=tun.viewer(), at=tun.now)
    assert reasons(tun) == ["no_contact"]
    one = actions.add_near(
        network=made, name="Per", phone="+4790000001", what="", when_words="", said_yes=True, by=tun.viewer(),
        at=tun.now,
    )  # fmt: skip
    actions.make_contact(member=one, said_yes=True, by=tun.viewer(), at=tun.now)
    assert reasons(tun) == []


@pytest.mark.rule("R112")
def test_another_organisation_neither_begins_walks_nor_talks(tun):
    made, other = a_built_network(tun), tun.viewer(tun.other)
    talk = Talk.objects.get(side="person")
    for act in (
        lambda: actions.take_step_back(network=made, by=other, at=tun.now),
        lambda: actions.note_talk(talk=talk, held=True, note="", next_on=None, by=other, at=tun.now),
        lambda: actions.make_contact(member=Member.objects.first(), said_yes=True, by=other, at=tun.now),
        lambda: a_network(tun, request=tun.request(tun.person("Liv", "Li", "+4790000444"))),
    ):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(NotYours):
        actions.begin(
            owner=tun.centre, person=made.person, said_yes=True, form="oral", by=other, at=tun.now
        )  # fmt: skip
    actions.take_step_back(network=made, by=tun.viewer(), at=tun.now)  # the control: its own may


@pytest.fixture
def word(tun):
    """Somebody at a unit has passed Anna's wish on."""
    hanne = tun.person("Hanne", "Fossheim", "+4790000300", owner=tun.council)
    by = tun.viewer(tun.council, Role.UNIT_EMPLOYEE, {Permission.OWN_PAGE, Permission.REFER})
    return pass_on(
        to=tun.centre, name="Anna Stokke", phone="+4757410001", words="Selskap", said_yes=True, at=tun.now,
        by=replace(by, person=hanne.id, name="Hanne Fossheim"),
    )  # fmt: skip


def hears(word):
    word.refresh_from_db()
    return word.became, Message.objects.filter(notice="referrals.heard", to_person=word.sender_id).count()


def test_the_one_who_passed_it_on_hears_that_the_network_is_in_place(tun, word):
    made = a_network(tun, word.person, referral_id=word.id)
    assert hears(word) == ("sought", 1)
    a_built_network(tun, network=made)
    assert hears(word) == ("done", 2)
    actions.end_network(network=made, because=Ended.STANDS, note="", by=tun.viewer(), at=tun.now)
    assert hears(word) == ("done", 2), "that it stands by itself is no news"


def test_the_one_who_passed_it_on_hears_that_it_came_to_nothing(tun, word):
    made = a_network(tun, word.person, referral_id=word.id)
    actions.end_network(network=made, because=Ended.WISHED, note="", by=tun.viewer(), at=tun.now)
    assert hears(word) == ("cancelled", 2)


@pytest.mark.rule("R113")
def test_the_one_who_passed_it_on_hears_nothing_of_a_death(tun, word):
    a_network(tun, word.person, referral_id=word.id)
    note_death(person=word.person, by=tun.viewer(), at=tun.now)
    assert hears(word) == ("sought", 1)
    assert not Message.objects.filter(notice="referrals.heard", state=Message.State.PENDING).exists()
