"""A mentor and a lighter plan: who may, what is refused, talks that are due, and what happens when one of two goes."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation.models import AuditEvent
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.mentoring import actions
from samtun.operation.mentoring.actions import Lighter
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.mentoring.queries import beside, companion_of, could_be_mentor
from samtun.operation.volunteers.actions import leave
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing, Person
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.after import run

DAY = dt.timedelta(days=1)
PERMISSIONS = {"own_page"}


def told(person):
    return list(Message.objects.filter(to_person=person.id).order_by("id").values_list("notice", "state"))


def due():
    return list(Todo.objects.filter(done_at=None).order_by("id").values_list("ref_kind", "reason"))


def again(tun, **changes):
    facts = {"most_minutes": 60, "talk_days": 3} | changes
    return actions.set_plan(
        volunteer=tun.amir, mentor=tun.kari.person, plan=Lighter(**facts), by=tun.viewer(), at=tun.now
    )


def test_the_mentor_is_told_once_and_the_first_talk_counts_opening_days(tun):
    assert tun.plan.next_talk_on == dt.date(2026, 11, 30), "Monday 23 + Wednesday, Friday, Monday"
    assert told(tun.kari.person) == [("mentoring.became", "pending")]
    again(tun, most_minutes=90)
    assert told(tun.kari.person) == [("mentoring.became", "pending")]
    assert MentorPlan.objects.get().most_minutes == 90


def test_nothing_anywhere_says_why(tun):
    fields = {f.name for f in MentorPlan._meta.get_fields()}
    assert not fields & {"why", "reason", "note", "words", "kind", "source"}
    assert AuditEvent.objects.filter(act="mentoring.set").values_list("words", flat=True)[0] == {}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"most_minutes": 4}, actions.BadMinutes), ({"most_minutes": 601}, actions.BadMinutes),
        ({"talk_days": 0}, actions.BadRhythm), ({"talk_days": 61}, actions.BadRhythm),
        ({"together_until": dt.date(2026, 11, 22)}, actions.TogetherHasBeen),
    ],
)  # fmt: skip
def test_nonsense_is_refused(tun, changes, refusal):
    with pytest.raises(refusal):
        again(tun, **changes)


def test_a_mentor_is_one_of_the_hosts_own_and_never_the_volunteer(tun):
    stranger = tun.volunteer("Hanne", "Vik", "+4790000103", host=tun.other)
    names = {p.full_name for p in could_be_mentor(tun.amir, on=tun.now.date())}
    assert "Kari Berg" in names
    assert not {"Amir Haddad", "Hanne Vik"} & names
    for wrong in (stranger.person, tun.amir.person):
        with pytest.raises(actions.NotAMentorHere):
            actions.set_plan(volunteer=tun.amir, mentor=wrong, plan=Lighter(60, 3), by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R112")
def test_another_organisation_can_neither_set_nor_see_a_plan(tun):
    other = tun.viewer(tun.other)
    with pytest.raises(NotYours):
        actions.set_plan(volunteer=tun.amir, mentor=tun.kari.person, plan=Lighter(60, 3), by=other, at=tun.now)
    with pytest.raises(NotYours):
        actions.end_plan(plan=tun.plan, by=other, at=tun.now)
    with pytest.raises(NotYours):
        actions.note_talk(plan=tun.plan, by=other, at=tun.now)


def test_both_see_each_other_and_nobody_else_does(tun):
    def as_person(person):
        return replace(tun.viewer(permissions=PERMISSIONS), person=person.id)

    on = tun.now.date()
    own, mentored = beside(as_person(tun.amir.person), tun.amir, on=on)
    assert (own.name, mentored) == ("Kari Berg", [])
    own, mentored = beside(as_person(tun.kari.person), tun.kari, on=on)
    assert (own, [p.name for p in mentored]) == (None, ["Amir Haddad"])
    with pytest.raises(NotYours):
        beside(as_person(tun.kari.person), tun.amir, on=on)


@pytest.mark.rule("R114")
def test_a_talk_is_reminded_of_on_its_day_and_told_to_the_desk_two_opening_days_later(tun):
    by = tun.system()
    assert not actions.talk_due(plan=tun.plan, by=by, at=tun.now)
    on_the_day = dt.datetime(2026, 11, 30, 8, 0, tzinfo=dt.UTC)
    assert actions.talk_due(plan=tun.plan, by=by, at=on_the_day)
    assert told(tun.kari.person)[-1] == ("mentoring.talk", "pending")
    assert due() == []
    actions.talk_due(plan=tun.plan, by=by, at=on_the_day + 4 * DAY)
    assert due() == [("mentor_plan", "mentor_talk")]
    assert Todo.objects.get(reason="mentor_talk").about == "AH"
    actions.note_talk(plan=tun.plan, by=tun.viewer(), at=on_the_day + 4 * DAY)
    assert due() == []
    row = MentorPlan.objects.get()
    assert (row.last_talk_on, row.next_talk_on) == (dt.date(2026, 12, 4), dt.date(2026, 12, 11))


def test_an_ended_plan_is_over_for_everyone(tun):
    actions.end_plan(plan=tun.plan, by=tun.viewer(), at=tun.now)
    assert companion_of(tun.amir.id, on=tun.now.date()) is None
    assert told(tun.kari.person) == [("mentoring.became", "cancelled")]
    for act in (actions.end_plan, actions.note_talk):
        with pytest.raises(actions.HasEnded):
            act(plan=tun.plan, by=tun.viewer(), at=tun.now)
    again(tun)
    assert MentorPlan.objects.filter(ended_at=None).count() == 1


def test_when_the_mentor_leaves_the_desk_finds_another_and_when_the_volunteer_leaves_it_ends(tun):
    leave(volunteer=tun.kari, by=tun.viewer(), at=tun.now)
    run()
    assert ("mentor_plan", "mentor_gone") in due()
    turid = tun.volunteer("Turid", "Lien", "+4790000104")
    actions.set_plan(volunteer=tun.amir, mentor=turid.person, plan=Lighter(60, 3), by=tun.viewer(), at=tun.now)
    assert ("mentor_plan", "mentor_gone") not in due()
    leave(volunteer=tun.amir, by=tun.viewer(), at=tun.now)
    run()
    assert not MentorPlan.objects.filter(ended_at=None).exists()


def stands():
    return (
        list(MentorPlan.objects.order_by("id").values()),
        list(Message.objects.order_by("id").values_list("id", "state")), due(),
    )  # fmt: skip


@pytest.mark.rule("R113")
@pytest.mark.parametrize("who", ["amir", "kari"])
def test_a_death_stops_what_is_said_of_the_two_and_a_mistake_is_undone_exactly(tun, who):
    before = stands()
    person = getattr(tun, who).person
    note_death(person=person, by=tun.viewer(), at=tun.now)
    assert told(tun.kari.person) == [("mentoring.became", "cancelled")]
    assert not actions.talk_due(plan=tun.plan, by=tun.system(), at=tun.now + 30 * DAY)
    assert (("mentor_plan", "mentor_gone") in due()) == (who == "kari")
    assert companion_of(tun.amir.id, on=tun.now.date()) == (tun.kari.person_id if who == "amir" else None)
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    assert stands() == before
    assert not Person.objects.get(id=person.id).is_dead
