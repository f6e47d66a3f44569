"""What happens in a person's life that others must act on."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDied(Event):
    """A person has died: all that is to or about them stops, in this transaction."""

    name: ClassVar[str] = "persons.died"
    passing_id: uuid.UUID
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathTakenBack(Event):
    """It was a mistake: what was stopped comes back where its time has not passed."""

    name: ClassVar[str] = "persons.death_taken_back"
    passing_id: uuid.UUID
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsAgain(Event):
    """What each room had stopped has come back: now what leans on other rooms' things may, in the same transaction."""

    name: ClassVar[str] = "persons.stands_again"
    passing_id: uuid.UUID
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAway(Event):
    """A person is away from a day, or the last day was changed: what is open meanwhile is held, in this transaction."""

    name: ClassVar[str] = "persons.away"
    away_id: uuid.UUID
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonBack(Event):
    """A person is back: what was held goes on."""

    name: ClassVar[str] = "persons.back"
    away_id: uuid.UUID
    person_id: uuid.UUID
