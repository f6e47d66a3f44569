"""Who has looked at me (R78)."""

import csv
import io

import pytest

from samtun.foundation.audit import write_access
from samtun.foundation.models import AccessEntry
from samtun.foundation.scope import open_scope
from samtun.kernel.errors import NotYours
from samtun.people.roles.queries import looks_at
from tests.samtun.people.login import a_grant, a_person, an_account, an_organisation, inside, put_in, viewer


@pytest.fixture
def scene(municipality, clock):
    """A resident known to two organisations, each of which has looked, and an outsider who has not."""
    with inside(municipality):
        centre, club = an_organisation(), an_organisation("Dalgrend sanitetsforening", "association")
        solveig, other = a_person("Solveig", "Haug", owner=centre.owner), a_person("Per", "Moe", owner=centre.owner)
        turid, liv = a_person("Turid", "Myklebust"), a_person("Liv", "Aas")
        council = an_organisation("Dalgrend kommune", "municipality")
    looks = [
        (
            viewer(municipality, "coordinator", centre.owner, person=turid, name="Turid Myklebust"),
            [solveig, other],
            "listed",
        ),
        (viewer(municipality, "leader", club.owner, person=liv, body=club.name, name="Liv Aas"), [solveig], "opened"),
        (viewer(municipality, "coordinator", centre.owner, person=turid), [other], "opened"),
        (viewer(municipality, "resident", person=solveig, body=""), [solveig], "opened"),
    ]
    for by, persons, how in looks:
        with open_scope(municipality.id, by) as scope:
            scope.saw(*(p.id for p in persons), how=how)
            write_access(scope, at=clock(), ref="/x/")
        clock.passes(minutes=1)
    return {"solveig": solveig, "other": other, "centre": centre, "club": club, "turid": turid, "council": council}


def read(municipality, by, person):
    with open_scope(municipality.id, by):
        return [(look.hat.partition(", ")[2], look.how, look.name) for look in looks_at(by, person.id)]


@pytest.mark.rule("R78")
def test_a_person_reads_roles_and_organisations_and_no_names(municipality, scene):
    by = viewer(municipality, "resident", person=scene["solveig"], body="")
    assert read(municipality, by, scene["solveig"]) == [
        ("Dalgrend sanitetsforening", "opened", ""), ("Dalgrend frivilligsentral", "listed", ""),
    ]  # fmt: skip


def test_nobody_else_reads_it(municipality, scene):
    neighbour_at_table = viewer(municipality, "resident", person=scene["other"], body="")
    stranger = viewer(municipality, "coordinator", scene["club"].owner, body="Dalgrend sanitetsforening")
    for by in (neighbour_at_table, stranger, viewer(municipality, "municipal_administrator", scene["council"].owner)):
        with pytest.raises(NotYours):
            read(municipality, by, scene["solveig"])


@pytest.mark.rule("R112")
def test_who_coordinates_gets_the_own_organisations_looks_only(municipality, scene):
    by = viewer(municipality, "coordinator", scene["centre"].owner, person=scene["turid"])
    assert read(municipality, by, scene["solveig"]) == [("Dalgrend frivilligsentral", "listed", "")]


def test_the_privacy_officer_reads_names(municipality, scene):
    by = viewer(municipality, "privacy_officer")
    assert read(municipality, by, scene["solveig"]) == [
        ("Dalgrend sanitetsforening", "opened", "Liv Aas"), ("Dalgrend frivilligsentral", "listed", "Turid Myklebust"),
    ]  # fmt: skip


def test_the_page_and_the_file(client, municipality, scene, clock):
    with inside(municipality):
        account = an_account(scene["solveig"], phone="+4790000001")
    put_in(client, account, at=clock())
    page = client.get("/innsyn/").content.decode()
    assert "Dalgrend sanitetsforening" in page
    assert "Leiar" in page
    assert "Liv Aas" not in page
    rows = list(csv.reader(io.StringIO(client.get("/innsyn/liste.csv").content.decode("utf-8-sig")), delimiter=";"))
    assert [r[1:3] for r in rows[1:]] == [
        ["Leiar", "Dalgrend sanitetsforening"],
        ["Koordinator", "Dalgrend frivilligsentral"],
    ]
    assert client.get(f"/innsyn/{scene['other'].id}/").status_code == 403


def test_reading_the_log_is_logged(client, municipality, scene, clock):
    with inside(municipality):
        officer = a_person("Ada", "Vik")
        a_grant(officer, "privacy_officer", scene["council"].owner)
        account = an_account(officer, email="ada@eksempel.test")
    put_in(client, account, at=clock(), second_factor=True)
    assert "Liv Aas" in client.get(f"/innsyn/{scene['solveig'].id}/").content.decode()
    assert client.get(f"/innsyn/{scene['solveig'].id}/liste.csv").status_code == 200
    with inside(municipality):
        mine = AccessEntry.objects.filter(person=officer.id).order_by("how")
        assert [(e.how, e.persons, e.purpose) for e in mine] == [
            ("exported", [scene["solveig"].id], "Showing a person who has looked"),
            ("opened", [scene["solveig"].id], "Showing a person who has looked"),
        ]


def test_another_municipality_has_its_own_log(municipality, neighbour, scene):
    with open_scope(neighbour.id, viewer(neighbour, "privacy_officer")) as scope, pytest.raises(NotYours):
        looks_at(scope.viewer, scene["solveig"].id)
