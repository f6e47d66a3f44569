"""Rows of a municipality's frame, unsaved: villages, bodies, kinds of help."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from django.db import models

from samtun.anchoring.responsibilities.models import Clearance, TaskType
from samtun.demo.valley import words as plain
from samtun.foundation.models import Owner
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import OpeningHour, Organisation
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

OWNERS = {"municipality": "municipality", "centre": "centre", "unit": "unit", "office": "unit", "business": "business"}
CLEARED_BY = "Møte i styret"


@dataclass
class Rows:
    """What has been made of one valley, by its keys."""

    valley: plain.Valley
    present: dt.datetime
    villages: dict[str, Village] = field(default_factory=dict)
    owners: dict[str, Owner] = field(default_factory=dict)
    bodies: dict[str, Organisation] = field(default_factory=dict)
    types: dict[str, TaskType] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    volunteers: dict[str, Volunteer] = field(default_factory=dict)

    @property
    def centre(self) -> Owner:
        """The volunteer centre."""
        return self.owners[self.valley.centre]


def frame_rows(rows: Rows) -> Iterator[list[models.Model]]:
    """Yield the rows that stand before there are people."""
    valley = rows.valley
    spots = {junction.id: junction.spot for junction in valley.junctions}
    for village in valley.villages:
        there = spots[village.junction]
        living = sum(row.women + row.men for row in valley.census if row.village == village.key)
        rows.villages[village.key] = Village(name=village.name, inhabitants=living, lat=there.lat, lon=there.lon)
    yield list(rows.villages.values())
    for body in valley.organisations:
        rows.owners[body.key] = Owner(kind=OWNERS.get(body.kind, "organisation"), name=body.name)
    yield list(rows.owners.values())
    hosts = {host for one in valley.volunteers for host in one.hosts}
    for body in valley.organisations:
        rows.bodies[body.key] = Organisation(
            owner=rows.owners[body.key], name=body.name, kind="unit" if body.kind == "office" else body.kind,
            number=body.number, phone=body.phone or "", email=body.email, village=rows.villages[body.village],
            about={body.lang: body.about}, hosts_volunteers=body.key in hosts,
        )  # fmt: skip
    yield list(rows.bodies.values())
    yield [
        OpeningHour(
            organisation=rows.bodies[body.key], weekday=o.weekday, opens=dt.time(o.start // 60),
            closes=dt.time(o.end // 60),
        )
        for body in valley.organisations
        for o in body.openings
    ]  # fmt: skip
    yield from _type_rows(rows)


def _type_rows(rows: Rows) -> Iterator[list[models.Model]]:
    for kind in rows.valley.task_types:
        course = next((code.partition(":")[2] for code in kind.requires if code.startswith("course:")), "")
        rows.types[kind.key] = TaskType(
            key=kind.key, name=asdict(kind.name), limits=asdict(kind.limits), way_on=asdict(kind.way_on),
            task_class=kind.group, asking=kind.asking, usual_minutes=kind.minutes, most_minutes=kind.minutes * 2,
            one_to_one=kind.one_to_one, needs_declaration="confidentiality" in kind.requires, needs_course=course,
            needs_car="own_car" in kind.requires, least_age=max(kind.min_age, 15),
            is_declined=kind.whose in {"business", "municipality"}, sold_locally=bool(kind.bought_from),
        )  # fmt: skip
    yield list(rows.types.values())
    both = [key for key, owner in rows.owners.items() if owner.kind in {"municipality", "centre"}]
    yield [
        Clearance(
            task_type=rows.types[kind.key], owner=rows.owners[key], cleared=True, by_words=CLEARED_BY,
            decided_on=kind.cleared_on or rows.valley.today,
        )
        for kind in rows.valley.task_types
        if kind.cleared_by
        for key in both
    ]  # fmt: skip
