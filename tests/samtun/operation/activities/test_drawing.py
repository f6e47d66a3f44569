"""The map as it is drawn: nothing over something else, each hall where it can be pressed, every name escaped."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.ground import Frame, Spot
from samtun.operation.activities.adapters.drawing import (
    APART,
    DISC,
    HEAP,
    HIGH,
    WIDE,
    Box,
    Hall,
    Taken,
    draw_map,
    marks_of,
    moved_apart,
)

WORDS = {"label": "Map", "heap": "%d places", "kilometres": lambda km: f"{km:g} km"}
VILLAGES = [("Sundøyra", Spot(61.95, 3.58)), ("Nesvika", Spot(61.94, 3.63)), ("Kvernegrend", Spot(62.03, 3.59))]
FRAME = Frame.around([spot for _, spot in VILLAGES], wide=WIDE, edge=40, low=280, high=HIGH)
ROAD = (1, [Spot(61.95, 3.58), Spot(61.97, 3.60), Spot(62.03, 3.59)])


def hall(name, lat=61.95, lon=3.58, number=1, **facts):
    return Hall(Spot(lat, lon), name, number, url=f"/hva-skjer/?hus={name}", said=f"{name}: {number}", **facts)


def test_roads_villages_halls_and_a_scale():
    drawn = draw_map(
        [ROAD, (4, [Spot(61.95, 3.58), Spot(61.951, 3.581)])], VILLAGES, [hall("Fjordheim", number=7)], **WORDS
    )
    for said in ("road-edge-1", "road-4", ">Nesvika<", ">Fjordheim<", ">7<", " km<", 'aria-label="Fjordheim: 7"'):
        assert said in drawn, said
    assert drawn.index("road-4") < drawn.index("road-1"), "the greatest lies on top"
    assert "map-ring" not in drawn
    assert "map-ring" in draw_map([], VILLAGES, [hall("Fjordheim", step_free=True)], **WORDS)


def test_a_hall_where_nothing_is_on_is_a_dot_without_a_link():
    drawn = draw_map([], VILLAGES, [hall("Fjordheim", number=0)], **WORDS)
    assert "<a " not in drawn
    assert "<title>Fjordheim</title>" in drawn


def test_nothing_with_a_position_is_no_map():
    assert draw_map([ROAD], [], [], **WORDS) == ""


def test_one_place_alone_is_drawn_and_what_lies_far_off_is_not():
    drawn = draw_map([(1, [Spot(58, 8), Spot(58.1, 8)])], [], [hall("Fjordheim")], **WORDS)
    assert "road-1" not in drawn
    assert ">Fjordheim<" in drawn


def test_what_people_wrote_is_escaped():
    drawn = draw_map([], [("<b>A</b>", Spot(61.95, 3.58))], [hall('"><script>'), hall("<i>", number=0)], **WORDS)
    assert not re.search(r"<(b|i|script)>", drawn)
    assert 'aria-label="&quot;&gt;&lt;script&gt;: 1"' in drawn


def test_halls_in_one_spot_are_moved_apart_with_a_line_to_where_they_are():
    halls = [hall(name, lat=61.95 + n / 1e5) for n, name in enumerate(("A", "B", "C"))]
    marks = marks_of(halls, FRAME, "%d places")
    assert len(marks) == 3
    for one, other in combinations(marks, 2):
        assert ((one.at[0] - other.at[0]) ** 2 + (one.at[1] - other.at[1]) ** 2) ** 0.5 >= 2 * DISC
    assert draw_map([], VILLAGES, halls, **WORDS).count("map-leader") >= 2
    assert [m.at for m in marks] == [m.at for m in marks_of(halls, FRAME, "%d places")], "the same way each time"


def test_more_than_four_in_a_heap_are_one():
    halls = [hall(f"H{n}", lat=61.95 + n / 1e5, number=n + 1, step_free=n != 0) for n in range(HEAP + 1)]
    (mark,) = marks_of(halls, FRAME, "%d places")
    assert (mark.name, mark.number, mark.step_free, mark.url) == ("5 places", 15, False, "#steder")
    assert "H0" in mark.said
    assert len(marks_of(halls[:HEAP], FRAME, "%d places")) == HEAP


def test_a_name_without_room_is_left_out():
    taken = Taken(FRAME)
    at = FRAME.place(Spot(61.98, 3.60))
    sides = [taken.name("Fjordheim", at, DISC) for _ in range(5)]
    assert [side and side[2] for side in sides] == ["start", "end", "middle", "middle", None]
    taken = Taken(FRAME)
    sides = [taken.name("Ås", at, DISC) for _ in range(7)]
    assert [side and side[2] for side in sides[:4]] == ["start", "end", "middle", "middle"]
    taken.boxes.append(Box(at[0] - 2, 0, 999, 999))
    assert taken.name("Nesheim", (at[0], at[1] + 60), DISC)[2] == "end", "at a corner, when a side is taken"
    assert taken.name("x" * 80, at, DISC) is None, "wider than the drawing"


@pytest.mark.parametrize(
    ("other", "meets"), [(Box(5, 5, 15, 15), True), (Box(10, 0, 20, 10), False), (Box(0, 11, 9, 20), False)]
)
def test_boxes(other, meets):
    assert Box(0, 0, 10, 10).meets(other) is meets


@given(st.lists(st.tuples(st.floats(0, WIDE), st.floats(0, FRAME.high)), max_size=12))
def test_a_few_discs_never_leave_the_drawing(spots):
    for x, y in moved_apart(spots, FRAME):
        assert DISC <= x <= WIDE - DISC
        assert DISC <= y <= FRAME.high - DISC


@given(st.lists(st.tuples(st.floats(61.9, 62.1), st.floats(3.4, 3.8), st.integers(0, 9)), max_size=20))
def test_no_name_lies_over_another(rows):
    drawn = draw_map(
        [], VILLAGES, [hall(f"Hall {n}", lat, lon, number) for n, (lat, lon, number) in enumerate(rows)], **WORDS
    )
    boxes = []
    shape = r'class="map-(?:name|village)" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]+)<'
    for x, y, anchor, words in re.findall(shape, drawn):
        wide = len(words) * 16 * 0.56
        left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        boxes.append(Box(left, float(y) - 7.9, left + wide, float(y) + 7.9))
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert APART > 2 * DISC
