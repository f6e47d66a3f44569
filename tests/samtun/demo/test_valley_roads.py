"""The road network hangs together, winds round the fjord, and is an OSM file that a routing engine can read."""

from datetime import date
from xml.etree import ElementTree

import pytest

from samtun.demo.valley import (
    Valley,
    dalgrend,
    elvefjord,
    osm_xml,
    road_metres,
    straight_metres,
    valleys,
    village_metres,
)

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module", params=["dalgrend", "elvefjord", "many"])
def valley(request: pytest.FixtureRequest) -> Valley:
    made = {"dalgrend": dalgrend(TODAY), "elvefjord": elvefjord(TODAY), "many": next(valleys(1, 7, TODAY))}
    return made[request.param]


def test_every_door_can_be_reached_by_road(valley: Valley) -> None:
    reached = road_metres(valley, valley.villages[0].junction)
    assert set(reached) == {one.id for one in valley.junctions}
    doors = {door for village in valley.villages for door in (*village.doors, village.junction)}
    assert doors | {hall.junction for hall in valley.halls} <= set(reached)


def test_the_straight_line_is_wrong_across_the_fjord_and_over_the_ridge() -> None:
    made = dalgrend(TODAY)
    spots = {one.id: one.spot for one in made.junctions}
    at = {village.key: village.junction for village in made.villages}
    by_road = road_metres(made, at["sundoyra"])
    straight = {key: straight_metres(spots[at["sundoyra"]], spots[junction]) for key, junction in at.items()}
    assert straight["nesvika"] < 3_000 < 15_000 < by_road[at["nesvika"]]
    assert by_road[at["ovstedalen"]] > 3 * straight["ovstedalen"]
    assert by_road[at["ytrestrond"]] < 1.2 * straight["ytrestrond"]


def test_villages_are_as_far_apart_both_ways() -> None:
    made = dalgrend(TODAY)
    metres = village_metres(made)
    assert len(metres) == 5 * 4
    assert all(metres[one, other] == metres[other, one] for one, other in metres)
    assert metres["sundoyra", "nesvika"] > 15_000


def test_no_road_is_shorter_than_the_straight_line(valley: Valley) -> None:
    spots = {one.id: one.spot for one in valley.junctions}
    start = valley.villages[0].junction
    for junction, metres in road_metres(valley, start).items():
        assert metres >= straight_metres(spots[start], spots[junction]) - 1


def test_people_live_beside_a_gate_of_their_village(valley: Valley) -> None:
    spots = {one.id: one.spot for one in valley.junctions}
    for person in valley.persons:
        (village,) = (one for one in valley.villages if one.key == person.village)
        assert min(straight_metres(person.spot, spots[door]) for door in village.doors) < 100, person.key


def test_the_file_is_an_osm_file(valley: Valley) -> None:
    root = ElementTree.fromstring(osm_xml(valley))
    assert (root.tag, root.get("version")) == ("osm", "0.6")
    order = [child.tag for child in root]
    assert order == sorted(order, key=["bounds", "node", "way"].index)
    nodes = [int(node.get("id", 0)) for node in root.iter("node")]
    assert nodes == sorted(set(nodes))
    assert nodes[0] > 0
    for node in root.iter("node"):
        assert -90 <= float(node.get("lat", "")) <= 90
        assert -180 <= float(node.get("lon", "")) <= 180
    named = set()
    for way in root.iter("way"):
        tags = {tag.get("k"): tag.get("v") for tag in way.iter("tag")}
        refs = [int(ref.get("ref", 0)) for ref in way.iter("nd")]
        assert set(refs) <= set(nodes)
        assert len(refs) >= 2
        if "highway" in tags:
            assert tags["name"]
            assert int(tags["maxspeed"] or 0) in range(30, 90)
            named.add(tags["highway"])
        else:
            assert tags == {"natural": "water"}
            assert refs[0] == refs[-1]
    assert {"residential", "tertiary", "service"} & named


def test_the_fjord_has_a_bridge_and_no_road_crosses_the_water() -> None:
    made = dalgrend(TODAY)
    assert [road.name for road in made.roads if road.bridge] == ["Kvernabrua"]
    spots = {one.id: one.spot for one in made.junctions}
    wet = [spots[one] for road in made.roads for one in road.junctions if inside(spots[one], made)]
    assert wet == []


def inside(spot: object, made: Valley) -> bool:
    """Whether a spot lies in the water (ray casting)."""
    lat, lon = spot.lat, spot.lon  # type: ignore[attr-defined]  # a Spot
    ring, crossed = made.water, False
    for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (one.lat > lat) != (other.lat > lat):
            crossed ^= lon < one.lon + (lat - one.lat) * (other.lon - one.lon) / (other.lat - one.lat)
    return crossed


def test_an_apostrophe_in_a_name_does_not_break_the_file() -> None:
    from dataclasses import replace

    made = elvefjord(TODAY)
    odd = replace(made, roads=(replace(made.roads[0], name='Ola "O\'Hara" & co <veien>'), *made.roads[1:]))
    names = [tag.get("v") for tag in ElementTree.fromstring(osm_xml(odd)).iter("tag") if tag.get("k") == "name"]
    assert 'Ola "O\'Hara" & co <veien>' in names
