"""Volunteers and recipients in number: who is willing, when, how far, with what shown."""

from datetime import date, timedelta
from random import Random

from samtun.demo.valley.words import HeldFact, Person, Recipient, Slot, Volunteer

MORNING, AFTERNOON, EVENING = (9 * 60, 12 * 60), (12 * 60, 16 * 60), (17 * 60, 21 * 60)

BUNDLES = (
    frozenset({"snow", "firewood", "small_jobs"}),
    frozenset({"visit", "walk", "host"}),
    frozenset({"shopping", "lift", "company"}),
    frozenset({"digital", "small_jobs"}),
    frozenset({"host", "shopping", "walk"}),
)
"""What goes together: people say yes to a few kinds that are like each other."""


def volunteer(
    person: Person,
    hosts: tuple[str, ...],
    number: int,
    today: date,
    dice: Random,
    *,
    drives: bool,
    more: frozenset[str] = frozenset(),
) -> Volunteer:
    """Make one of many: the `number` decides the bundle, the dice the rest.

    Some are never asked, some rest, some have shown nothing yet, about a third have said nothing about when.
    """
    willing = BUNDLES[number % len(BUNDLES)] | more | (frozenset({"lift", "company"}) if drives else frozenset())
    ceiling = dice.choice((None, (1, "week"), (2, "week"), (2, "month"), (4, "month")))
    return Volunteer(
        person=person.key,
        hosts=hosts,
        willing=willing,
        facts=facts(hosts, today, dice, drives=drives, visits="visit" in willing),
        has_car=drives or dice.random() < 0.35,
        max_metres=dice.choice((None, 5_000, 10_000, 15_000, 25_000)),
        slots=_slots(person.age(today), dice),
        away=_away(today, dice),
        ceiling=ceiling,
        last_asked=None if dice.random() < 0.25 else today - timedelta(days=dice.randint(9, 200)),
        paused_until=today + timedelta(days=dice.randint(5, 60)) if dice.random() < 0.05 else None,
        asks_stopped=dice.random() < 0.02,
    )


def facts(
    hosts: tuple[str, ...], today: date, dice: Random, *, drives: bool, visits: bool, sure: bool = False
) -> tuple[HeldFact, ...]:
    """List what has been shown to the first host, and the confidentiality declaration to each.

    Nothing is lacking where `sure`.
    """
    first = hosts[0]
    shown = today - timedelta(days=dice.randint(40, 900))
    held = [HeldFact("confidentiality", host, shown) for host in hosts if sure or dice.random() < 0.93]
    if drives:
        held.append(HeldFact("driving", first, shown, today + timedelta(days=dice.randint(200, 900))))
    if visits and (sure or dice.random() < 0.8):
        taken = today - timedelta(days=dice.randint(100, 1000))
        held.append(HeldFact("course:visiting-friend", first, taken, taken + timedelta(days=3 * 365)))
    return tuple(held)


def _slots(age: int, dice: Random) -> tuple[Slot, ...]:
    """Weekdays in daytime for those who have stopped working, evenings and Saturdays for the rest."""
    if dice.random() < 0.35:
        return ()
    if age >= 64:
        days = sorted(dice.sample(range(5), dice.randint(2, 4)))
        season = (9, 5) if dice.random() < 0.25 else None
        return tuple(Slot(day, *part, season) for day in days for part in (MORNING, AFTERNOON))
    evenings = sorted(dice.sample(range(5), dice.randint(1, 3)))
    return (*(Slot(day, *EVENING) for day in evenings), Slot(5, 10 * 60, 15 * 60))


def _away(today: date, dice: Random) -> tuple[tuple[date, date], ...]:
    """Send some away for a week or two soon."""
    if dice.random() >= 0.1:
        return ()
    first = today + timedelta(days=dice.randint(-3, 20))
    return ((first, first + timedelta(days=dice.randint(4, 14))),)


def recipient(person: Person, helpers: tuple[str, ...], dice: Random) -> Recipient:
    """Make one of many who may ask for help; some know one of the helpers already."""
    knows = frozenset(dice.sample(helpers, 1)) if helpers and dice.random() < 0.4 else frozenset()
    return Recipient(person.key, knows=knows, choose_for_me=dice.random() < 0.2)
