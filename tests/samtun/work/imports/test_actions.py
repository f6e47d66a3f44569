"""A list taken in: tried first, all or nothing, no doubles, undone while nobody has used it."""

import pytest

from samtun.anchoring.responsibilities.models import TaskType
from samtun.operation.volunteers import actions as volunteer_actions
from samtun.operation.volunteers.models import Profile, Volunteer, Willing
from samtun.people.persons.models import KnownTo, Person
from samtun.work.imports import actions, queries
from samtun.work.imports.models import Identity, ImportRow
from tests.factories import lists, sheets
from tests.factories.desk import AT, coordinator, owner, person


@pytest.fixture
def ours(in_municipality):
    return owner()


@pytest.fixture
def us(ours):
    return coordinator(ours)


def staged(ours, us, rows, **more):
    return lists.staged(ours, rows, by=us, at=AT, **more)


def tried(run, us, **more):
    return lists.tried(run, by=us, at=AT, **more)


def taken(ours, us, rows, **more):
    return lists.taken_in(ours, rows, by=us, at=AT, **more)


def refreshed(run):
    run.refresh_from_db()
    return run


PEOPLE = [sheets.HEAD, *sheets.PEOPLE]


def test_a_trial_changes_nothing(ours, us):
    run = tried(staged(ours, us, PEOPLE), us)
    assert (run.state, run.counts) == ("tried", {"new": 3})
    assert (Person.objects.count(), KnownTo.objects.count(), Identity.objects.count()) == (0, 0, 0)


def test_then_all_are_written_down_and_the_file_is_forgotten(ours, us):
    run = taken(ours, us, PEOPLE)
    assert (run.state, run.counts) == ("done", {"new": 3})
    assert sorted(Person.objects.values_list("given_name", "family_name", "phone")) == [
        ("Bjørg", "Sæther", "+4790000101"), ("Kari", "Nordmann", "+4790000103"), ("Pål", "Åsen", "+4790000102"),
    ]  # fmt: skip
    assert ImportRow.objects.count() == 0
    assert KnownTo.objects.filter(owner=ours).count() == 3


def test_the_same_file_twice_makes_no_doubles(ours, us):
    taken(ours, us, PEOPLE)
    again = taken(ours, us, PEOPLE)
    assert again.counts == {"known": 3}
    assert Person.objects.count() == 3
    assert queries.taken_before(again) is not None


def test_one_who_has_changed_number_since_is_still_the_same(ours, us):
    taken(ours, us, PEOPLE)
    Person.objects.filter(given_name="Pål").update(phone="+4790009999", family_name="Åse")
    assert taken(ours, us, PEOPLE).counts == {"known": 3}
    assert Person.objects.count() == 3


def test_one_row_wrong_stops_all(ours, us):
    run = tried(staged(ours, us, [*PEOPLE, ("Ola", "Feil", "12", "", "")]), us)
    assert run.counts == {"new": 3, "wrong": 1}
    wrong = ImportRow.objects.get(run=run, outcome="wrong")
    assert (wrong.number, wrong.said) == (
        5,
        [["“%(text)s” is no telephone number that can be called.", {"text": "12"}]],
    )
    with pytest.raises(actions.StillWrong):
        actions.start(run=run, by=us, at=AT)
    assert Person.objects.count() == 0


def test_undo_takes_everything_out_again(ours, us):
    before = person(ours, "Kari", "Nordmann", phone="+4790000103")
    run = taken(ours, us, PEOPLE)
    assert run.counts == {"new": 2, "filled": 1}
    actions.undo(run=run, by=us, at=AT)
    assert list(Person.objects.values_list("id", "email")) == [(before.id, "")]
    assert list(KnownTo.objects.values_list("person")) == [(before.id,)]
    assert Identity.objects.count() == 0
    assert refreshed(run).state == "undone"


def test_a_list_of_volunteers_is_taken_in_and_out_again(ours, us):
    known = person(ours, "Kari", "Nordmann", phone="+4790000103", email="kari@eksempel.test")
    snow = TaskType.objects.create(key="snow", name={"nb": "Snø", "nn": "Snø"}, task_class="practical")
    rows = [
        (*sheets.HEAD, "Hjelper med", "Bil", "Frivillig siden"),
        (*sheets.PEOPLE[0], "Snø", "ja", "01.02.2020"), (*sheets.PEOPLE[1], "", "nei", ""),
        (*sheets.PEOPLE[2], "snø", "", ""),
    ]  # fmt: skip
    run = taken(ours, us, rows, kind="volunteers")
    assert run.counts == {"new": 3}
    first = Volunteer.objects.get(person__given_name="Bjørg")
    assert (first.host, first.joined_on.isoformat()) == (ours, "2020-02-01")
    assert Profile.objects.get(person=first.person).has_car
    assert sorted(Willing.objects.values_list("volunteer__person__given_name", "task_type")) == [
        ("Bjørg", snow.id), ("Kari", snow.id),
    ]  # fmt: skip
    assert taken(ours, us, rows, kind="volunteers").counts == {"known": 3}
    actions.undo(run=run, by=us, at=AT)
    assert [m.objects.count() for m in (Volunteer, Profile, Willing)] == [0, 0, 0]
    assert list(Person.objects.values_list("id", flat=True)) == [known.id]


def test_an_import_that_was_used_cannot_be_undone_and_says_by_what(ours, us):
    run = taken(ours, us, PEOPLE, kind="volunteers")
    asked = Volunteer.objects.get(person__given_name="Pål")
    volunteer_actions.pause(volunteer=asked, until=None, by=us, at=AT)
    assert queries.used_since(run) == {3: ["changed"]}
    with pytest.raises(actions.UsedSince):
        actions.undo(run=run, by=us, at=AT)
    assert Person.objects.count() == 3
