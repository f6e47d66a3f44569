"""Nobody is called out to what they may not do, or have said they will not: as for every other ask."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose, TaskType
from samtun.operation.callouts import actions
from samtun.operation.callouts.models import Asked
from samtun.operation.callouts.queries import left_to_ask, not_asked
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck
from samtun.operation.training.models import TrainingRecord
from samtun.operation.volunteers.actions import pause
from samtun.operation.volunteers.models import Absence, Profile, Slot, Volunteer
from samtun.people.persons.actions import note_away
from samtun.people.persons.models import Away, Person
from samtun.people.preferences.models import Preference
from tests.factories.journey import make_tun

THURSDAY = dt.date(2026, 11, 26)
EARLIER = dt.date(2026, 3, 3)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def friends(tun):
    """Marit and Jonas, alike until a test says otherwise."""
    made = actions.make_list(owner=tun.centre, name="Turvener", by=tun.viewer(), at=tun.now)
    for name, number in (("Marit", "+4790000501"), ("Jonas", "+4790000502")):
        actions.add_friend(
            friends_list=made, volunteer=tun.volunteer(name, "Venn", number), by=tun.viewer(), at=tun.now
        )
    return made


def person(name):
    return Person.objects.get(given_name=name)


def volunteer(name):
    return Volunteer.objects.get(person__given_name=name)


def profile(name):
    return Profile.objects.get_or_create(person=person(name))[0]


def snow(tun, **facts):
    """The kind of help now requires something."""
    TaskType.objects.filter(id=tun.snow.id).update(**facts)
    tun.snow.refresh_from_db()


def call_out(tun, friends, **changes):
    facts = {
        "task_type": tun.snow, "words": "tur med bebuarane", "place": "Solheimen", "on": THURSDAY,
        "starts": dt.time(10), "minutes": 120, "needed": 2,
    } | changes  # fmt: skip
    return actions.call_out(friends_list=friends, by=tun.viewer(), at=tun.now, **facts)


def refused(tun, friends, **changes):
    """Call out; return the names of those asked, and of the others why not, as the coordinator reads it."""
    made = call_out(tun, friends, **changes)
    names = list(Asked.objects.filter(call_out=made).values_list("volunteer__person__given_name", flat=True))
    left = left_to_ask(made, tun.viewer(), on=dt.date(2026, 11, 23))
    assert left.able == []
    return names, dict(not_asked(tun.viewer(), left.not_now))


@pytest.mark.rule("R63")
def test_a_declaration_is_asked_for(tun, friends):
    snow(tun, needs_declaration=True)
    ConfidentialityDeclaration.objects.create(person=person("Marit"), owner=tun.centre, signed_on=EARLIER)
    ConfidentialityDeclaration.objects.create(person=person("Jonas"), owner=tun.other, signed_on=EARLIER)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Lacks something the task asks for"})


@pytest.mark.rule("R63")
def test_a_course_is_asked_for_and_must_last_until_the_day(tun, friends):
    snow(tun, needs_course="fallsikring")
    held = {"owner": tun.centre, "course": "fallsikring", "held_on": EARLIER}
    TrainingRecord.objects.create(person=person("Marit"), **held)
    TrainingRecord.objects.create(person=person("Jonas"), expires_on=THURSDAY - dt.timedelta(days=1), **held)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Something the task asks for has run out"})
    TrainingRecord.objects.filter(person=person("Jonas")).update(expires_on=THURSDAY)
    other = actions.call_out(
        friends_list=friends, task_type=tun.snow, words="tur", place="Solheimen", on=THURSDAY, starts=dt.time(15),
        minutes=60, needed=1, by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert [a.volunteer.person.given_name for a in Asked.objects.filter(call_out=other)] == ["Jonas"]


@pytest.mark.rule("R64")
def test_a_police_certificate_is_asked_for_with_the_laws_purpose(tun, friends):
    purposes = [
        PolicePurpose.objects.create(code=code, name={"nb": code}, law="Lov", valid_from=EARLIER)
        for code in ("sarbare", "barn")
    ]
    snow(tun, needs_purpose=purposes[0])
    for name, purpose in zip(("Marit", "Jonas"), purposes, strict=True):
        PoliceCertificateCheck.objects.create(
            person=person(name), owner=tun.centre, purpose=purpose, shown_on=EARLIER, seen_by="Turid"
        )
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Lacks something the task asks for"})


@pytest.mark.rule("R72")
@pytest.mark.parametrize(
    ("born", "why"), [(2009, "Is too young for this task"), (None, "We do not know the year of birth")]
)
def test_an_age_is_asked_for(tun, friends, born, why):
    snow(tun, least_age=18)
    Person.objects.filter(id=person("Jonas").id).update(birth_year=born)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": why})


def test_a_lighter_plan_is_kept(tun, friends):
    MentorPlan.objects.create(
        volunteer=volunteer("Jonas"), mentor=person("Marit"), most_minutes=60, talk_days=5, began_on=EARLIER,
        next_talk_on=THURSDAY,
    )  # fmt: skip
    why = "Longer than the plan says: 60 minutes at most"
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": why})


def test_a_car_is_asked_for(tun, friends):
    snow(tun, needs_car=True)
    Profile.objects.filter(id=profile("Marit").id).update(has_car=True)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Has no car"})


@pytest.mark.rule("R71")
def test_times_that_suit_are_kept(tun, friends):
    Slot.objects.create(profile=profile("Marit"), weekday=3, starts=dt.time(9), ends=dt.time(12))
    Slot.objects.create(profile=profile("Jonas"), weekday=3, starts=dt.time(11), ends=dt.time(15))
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Not free at that time"})


@pytest.mark.rule("R60")
def test_days_away_a_pause_a_quiet_week_and_the_ceiling_are_kept(tun, friends):
    Absence.objects.create(profile=profile("Jonas"), starts=THURSDAY, ends=THURSDAY)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Is away"})
    Absence.objects.all().delete()
    Profile.objects.update(last_asked_on=None)
    mine = Asked.objects.get()
    actions.answer(asked=mine, yes=True, via="call", by=tun.viewer(), at=tun.now)
    Profile.objects.filter(id=profile("Marit").id).update(ceiling_times=1)
    Profile.objects.filter(id=profile("Jonas").id).update(quiet_until=dt.date(2026, 11, 23))
    with pytest.raises(actions.NobodyToAsk) as fault:
        call_out(tun, friends, starts=dt.time(15))
    assert dict(not_asked(tun.viewer(), fault.value.why)) == {
        "Jonas Venn": "Said no lately: a quiet week until 23. November",
        "Marit Venn": "Has as many as they want: 1 a month",
    }
    Profile.objects.update(quiet_until=None)
    pause(volunteer=volunteer("Jonas"), until=THURSDAY, by=tun.viewer(), at=tun.now)
    with pytest.raises(actions.NobodyToAsk) as fault:
        call_out(tun, friends, starts=dt.time(15))
    assert fault.value.why[volunteer("Jonas").id] == "Is having a pause"


def test_another_promise_at_the_same_time_is_kept(tun, friends):
    first = call_out(tun, friends)
    for one in Asked.objects.filter(call_out=first):
        actions.answer(asked=one, yes=True, via="call", by=tun.viewer(), at=tun.now)
    Profile.objects.update(last_asked_on=None)
    with pytest.raises(actions.NobodyToAsk) as fault:
        call_out(tun, friends, starts=dt.time(11))
    assert set(fault.value.why.values()) == {"Is at another task then"}
    assert call_out(tun, friends, starts=dt.time(12))


@pytest.mark.rule("R32")
def test_private_grounds_are_only_not_now(tun, friends):
    """Somebody who wants no contact and somebody in hospital look the same, and neither is asked."""
    Person.objects.filter(given_name="Jonas").update(do_not_contact=True)
    ingrid = tun.volunteer("Ingrid", "Venn", "+4790000503")
    actions.add_friend(friends_list=friends, volunteer=ingrid, by=tun.viewer(), at=tun.now)
    note_away(person=ingrid.person, starts=THURSDAY, ends=None, where=Away.Where.ELSEWHERE, by=tun.viewer(), at=tun.now)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Not now", "Ingrid Venn": "Not now"})


def test_one_who_has_said_stop_is_not_asked(tun, friends):
    Preference.objects.create(person=person("Jonas"), channel="sms", asks_stopped_at=tun.now)
    assert refused(tun, friends) == (["Marit"], {"Jonas Venn": "Does not want to be asked now"})


def test_another_owner_is_told_no_reason(tun, friends):
    snow(tun, needs_declaration=True)
    ConfidentialityDeclaration.objects.create(person=person("Marit"), owner=tun.centre, signed_on=EARLIER)
    made = call_out(tun, friends)
    theirs = left_to_ask(made, tun.viewer(tun.other), on=dt.date(2026, 11, 23))
    assert list(theirs.not_now.values()) == ["Not now"]
    assert not_asked(tun.viewer(tun.other), theirs.not_now) == [], "nor who it is"


@pytest.mark.rule("R26")
@pytest.mark.rule("R29")
@pytest.mark.parametrize("says_no", ["council", "centre"])
def test_what_is_not_cleared_by_both_is_not_called_out_for(tun, friends, says_no):
    Clearance.objects.filter(task_type=tun.snow, owner=getattr(tun, says_no)).update(cleared=False)
    with pytest.raises(actions.NotForCallOuts):
        call_out(tun, friends)


@pytest.mark.rule("R22")
@pytest.mark.parametrize("kind", ["grey", "estate", "visit"])
def test_what_has_not_been_decided_is_outside_or_is_for_two_is_not_called_out_for(tun, friends, kind):
    with pytest.raises(actions.NotForCallOuts):
        call_out(tun, friends, task_type=getattr(tun, kind))


@pytest.mark.rule("R29")
def test_a_clearance_taken_back_stops_the_next_wave(tun, friends):
    made = call_out(tun, friends, needed=1)
    ingrid = tun.volunteer("Ingrid", "Venn", "+4790000503")
    actions.add_friend(friends_list=friends, volunteer=ingrid, by=tun.viewer(), at=tun.now)
    Clearance.objects.filter(task_type=tun.snow, owner=tun.centre).update(cleared=False)
    with pytest.raises(actions.NobodyToAsk) as fault:
        actions.ask_more(call_out=made, by=tun.viewer(), at=tun.now)
    assert list(fault.value.why.values()) == ["Your organisation does not do this"]


def test_the_list_may_be_long(tun, friends):
    """As many statements for thirty friends as for two."""
    made = call_out(tun, friends)

    def statements():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            not_asked(tun.viewer(), left_to_ask(made, tun.viewer(), on=dt.date(2026, 11, 23)).not_now)
        return len(seen)

    Asked.objects.filter(call_out=made).delete()
    few = statements()
    for number in range(28):
        one = tun.volunteer("Venn", f"Nr{number}", f"+47900006{number:02d}")
        actions.add_friend(friends_list=friends, volunteer=one, by=tun.viewer(), at=tun.now)
    assert statements() == few
    assert few <= 8
