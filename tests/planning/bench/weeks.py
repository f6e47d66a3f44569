"""Invented weeks to measure on: villages, volunteers with their kinds, slots and limits, and requests."""

from datetime import date, timedelta
from random import Random

from planning.vocabulary.assignment import AssignmentProblem
from planning.vocabulary.availability import WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer

MONDAY = date(2026, 11, 30)
KINDS = ("visit", "shopping", "transport", "paper", "phone", "garden", "walk", "wheelchair")
PARTS = ((8 * 60, 12 * 60), (12 * 60, 17 * 60), (17 * 60, 22 * 60))
TONGUES = ("tr", "ar", "pl", "uk")


def week(
    volunteers: int, requests: int, *, seed: int = 1, rich: bool = False, rural: bool = False
) -> AssignmentProblem:
    """Make a week. In a plain one the requests of a part of the day start together; in a rich one at any quarter,
    every twelfth pair is linked and every twentieth request takes two.
    """
    draw = Random(seed)
    degrees = 0.27 if rural else 0.13
    middles = [(draw.random() * degrees, draw.random() * degrees) for _ in range(max(4, round(volunteers**0.5 / 1.2)))]

    def point() -> Point:
        lat, lon = draw.choice(middles)
        return Point(60 + draw.gauss(lat, degrees / 15), 10 + draw.gauss(lon, degrees / 15) * 2)

    people = tuple(_volunteer(draw, number, point()) for number in range(volunteers))
    tasks = tuple(_request(draw, number, point(), volunteers, rich) for number in range(requests))
    return AssignmentProblem(
        tasks,
        people,
        MONDAY,
        linked=tuple((one, one + 1) for one in range(0, requests - 1, 12)) if rich else (),
        duos=frozenset(n for n in range(5, requests, 20) if n % 12 > 1) if rich else frozenset(),
        new=frozenset(range(0, volunteers, 25)) if rich else frozenset(),
        shares={one.person: draw.choice((1, 2, 3)) for one in people},
        priorities={one.id: draw.choice((1, 1, 1, 2, 3)) for one in tasks},
    )


def _volunteer(draw: Random, number: int, at: Point) -> Volunteer:
    slots = [
        WeeklySlot(day, *PARTS[part])
        for day in range(7)
        for part in range(3)
        if draw.random() < (0.2 if part == 2 else 0.4)
    ]
    return Volunteer(
        id=number,
        person=number,
        host=draw.randrange(6),
        willing=frozenset(draw.sample(KINDS, draw.randint(2, 5))),
        facts=(Fact("confidentiality"),) if draw.random() < 0.7 else (),
        age=draw.randint(16, 80),
        max_distance_m=draw.choice((5_000, 8_000, 12_000, 20_000)),
        point=at,
        languages=frozenset({"no"} | ({draw.choice(TONGUES)} if draw.random() < 0.35 else set())),
        slots=tuple(slots),
        ceiling=Ceiling(draw.choice((2, 2, 3, 3, 4, 5)), "week"),
    )


def _request(draw: Random, number: int, at: Point, volunteers: int, rich: bool) -> Request:
    begin = PARTS[draw.randrange(3)][0] + (15 * draw.randrange(9) if rich else 60)
    return Request(
        id=number,
        task_type=draw.choice(KINDS),
        day=MONDAY + timedelta(days=draw.randrange(7)),
        start_minute=begin,
        duration_min=draw.choice((30, 60, 60, 90, 120)),
        place=at,
        requires=frozenset({"confidentiality"}) if draw.random() < 0.4 else frozenset(),
        min_age=draw.choice((0, 0, 18)),
        languages=frozenset({"no"}) if draw.random() < 0.93 else frozenset({draw.choice(TONGUES)}),
        known_to=frozenset(draw.randrange(volunteers) for _ in range(draw.choice((0, 1, 1, 2)))),
    )
