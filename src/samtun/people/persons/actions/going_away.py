"""Somebody is away for a while, or has moved: what is open is held, not lost (R113). Why is never kept."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.events import PersonAway, PersonBack
from samtun.people.persons.models import Away, Person
from samtun.people.persons.rules import may_change


class AwayAlready(Refused):
    """It is noted already that this person is away. Change the day there."""


class BackwardsDays(Refused):
    """The last day must be the same as the first day, or later."""


class HasDied(Refused):
    """It is noted here that this person has died."""


class NotAway(Refused):
    """This person is not away any more. Look at what stands."""


def note_away(
    *, person: Person, starts: dt.date, ends: dt.date | None, where: str, by: Viewer, at: dt.datetime
) -> Away:
    """Note that a person is away from a day, to the end of another or until they say; what is open is held."""
    if not may_change(by, person):
        raise NotYours
    if ends and (ends < starts or ends < wall(at).date()):
        raise BackwardsDays
    with transaction.atomic():
        current = Person.objects.select_for_update(of=("self",)).get(id=person.id)
        if current.is_dead:
            raise HasDied
        if Away.objects.filter(person=current, ended_at=None).exists():
            raise AwayAlready
        away = Away.objects.create(
            person=current, starts=starts, ends=ends, where=Away.Where(where), noted_by=by.name[:160], made_at=at,
            owners=sorted(str(o) for o in by.owners),
        )  # fmt: skip
        record("persons.away", Ref("person", current.id), by=by, at=at)
        publish(PersonAway(away_id=away.id, person_id=current.id), at=at)
    return away


def change_away(*, away: Away, ends: dt.date | None, by: Viewer, at: dt.datetime) -> Away:
    """Set another last day, or none; what is open in the days that are new is held too."""
    with transaction.atomic():
        current = _standing(away, by)
        if ends and (ends < current.starts or ends < wall(at).date()):
            raise BackwardsDays
        current.ends = ends
        current.save(update_fields=["ends"])
        record("persons.away_changed", Ref("person", current.person_id), by=by, at=at)
        publish(PersonAway(away_id=current.id, person_id=current.person_id), at=at)
    return current


def note_back(*, away: Away, by: Viewer, at: dt.datetime) -> Away:
    """Note that a person is back, or never was away: what was held goes on where it was."""
    with transaction.atomic():
        current = _standing(away, by)
        current.ended_at, current.ended_by = at, by.name[:160]
        current.save(update_fields=["ended_at", "ended_by"])
        record("persons.back", Ref("person", current.person_id), by=by, at=at)
        publish(PersonBack(away_id=current.id, person_id=current.person_id), at=at)
    return current


def _standing(away: Away, by: Viewer) -> Away:
    current = Away.objects.select_for_update(of=("self",)).select_related("person").get(id=away.id)
    if not may_change(by, current.person):
        raise NotYours
    if current.ended_at:
        raise NotAway
    return current
