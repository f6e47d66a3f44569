"""Volunteers by the thousand, in bulk, with the demo's proportions: who is willing, free, near, away, resting.

What they are is drawn by the demo's own generator; only names, doors and numbers are made here, since a demo valley has
no more than five hundred. The open scope's municipality gets them.
"""

import datetime as dt
from random import Random
from typing import Any

from samtun.demo.valley import people, words
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.screening.models import ConfidentialityDeclaration, SuitabilityTalk
from samtun.operation.training.models import TrainingRecord
from samtun.operation.volunteers.models import Absence, Profile, Slot, Volunteer, Willing
from samtun.people.persons.models import KnownTo, Person
from samtun.people.preferences.models import Preference

BATCH = 5_000
WEEKS_OF_WORK = 26
"""How far back, in weeks, each volunteer has about one task done a month."""


def settle(
    number: int, *, host: Any, recipients: list[Any], kinds: dict[str, Any], villages: list[Any], today: dt.date,
    all_willing: frozenset[str] = frozenset(),
) -> None:  # fmt: skip
    """Make `number` volunteers of one host, what is known of them, and half a year of work behind them.

    `all_willing` are kinds of help that everyone gives, beside those drawn.
    """
    dice = Random(f"crowd|{number}")
    drawn, persons = [], []
    for n in range(number):
        village = villages[n % len(villages)]
        born = dt.date(today.year - dice.randint(25, 76), 1 + n % 12, 1 + n % 28)
        spot = words.Spot(village.lat + dice.uniform(-0.15, 0.15), village.lon + dice.uniform(-0.3, 0.3))
        one = words.Person(
            key=str(n), first_name="Frivillig", family_name=f"Nummer{n}", born=born, village="", address=f"Vegen {n}",
            spot=spot, lang="nn", channel=words.Channel.SMS,
        )  # fmt: skip
        drawn.append(people.volunteer(one, ("host",), n, today, dice, drives=n % 4 == 0, more=all_willing))
        persons.append(
            Person(
                given_name=one.first_name, family_name=one.family_name, phone=f"+4799{n:06d}", birth_year=born.year,
                address=one.address, village=village, lat=spot.lat, lon=spot.lon,
            )
        )  # fmt: skip
    _write(persons)
    _write([KnownTo(person=p, owner=host, source="bench", since=today) for p in persons])
    volunteers = _standing(persons, drawn, host, kinds, today)
    _times(persons, drawn, today, dice)
    _facts(persons, drawn, host, kinds)
    _work(volunteers, drawn, recipients, kinds, today, dice)


def recipients(number: int, *, owner: Any, village: Any, today: dt.date) -> list[Any]:
    """Make people who ask for help: one to every four volunteers is what the demo's municipality has."""
    persons = [Person(given_name="Mottakar", family_name=f"Test{n}", village=village) for n in range(number)]
    _write(persons)
    _write([KnownTo(person=person, owner=owner, source="bench", since=today) for person in persons])
    return persons


def _write(rows: list[Any]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def _standing(
    persons: list[Any], drawn: list[words.Volunteer], host: Any, kinds: dict[str, Any], today: dt.date
) -> list[Any]:
    volunteers = [
        Volunteer(
            person=person, host=host, joined_on=today - dt.timedelta(days=180), paused_until=one.paused_until,
            state="paused" if one.paused_until else "active",
        )
        for person, one in zip(persons, drawn, strict=True)
    ]  # fmt: skip
    _write(volunteers)
    _write(
        [
            Willing(volunteer=volunteer, task_type=kinds[key])
            for volunteer, one in zip(volunteers, drawn, strict=True)
            for key in sorted(one.willing & kinds.keys())
        ]
    )
    stopped = dt.datetime(today.year - 1, 1, 1, tzinfo=dt.UTC)
    _write(
        [
            Preference(person=person, channel="sms", asks_stopped_at=stopped)
            for person, one in zip(persons, drawn, strict=True)
            if one.asks_stopped
        ]
    )
    return volunteers


def _times(persons: list[Any], drawn: list[words.Volunteer], today: dt.date, dice: Random) -> None:
    profiles = []
    for person, one in zip(persons, drawn, strict=True):
        times, per = one.ceiling or (None, "month")
        profiles.append(
            Profile(
                person=person, ceiling_times=times, ceiling_per=per, last_asked_on=one.last_asked, has_car=one.has_car,
                reach_metres=one.max_metres, languages=sorted(one.languages),
                quiet_until=today + dt.timedelta(days=dice.randint(0, 6)) if dice.random() < 0.04 else None,
            )
        )  # fmt: skip
    _write(profiles)
    _write([
        Slot(
            profile=profile, weekday=slot.weekday, starts=_clock(slot.start), ends=_clock(slot.end),
            first_month=slot.season[0] if slot.season else 1, last_month=slot.season[1] if slot.season else 12,
        )
        for profile, one in zip(profiles, drawn, strict=True)
        for slot in one.slots
    ])  # fmt: skip
    _write(
        [
            Absence(profile=profile, starts=starts, ends=ends)
            for profile, one in zip(profiles, drawn, strict=True)
            for starts, ends in one.away
        ]
    )


def _clock(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)


def _facts(persons: list[Any], drawn: list[words.Volunteer], host: Any, kinds: dict[str, Any]) -> None:
    held = [(person, fact) for person, one in zip(persons, drawn, strict=True) for fact in one.facts]
    signed = [(person, fact) for person, fact in held if fact.code == "confidentiality"]
    _write([ConfidentialityDeclaration(person=person, owner=host, signed_on=fact.shown) for person, fact in signed])
    _write([SuitabilityTalk(person=person, owner=host, held_on=fact.shown, held_by="x") for person, fact in signed])
    _write(
        [
            TrainingRecord(
                person=person,
                owner=host,
                course=fact.code.partition(":")[2],
                held_on=fact.shown,
                expires_on=fact.expires,
            )
            for person, fact in held
            if fact.code.startswith("course:")
        ]
    )


def _work(
    volunteers: list[Any], drawn: list[words.Volunteer], recipients: list[Any], kinds: dict[str, Any], today: dt.date,
    dice: Random,
) -> None:  # fmt: skip
    """About a task a month for each, done; and for one in ten something agreed in the coming days."""
    requests, matches = [], []
    at = dt.datetime.combine(today, dt.time(8), tzinfo=dt.UTC)
    for volunteer, one in zip(volunteers, drawn, strict=True):
        keys = sorted(one.willing & kinds.keys())
        weeks = sorted(dice.sample(range(WEEKS_OF_WORK), dice.randint(0, WEEKS_OF_WORK // 4 * 2)))
        days = [(today - dt.timedelta(days=7 * week + dice.randint(0, 6) + 1), "done") for week in weeks]
        if dice.random() < 0.1:
            days.append((today + dt.timedelta(days=dice.randint(0, 9)), "agreed"))
        for day, state in days if keys else ():
            kind = kinds[dice.choice(keys)]
            request = HelpRequest(
                owner=volunteer.host, recipient=dice.choice(recipients), source="call", task_type=kind, on=day,
                at=dt.time(dice.randint(8, 18)), minutes=45, state=state, asking=kind.asking, made_at=at,
            )  # fmt: skip
            requests.append(request)
            matches.append(
                Match(
                    request=request, volunteer=volunteer, state=state, proposed_at=at, agreed_at=at,
                    ended_at=at if state == "done" else None, minutes=45,
                )
            )  # fmt: skip
    _write(requests)
    _write(matches)
