"""Drawings: every route and every round is in them, and names are text, whatever is in them."""

from xml.etree import ElementTree

from planning.plot import Bar, draw_hours, draw_map

SVG = "{http://www.w3.org/2000/svg}"


def parts(drawing, name):
    return ElementTree.fromstring(drawing).findall(f"{SVG}{name}")


def test_a_map_has_a_line_for_each_route_and_a_dot_for_each_stop_with_north_up():
    drawing = draw_map("A & B", [(0, 0), (0, 10), (10, 0)], [[(0, 0), (0, 10), (0, 0)], [(0, 0), (10, 0), (0, 0)]])
    north, east = (one.get("points").split() for one in parts(drawing, "polyline"))
    assert (north[0], north[1], east[1]) == ("30.0,870.0", "30.0,30.0", "870.0,870.0")
    assert len(parts(drawing, "circle")) == 3
    assert parts(drawing, "title")[0].text == "A & B"


def test_hours_have_a_bar_for_each_round_from_when_to_when_and_a_mark_at_each_door():
    drawing = draw_hours("meals", [Bar("<eva>", 36_000, 39_600, (37_800,)), Bar("fred", 39_600, 43_200)])
    _, eva, fred = parts(drawing, "rect")
    assert float(eva.get("x")) + float(eva.get("width")) == float(fred.get("x"))
    (mark,) = parts(drawing, "circle")
    assert float(mark.get("cx")) == float(eva.get("x")) + float(eva.get("width")) / 2
    words = [one.text for one in parts(drawing, "text")]
    assert words == ["10", "11", "12", "<eva>", "fred"]


def test_nothing_is_a_drawing_too():
    assert parts(draw_map("", [], []), "polyline") == []
    assert parts(draw_hours("", []), "circle") == []
