"""The municipality itself: villages and halls, bodies and what they share, kinds of help and who cleared them."""

import datetime as dt
from dataclasses import asdict

from samtun.anchoring.responsibilities.actions import clear, describe_task_type, list_purpose
from samtun.anchoring.responsibilities.models import TaskType
from samtun.demo.actions import found_municipality
from samtun.demo.loading.made import Made
from samtun.demo.valley import village_metres
from samtun.demo.valley import words as plain
from samtun.foundation.models import Share
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel.ground import Spot
from samtun.kernel.opening import Opening
from samtun.partners.organisations.actions import create_organisation, set_opening_hours, share
from samtun.people.places.actions import add_place, add_village, draw_roads, measure

LAW_SINCE = dt.date(2014, 7, 1)
KINDS = {"office": "unit"}
WITH_THE_CENTRE = ("sanitet", "hjelpekorps", "nesvika-grendelag")
"""Hosts that let the centre see their volunteers; the others keep them behind their own wall."""
LENDING = {
    "nb": "Så den som ringer sentralen får hjelp uansett hvem som har den frivillige.",
    "nn": "Så den som ringjer sentralen får hjelp uansett kven som har den frivillige.",
}
CLEARED = {
    "municipality": {
        "nb": "Kommunalsjefen og hjemmetjenesten, møte {day}", "nn": "Kommunalsjefen og heimetenesta, møte {day}",
    },
    "centre": {"nb": "Styret, møte {day}", "nn": "Styret, møte {day}"},
    "host": {"nb": "Styret i laget, {day}", "nn": "Styret i laget, {day}"},
}  # fmt: skip
LONGER = 2
"""A kind of help may take so many times as long as it usually does before somebody must look at it."""


def make_municipality(valley: plain.Valley, *, host: str, seed: int, present: dt.datetime) -> Made:
    """Make the municipality with all that is not people; opens its scope itself."""
    centre = next(body for body in valley.organisations if body.key == valley.centre)
    phone = centre.phone or ""
    municipality = found_municipality(
        slug=valley.slug, name=f"{valley.name} kommune", shared_name=f"Samtun i {valley.name}", host=host,
        language=valley.language, phone=phone, sms_number=f"{phone[:-2]}99", population=valley.inhabitants,
        privacy_email=f"personvern@{valley.slug}.eksempel.test",
    )  # fmt: skip
    made = Made(valley, municipality, present, seed)
    with open_scope(made.tenant):
        by = Viewer.system(made.tenant)
        _places(made, by)
        _bodies(made, by)
        _task_types(made, made.system())
        _shares(made, made.system())
    return made


def _places(made: Made, by: Viewer) -> None:
    valley, at = made.valley, made.began
    spots = {junction.id: junction.spot for junction in valley.junctions}
    for village in valley.villages:
        there = spots[village.junction]
        living = sum(row.women + row.men for row in valley.census if row.village == village.key)
        made.villages[village.key] = add_village(
            name=village.name, inhabitants=living, lat=there.lat, lon=there.lon, by=by, at=at
        )
    for hall in valley.halls:
        there = spots[hall.junction]
        add_place(
            name=hall.name, kind="hall", village=made.villages[hall.village], address="", lat=there.lat, lon=there.lon,
            by=by, at=at,
        )  # fmt: skip
    for (one, other), metres in village_metres(valley).items():
        if one < other:
            measure(origin=made.villages[one], target=made.villages[other], metres=round(metres), by=by, at=at)
    lines = {number: Spot(spot.lat, spot.lon) for number, spot in spots.items()}
    draw_roads(
        ways=[(road.name, road.kind, [lines[number] for number in road.junctions]) for road in valley.roads],
        by=by, at=at,
    )  # fmt: skip


def _bodies(made: Made, by: Viewer) -> None:
    hosts = {host for one in made.valley.volunteers for host in one.hosts}
    for body in made.valley.organisations:
        row = create_organisation(
            name=f"{made.valley.name} kommune" if body.kind == "municipality" else body.name,
            kind=KINDS.get(body.kind, "congregation" if body.sort in {"kyrkjelyd", "menighet"} else body.kind),
            by=by, at=made.began, number=body.number, phone=body.phone or "", email=body.email,
            village=made.villages[body.village], about={body.lang: body.about}, hosts_volunteers=body.key in hosts,
        )  # fmt: skip
        made.bodies[body.key] = row
        if body.openings:
            week = [Opening(o.weekday, _time(o.start), _time(o.end)) for o in body.openings]
            set_opening_hours(organisation=row, week=week, by=by, at=made.began)


def _time(minute: int) -> dt.time:
    """Turn minutes into a wall time; a day that never ends closes a minute before midnight."""
    return dt.time(23, 59) if minute >= 1440 else dt.time(minute // 60, minute % 60)


def _task_types(made: Made, by: Viewer) -> None:
    for purpose in made.valley.police_purposes:
        list_purpose(
            code=purpose.key, name=asdict(purpose.name), law=purpose.law, valid_from=LAW_SINCE, by=by, at=made.began
        )
    for kind in made.valley.task_types:
        made.types[kind.key] = _task_type(kind, by=by, at=made.began)
        if kind.cleared_by:
            _clear(made, kind, by)


def _task_type(kind: plain.TaskType, *, by: Viewer, at: dt.datetime) -> TaskType:
    courses = [code.partition(":")[2] for code in sorted(kind.requires) if code.startswith("course:")]
    return describe_task_type(
        key=kind.key, by=by, at=at, name=asdict(kind.name), limits=asdict(kind.limits), way_on=asdict(kind.way_on),
        task_class=kind.group, asking=kind.asking, usual_minutes=kind.minutes, most_minutes=kind.minutes * LONGER,
        one_to_one=kind.one_to_one, needs_declaration="confidentiality" in kind.requires,
        needs_course=courses[0] if courses else "", needs_car="own_car" in kind.requires,
        least_age=max(kind.min_age, 15), is_declined=kind.whose in {"business", "municipality"},
        sold_locally=bool(kind.bought_from),
    )  # fmt: skip


def _clear(made: Made, kind: plain.TaskType, by: Viewer) -> None:
    """Let the municipality and the centre clear it beforehand, and each host say what its own take on."""
    cleared_on = made.on(kind.cleared_on or made.began.date(), 12 * 60)
    body = next(one for one in made.valley.organisations if one.kind == "municipality")
    sides = [(body.key, "municipality", True), (made.valley.centre, "centre", True)]
    sides += [
        (one.key, "host", kind.key in one.takes_on)
        for one in made.valley.organisations
        if one.takes_on is not None and one.key != made.valley.centre
    ]
    for key, who, yes in sides:
        words = CLEARED[who][made.valley.language].format(day=f"{cleared_on:%d.%m.%Y}")
        clear(
            task_type=made.types[kind.key], owner=made.bodies[key].owner, cleared=yes, by_words=words, by=by,
            at=cleared_on,
        )  # fmt: skip


def _shares(made: Made, by: Viewer) -> None:
    for key in WITH_THE_CENTRE:
        if key in made.bodies and made.bodies[key].hosts_volunteers:
            share(
                giver=made.bodies[key].owner, receiver=made.centre, what=Share.What.VOLUNTEERS,
                purpose=LENDING[made.valley.language], ends=made.valley.today + dt.timedelta(days=150), by=by,
                at=made.began,
            )  # fmt: skip
