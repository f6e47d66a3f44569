"""Each organisation is a wall inside the municipality (R112), tested with a control that must leak."""

import datetime as dt
import json
import zipfile
from io import BytesIO

import pytest

from samtun.foundation import exports, search, walls
from samtun.foundation.models import Share
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations import actions
from samtun.partners.organisations.queries import organisation_for, own_organisations, shares_of
from samtun.people.persons.queries import find_as_you_type, person_for, persons_visible_to
from tests.samtun.people.login import START, a_person, an_account, an_organisation, inside, put_in, viewer
from tests.samtun.people.login import a_member as member

TODAY = START.date()


@pytest.fixture
def scene(municipality, clock):
    """Two organisations, each with people of its own, and the municipality beside them."""
    with inside(municipality):
        found = {
            "centre": an_organisation(), "club": an_organisation("Dalgrend sanitetsforening", "association"),
            "council": an_organisation("Dalgrend kommune", "municipality"),
        }  # fmt: skip
        for key, given in (("centre", "Solveig"), ("club", "Gunnhild")):
            person = a_person(given, "Haug", owner=found[key].owner, phone=f"+47900000{len(given):02d}")
            search.index(Ref("person", person.id), owners=[found[key].owner_id], texts=[given, "Haug"])
            found[f"{key}_person"] = person
    return found


def leaks(municipality, by, theirs):
    """All the ways in which the viewer comes to see a person of another organisation."""
    found = set()
    with inside(municipality, by):
        if persons_visible_to(by).filter(id=theirs.id).exists():
            found.add("rows")
        if persons_visible_to(by).count() != 1:
            found.add("count")
        if any(hit.id == theirs.id for hit in find_as_you_type(by, "Gunnhild", at=START)):
            found.add("search")
        try:
            person_for(by, theirs.id)
            found.add("page")
        except NotYours:
            pass
    return found


@pytest.mark.rule("R112")
def test_an_organisation_sees_its_own_and_no_others(municipality, scene):
    by = viewer(municipality, "coordinator", scene["centre"].owner)
    assert leaks(municipality, by, scene["club_person"]) == set()


@pytest.mark.rule("R112")
def test_the_municipality_does_not_see_through_the_wall_either(municipality, scene):
    by = viewer(municipality, "leader", scene["council"].owner, body="Dalgrend kommune")
    with inside(municipality, by):
        assert persons_visible_to(by).count() == 0
        with pytest.raises(NotYours):
            person_for(by, scene["club_person"].id)


def test_control_without_the_walls_it_leaks_everywhere(municipality, scene):
    by = viewer(municipality, "coordinator", scene["centre"].owner)
    with walls.down():
        assert leaks(municipality, by, scene["club_person"]) == {"rows", "count", "search", "page"}


def test_the_switch_is_for_tests_only(settings):
    settings.SAMTUN_TEST_SWITCHES = False
    with pytest.raises(RuntimeError), walls.down():
        pass


def a_share(scene, by, **more):
    given = {
        "giver": scene["club"].owner, "receiver": scene["centre"].owner, "what": "volunteers",
        "purpose": "Finding someone who can clear snow", "ends": TODAY + dt.timedelta(days=30), "by": by, "at": START,
    } | more  # fmt: skip
    return actions.share(**given)


def boss(municipality, scene, key="club"):
    return viewer(municipality, "organisation_representative", scene[key].owner, body=scene[key].name)


@pytest.mark.rule("R112")
def test_a_share_opens_one_kind_for_one_receiver_between_its_days(municipality, scene):
    centre, club = scene["centre"].owner, scene["club"].owner
    with inside(municipality):
        starts, ends = TODAY + dt.timedelta(days=3), TODAY + dt.timedelta(days=10)
        a_share(scene, boss(municipality, scene), starts=starts, ends=ends)
        by = viewer(municipality, "coordinator", centre)
        own, both = {centre.id}, {centre.id, club.id}
        days = [TODAY + dt.timedelta(days=n) for n in (0, 2, 3, 9, 10)]
        seen = [visible_owners(by, Share.What.VOLUNTEERS, on=day) for day in days]
        assert seen == [own, own, both, both, own]
        on = TODAY + dt.timedelta(days=5)
        assert visible_owners(by, Share.What.REQUESTS, on=on) == own
        assert visible_owners(by, on=on) == own
        assert visible_owners(boss(municipality, scene), Share.What.VOLUNTEERS, on=on) == {club.id}
        third = viewer(municipality, "coordinator", scene["council"].owner)
        assert visible_owners(third, Share.What.VOLUNTEERS, on=on) == {scene["council"].owner_id}
        assert visible_owners(viewer(municipality, "resident"), Share.What.VOLUNTEERS, on=on) == frozenset()


