"""Who stands on a list of friends, and what stands on tomorrow's sheet and in the timelines."""

import datetime as dt

import pytest
from django.utils import translation

from samtun.operation.callouts import actions
from samtun.operation.callouts.models import Asked, Friend
from samtun.operation.callouts.queries import list_for, lists_of, not_on
from samtun.operation.volunteers.actions import leave
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Person
from samtun.work.sheets.queries import write_paper
from tests.factories.journey import make_tun

THURSDAY = dt.date(2026, 11, 26)


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def friends(tun):
    """Marit, Jonas, and Anne with a class."""
    made = actions.make_list(owner=tun.centre, name="Turvener", by=tun.viewer(), at=tun.now)
    for number, (name, group) in enumerate([("Marit", ""), ("Jonas", ""), ("Anne", "2B")]):
        volunteer = tun.volunteer(name, "Venn", f"+4790000{500 + number}")
        actions.add_friend(
            friends_list=made, volunteer=volunteer, group_name=group, counts=12, by=tun.viewer(), at=tun.now
        )
    return made


@pytest.fixture
def called(tun, friends):
    return actions.call_out(
        friends_list=friends, task_type=tun.snow, words="tur med bebuarane", place="Solheimen", on=THURSDAY,
        starts=dt.time(10), minutes=120, needed=15, by=tun.viewer(), at=tun.now,
    )  # fmt: skip


def says_yes(tun, called, *names):
    for one in Asked.objects.filter(call_out=called, volunteer__person__given_name__in=names):
        actions.answer(asked=one, yes=True, via="call", by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R113")
def test_the_dead_stand_on_no_list_and_stand_there_again_when_it_was_a_mistake(tun, friends):
    gone = Person.objects.get(given_name="Anne")

    def shown():
        names = [f.volunteer.person.given_name for f in list_for(tun.viewer(), friends.id).friends.all()]
        return names, lists_of(tun.viewer())[0].hands

    assert shown() == (["Anne", "Jonas", "Marit"], 14)
    passing = note_death(person=gone, by=tun.viewer(), at=tun.now)
    assert shown() == (["Jonas", "Marit"], 2)
    assert not_on(tun.viewer(), friends) == [], "nor among those to put on it"
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    assert shown() == (["Anne", "Jonas", "Marit"], 14)


def test_one_who_left_stands_on_no_list_at_once(tun, friends):
    leave(volunteer=Friend.objects.get(volunteer__person__given_name="Jonas").volunteer, by=tun.viewer(), at=tun.now)
    assert [f.volunteer.person.given_name for f in list_for(tun.viewer(), friends.id).friends.all()] == [
        "Anne",
        "Marit",
    ]


def part_of(tun, day=THURSDAY):
    """What the centre's sheet says about call-outs, and whom it names."""
    with translation.override("nn"):
        paper, persons = write_paper(tun.centre, day, at=tun.now)
    parts = [p for p in paper.parts if p.heading == "Utkalling"]
    return [(r.when, r.what, r.more) for p in parts for g in p.groups for r in g.rows], persons


@pytest.mark.practice("strand")
def test_who_comes_stands_on_tomorrows_sheet_and_how_many_are_missing(tun, called):
    says_yes(tun, called, "Marit", "Anne")
    rows, persons = part_of(tun)
    assert rows == [
        ("10.00", "tur med bebuarane · Solheimen",
         ("Marit Venn, 90 00 05 00 kjem", "2B kjem, 12 personar. Anne Venn, 90 00 05 02 svarer for dei",
          "2 manglar enno")),
    ]  # fmt: skip
    assert persons == {p.id for p in Person.objects.filter(given_name__in=["Marit", "Anne"])}
    assert part_of(tun, THURSDAY - dt.timedelta(days=1)) == ([], frozenset())


def test_what_is_full_or_cancelled_says_so_by_saying_less(tun, called):
    called.needed = 13
    called.save(update_fields=["needed"])
    says_yes(tun, called, "Marit", "Anne")
    lines = part_of(tun)[0][0][2]
    assert len(lines) == 2, "who said yes when there were enough already is thanked, and nothing is missing"
    assert not any("manglar" in line for line in lines)
    actions.cancel(call_out=called, by=tun.viewer(), at=tun.now)
    assert part_of(tun) == ([], frozenset())


def test_a_protected_volunteer_stands_with_initials(tun, called):
    Person.objects.filter(given_name="Marit").update(address_protected=True)
    says_yes(tun, called, "Marit")
    assert part_of(tun)[0][0][2][0] == "MV (sjå i Samtun) kjem"


@pytest.mark.rule("R112")
def test_another_organisations_sheet_says_nothing_of_it(tun, called):
    says_yes(tun, called, "Marit")
    paper, persons = write_paper(tun.other, THURSDAY, at=tun.now)
    assert not persons
    assert "Solheimen" not in str(paper)
