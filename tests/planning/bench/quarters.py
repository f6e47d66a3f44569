"""Invented rotas to measure on: a quarter of meals, hosting, minibus and telephone, and people to share it."""

from datetime import date, timedelta
from random import Random

from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.rota import Most, RotaProblem, Turn, Unit

MONDAY = date(2026, 11, 30)
KINDS = ("meal", "host", "minibus", "phone")
PARTS = ((8 * 60, 12 * 60), (12 * 60, 17 * 60), (17 * 60, 22 * 60))
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})


def quarter(people: int, weeks: int, per_week: int, *, seed: int = 1, kinds: int = 3) -> RotaProblem:
    """Make a rota: the same turns each week; each can do some kinds, at some times, so often a month."""
    draw, same = Random(seed), Random(99)
    week = [(same.randrange(7) if same.random() < 0.2 else same.randrange(5), same.randrange(3), same.choice(KINDS))
            for _ in range(per_week)]  # fmt: skip
    turns = [
        Turn(at * per_week + n, kind, day, day, start_minute=PARTS[part][0], end_minute=PARTS[part][1])
        for at in range(weeks)
        for n, (weekday, part, kind) in enumerate(week)
        for day in [MONDAY + timedelta(days=at * 7 + weekday)]
    ]
    return RotaProblem(tuple(turns), tuple(_unit(draw, n, weeks, turns, kinds) for n in range(people)), HOLIDAYS)


def _unit(draw: Random, number: int, weeks: int, turns: list[Turn], kinds: int) -> Unit:
    share = draw.choice((2, 3, 4, 4, 6, 8))
    away = sorted({week for week in range(weeks) if draw.random() < 0.03} | _holiday(draw, weeks))
    wishes = {(day, part): draw.randint(0, 3) for day in range(7) for part in range(3)}
    part_of = {PARTS[part][0]: part for part in range(3)}
    return Unit(
        id=number,
        members=(number,),
        share=share,
        kinds=frozenset(draw.sample(KINDS, draw.randint(1, kinds))),
        slots=tuple(WeeklySlot(day, *PARTS[part]) for day in range(7) for part in range(3) if draw.random() < 0.4),
        absences=tuple(
            Absence(MONDAY + timedelta(days=week * 7), MONDAY + timedelta(days=week * 7 + 6)) for week in away
        ),
        most=(Most(draw.choice((1, 1, 2, 2, 3)), 1), Most(share, 4)),
        wishes={turn.id: wishes[turn.first.weekday(), part_of[turn.start_minute]] for turn in turns},
    )


def _holiday(draw: Random, weeks: int) -> set[int]:
    first = draw.randrange(weeks)
    return {week for week in range(first, first + 3) if week < weeks} if draw.random() < 0.5 else set()
