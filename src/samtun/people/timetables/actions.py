"""Verbs: a timetable is taken in."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.locks import take_turns
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.timetables.adapters.prepared import Prepared
from samtun.people.timetables.events import TimetableTakenIn
from samtun.people.timetables.models import BusStop, Service, Timetable, Trip

BATCH = 1_000


class NoTripHere(Refused):
    """Nothing in this timetable goes between two stops of this municipality. What was there before stands."""


def take_in(*, prepared: Prepared, by: Viewer, at: dt.datetime) -> Timetable:
    """Put a timetable in the place of the one before, all of it or nothing. The same one again gives the same."""
    if not by.is_system:
        raise NotYours
    if not prepared.trips:
        raise NoTripHere
    with transaction.atomic():
        take_turns(f"timetable {by.tenant}")
        for model in (Trip, Service, BusStop, Timetable):
            model.objects.all().delete()
        made = Timetable.objects.create(
            source=prepared.source[:120], valid_from=prepared.valid_from, valid_to=prepared.valid_to, taken_in_at=at,
            **(asdict(prepared.box) if prepared.box else {}),
        )  # fmt: skip
        BusStop.objects.bulk_create(
            (
                BusStop(number=number, code=one.code[:80], name=one.name[:120], lat=one.lat, lon=one.lon)
                for number, one in enumerate(prepared.stops)
            ),
            batch_size=BATCH,
        )
        services = Service.objects.bulk_create([Service(days=days) for days in prepared.services], batch_size=BATCH)
        Trip.objects.bulk_create(
            (
                Trip(
                    service=services[one.service], line=one.line[:40], mode=one.mode, stops=one.stops,
                    arrives=one.arrives, leaves=one.leaves, picks_up=one.picks_up, sets_down=one.sets_down,
                )
                for one in prepared.trips
            ),
            batch_size=BATCH,
        )  # fmt: skip
        record("timetables.take_in", Ref("timetable", made.id), by=by, at=at, number=len(prepared.trips))
        publish(TimetableTakenIn(timetable=made.id), at=at)
    return made
