"""Ways by road over the demo municipality's network, where a fjord and a side valley make the straight line wrong."""

from datetime import date

import pytest

from planning.distances.roads import Roads, RoadsError, build_roads
from planning.distances.straight import straight_matrix
from planning.vocabulary.point import Point
from samtun.demo.valley import dalgrend, osm_xml, road_metres


@pytest.fixture(scope="module")
def valley():
    return dalgrend(date(2026, 11, 21))


@pytest.fixture(scope="module")
def points(valley):
    spots = {one.id: one.spot for one in valley.junctions}
    return {one.key: Point(spots[one.junction].lat, spots[one.junction].lon) for one in valley.villages}


@pytest.fixture(scope="module")
def base(valley, tmp_path_factory):
    folder = tmp_path_factory.mktemp("roads")
    (folder / "valley.osm").write_text(osm_xml(valley), encoding="utf-8")
    build_roads(folder / "valley.osm", folder / "made")
    return build_roads(folder / "valley.osm", folder / "made")


def test_metres_are_those_of_the_roads(valley, points, base):
    made = Roads(base).matrix(points)
    for begin in valley.villages:
        ways = road_metres(valley, begin.junction)
        for end in valley.villages:
            assert made.metres_between(begin.key, end.key) == pytest.approx(ways[end.junction], rel=0.01)
    assert made.unreachable() == ()


def test_the_straight_line_is_wrong_across_the_fjord_and_over_the_ridge(points, base):
    road, straight = Roads(base).matrix(points), straight_matrix(points)
    assert road.metres_between("sundoyra", "nesvika") > 4 * straight.metres_between("sundoyra", "nesvika")
    assert road.metres_between("sundoyra", "ovstedalen") > 2 * straight.metres_between("sundoyra", "ovstedalen")
    assert road.seconds_between("sundoyra", "nesvika") > 2 * straight.seconds_between("sundoyra", "nesvika")


def test_a_place_far_from_any_road_is_named(points, base):
    made = Roads(base).matrix({**points, "out at sea": Point(0.0, 0.0)})
    assert len(made.unreachable()) == 2 * len(points)
    assert all("out at sea" in pair for pair in made.unreachable())
    assert made.seconds_between("sundoyra", "nesvika") > 0


class Failing:
    """OSRM where it can say nothing of a place, or of a table."""

    def __init__(self, near):
        self.near = near

    def Nearest(self, _):  # noqa: N802  # its name in OSRM
        if not self.near:
            raise RuntimeError("NoSegment")
        return {"waypoints": [{"distance": 1.0}]}

    def Table(self, _):  # noqa: N802  # its name in OSRM
        raise RuntimeError("TooBig")


def test_what_osrm_cannot_say_is_no_way_or_is_told_of(points, base):
    roads = Roads(base)
    roads._engine = Failing(near=False)
    assert len(roads.matrix(points).unreachable()) == len(points) * (len(points) - 1)
    roads._engine = Failing(near=True)
    with pytest.raises(RoadsError, match="TooBig"):
        roads.matrix(points)


def test_no_places_is_an_empty_matrix(base):
    assert Roads(base).matrix({}).places == ()


def test_what_is_no_map_is_told_of(tmp_path):
    (tmp_path / "odd.osm").write_text("this is no map", encoding="utf-8")
    with pytest.raises(RoadsError, match="osrm-extract"):
        build_roads(tmp_path / "odd.osm", tmp_path / "made")
    with pytest.raises(RoadsError, match=r"nothing\.osrm"):
        Roads(tmp_path / "nothing.osrm")
