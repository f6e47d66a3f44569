"""A death is noted in one act, and everything to or about the person stops in its transaction (R113, ADR 20)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import Hushed, hush, unhush
from samtun.people.persons.events import DeathTakenBack, PersonDied, StandsAgain
from samtun.people.persons.models import Passing, Person, Stilled
from samtun.people.persons.queries import everyone_of
from samtun.people.persons.rules import UNDO, may_note_death, may_take_back


class AlreadyNoted(Refused):
    """This has been noted already. Look at what stands."""


class DayAhead(Refused):
    """That day has not been. Choose today or an earlier day, or leave it empty."""


class NotAnyMore(Refused):
    """This can no longer be taken back here. Ring whoever runs the system if it is wrong."""


def note_death(
    *, person: Person, by: Viewer, at: dt.datetime, died_on: dt.date | None = None, rings: str = ""
) -> Passing:
    """Note that a person has died; `rings` is the name of the one here who rings those concerned.

    Whoever knows the person may do it, and it holds for all. What is stopped is written down, so that a mistake can be
    undone exactly.
    """
    if not may_note_death(by, person):
        raise NotYours
    if died_on and died_on > wall(at).date():
        raise DayAhead
    with transaction.atomic():
        current = Person.objects.select_for_update(of=("self",)).get(id=person.id)
        if current.death_known_at:
            raise AlreadyNoted
        everyone = everyone_of(current.id)
        Person.objects.filter(id__in=everyone).update(died_on=died_on, death_known_at=at)
        passing = Passing.objects.create(
            person=current, died_on=died_on, known_at=at, noted_by=by.who,
            rings=(rings.strip() or by.name)[:120], owners=sorted(str(o) for o in by.owners),
        )  # fmt: skip
        note_stilled(passing.id, hushed=hush(persons=everyone, at=at))
        record("persons.died", Ref("person", current.id), by=by, at=at)
        publish(PersonDied(passing_id=passing.id, person_id=current.id), at=at)
    person.died_on, person.death_known_at = died_on, at
    return passing


def note_stilled(
    passing: uuid.UUID, *, kind: str = "", before: Mapping[uuid.UUID, dict[str, Any]] | None = None,
    hushed: list[Hushed] | None = None,
) -> None:  # fmt: skip
    """Write down what a death has stopped, with what it was before: keys and codes only."""
    rows = [(kind, key, was) for key, was in (before or {}).items()]
    rows += [(h.kind, h.id, h.before) for h in hushed or []]
    Stilled.objects.bulk_create(
        Stilled(passing_id=passing, ref_kind=what, ref_id=key, before=was) for what, key, was in rows
    )


def take_back_death(*, passing: Passing, by: Viewer, at: dt.datetime) -> Passing:
    """Undo a death noted by mistake, within thirty days: all that was stopped comes back where its time has not passed.

    Messages whose time has passed are not sent; `Stilled.came_back` is False for them, and the desk is told which.
    Rooms bring back their own first; then, on a second event, what leans on what other rooms have brought back.
    """
    with transaction.atomic():
        current = Passing.objects.select_for_update(of=("self",)).select_related("person").get(id=passing.id)
        if not may_take_back(by, current):
            raise NotYours
        if current.undone_at or at - current.known_at > UNDO:
            raise NotAnyMore
        current.undone_at, current.undone_by = at, by.name[:160]
        current.save(update_fields=["undone_at", "undone_by"])
        everyone = everyone_of(current.person_id)
        Person.objects.filter(id__in=everyone).update(died_on=None, death_known_at=None)
        stilled = Stilled.objects.filter(passing=current, ref_kind__in=["message", "question"]).order_by("id")
        was = [Hushed(kind=s.ref_kind, id=s.ref_id, before=s.before) for s in stilled]
        back = unhush(was, at=at)
        bring_back(current.id, kinds=("message", "question"), back=back)
        record("persons.death_taken_back", Ref("person", current.person_id), by=by, at=at)
        publish(DeathTakenBack(passing_id=current.id, person_id=current.person_id), at=at)
        publish(StandsAgain(passing_id=current.id, person_id=current.person_id), at=at)
    return current


def bring_back(passing: uuid.UUID, *, kinds: tuple[str, ...], back: set[uuid.UUID]) -> None:
    """Write down which of the things that were stopped have come back, and which have not."""
    rows = Stilled.objects.filter(passing=passing, ref_kind__in=kinds)
    rows.filter(ref_id__in=back).update(came_back=True)
    rows.exclude(ref_id__in=back).update(came_back=False)