def test_a_share_ended_is_closed_at_once(municipality, scene):
    with inside(municipality):
        by = viewer(municipality, "coordinator", scene["centre"].owner)
        share = a_share(scene, boss(municipality, scene))
        assert scene["club"].owner_id in visible_owners(by, "volunteers")
        actions.end_share(share=share, by=boss(municipality, scene), at=START)
        assert scene["club"].owner_id not in visible_owners(by, "volunteers")
        assert Share.objects.count() == 1
        assert shares_of(scene["club"], on=TODAY) == []


def test_only_the_giver_opens_and_only_the_two_close(municipality, scene):
    with inside(municipality):
        receiver = boss(municipality, scene, "centre")
        outsider = viewer(municipality, "municipal_administrator", scene["council"].owner)
        for by in (receiver, outsider, viewer(municipality, "coordinator", scene["club"].owner)):
            with pytest.raises(NotYours):
                a_share(scene, by)
        share = a_share(scene, boss(municipality, scene))
        with pytest.raises(NotYours):
            actions.end_share(share=share, by=outsider, at=START)
        actions.end_share(share=share, by=receiver, at=START)


@pytest.mark.parametrize("wrong", [
    {"purpose": " "}, {"ends": TODAY}, {"ends": TODAY + dt.timedelta(days=400)}, {"ends": TODAY - dt.timedelta(days=1)},
])  # fmt: skip
def test_nothing_is_shared_without_purpose_and_end(municipality, scene, wrong):
    from samtun.kernel.errors import Refused

    with inside(municipality):
        with pytest.raises(Refused):
            a_share(scene, boss(municipality, scene), **wrong)
        assert Share.objects.count() == 0


def test_pages_of_another_organisation_are_not_there(client, municipality, scene, clock):
    with inside(municipality):
        liv = a_person("Liv", "Aas")
        member(liv, scene["club"], "organisation_representative")
        account = an_account(liv, phone="+4790000005")
    put_in(client, account)
    own, theirs = scene["club"].id, scene["centre"].id
    assert client.get("/lag/")["Location"] == f"/lag/{own}/"
    assert client.get(f"/lag/{own}/").status_code == 200
    for path in ("", "kontakt/", "tid/", "stengt/", "folk/", "deling/", "fil/", "slutt/"):
        answer = client.get(f"/lag/{theirs}/{path}") if path in ("", "slutt/") else client.post(f"/lag/{theirs}/{path}")
        assert answer.status_code == 404, path
    with inside(municipality, boss(municipality, scene)) as scope:
        assert own_organisations(scope.viewer) == [scene["club"]]
        with pytest.raises(NotYours):
            organisation_for(scope.viewer, theirs)


def unpacked(packed):
    with zipfile.ZipFile(BytesIO(packed)) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


@pytest.mark.rule("R112")
def test_what_is_taken_out_is_ones_own_and_all_of_it(municipality, scene):
    with inside(municipality, boss(municipality, scene)) as scope:
        packed = actions.take_out(organisation=scene["club"], by=scope.viewer, at=START)
        assert scope.seen["exported"] == {scene["club_person"].id}
    files = unpacked(packed)
    people = json.loads(files["persons/people.json"])
    assert [p["given_name"] for p in people] == ["Gunnhild"]
    everything = b"".join(files.values())
    assert b"Gunnhild" in everything
    assert b"Solveig" not in everything
    manifest = json.loads(files["manifest.json"])
    assert manifest["owner"]["name"] == "Dalgrend sanitetsforening"
    assert manifest["rows"]["persons/people"] == 1
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    assert {name.split("/")[0] for name in manifest["files"]} == set(exports.rooms())


def test_control_the_file_would_show_another_owners_rows(municipality, scene):
    with inside(municipality):
        rows = exports.tables_of(scene["centre"].owner_id)["persons/people"].rows
    assert [row[1] for row in rows] == ["Solveig"]


@pytest.mark.parametrize("role", ["coordinator", "cashier", "municipal_administrator", "privacy_officer"])
def test_only_who_answers_for_it_takes_it_out(municipality, scene, role):
    by = viewer(municipality, role, scene["club"].owner)
    with inside(municipality, by), pytest.raises(NotYours):
        actions.take_out(organisation=scene["club"], by=by, at=START)


@pytest.mark.rule("R81")
def test_a_protected_address_stays_here(municipality, scene):
    with inside(municipality, boss(municipality, scene)) as scope:
        person = scene["club_person"]
        person.address, person.address_protected = "Løyndevegen 9", True
        person.save()
        files = unpacked(actions.take_out(organisation=scene["club"], by=scope.viewer, at=START))
    assert "Løyndevegen".encode() not in b"".join(files.values())


@pytest.mark.parametrize("cell", ["=1+1", "+47 900", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_nothing(cell):
    import csv
    import io

    table = exports.Table("t", ("a",), [(cell,), ("plain",), (-2,), (None,)])
    read = list(csv.reader(io.StringIO(exports.as_csv(table).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read[1] == ["'" + cell]
    assert read[2:] == [["plain"], ["-2"], [""]]
    assert json.loads(exports.as_json(table))[0] == {"a": cell}
