"""Where something is, as people copy it from a map: degrees, written in many ways, or metres north and east (UTM)."""

import re
from math import asin, atan2, cos, cosh, degrees, radians, sin, sinh

from samtun.kernel.errors import Refused
from samtun.kernel.ground import Spot

LONGEST = 120
LATS, LONS = (57.0, 82.0), (-10.0, 35.0)
"""Norway with Svalbard and Jan Mayen, in whole degrees. No number is both, so that the order never matters."""
NORTHS, EASTS = (6_300_000.0, 9_100_000.0), (-700_000.0, 1_500_000.0)
ZONES = (33, 32, 35)
"""Norgeskart shows zone 33 for all of the country when nobody chooses; older maps of the south have 32."""

_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,12})?"
_ZONE = re.compile(
    r"(?:utm|sone|zone|epsg)[^0-9]{0,8}(?:258)?(3[1-6])(?![0-9])|(?<![0-9.,])(3[1-6]) ?[VWX]\b", re.IGNORECASE
)
_SYSTEM = re.compile(r"eu(?:ref)? ?-?89|wgs ?-?84|epsg", re.IGNORECASE)
_DEGREES = re.compile(
    rf"({_NUMBER})\s*[°º]\s*(?:({_NUMBER})\s*['\u2032\u2019\u00b4]\s*)?(?:({_NUMBER})\s*(?:\"|''|\u2033|\u201d))?"
)
_WITH_DOTS, _WITH_COMMAS = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,12})?"), re.compile(r"-?[0-9]{1,9}(?:,[0-9]{1,12})?")


class NotTwoNumbers(Refused):
    """Write two numbers, how far north and then how far east, for example 61.12345, 8.12345. Copy them from a map."""


class NotInNorway(Refused):
    """Those numbers are not in Norway. Look whether one is missing or has a digit too few, and copy them once more."""


def spots_in(text: str) -> list[Spot]:
    """Return the spots some words may mean, the likeliest first.

    Degrees are one spot; metres are one in each zone, where none is said. Which number is north is seen by how large
    it is, so it does not matter which comes first.
    """
    text = " ".join(text[: LONGEST * 2].replace("\N{MINUS SIGN}", "-").split())
    zones = [int(one or other) for one, other in _ZONE.findall(text)]
    plain = _SYSTEM.sub(" ", _ZONE.sub(" ", text))
    numbers = [_degrees(*parts) for parts in _DEGREES.findall(plain)] or _numbers(plain)
    if len(numbers) != 2:
        raise NotTwoNumbers
    one, other = numbers
    for lat, lon in ((one, other), (other, one)):
        if _within(lat, LATS) and _within(lon, LONS):
            return [Spot(lat, lon)]
        if _within(lat, NORTHS) and _within(lon, EASTS):
            found = [from_utm(lat, lon, zone) for zone in zones[:1] or ZONES]
            if held := [spot for spot in found if _within(spot.lat, LATS) and _within(spot.lon, LONS)]:
                return held
    raise NotInNorway


def _numbers(text: str) -> list[float]:
    """Return the numbers: with a point somewhere, a comma stands between them; else it is a decimal comma."""
    pattern = _WITH_DOTS if re.search(r"[0-9]\.[0-9]", text) else _WITH_COMMAS
    return [float(one.replace(",", ".")) for one in pattern.findall(text)]


def _degrees(whole: str, minutes: str, seconds: str) -> float:
    parts = [float(part.replace(",", ".")) if part else 0.0 for part in (whole, minutes, seconds)]
    if parts[1] >= 60 or parts[2] >= 60:
        raise NotInNorway
    return parts[0] + parts[1] / 60 + parts[2] / 3600


def _within(number: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= number <= ends[1]


def from_utm(north: float, east: float, zone: int) -> Spot:
    """Return where metres north and east of a zone are, to a millimetre: Krüger's series (1912), on GRS 80."""
    flat = 1 / 298.257222101
    n = flat / (2 - flat)
    radius = 0.9996 * 6_378_137 / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    up, aside = north / radius, (east - 500_000) / radius
    back = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
    xi = up - sum(part * sin(2 * j * up) * cosh(2 * j * aside) for j, part in enumerate(back, 1))
    eta = aside - sum(part * cos(2 * j * up) * sinh(2 * j * aside) for j, part in enumerate(back, 1))
    chi = asin(sin(xi) / cosh(eta))
    out = (2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15)
    lat = chi + sum(part * sin(2 * j * chi) for j, part in enumerate(out, 1))
    return Spot(degrees(lat), degrees(radians(6 * zone - 183) + atan2(sinh(eta), cos(xi))))
