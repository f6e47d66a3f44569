"""Talks at both ends at set intervals, sooner when two meet one to one; noted, planned anew, never lost (R58, R66)."""

import datetime as dt

import pytest
from django.urls import reverse

from samtun.foundation.models.runtime import Setting
from samtun.kernel.errors import NotYours
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.following import HeldAlready, NextHasBeen
from samtun.operation.help_requests.models import FollowUp
from samtun.people.persons.actions import note_death, take_back_death
from samtun.work.todos.models import Todo
from tests.factories.help import match
from tests.factories.journey import make_tun
from tests.samtun.operation.help_requests.test_dying import dies, open_todos, stands

DAY = dt.timedelta(days=1)


@pytest.fixture
def visiting(tun):
    """Hanne visits Anna: agreed for Thursday. The centre is open Monday, Wednesday and Friday."""
    tun.anna = tun.recipient()
    tun.hanne = tun.volunteer("Hanne", "Vik", "+4791000001", types=[tun.visit])
    tun.match = match(tun.hanne, tun.anna, tun.visit, on=dt.date(2026, 11, 26))
    actions.begin(match=tun.match, by=tun.system(), at=tun.now)
    return tun


def planned():
    rows = FollowUp.objects.filter(held_at=None, ended_at=None).order_by("side")
    return [(r.side, r.due_on) for r in rows]


@pytest.mark.rule("R58")
@pytest.mark.rule("R66")
@pytest.mark.practice("vennesla")
def test_a_talk_is_planned_at_each_end_in_opening_days(visiting):
    tun = visiting
    # ten opening days of Monday, Wednesday and Friday from Monday 23 November
    due = dt.date(2026, 12, 16)
    assert planned() == [("person", due), ("volunteer", due)]
    assert actions.begin(match=tun.match, by=tun.system(), at=tun.now) == []


@pytest.mark.rule("R66")
def test_the_municipality_sets_the_rhythm_and_others_have_a_longer_one(visiting):
    tun = visiting
    Setting.objects.create(key="follow_up_one_to_one", value=2, valid_from=tun.now.date())
    again = match(tun.hanne, tun.person("Olav", "Bø", "+4792000002"), tun.visit, on=dt.date(2026, 11, 26))
    made = actions.begin(match=again, by=tun.system(), at=tun.now)
    assert {m.due_on for m in made} == {dt.date(2026, 11, 27)}
    snow = [match(tun.hanne, tun.anna, tun.snow, on=dt.date(2026, 11, 23 + n)) for n in range(2)]
    siri = tun.person("Siri", "Bø", "+4792000003")
    assert actions.begin(match=match(tun.hanne, siri, tun.snow), by=tun.system(), at=tun.now) == []
    for n in range(2):
        last = match(tun.hanne, siri, tun.snow, on=dt.date(2026, 11, 24 + n))
    assert snow
    assert {m.days for m in actions.begin(match=last, by=tun.system(), at=tun.now)} == {30}


def test_it_comes_to_the_desk_on_its_day_and_stays_until_it_is_held(visiting):
    tun = visiting
    row = FollowUp.objects.get(side="volunteer")
    assert not actions.follow_up_due(follow_up=row, by=tun.system(), at=tun.now)
    assert open_todos() == []
    match(tun.hanne, tun.anna, tun.visit, on=dt.date(2026, 12, 10), state="done")
    assert actions.follow_up_due(follow_up=row, by=tun.system(), at=tun.now + 23 * DAY)
    assert open_todos() == [("follow_up", "talk_volunteer")]
    assert Todo.objects.get().about == "HV"


