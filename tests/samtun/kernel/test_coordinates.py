"""Numbers copied from a map, in every way they are written; the order is seen, and what is nowhere here is said."""

import contextlib
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.kernel.coordinates import NotInNorway, NotTwoNumbers, from_utm, spots_in
from samtun.kernel.errors import Refused
from samtun.kernel.ground import Frame, Spot


@pytest.mark.parametrize(
    "text",
    [
        "60.20575, 9.125", "60,20575, 9,125", "60,20575 9,125", "60.20575,9.125", "60,20575,9,125", "60.20575;9.125",
        "9.125, 60.20575", "  60.20575\t9.125 ", "N 60.20575 Ø 9.125", "60.20575° N, 9.125° E",
        "Lat 60.20575 Lon 9.125", "60º12\u203220.7\u2033 9º7\u203230\u2033",
        "N 60° 12.345' E 9° 7.5'", "60° 12,345' N 9° 7,5' Ø", "60°12'20.7\"N 9°07'30\"E",
        "WGS84: 60.20575, 9.125", "(60.20575, 9.125)",
    ],
)  # fmt: skip
def test_degrees_as_people_write_them(text):
    [spot] = spots_in(text)
    assert spot == pytest.approx((60.20575, 9.125), abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "UTM 32 6651411 500000", "UTM-sone 32: N 6651411.2 Ø 500000.0", "32V 500000 6651411",
        "EPSG:25832 6651411,2 500000,4", "6651411.19 N, 500000.01 E, EU89 UTM32",
        "Nord: 6651411 Aust: 500000 EUREF89 UTM sone 32", "500000, 6651411 (zone 32)",
    ],
)  # fmt: skip
def test_metres_in_the_zone_that_is_said(text):
    """Sixty north, nine east, is on the middle line of zone 32: 6651411 metres, by the length of the meridian."""
    [spot] = spots_in(text)
    assert spot == pytest.approx((60, 9), abs=1e-5)


def test_metres_without_a_zone_are_one_spot_in_each_the_likeliest_first():
    found = spots_in("6651411 500000")
    assert [round(spot.lon, 3) for spot in found] == [15, 9, 27]
    assert spots_in("500000 6651411") == found


@pytest.mark.parametrize("text", ["", "Kyrkjestova", "60.1", "60,9", "60.1 9.1 200", "1 2 3 4", "٦٠.١ ٩.١", "NaN, inf"])
def test_what_is_not_two_numbers(text):
    with pytest.raises(NotTwoNumbers):
        spots_in(text)


@pytest.mark.parametrize(
    "text", ["0, 0", "55.6, 12.5", "60.1, 60.2", "9.1, 8.1", "-60.1, 9.1", "60° 75' 9° 1'", "60, 999999999",
             "66514, 500000"],
)  # fmt: skip
def test_what_is_nowhere_in_norway(text):
    with pytest.raises(NotInNorway):
        spots_in(text)


@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_it(text):
    with contextlib.suppress(Refused):
        assert all(57 <= spot.lat <= 82 and -10 <= spot.lon <= 35 for spot in spots_in(text))


@given(st.floats(58, 71.5), st.floats(4, 31.5), st.sampled_from(["{:.5f}, {:.5f}", "{1:.5f} {0:.5f}"]), st.booleans())
def test_what_is_written_is_read(lat, lon, words, commas):
    text = words.format(lat, lon)
    [spot] = spots_in(text.replace(".", ",") if commas else text)
    assert spot == pytest.approx((lat, lon), abs=1e-5)


@given(st.floats(6_500_000, 7_900_000), st.floats(300_000, 700_000))
def test_a_metre_is_a_metre_and_north_is_nearly_north(north, east):
    """On the ellipsoid, from the radii of curvature there: a ten-thousandth is what the projection itself leaves."""
    here, up, aside = (from_utm(north + y, east + x, 33) for x, y in ((0, 0), (0, 100), (100, 0)))
    lat, e2 = radians(here.lat), 0.00669438002290
    curve = 1 - e2 * (1 - cos(lat) ** 2)
    along, across = 6_378_137 * (1 - e2) / curve**1.5, 6_378_137 / curve**0.5 * cos(lat)
    for other in (up, aside):
        y, x = radians(other.lat - here.lat) * along, radians(other.lon - here.lon) * across
        assert (x * x + y * y) ** 0.5 == pytest.approx(100, rel=1e-3)


@given(st.floats(59, 70), st.floats(5, 30), st.floats(0, 360), st.floats(0, 360))
def test_a_square_says_which_spot_is_where(lat, lon, x, y):
    frame = Frame.square(Spot(lat, lon), metres=4000, wide=360)
    assert frame.place(Spot(lat, lon)) == pytest.approx((180, 180), abs=1e-6)
    assert frame.place(frame.spot((x, y))) == pytest.approx((x, y), abs=1e-6)
    assert 1 / frame.metre * 360 == pytest.approx(4000)
