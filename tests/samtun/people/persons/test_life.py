"""Pages about what happens in a life: what stops is said first, walls stand, nothing typed is lost, undo is there."""

import pytest
from django.urls import reverse

from samtun.foundation.models import AccessEntry
from samtun.foundation.viewer import Permission, Role
from samtun.people.persons.models import Away, Passing, Person
from samtun.people.persons.queries import passing_of
from tests.factories.desk import coordinator, owner, person
from tests.factories.help import match, task_type, volunteer


@pytest.fixture
def solveig(municipality, scope_of):
    """Known to us and to the Red Cross; visited by ours and by theirs."""
    with scope_of(municipality):
        ours, theirs = owner(), owner("Røde Kors", "organisation")
        who = person(ours)
        snow, wood = task_type(), task_type("wood", "Bere ved")
        match(volunteer(ours, "Marit", "Fjelde", snow), who, snow)
        from samtun.foundation.viewer import Viewer
        from samtun.people.persons.actions import make_known
        from tests.factories.desk import AT

        make_known(person=who, owner=theirs, source="test", by=Viewer.system(ours.tenant_id), at=AT)
        match(volunteer(theirs, "Arvid", "Dalen", wood), who, wood)
        who.ours, who.theirs = ours, theirs
        return who


def url(name, who):
    return reverse(name, args=[who.id])


def text(response):
    return response.content.decode()


def test_the_page_says_what_stops_and_whom_we_ring_and_nothing_of_the_others(solveig, open_as, municipality, scope_of):
    page = text(open_as(coordinator(solveig.ours)).get(url("person_death", solveig)))
    assert "Has Solveig Nesheim died?" in page
    assert "Marit Fjelde" in page
    assert "Arvid Dalen" not in page
    assert "Røde Kors" not in page
    assert "One open wish is cancelled." in page
    with scope_of(municipality):
        assert passing_of(solveig.id) is None


def test_a_day_to_come_or_no_day_is_met_with_a_sentence_and_nothing_typed_is_lost(solveig, open_as):
    client = open_as(coordinator(solveig.ours))
    for day, words in (("2099-01-01", "That day has not been."), ("i går", "Write the date as day, month and year")):
        answer = client.post(url("person_death", solveig), {"died_on": day, "rings": "Åse på kontoret"})
        assert answer.status_code == 422
        assert words in text(answer)
        assert "Åse på kontoret" in text(answer)


@pytest.mark.rule("R112")
def test_noted_by_one_it_holds_for_all_and_each_rings_its_own(solveig, open_as, municipality, scope_of):
    client = open_as(coordinator(solveig.ours))
    assert client.post(url("person_death", solveig), {"rings": "Turid"}).status_code == 302
    page = text(client.get(url("person_death", solveig)))
    assert "Solveig Nesheim has died" in page
    assert "Turid rings" in page
    assert "Arvid Dalen" not in page
    theirs = text(open_as(coordinator(solveig.theirs)).get(url("person_death", solveig)))
    assert "Arvid Dalen" in theirs
    assert "Marit Fjelde" not in theirs
    assert "Has died" in text(client.get(url("person", solveig)))
    with scope_of(municipality):
        assert AccessEntry.objects.filter(persons__contains=[solveig.id], how="opened").exists()


def test_it_is_taken_back_on_a_page_that_says_what_comes_back(solveig, open_as, municipality, scope_of):
    client = open_as(coordinator(solveig.ours))
    assert client.get(url("person_death_undo", solveig)).status_code == 404
    client.post(url("person_death", solveig), {})
    assert "stand again as they were" in text(client.get(url("person_death_undo", solveig)))
    assert client.post(url("person_death_undo", solveig)).status_code == 302
    with scope_of(municipality):
        assert not Person.objects.get(id=solveig.id).is_dead
        assert Passing.objects.get().undone_by == "Turid Lunde"


def test_an_employee_without_a_list_of_people_finds_and_notes_it(solveig, open_as, municipality, scope_of):
    from dataclasses import replace

    viewer = coordinator(solveig.ours, permissions=frozenset({Permission.NOTE_DEATH, Permission.OWN_PAGE}))
    viewer = replace(viewer, hat=replace(viewer.hat, role=Role.UNIT_EMPLOYEE))
    client = open_as(viewer)
    found = text(client.get(reverse("death_find"), {"q": "solv"}))
    assert "Solveig Nesheim" in found
    assert client.get(url("person", solveig)).status_code == 403
    assert client.post(url("person_death", solveig), {}).status_code == 302
    after = client.get(url("person_death", solveig))
    assert after.status_code == 200
    assert reverse("person", args=[solveig.id]) + '"' not in text(after)


def test_away_is_noted_changed_and_over(solveig, open_as, municipality, scope_of):
    client = open_as(coordinator(solveig.ours))
    page = text(client.get(url("person_away", solveig)))
    assert "Marit Fjelde" in page
    assert "Arvid Dalen" not in page
    bad = client.post(url("person_away", solveig), {"starts": "2030-02-02", "ends": "2030-02-01", "where": "away"})
    assert bad.status_code == 422
    assert "2030-02-02" in text(bad)
    good = {"starts": "2030-02-02", "ends": "2030-02-20", "where": "elsewhere"}
    assert client.post(url("person_away", solveig), good).status_code == 302
    assert "Stays somewhere else for a while" in text(client.get(url("person_away", solveig)))
    assert client.post(url("person_away", solveig), {"ends": ""}).status_code == 302
    assert "Away" in text(client.get(url("person", solveig)))
    assert client.post(url("person_back", solveig)).status_code == 302
    with scope_of(municipality):
        assert Away.objects.get().ended_at


def test_the_page_of_a_person_keeps_within_its_statements(solveig, open_as, django_assert_max_num_queries):
    client = open_as(coordinator(solveig.ours))
    client.get(url("person", solveig))
    with django_assert_max_num_queries(19):  # fifteen beside scope and savepoints
        client.get(url("person", solveig))
