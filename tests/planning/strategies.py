"""Worlds small enough that every rule is often just kept and often just broken, each drawn from a number.

Hypothesis draws the number: drawing each field itself takes a hundred times as long as planning what comes of it.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import strategies as st

from planning.vocabulary.assignment import AssignmentProblem, Pair
from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import Fact
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.rota import Before, Most, RotaProblem, Seat, Turn, Unit
from planning.vocabulary.suggestion import MatchProblem
from planning.vocabulary.volunteer import Volunteer
from planning.vocabulary.window import Window

TODAY = date(2026, 10, 23)
"""Two days before the clocks go back, so that local wall time is put to the test."""
CODES = ("confidentiality", "driving", "course:dementia")
NAMES = ("p1", "p2", "p3", "p4", *range(10))
SEASONS = (Season((10, 25), (3, 1)), Season((5, 1), (10, 24)))
DUTIES = ("meal", "phone")

seeds = st.integers(0, 2**32)


def requests() -> st.SearchStrategy[Request]:
    """Any request."""
    return seeds.map(lambda seed: random_request(Random(seed)))


def volunteers() -> st.SearchStrategy[Volunteer]:
    """Any volunteer."""
    return seeds.map(lambda seed: random_volunteer(Random(seed)))


def problems() -> st.SearchStrategy[MatchProblem]:
    """A request and up to ten rows for four persons."""
    return seeds.map(random_match)


def weeks(most: int = 5) -> st.SearchStrategy[AssignmentProblem]:
    """A few requests and a few rows."""
    return seeds.map(lambda seed: random_week(seed, most))


def rotas(most_turns: int = 5, most_units: int = 4) -> st.SearchStrategy[RotaProblem]:
    """A few turns and a few units."""
    return seeds.map(lambda seed: random_rota(seed, most_turns, most_units))


def mostly[T](lot: Random, value: T, other: Callable[[], T]) -> T:
    """`value` three times of four, else another: enough rules are kept for many to fit."""
    return other() if lot.randrange(4) == 0 else value


def some[T](lot: Random, among: Sequence[T], least: int = 0, most: int | None = None) -> frozenset[T]:
    """A few of these."""
    return frozenset(lot.sample(among, lot.randint(least, len(among) if most is None else most)))


def near_day(lot: Random) -> date:
    """A day around today."""
    return TODAY + timedelta(days=lot.randint(-9, 12))


def _point(lot: Random) -> Point | None:
    """Nowhere, or a place of a grid small enough that two are at times the same."""
    return lot.choice((None, Point(61.8 + lot.randrange(11) / 50, 3.4 + lot.randrange(9) / 20)))


def _window(lot: Random) -> Window:
    """A busy stretch near the day of asking, up to a day and a half long."""
    start = datetime.combine(near_day(lot), time()) + timedelta(minutes=15 * lot.randrange(96))
    return Window(start, start + timedelta(minutes=lot.choice((15, 60, lot.randint(1, 2200)))))


def _slot(lot: Random) -> WeeklySlot:
    """A slot on the quarter, or the whole day."""
    first, last = sorted(lot.sample(range(97), 2))
    season = mostly(lot, None, lambda: lot.choice(SEASONS))
    weekday = lot.randrange(7)
    return lot.choice((WeeklySlot(weekday, first * 15, last * 15, season), WeeklySlot(weekday, season=season)))


def _absence(lot: Random) -> Absence:
    """A few days away."""
    first = near_day(lot)
    return Absence(first, first + timedelta(days=lot.randrange(5)))


def random_request(lot: Random, name: int | str | None = None) -> Request:
    """A request in the coming days."""
    return Request(
        id=lot.randrange(4) if name is None else name,
        task_type="snow",
        day=TODAY + timedelta(days=lot.randrange(10)),
        start_minute=lot.choice((None, 15 * lot.randrange(96))),
        duration_min=lot.choice((60, lot.randint(1, 240))),
        place=_point(lot),
        village=lot.choice((None, "v1", "v2")),
        requires=mostly(lot, frozenset(), lambda: some(lot, (*CODES, "own_car"), most=2)),
        min_age=mostly(lot, 0, lambda: lot.choice((16, 18, 20))),
        languages=mostly(lot, frozenset(), lambda: some(lot, ("no", "ti", "uk"))),
        one_to_one=mostly(lot, False, lambda: True),
        vetoed=mostly(lot, frozenset(), lambda: some(lot, NAMES, most=2)),
        known_to=some(lot, NAMES, most=2),
        known_only=mostly(lot, False, lambda: True),
        village_metres=mostly(lot, {}, lambda: {one: lot.randrange(40_000) for one in some(lot, ("v1", "v2"))}),
        hosts=mostly(lot, None, lambda: some(lot, ("h1", "h2"), least=1)),
    )


def random_volunteer(lot: Random, number: int = 0) -> Volunteer:
    """Someone who mostly fits, with a few things in the way."""
    kinds = ("snow", "visit")
    return Volunteer(
        id=number,
        person=lot.choice(NAMES[:4]),
        host=lot.choice(("h1", "h2")),
        willing=mostly(lot, frozenset({"snow"}), lambda: some(lot, kinds)),
        host_allows=mostly(lot, None, lambda: some(lot, kinds)),
        facts=tuple(Fact(lot.choice(CODES), lot.choice((None, near_day(lot)))) for _ in range(lot.randrange(4))),
        age=lot.choice((None, 15, 17, 18, 40, 74)),
        has_car=lot.choice((False, True)),
        max_distance_m=mostly(lot, None, lambda: lot.choice((0, lot.randrange(40_000)))),
        point=_point(lot),
        village=lot.choice((None, "v1", "v2")),
        languages=some(lot, ("no", "ti", "uk")),
        slots=tuple(mostly(lot, (), lambda: tuple(_slot(lot) for _ in range(lot.randrange(9))))),
        absences=tuple(mostly(lot, (), lambda: tuple(_absence(lot) for _ in range(lot.randrange(3))))),
        ceiling=lot.choice((None, Ceiling(lot.randint(1, 3), lot.choice(("week", "month"))))),
        agreed=tuple(near_day(lot) for _ in range(lot.randrange(5))),
        busy=tuple(mostly(lot, (), lambda: tuple(_window(lot) for _ in range(lot.randrange(4))))),
        quiet_until=mostly(lot, None, lambda: near_day(lot)),
        paused_until=mostly(lot, None, lambda: near_day(lot)),
        asks_stopped=mostly(lot, False, lambda: lot.choice((False, True))),
        do_not_contact=mostly(lot, False, lambda: lot.choice((False, True))),
        last_asked=lot.choice((None, near_day(lot))),
        done_before=some(lot, kinds),
        is_recipient_self=mostly(lot, False, lambda: lot.choice((False, True))),
        most_minutes=mostly(lot, None, lambda: lot.choice((60, lot.randint(1, 300)))),
        companion=mostly(lot, None, lambda: lot.choice(NAMES[:4])),
    )


def random_match(seed: int) -> MatchProblem:
    """A request and up to ten rows for four persons."""
    lot = Random(seed)
    rows = tuple(random_volunteer(lot, number) for number in range(lot.randrange(11)))
    return MatchProblem(random_request(lot), rows, TODAY, lot.randint(1, 4))


def random_week(seed: int, most: int = 5) -> AssignmentProblem:
    """A few requests and a few rows of four persons, sometimes linked, for two, new or locked."""
    lot = Random(seed)
    rows = tuple(random_volunteer(lot, number) for number in range(lot.randint(0, most)))
    asked = tuple(random_request(lot, f"r{n}") for n in range(lot.randrange(5)))
    names = [one.id for one in asked]
    linked = ((names[0], names[1]),) if len(names) > 1 and lot.random() < 0.5 else ()
    free = [name for name in names if not linked or name not in linked[0]]
    return AssignmentProblem(
        asked,
        rows,
        TODAY,
        linked=linked,
        duos=some(lot, free, most=min(2, len(free))),
        new=frozenset({"p1"}) if lot.random() < 0.5 else frozenset(),
        shares={"p2": 3},
        locked=(Pair(names[-1], rows[0].id),) if names and rows and lot.random() < 0.25 else (),
        priorities={names[0]: lot.randint(1, 3)} if names else {},
        between_min=lot.choice((0, 20)),
    )


def _unit(lot: Random, number: int) -> Unit:
    """A person, a couple that may share one, or an organisation."""
    members = lot.choice(((f"p{number}",), (f"p{number}",), ("p0", "px"), ()))
    first, slots = _coming(lot), (WeeklySlot(lot.randrange(7)), WeeklySlot(lot.randrange(7)))
    return Unit(
        id=number,
        members=members,
        share=lot.randint(1, 3),
        kinds=mostly(lot, frozenset(DUTIES), lambda: some(lot, DUTIES)),
        slots=mostly(lot, (), lambda: slots),
        absences=mostly(lot, (), lambda: (Absence(first, first + timedelta(days=4)),)),
        most=mostly(lot, (), lambda: (Most(1, 1), Most(2, 3))),
        rest=lot.choice((0, 0, 1, 3)),
        wishes={0: lot.randint(-3, 3)},
        known_to=some(lot, ("choir",)),
        not_with=mostly(lot, frozenset(), lambda: frozenset({"choir"})),
        before=lot.choice((Before(), Before(3, 1, 30), Before(0, 0, 30))),
        at_once=1 if members else lot.randint(1, 2),
    )


def _coming(lot: Random) -> date:
    return TODAY + timedelta(days=lot.randrange(21))


def _turn(lot: Random, number: int) -> Turn:
    """A turn of a day to a week."""
    first, group = _coming(lot), mostly(lot, None, lambda: "choir")
    return Turn(
        id=number,
        kind=lot.choice(DUTIES),
        first=first,
        last=first + timedelta(days=lot.choice((0, 0, 1, 6))),
        seats=lot.choice((1, 1, 2)),
        group=group,
        someone_known=group is not None and lot.random() < 0.5,
    )


def random_rota(seed: int, most_turns: int = 5, most_units: int = 4) -> RotaProblem:
    """A few turns over three weeks, and a few units."""
    lot = Random(seed)
    turns = tuple(_turn(lot, number) for number in range(lot.randint(0, most_turns)))
    units = tuple(_unit(lot, number) for number in range(lot.randint(0, most_units)))
    locked = (Seat(turns[0].id, units[0].id),) if turns and units and lot.random() < 0.25 else ()
    return RotaProblem(turns, units, frozenset({TODAY + timedelta(days=3)}), locked)