@pytest.mark.rule("R58")
def test_a_talk_is_noted_and_the_next_follows(visiting):
    tun = visiting
    row = FollowUp.objects.get(side="person")
    actions.follow_up_due(follow_up=row, by=tun.system(), at=tun.now + 23 * DAY)
    words = {"follow_up": row, "note": "Torsdag høver", "next_on": None, "has_ended": False}
    with pytest.raises(NotYours):
        actions.note_talk(**words, by=tun.viewer(tun.other), at=tun.now + 23 * DAY)
    with pytest.raises(NextHasBeen):
        actions.note_talk(**words | {"next_on": tun.now.date()}, by=tun.viewer(), at=tun.now + 23 * DAY)
    following = actions.note_talk(**words, by=tun.viewer(), at=tun.now + 23 * DAY)
    row.refresh_from_db()
    assert (row.note, row.held_by, open_todos()) == ("Torsdag høver", "Turid Myklebust", [])
    assert following.due_on > row.due_on
    with pytest.raises(HeldAlready):
        actions.note_talk(**words, by=tun.viewer(), at=tun.now + 23 * DAY)


def test_an_arrangement_that_has_ended_has_no_more_talks_at_either_end(visiting):
    tun = visiting
    row = FollowUp.objects.get(side="person")
    over = actions.note_talk(follow_up=row, note="", next_on=None, has_ended=True, by=tun.viewer(), at=tun.now)
    assert (over, planned()) == (None, [])


def test_two_who_no_longer_meet_are_not_asked_about(visiting):
    tun = visiting
    row = FollowUp.objects.get(side="person")
    assert not actions.follow_up_due(follow_up=row, by=tun.system(), at=tun.now + 120 * DAY)
    row.refresh_from_db()
    assert row.ended_at
    assert open_todos() == []


@pytest.mark.rule("R113")
def test_a_death_ends_them_and_a_mistake_plans_them_again(visiting):
    tun = visiting
    actions.follow_up_due(follow_up=FollowUp.objects.get(side="person"), by=tun.system(), at=tun.now + 23 * DAY)
    before, plan = stands(tun), planned()
    for who in (tun.anna, tun.hanne.person):
        passing = dies(tun, who, at=tun.now + 23 * DAY)
        assert planned() == []
        assert not Todo.objects.filter(ref_kind="follow_up", done_at=None).exists()
        take_back_death(passing=passing, by=tun.viewer(), at=tun.now + 23 * DAY)
        assert planned() == plan
        assert ("follow_up", "talk_person") in open_todos()
    assert before["requests"] == stands(tun)["requests"]


def test_the_page_takes_the_note_and_says_when_the_next_is(municipality, scope_of, open_as, now):
    with scope_of(municipality):
        tun = make_tun(municipality, now)
        hanne = tun.volunteer("Hanne", "Vik", "+4791000001", types=[tun.visit])
        visit = match(hanne, tun.recipient(), tun.visit, on=dt.date(2026, 11, 26))
        actions.begin(match=visit, by=tun.system(), at=tun.now)
        row = FollowUp.objects.get(side="volunteer")
    client, url = open_as(tun.viewer()), reverse("follow_up", args=[row.id])
    assert "A talk with Hanne Vik" in client.get(url).content.decode()
    bad = client.post(url, {"note": "x" * 301, "next_on": "ikkje ein dag"})
    assert bad.status_code == 422
    assert "ikkje ein dag" in bad.content.decode()
    assert client.post(url, {"note": "Høver fint", "next_on": "2030-01-07"}).status_code == 302
    with scope_of(municipality):
        assert FollowUp.objects.get(side="volunteer", held_at=None).due_on == dt.date(2030, 1, 7)
        assert FollowUp.objects.get(id=row.id).note == "Høver fint"


@pytest.mark.rule("R113")
@pytest.mark.parametrize("who", ["recipient", "volunteer"])
def test_what_was_agreed_and_is_heard_of_after_a_death_plans_no_talk(tun, who):
    made = match(tun.volunteer("Hanne", "Vik", "+4791000001", types=[tun.visit]), tun.recipient(), tun.visit)
    note_death(
        person=made.request.recipient if who == "recipient" else made.volunteer.person, by=tun.viewer(), at=tun.now
    )
    assert actions.begin(match=made, by=tun.system(), at=tun.now) == []
    assert planned() == []
