"""A supported volunteer who is called out comes together with the mentor, who hears of it on their own channel."""

import datetime as dt

import pytest
from django.utils import translation

from samtun.foundation import recipients
from samtun.notifications.messages.models import Message
from samtun.operation.callouts import actions, slots
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.callouts.notices import MentorComes, MentorFree
from samtun.operation.callouts.queries import left_to_ask
from samtun.operation.callouts.web.tables import asked_rows
from samtun.operation.mentoring.actions import Lighter, set_plan
from samtun.operation.volunteers.actions import leave
from samtun.operation.volunteers.models import Contribution, Engagement
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing
from tests.factories.journey import make_tun

THURSDAY = dt.date(2026, 11, 26)
pytestmark = pytest.mark.practice("nav")


@pytest.fixture
def tun(in_municipality, now):
    made = make_tun(in_municipality, now)
    made.amir = made.volunteer("Amir", "Haddad", "+4790000701")
    made.kari = made.volunteer("Kari", "Berg", "+4790000702")
    plan = Lighter(most_minutes=60, together_until=dt.date(2026, 12, 31), talk_days=14)
    set_plan(volunteer=made.amir, mentor=made.kari.person, plan=plan, by=made.viewer(), at=made.now)
    return made


@pytest.fixture
def friends(tun):
    made = actions.make_list(owner=tun.centre, name="Turvener", by=tun.viewer(), at=tun.now)
    actions.add_friend(friends_list=made, volunteer=tun.amir, by=tun.viewer(), at=tun.now)
    return made


def called(tun, friends, **changes):
    facts = {
        "task_type": tun.snow, "words": "tur med bebuarane", "place": "Solheimen", "on": THURSDAY,
        "starts": dt.time(10), "minutes": 60, "needed": 2,
    } | changes  # fmt: skip
    actions.call_out(friends_list=friends, by=tun.viewer(), at=tun.now, **facts)
    return Asked.objects.get()


def says(tun, one, yes=True, via="sms"):
    actions.answer(asked=one, yes=yes, via=via, by=tun.system(), at=tun.now)
    return Asked.objects.select_related("call_out").get()


def told(person):
    rows = Message.objects.filter(to_person=person.id, notice__startswith="callouts.").exclude(
        state=Message.State.CANCELLED
    )
    return list(rows.order_by("id").values_list("notice", flat=True))


def busy(*persons):
    return [Engagement.objects.filter(person=p, on=THURSDAY).count() for p in persons]


def test_the_mentor_hears_day_and_place_when_the_yes_is_counted_in_and_the_day_is_promised(tun, friends):
    one = called(tun, friends)
    assert told(tun.kari.person) == []
    one = says(tun, one)
    assert one.companion == tun.kari.person
    assert told(tun.kari.person) == ["callouts.mentor_comes"]
    assert busy(tun.amir.person, tun.kari.person) == [1, 1]
    words = MentorComes().facts(one.id, recipients.resolve(tun.kari.person_id))
    assert (words["volunteer"], words["place"], words["clock"]) == ("Amir", "Solheimen", "kl. 10.00")
    with translation.override("en"):
        assert asked_rows([one])[0]["along"] == "Kari Berg"


def test_both_have_done_it(tun, friends):
    one = says(tun, called(tun, friends))
    actions.close_by_time(call_out=one.call_out, by=tun.system(), at=tun.now + dt.timedelta(days=5))
    assert set(Contribution.objects.values_list("person", "minutes")) == {
        (tun.amir.person_id, 60), (tun.kari.person_id, 60),
    }  # fmt: skip


@pytest.mark.parametrize("ends", ["called_off", "cannot", "left"])
def test_the_mentor_hears_when_it_does_not_happen_and_the_day_is_free(tun, friends, ends):
    one = says(tun, called(tun, friends))
    if ends == "called_off":
        actions.cancel(call_out=one.call_out, by=tun.viewer(), at=tun.now)
    elif ends == "cannot":
        says(tun, one, yes=False)
    else:
        leave(volunteer=tun.amir, by=tun.viewer(), at=tun.now)
        says(tun, one, yes=False, via="left")
    assert told(tun.kari.person)[-1] == "callouts.mentor_free"
    assert busy(tun.amir.person, tun.kari.person) == [0, 0]
    assert MentorFree().facts(one.id, recipients.resolve(tun.kari.person_id))["what"] == "tur med bebuarane"
    assert MentorComes().facts(one.id, recipients.resolve(tun.kari.person_id)) is None


def test_control_nobody_is_told_while_it_stands(tun, friends):
    one = says(tun, called(tun, friends))
    assert MentorFree().facts(one.id, recipients.resolve(tun.kari.person_id)) is None


def test_what_is_longer_than_the_plan_asks_nobody(tun, friends):
    with pytest.raises(actions.NobodyToAsk) as refused:
        called(tun, friends, minutes=120)
    assert set(refused.value.why) == {tun.amir.id}
    assert CallOut.objects.count() == 0


def test_after_the_time_together_the_volunteer_comes_alone(tun, friends):
    plan = Lighter(most_minutes=60, together_until=THURSDAY - dt.timedelta(days=1), talk_days=14)
    set_plan(volunteer=tun.amir, mentor=tun.kari.person, plan=plan, by=tun.viewer(), at=tun.now)
    one = says(tun, called(tun, friends))
    assert (one.companion, busy(tun.kari.person), "callouts.mentor_comes" in told(tun.kari.person)) == (
        None,
        [0],
        False,
    )


@pytest.mark.rule("R113")
def test_when_the_volunteer_has_died_nothing_is_sent_about_it_and_a_mistake_stands_again(tun, friends):
    one = says(tun, called(tun, friends))
    note_death(person=tun.amir.person, died_on=None, rings="Turid", by=tun.viewer(), at=tun.now)
    assert busy(tun.kari.person) == [0]
    assert "callouts.mentor_free" not in told(tun.kari.person)
    assert recipients.about_gone("call_out_asked", one.id)
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    assert busy(tun.amir.person, tun.kari.person) == [1, 1]


@pytest.mark.rule("R113")
def test_a_mentor_who_has_died_is_told_nothing_and_stands_nowhere(tun, friends):
    one = says(tun, called(tun, friends))
    note_death(person=tun.kari.person, died_on=None, rings="Turid", by=tun.viewer(), at=tun.now)
    one = Asked.objects.select_related("call_out", "companion", "volunteer__person").get(id=one.id)
    assert one.along is None
    actions.cancel(call_out=one.call_out, by=tun.viewer(), at=tun.now)
    assert "callouts.mentor_free" not in told(tun.kari.person)
    assert left_to_ask(one.call_out, tun.viewer(), on=tun.now.date()).able == []


def test_tomorrows_sheet_has_both_names(tun, friends):
    says(tun, called(tun, friends))
    with translation.override("en"):
        piece = slots._tomorrow(tun.viewer(), THURSDAY)
    (row,) = piece.part.groups[0].rows
    assert row.more[0].startswith("Amir Haddad")
    assert "together with Kari Berg" in row.more[0]
    assert {tun.amir.person_id, tun.kari.person_id} <= piece.persons
