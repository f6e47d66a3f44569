"""Ground in degrees: distances, lines with fewer points, a frame to draw in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.ground import Frame, Spot, length, metres_between, simpler, simpler_spots

HERE = Spot(61.95, 3.60)
SPOTS = st.builds(Spot, st.floats(57, 71), st.floats(4, 31))


def test_a_degree_north_is_longer_than_a_degree_east():
    assert round(metres_between(HERE, Spot(62.95, 3.60))) == 111_195
    assert round(metres_between(HERE, Spot(61.95, 4.60))) == 52_289
    assert round(length([HERE, Spot(62.95, 3.60), HERE])) == 222_390
    assert length([HERE]) == 0


def test_a_straight_line_keeps_its_ends_and_a_bend_stays():
    straight = [(float(n), 0.0) for n in range(50)]
    assert simpler(straight, 0.1) == [(0.0, 0.0), (49.0, 0.0)]
    assert simpler([(0, 0), (5, 4), (10, 0)], 3) == [(0, 0), (5, 4), (10, 0)]
    assert simpler([(0, 0), (5, 2), (10, 0)], 3) == [(0, 0), (10, 0)]
    assert simpler([(0, 0), (5, 9), (0, 0)], 3) == [(0, 0), (5, 9), (0, 0)], "a round that ends where it began"
    assert simpler([(0, 0), (1, 1)], 99) == [(0, 0), (1, 1)]


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=2, max_size=40), st.floats(0.1, 500))
def test_what_is_left_out_lies_near_what_is_kept(line, within):
    kept = simpler(line, within)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert set(kept) <= set(line)
    assert len(kept) <= len(line)


def test_in_metres():
    line = [HERE, Spot(61.955, 3.60001), Spot(61.96, 3.60)]
    assert len(simpler_spots(line, 4)) == 2
    bent = [HERE, Spot(61.955, 3.61), Spot(61.96, 3.60)]
    kept = simpler_spots(bent, 4)
    assert len(kept) == 3
    assert all(metres_between(a, b) < 0.01 for a, b in zip(kept, bent, strict=True))
    assert simpler_spots([HERE], 4) == [HERE]


@given(st.lists(SPOTS, min_size=1, max_size=20))
def test_a_frame_holds_all_it_was_made_around_with_an_edge(spots):
    frame = Frame.around(spots, wide=360, edge=30, low=240, high=600)
    assert 240 <= frame.high <= 600
    for spot in spots:
        x, y = frame.place(spot)
        assert 29.9 <= x <= 330.1
        assert 29.9 <= y <= frame.high - 29.9
        assert frame.holds((x, y))


def test_north_is_up_and_as_far_east_as_north_is_as_long():
    frame = Frame.around([HERE, Spot(62.05, 3.80)], wide=360, edge=20, low=100, high=900)
    x0, y0 = frame.place(HERE)
    x1, y1 = frame.place(Spot(61.95, 3.60 + 0.02))
    _, y2 = frame.place(Spot(61.96, 3.60))
    assert x1 > x0
    assert y1 == pytest.approx(y0)
    assert y2 < y0
    assert (x1 - x0) == pytest.approx(metres_between(HERE, Spot(61.95, 3.62)) * frame.metre, rel=0.002)
    assert not frame.holds((-1, 5))


def test_one_spot_gets_ground_around_it_and_none_is_an_error():
    frame = Frame.around([HERE, HERE], wide=300, edge=0, low=100, high=900)
    assert frame.place(HERE) == pytest.approx((150, frame.high / 2))
    assert 300 / frame.metre == pytest.approx(3000, rel=0.01)
    with pytest.raises(ValueError, match="nothing"):
        Frame.around([], wide=1, edge=0, low=1, high=1)
