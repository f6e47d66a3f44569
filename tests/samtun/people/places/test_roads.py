"""A municipality's own roads: read from a file, drawn by one act, kept small."""

import datetime as dt
import gzip
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from samtun.demo.valley import dalgrend, osm_xml
from samtun.foundation.models.runtime import EventRow
from samtun.foundation.viewer import Viewer
from samtun.kernel.ground import Spot, metres_between
from samtun.people.places.actions import NoRoads, TooManyRoads, draw_roads, find_on_map
from samtun.people.places.adapters.osm import UnreadableMap, read_osm
from samtun.people.places.models import Place, Road, Village
from samtun.people.places.queries import roads
from samtun.people.places.rules import level_of

LINE = [Spot(61.95, 3.6), Spot(61.96, 3.6), Spot(61.97, 3.62)]


@pytest.fixture(scope="module")
def valley():
    return dalgrend(dt.date(2026, 11, 23))


@pytest.fixture
def osm(tmp_path, valley):
    file = tmp_path / "map.osm"
    file.write_text(osm_xml(valley))
    return file


def test_a_file_of_the_valley_gives_the_valley_back(osm, valley):
    read = read_osm(osm)
    spots = {one.id: Spot(one.spot.lat, one.spot.lon) for one in valley.junctions}
    assert [(w.name, w.kind, w.spots) for w in read.ways] == [
        (road.name, road.kind, [spots[number] for number in road.junctions]) for road in valley.roads
    ]
    assert read.named["fjordheim"] == spots[next(h.junction for h in valley.halls if h.name == "Fjordheim")]
    assert "nesvika" in read.named
    packed = osm.with_suffix(".osm.gz")
    packed.write_bytes(gzip.compress(osm.read_bytes()))
    assert read_osm(packed) == read


def test_houses_drawn_as_outlines_are_found_in_their_middle(tmp_path):
    file = tmp_path / "map.osm"
    file.write_text(
        '<osm><node id="1" lat="60" lon="8"/><node id="2" lat="61" lon="9"/>'
        '<way id="3"><nd ref="1"/><nd ref="2"/><nd ref="99"/>'
        '<tag k="building" v="yes"/><tag k="name" v="Bygdatun"/></way>'
        '<way id="4"><nd ref="1"/><nd ref="2"/><tag k="shop" v="yes"/><tag k="name" v="Krambua"/></way></osm>'
    )
    assert read_osm(file).named == {"bygdatun": Spot(60.5, 8.5)}
    assert read_osm(file).ways == []


NESTED = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
GROWS = f'<!DOCTYPE osm [<!ENTITY e0 "0123456789">{NESTED}]><osm>&e9;</osm>'.encode()
"""Ten thousand million letters, when each of its names is written out."""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.osm", b""), ("b.osm", b"<html></html>"), ("c.osm", b'<osm><node id="1" lat="x" lon="2"/></osm>'),
        ("d.osm", b"<osm><way>"), ("e.osm.gz", b"not packed"), ("f.osm.pbf", b"\x00"), ("g.osm", b'<osm><node/></osm>'),
        ("h.osm", GROWS),
    ],
)  # fmt: skip
def test_what_is_no_map_says_so_in_a_sentence(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(UnreadableMap, match=f"{name} could not be read"):
        read_osm(file)
    with pytest.raises(UnreadableMap):
        read_osm(tmp_path / "nowhere.osm")


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("primary", 1),
        ("trunk_link", 1),
        ("tertiary", 2),
        ("unclassified", 3),
        ("service", 4),
        ("path", None),
        ("", None),
    ],
)
def test_what_is_drawn(kind, level):
    assert level_of(kind) == level


def test_drawing_takes_the_place_of_what_was_and_is_told_once(in_municipality, now):
    by = Viewer.system(in_municipality.id)
    assert draw_roads(ways=[("Gamlevegen", "service", LINE), ("Stien", "path", LINE)], by=by, at=now) == 1
    nearly = Spot(61.955, 3.60002)
    ways = [("Småvegen", "service", LINE), ("Storvegen", "primary", [LINE[0], nearly, *LINE[1:]])]
    assert draw_roads(ways=ways, by=by, at=now) == 2
    drawn = roads(most=10)
    assert [(line.name, line.level) for line in drawn] == [("Storvegen", 1), ("Småvegen", 4)]
    assert len(drawn[0].spots) == 3, "a bend of a metre is not kept"
    assert all(metres_between(a, b) < 2 for a, b in zip(drawn[0].spots, LINE, strict=True))
    assert [line.name for line in roads(most=1)] == ["Storvegen"], "the least are left out first"
    assert Road.objects.get(level=1).metres == pytest.approx(2644, abs=20)


def test_a_file_without_roads_leaves_what_was(in_municipality, now, monkeypatch):
    by = Viewer.system(in_municipality.id)
    draw_roads(ways=[("Storvegen", "primary", LINE)], by=by, at=now)
    with pytest.raises(NoRoads, match="no roads"):
        draw_roads(ways=[("Stien", "path", LINE), ("Punktet", "primary", LINE[:1])], by=by, at=now)
    monkeypatch.setattr("samtun.people.places.actions.MOST_ROADS", 1)
    with pytest.raises(TooManyRoads, match="smaller piece"):
        draw_roads(ways=[("A", "primary", LINE), ("B", "primary", LINE)], by=by, at=now)
    assert [line.name for line in roads(most=10)] == ["Storvegen"]


def test_only_what_has_no_position_is_found_by_name(in_municipality, now):
    by = Viewer.system(in_municipality.id)
    village = Village.objects.create(name="Nesvika")
    Place.objects.create(name="Nesheim", kind="hall", village=village)
    Place.objects.create(name="Dalheim", kind="hall", village=village, lat=60.0, lon=8.0)
    spots = dict.fromkeys(("nesvika", "nesheim", "dalheim"), LINE[0])
    assert find_on_map(spots=spots, by=by, at=now) == ["Nesheim", "Nesvika"]
    assert Place.objects.get(name="Dalheim").lat == 60.0
    assert Place.objects.get(name="Nesheim").lon == 3.6
    assert find_on_map(spots=spots, by=by, at=now) == []
    told = EventRow.objects.filter(name="places.put_on_map")
    assert [row.payload["place"] for row in told] == [str(Place.objects.get(name="Nesheim").id)], "its buses follow"


def test_the_command_draws_and_finds(municipality, scope, osm, tmp_path):
    with scope():
        Village.objects.create(name="Sundøyra")
    said = StringIO()
    call_command("draw_roads", str(osm), "--host", municipality.host, stdout=said)
    assert "Found by name: Sundøyra." in said.getvalue()
    with scope():
        near = Road.objects.count()
    call_command("draw_roads", str(osm), "--host", municipality.host, "--reach", "1", stdout=said)
    with scope():
        assert 0 < Road.objects.count() < near
    for wrong, words in (
        ((str(osm), "--host", "ingen.example"), "no municipality"),
        ((str(osm), "--host", municipality.host, "--reach", "0"), "Reach"),
        ((str(tmp_path / "borte.osm"), "--host", municipality.host), "could not be read"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("draw_roads", *wrong)
    empty = tmp_path / "tom.osm"
    empty.write_text("<osm></osm>")
    with pytest.raises(CommandError, match="no roads"):
        call_command("draw_roads", str(empty), "--host", municipality.host)
