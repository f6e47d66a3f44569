"""What a database may leave out before the rules of `matching` are asked, and what it may not."""

from datetime import date
from math import radians
from typing import TypedDict

from planning.vocabulary.fact import OWN_CAR
from planning.vocabulary.identity import Id
from planning.vocabulary.point import EARTH_RADIUS_M, ROAD_FACTOR
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer


class Silent(TypedDict):
    """Leaving these out changes nothing in the answer of `suggest`.

    Besides: rows with `asks_stopped`, `do_not_contact` or `is_recipient_self` may always be left out.
    """

    task_type: str
    """Keep rows that are willing to do it, and whose host allows it or has set no limit."""
    hosts: frozenset[Id] | None
    """Keep rows with one of these hosts; None keeps all."""
    only: frozenset[Id] | None
    """Keep rows whose volunteer or person id is here; None keeps all."""
    never: frozenset[Id]
    """Leave out rows whose volunteer, person or companion id is here."""


class North(TypedDict):
    """A bound on distance that needs no trigonometry."""

    lat: float
    """Degrees."""
    road_metres_a_degree: float
    """Fewest metres by road for each degree of latitude between two places."""


class Told(TypedDict):
    """Leaving these out loses near misses, never anyone who fits. Do so where only the suggestions are shown."""

    on: date
    """Leave out rows whose quiet days or pause end on this day or later."""
    days: tuple[date, ...]
    """Leave out rows with an absence that includes one of these days."""
    weekdays: frozenset[int]
    """Leave out rows that have weekly slots, but lack one on any of these weekdays (0 is Monday)."""
    facts: frozenset[str]
    """Keep rows that hold all of these ..."""
    facts_on: date
    """... on this day."""
    own_car: bool
    """Keep rows with a car, if true."""
    youngest: int
    """Keep rows of known age at least this, in years; 0 keeps all."""
    languages: frozenset[str]
    """Keep rows that share one of these; empty keeps all."""
    north: North | None
    """Leave out rows with a place and a longest distance, when the bound alone is more than a metre longer."""


class Narrowing(TypedDict):
    """Both halves; see `Silent` and `Told`."""

    silent: Silent
    told: Told


def narrowing(request: Request, on: date) -> Narrowing:
    """Say what a query may narrow by for this request, asked on the day `on`.

    Not here on purpose, for `fits` alone decides: the ceiling, times of the day, seasons, windows taken, and exact
    distance. `survives_silent` and `survives_told` say in Python what the query says in SQL.
    """
    place = request.place
    return {
        "silent": {
            "task_type": request.task_type,
            "hosts": request.hosts,
            "only": request.known_to if request.known_only else None,
            "never": request.vetoed,
        },
        "told": {
            "on": on,
            "days": tuple(day for day, _, _ in request.days),
            "weekdays": frozenset(day.weekday() for day, _, _ in request.days),
            "facts": request.requires - {OWN_CAR},
            "facts_on": request.days[-1][0],
            "own_car": OWN_CAR in request.requires,
            "youngest": request.youngest,
            "languages": request.languages,
            "north": None
            if place is None
            else {"lat": place.lat, "road_metres_a_degree": EARTH_RADIUS_M * radians(1) * ROAD_FACTOR},
        },
    }


def survives_silent(narrowed: Silent, volunteer: Volunteer) -> bool:
    """Whether a query narrowed by the silent half keeps this row."""
    names = {volunteer.id, volunteer.person}
    company = names | {volunteer.companion}
    return (
        narrowed["task_type"] in volunteer.willing
        and (volunteer.host_allows is None or narrowed["task_type"] in volunteer.host_allows)
        and (narrowed["hosts"] is None or volunteer.host in narrowed["hosts"])
        and (narrowed["only"] is None or not names.isdisjoint(narrowed["only"]))
        and company.isdisjoint(narrowed["never"])
        and not (volunteer.asks_stopped or volunteer.do_not_contact or volunteer.is_recipient_self)
    )


def survives_told(narrowed: Told, volunteer: Volunteer) -> bool:
    """Whether a query narrowed by the told half keeps this row."""
    peace = (volunteer.quiet_until, volunteer.paused_until)
    held = {fact.code for fact in volunteer.facts if fact.expires is None or fact.expires >= narrowed["facts_on"]}
    return (
        all(until is None or until < narrowed["on"] for until in peace)
        and not any(away.first <= day <= away.last for away in volunteer.absences for day in narrowed["days"])
        and (not volunteer.slots or narrowed["weekdays"] <= {slot.weekday for slot in volunteer.slots})
        and narrowed["facts"] <= held
        and (volunteer.has_car or not narrowed["own_car"])
        and (not narrowed["youngest"] or (volunteer.age is not None and volunteer.age >= narrowed["youngest"]))
        and (not narrowed["languages"] or not narrowed["languages"].isdisjoint(volunteer.languages))
        and not _too_far_north_or_south(narrowed["north"], volunteer)
    )


def _too_far_north_or_south(north: North | None, volunteer: Volunteer) -> bool:
    if north is None or volunteer.point is None or volunteer.max_distance_m is None:
        return False
    least = abs(volunteer.point.lat - north["lat"]) * north["road_metres_a_degree"]
    return least > volunteer.max_distance_m + 1
