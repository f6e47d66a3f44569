"""Pages of volunteers: own hosts only, ceilings, times, pauses with one act, and a bounded number of statements."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.operation.volunteers import actions
from samtun.operation.volunteers.models import Absence, Profile, Slot, Volunteer, Willing
from samtun.people.persons.models import Person
from tests.factories.desk import coordinator, oneself, owner, person
from tests.factories.help import contribution, task_type, volunteer


@pytest.fixture
def ours(municipality, scope_of):
    with scope_of(municipality):
        return owner()


@pytest.fixture
def theirs(municipality, scope_of):
    with scope_of(municipality):
        return owner("Røde Kors", "organisation")


def text(response):
    return response.content.decode()


def statements(client, url):  # also what the frame asks
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.rule("R112")
def test_another_hosts_volunteers_are_out_of_sight(municipality, scope_of, open_as, ours, theirs):
    with scope_of(municipality):
        volunteer(ours, "Marit", "Fjelde")
        other = volunteer(theirs, "Jonas", "Vik")
    client = open_as(coordinator(ours))
    html = text(client.get(reverse("volunteers")))
    assert "Marit Fjelde" in html
    assert "Jonas" not in html
    assert "1 volunteer<" in html
    for name in ("volunteer", "volunteer_ceiling", "volunteer_times", "volunteer_leave", "volunteer_certificate",
                 "volunteer_declaration", "volunteer_talk", "volunteer_course", "volunteer_kinds"):  # fmt: skip
        assert client.get(reverse(name, args=[other.id])).status_code == 404
        assert client.post(reverse(name, args=[other.id])).status_code in {404, 405}
    assert client.post(reverse("volunteer_pause", args=[other.id])).status_code == 404
    assert client.post(reverse("volunteer_insurance", args=[other.id])).status_code == 404
    assert "Jonas Vik" in text(open_as(coordinator(theirs)).get(reverse("volunteers")))


@pytest.mark.rule("R112")
def test_the_same_person_with_two_hosts_shows_each_only_its_own(municipality, scope_of, open_as, ours, theirs):
    with scope_of(municipality):
        snow, visits = task_type(), task_type("visit", "Besøk")
        mine = volunteer(ours, "Marit", "Fjelde", snow)
        their = volunteer(theirs, "", "", visits, who=mine.person)
        Volunteer.objects.filter(id=their.id).update(note="Løynd merknad")
        contribution(mine.person, theirs, "visit")
    client = open_as(coordinator(ours))
    html = text(client.get(reverse("volunteer", args=[mine.id])))
    for secret in ("Røde Kors", "Besøk", "Løynd"):
        assert secret not in html
    assert "Røde Kors" not in text(client.get(reverse("person", args=[mine.person_id])))


def test_the_list_takes_as_many_statements_with_one_and_three_hundred(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        snow = task_type()
        volunteer(ours, "Marit", "Fjelde", snow)
    client, url = open_as(coordinator(ours)), reverse("volunteers")
    client.get(url)
    one = statements(client, url)
    with scope_of(municipality):
        people = [Person(given_name=f"Kari{n}", family_name="Ås") for n in range(299)]
        rows = [Volunteer(person=p, host=ours, joined_on=dt.date(2026, 1, 1)) for p in people]
        Person.objects.bulk_create(people)
        Volunteer.objects.bulk_create(rows)
        Willing.objects.bulk_create(Willing(volunteer=v, task_type=snow) for v in rows)
    assert statements(client, url) == one == 9
    html = text(client.get(url))
    assert html.count('class="row"') == 50
    assert "Page 1 of 6" in html


def test_one_volunteers_page_takes_as_many_statements_whatever_they_have_done(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = volunteer(ours, "Marit", "Fjelde", task_type())
        contribution(found.person, ours)
    client, url = open_as(coordinator(ours)), reverse("volunteer", args=[found.id])
    client.get(url)
    assert statements(client, url) == 19
    with scope_of(municipality):
        for n in range(30):
            contribution(found.person, ours, on=dt.date(2026, 10, 1) + dt.timedelta(days=n))
    assert statements(client, url) == 19


def test_filters_narrow_by_kind_and_by_who_may_be_asked(municipality, scope_of, open_as, ours):
    today = clock.today()
    with scope_of(municipality):
        snow, visits = task_type(), task_type("visit", "Besøk")
        volunteer(ours, "Anna", "A", snow)
        away = volunteer(ours, "Berit", "B", snow)
        Absence.objects.create(profile=Profile.objects.get(person=away.person), starts=today, ends=today)
        quiet = volunteer(ours, "Cato", "C", visits)
        Profile.objects.filter(person=quiet.person).update(quiet_until=today)
        paused = volunteer(ours, "Dag", "D", visits)
        Volunteer.objects.filter(id=paused.id).update(state="paused")
        back = volunteer(ours, "Eva", "E", visits)
        Volunteer.objects.filter(id=back.id).update(state="paused", paused_until=today - dt.timedelta(days=1))

    def shown(**query):
        html = text(open_as(coordinator(ours)).get(reverse("volunteers"), query))
        return [n for n in ("Anna A", "Berit B", "Cato C", "Dag D", "Eva E") if n in html]

    assert shown(vis="ledig") == ["Anna A", "Eva E"]
    assert shown(vis="pause") == ["Dag D"]
    assert shown(slag=str(snow.id)) == ["Anna A", "Berit B"]
    assert shown(slag="nonsense", side="x") == ["Anna A", "Berit B", "Cato C", "Dag D", "Eva E"]
    assert shown(slag=str(visits.id), vis="ledig") == ["Eva E"]


def test_welcoming_someone_new_writes_all_of_it(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        snow = task_type()
    posted = {
        "given_name": "Marit", "family_name": "Fjelde", "phone": "41 00 00 09", "kinds": [str(snow.id)],
        "has_car": "on", "times": "2", "per": "month", "week": ["0-morning", "4-evening"],
    }  # fmt: skip
    response = open_as(coordinator(ours)).post(reverse("volunteer_new"), posted, follow=True)
    html = text(response)
    assert "Marit Fjelde is a volunteer with you." in html
    assert "2 times a month, all together" in html
    assert "Monday 08.00–12.00" in html
    assert "Friday 17.00–21.00" in html


def test_looking_up_loses_nothing_that_is_typed(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        snow = task_type()
        found = person(ours, "Solveig", "Nesheim")
    posted = {"q": "Solv", "find": "1", "kinds": [str(snow.id)], "times": "3", "week": ["2-evening"], "per": "week"}
    html = text(open_as(coordinator(ours)).post(reverse("volunteer_new"), posted))
    assert f'value="{found.id}"' in html
    assert html.split(f'value="{snow.id}"')[1].split(">")[0].count("checked") == 1
    assert html.split('value="2-evening"')[1].split(">")[0].split()[0] == "checked"
    assert 'name="times" value="3"' in html


def test_bad_input_gives_sentences(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = volunteer(ours, "Marit", "Fjelde", task_type())
    client = open_as(coordinator(ours))
    new = client.post(reverse("volunteer_new"), {"times": "0", "person": str(found.person_id)})
    assert new.status_code == 422
    assert "Write a number from 1 to 99" in text(new)
    assert "Tick at least one kind" in text(new)
    for name, posted, sentence in (
        ("volunteer_ceiling", {"times": "many"}, "Write a number from 1 to 99"),
        ("volunteer_ceiling", {"times": "100000"}, "Write a number from 1 to 99"),
        ("volunteer_absence", {"starts": "27.11.2099", "ends": "26.11.2099"}, "or later"),
        ("volunteer_absence", {"starts": "soon"}, "27.11.2026"),
        ("volunteer_pause", {"until": "1.1.2020"}, "That day has been"),
        ("volunteer_times", {"week": ["9-noon"]}, "9-noon"),
        ("volunteer_kinds", {"kinds": ["x"]}, "no longer in use"),
    ):
        response = client.post(reverse(name, args=[found.id]), posted)
        assert response.status_code == 422, name
        assert sentence in text(response)


def test_someone_who_is_a_volunteer_already_is_said_to_be(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        snow = task_type()
        found = volunteer(ours, "Marit", "Fjelde", snow)
    posted = {"person": str(found.person_id), "kinds": [str(snow.id)]}
    response = open_as(coordinator(ours)).post(reverse("volunteer_new"), posted)
    assert response.status_code == 422
    assert "is a volunteer with you already" in text(response)


@pytest.mark.rule("R60")
def test_the_ceiling_is_the_persons_whoever_hosts(municipality, scope_of, open_as, ours, theirs):
    with scope_of(municipality):
        mine = volunteer(ours)
        their = volunteer(theirs, "", "", who=mine.person)
    open_as(coordinator(ours)).post(reverse("volunteer_ceiling", args=[mine.id]), {"times": "2", "per": "month"})
    html = text(open_as(coordinator(theirs)).get(reverse("volunteer", args=[their.id])))
    assert "2 times a month, all together" in html


@pytest.mark.rule("R60")
def test_a_volunteer_pauses_comes_back_and_stops_by_themselves(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = volunteer(ours, "Marit", "Fjelde", task_type())
    client = open_as(oneself(found.person))

    def state():
        with scope_of(municipality):
            return Volunteer.objects.get(id=found.id).state

    assert client.post(reverse("volunteer_pause", args=[found.id])).url == reverse("home")
    assert state() == "paused"
    client.post(reverse("volunteer_come_back", args=[found.id]))
    assert state() == "active"
    assert "Coming back is always possible" in text(client.get(reverse("volunteer_leave", args=[found.id])))
    assert state() == "active"
    client.post(reverse("volunteer_leave", args=[found.id]))
    assert state() == "left"


def test_a_volunteer_reaches_own_steps_and_not_the_hosts_page(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found, other = volunteer(ours), volunteer(ours, "Jonas", "Vik")
        Volunteer.objects.filter(id=found.id).update(note="Løynd merknad")
    client = open_as(oneself(found.person))
    for name in ("volunteer_ceiling", "volunteer_times", "volunteer_absence", "volunteer_kinds", "volunteer_pause"):
        response = client.get(reverse(name, args=[found.id]))
        assert response.status_code == 200
        assert "Løynd" not in text(response)
        assert client.get(reverse(name, args=[other.id])).status_code == 404
    assert client.get(reverse("volunteer", args=[found.id])).status_code == 403
    assert client.post(reverse("volunteer_insurance", args=[found.id])).status_code == 403


def test_finer_times_stand_when_no_box_is_changed(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = volunteer(ours)
        profile = Profile.objects.get(person=found.person)
        Slot.objects.create(profile=profile, weekday=1, starts=dt.time(9, 30), ends=dt.time(11))
    client, url = open_as(coordinator(ours)), reverse("volunteer_times", args=[found.id])
    client.post(url, {"week": ["1-morning"]})
    with scope_of(municipality):
        assert Slot.objects.get(profile=profile).starts == dt.time(9, 30)
    client.post(url, {"week": ["1-morning", "2-morning"]})
    with scope_of(municipality):
        assert Slot.objects.filter(profile=profile, starts=dt.time(8)).count() == 2


@pytest.mark.rule("R74")
def test_insurance_told_is_noted_with_its_day(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = volunteer(ours)
    client = open_as(coordinator(ours))
    assert "I have told who insures what" in text(client.get(reverse("volunteer", args=[found.id])))
    client.post(reverse("volunteer_insurance", args=[found.id]))
    with scope_of(municipality):
        assert Volunteer.objects.get(id=found.id).insurance_told_on == clock.today()
    assert "I have told who insures what" not in text(client.get(reverse("volunteer", args=[found.id])))


@pytest.mark.rule("R81")
def test_a_volunteers_protected_address_is_not_shown_to_the_host(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        found = volunteer(ours, "Inger", "Lie", address="Løynevegen 77")
        Person.objects.filter(id=found.person_id).update(address_protected=True)
    client = open_as(coordinator(ours))
    html = text(client.get(reverse("volunteer", args=[found.id])))
    assert "Løynevegen" not in html
    assert "Protected" in html
    assert "Løynevegen" not in text(client.get(reverse("volunteers")))


@pytest.mark.rule("R71")
def test_someone_who_comes_back_keeps_what_they_have_done(municipality, scope_of, open_as, ours):
    with scope_of(municipality):
        snow = task_type()
        found = volunteer(ours, "Marit", "Fjelde", snow)
        contribution(found.person, ours, on=dt.date(2026, 3, 2))
    client = open_as(coordinator(ours))
    client.post(reverse("volunteer_leave", args=[found.id]))
    assert "Marit" not in text(client.get(reverse("volunteers")))
    client.post(reverse("volunteer_new"), {"person": str(found.person_id), "kinds": [str(snow.id)]})
    assert "2. March 2026: Måke snø" in text(client.get(reverse("volunteer", args=[found.id])))


def test_actions_refuse_with_sentences_before_the_database_does(municipality, scope_of, ours, theirs, now):
    with scope_of(municipality):
        found = volunteer(ours)
        by = coordinator(ours)
        with pytest.raises(actions.BadCeiling):
            actions.set_ceiling(volunteer=found, times=0, per="month", by=by, at=now)
        with pytest.raises(actions.BadCeiling):
            actions.set_ceiling(volunteer=found, times=40000, per="month", by=by, at=now)
        with pytest.raises(actions.BadTimes):
            actions.set_weekly_times(volunteer=found, times=[(1, dt.time(12), dt.time(12))], by=by, at=now)
        with pytest.raises(actions.BadTimes):
            actions.set_weekly_times(volunteer=found, times=[(7, dt.time(12), dt.time(13))], by=by, at=now)
        with pytest.raises(actions.BackwardsDates):
            actions.note_absence(volunteer=found, starts=dt.date(2026, 12, 2), ends=dt.date(2026, 12, 1), by=by, at=now)
        with pytest.raises(actions.PauseHasBeen):
            actions.pause(volunteer=found, until=dt.date(2026, 11, 22), by=by, at=now)
        with pytest.raises(NotYours):
            actions.tell_insurance(volunteer=found, by=coordinator(theirs), at=now)
        with pytest.raises(NotYours):
            actions.tell_insurance(volunteer=found, by=oneself(found.person), at=now)
