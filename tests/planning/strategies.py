"""Worlds small enough that every rule is often just kept and often just broken."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.suggestion import MatchProblem
from planning.vocabulary.volunteer import Volunteer
from planning.vocabulary.window import Window

TODAY = date(2026, 10, 23)
"""Two days before the clocks go back, so that local wall time is put to the test."""

near_days = st.integers(-9, 12).map(lambda n: TODAY + timedelta(days=n))
coming_days = st.integers(0, 9).map(lambda n: TODAY + timedelta(days=n))
quarters = st.integers(0, 95).map(lambda n: n * 15)
points = st.builds(Point, st.floats(61.8, 62.0), st.floats(3.4, 3.8))
maybe_points = st.none() | points
people = st.sampled_from(["p1", "p2", "p3", "p4"])
kinds = st.frozensets(st.sampled_from(["snow", "visit"]))
tongues = st.frozensets(st.sampled_from(["no", "ti", "uk"]))
CODES = ("confidentiality", "driving", "course:dementia")


def mostly(value: object, other: st.SearchStrategy) -> st.SearchStrategy:
    """`value` three times of four, else drawn from `other`: enough rules are kept for many to fit."""
    return st.integers(0, 3).flatmap(lambda n: other if n == 0 else st.just(value))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """A busy stretch near the day of asking, up to a day and a half long."""
    start = datetime.combine(draw(near_days), time()) + timedelta(minutes=draw(quarters))
    return Window(start, start + timedelta(minutes=draw(st.integers(1, 2200))))


@st.composite
def weekly_slots(draw: st.DrawFn) -> WeeklySlot:
    """A slot on the quarter, or the whole day."""
    first, last = sorted(draw(st.lists(st.integers(0, 96), min_size=2, max_size=2, unique=True)))
    season = draw(mostly(None, st.sampled_from([Season((10, 25), (3, 1)), Season((5, 1), (10, 24))])))
    weekday = draw(st.integers(0, 6))
    return draw(
        st.sampled_from([WeeklySlot(weekday, first * 15, last * 15, season), WeeklySlot(weekday, season=season)])
    )


@st.composite
def absences(draw: st.DrawFn) -> Absence:
    """A few days away."""
    first = draw(near_days)
    return Absence(first, first + timedelta(days=draw(st.integers(0, 4))))


facts = st.builds(Fact, st.sampled_from(CODES), st.none() | near_days)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """A request in the coming days."""
    return Request(
        id=draw(st.integers(0, 3)),
        task_type="snow",
        day=draw(coming_days),
        start_minute=draw(st.none() | quarters),
        duration_min=draw(st.integers(1, 240)),
        place=draw(maybe_points),
        village=draw(st.sampled_from([None, "v1", "v2"])),
        requires=draw(mostly(frozenset(), st.frozensets(st.sampled_from([*CODES, "own_car"]), max_size=2))),
        min_age=draw(mostly(0, st.sampled_from([16, 18, 20]))),
        languages=draw(mostly(frozenset(), tongues)),
        one_to_one=draw(mostly(False, st.booleans())),
        vetoed=draw(mostly(frozenset(), st.frozensets(people | st.integers(0, 9), max_size=2))),
        known_to=draw(st.frozensets(people | st.integers(0, 9), max_size=2)),
        known_only=draw(mostly(False, st.booleans())),
        village_metres=draw(mostly({}, st.dictionaries(st.sampled_from(["v1", "v2"]), st.integers(0, 40_000)))),
        hosts=draw(mostly(None, st.frozensets(st.sampled_from(["h1", "h2"]), min_size=1))),
    )


@st.composite
def volunteers(draw: st.DrawFn, number: int = 0) -> Volunteer:
    """Someone who mostly fits, with a few things in the way."""
    return Volunteer(
        id=number,
        person=draw(people),
        host=draw(st.sampled_from(["h1", "h2"])),
        willing=draw(mostly(frozenset({"snow"}), kinds)),
        host_allows=draw(mostly(None, kinds)),
        facts=tuple(draw(st.lists(facts, max_size=3))),
        age=draw(st.sampled_from([None, 15, 17, 18, 40, 74])),
        has_car=draw(st.booleans()),
        max_distance_m=draw(mostly(None, st.integers(0, 40_000))),
        point=draw(maybe_points),
        village=draw(st.sampled_from([None, "v1", "v2"])),
        languages=draw(tongues),
        slots=tuple(draw(mostly([], st.lists(weekly_slots(), max_size=8)))),
        absences=tuple(draw(mostly([], st.lists(absences(), max_size=2)))),
        ceiling=draw(st.none() | st.builds(Ceiling, st.integers(1, 3), st.sampled_from(["week", "month"]))),
        agreed=tuple(draw(st.lists(near_days, max_size=4))),
        busy=tuple(draw(mostly([], st.lists(windows(), max_size=3)))),
        quiet_until=draw(mostly(None, near_days)),
        paused_until=draw(mostly(None, near_days)),
        asks_stopped=draw(mostly(False, st.booleans())),
        do_not_contact=draw(mostly(False, st.booleans())),
        last_asked=draw(st.none() | near_days),
        done_before=draw(kinds),
        is_recipient_self=draw(mostly(False, st.booleans())),
        most_minutes=draw(mostly(None, st.integers(1, 300))),
        companion=draw(mostly(None, people)),
    )


@st.composite
def problems(draw: st.DrawFn) -> MatchProblem:
    """A request and up to ten rows for four persons."""
    rows = tuple(draw(volunteers(number=number)) for number in range(draw(st.integers(0, 10))))
    return MatchProblem(draw(requests()), rows, TODAY, draw(st.integers(1, 4)))
