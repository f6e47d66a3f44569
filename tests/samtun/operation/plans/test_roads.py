"""Who measures the roads, and what is remembered of it."""

import datetime as dt
import json
import re

import httpx
import pytest

from planning.distances.straight import METRES_A_SECOND
from planning.vocabulary.point import Point
from samtun.operation.plans.adapters import Osrm, Remembering, RoadsUnreachable, Valhalla, chosen, servers

AT = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)
HALL, FARM, ISLAND = Point(61.0, 7.0), Point(61.1, 7.2), Point(61.3, 7.9)
POINTS = {"hall": HALL, "farm": FARM}


def leg(begin: Point, end: Point) -> tuple[float, float] | None:
    """How far it is in the invented world of these servers: nobody comes to the island."""
    if ISLAND in (begin, end) and begin != end:
        return None
    return round(begin.straight_metres_to(end) / 10, 1), round(begin.straight_metres_to(end), 1)


def osrm(request: httpx.Request) -> httpx.Response:
    where = [Point(float(lat), float(lon)) for lon, lat in re.findall(r"([\d.]+),([\d.]+)", request.url.path)]
    begins = [where[int(n)] for n in request.url.params["sources"].split(";")]
    ends = [where[int(n)] for n in request.url.params["destinations"].split(";")]
    table = [[leg(a, b) for b in ends] for a in begins]
    return httpx.Response(200, json={
        "code": "Ok", "durations": [[one and one[0] for one in row] for row in table],
        "distances": [[one and one[1] for one in row] for row in table],
    })  # fmt: skip


def valhalla(request: httpx.Request) -> httpx.Response:
    asked = json.loads(request.content)
    begins, ends = ([Point(one["lat"], one["lon"]) for one in asked[side]] for side in ("sources", "targets"))
    cell = [[leg(a, b) for b in ends] for a in begins]
    return httpx.Response(200, json={
        "sources_to_targets": [
            [{"time": one and one[0], "distance": one and one[1] / 1000} for one in row] for row in cell
        ]
    })  # fmt: skip


class Counted:
    """Answers as a server does, and counts what it is asked for."""

    def __init__(self, answer):
        self.answer, self.asked = answer, 0

    def __call__(self, request):
        self.asked += 1
        return self.answer(request)


@pytest.fixture(params=[(Osrm, osrm), (Valhalla, valhalla)], ids=["osrm", "valhalla"])
def server(request):
    kind, answer = request.param
    counted = Counted(answer)
    made = kind("http://roads.test/", transport=httpx.MockTransport(counted))
    made.counted = counted
    return made


def test_seconds_and_metres_come_in_their_places(server):
    found = Remembering(server).matrix(POINTS | {"island": ISLAND}, at=AT)
    seconds, metres = leg(HALL, FARM)
    assert found.seconds_between("hall", "farm") == pytest.approx(seconds)
    assert found.metres_between("hall", "farm") == pytest.approx(metres)
    assert ("hall", "island") in found.unreachable()
    assert found.seconds_between("island", "island") == 0


def test_many_places_are_asked_for_in_blocks(server, monkeypatch):
    monkeypatch.setattr(servers, "BLOCK", 2)
    points = {n: Point(61 + n / 10, 7) for n in range(5)}
    found = Remembering(server).matrix(points, at=AT)
    assert server.counted.asked == 9
    for a, here in points.items():
        for b, there in points.items():
            assert found.metres_between(a, b) == pytest.approx(leg(here, there)[1])


def test_what_was_told_is_remembered_for_a_day_and_only_the_new_is_asked_for(server):
    roads_ = Remembering(server)
    roads_.matrix(POINTS, at=AT)
    roads_.matrix(POINTS, at=AT + dt.timedelta(hours=23))
    assert server.counted.asked == 1
    roads_.matrix(POINTS, at=AT + dt.timedelta(hours=24))
    assert server.counted.asked == 2
    assert roads_.matrix({"door": Point(61.00001, 7.00001)}, at=AT).seconds.tolist() == [[0]], "the same yard"
    assert server.counted.asked == 2


def test_no_more_is_remembered_than_there_is_room_for(server):
    roads_ = Remembering(server, most=2)
    roads_.matrix(POINTS, at=AT)
    roads_.matrix({"hall": HALL, "island": ISLAND}, at=AT)
    roads_.matrix({"hall": HALL, "island": ISLAND}, at=AT)
    assert server.counted.asked == 2
    roads_.matrix(POINTS, at=AT)
    assert server.counted.asked == 3


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500), httpx.Response(200, text="<html>"), httpx.Response(200, json=[]),
        httpx.Response(200, json={"durations": [[0]], "distances": [[0, 1]], "sources_to_targets": [[{}]]}),
        httpx.Response(200, json={"durations": [["x"]], "distances": [["x"]], "sources_to_targets": [[{"time": "x"}]]}),
        httpx.Response(200, json={"durations": [], "distances": [], "sources_to_targets": []}),
    ],
    ids=["500", "no json", "a list", "holes", "words", "nothing"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Osrm, Valhalla])
def test_an_answer_that_is_no_table_is_one_fault(kind, answer):
    with pytest.raises(RoadsUnreachable):
        Remembering(kind("http://roads.test", transport=httpx.MockTransport(lambda _: answer))).matrix(POINTS, at=AT)


def test_a_server_that_is_not_there_is_the_same_fault():
    def gone(request):
        raise httpx.ConnectError("no way", request=request)

    with pytest.raises(RoadsUnreachable):
        Osrm("http://roads.test", transport=httpx.MockTransport(gone)).legs([HALL], [FARM])


def test_the_settings_choose(settings):
    settings.SAMTUN_ROADS, settings.SAMTUN_ROADS_URL = "", ""
    guess = chosen().matrix(POINTS, at=AT)
    assert guess.metres_between("hall", "farm") == HALL.metres_to(FARM)
    assert guess.seconds_between("hall", "farm") == pytest.approx(HALL.metres_to(FARM) / METRES_A_SECOND)
    settings.SAMTUN_ROADS, settings.SAMTUN_ROADS_URL = "osrm", "http://roads.test"
    assert chosen() is chosen()
    settings.SAMTUN_ROADS_URL = ""
    with pytest.raises(ValueError, match="SAMTUN_ROADS_URL"):
        chosen()
    settings.SAMTUN_ROADS, settings.SAMTUN_ROADS_URL = "horse", "http://roads.test"
    with pytest.raises(ValueError, match="osrm or valhalla"):
        chosen()
