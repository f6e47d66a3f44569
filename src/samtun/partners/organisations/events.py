"""Facts about organisations."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationLeft(Event):
    """An organisation has left with its own: its volunteers are not asked any more through it."""

    name: ClassVar[str] = "partners_organisations.left"
    owner: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEnded(Event):
    """Somebody no longer acts for an organisation."""

    name: ClassVar[str] = "partners_organisations.membership_ended"
    membership: uuid.UUID
    person: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningChanged(Event):
    """The days when somebody is there are others than before: a week written anew, closed days, a leave."""

    name: ClassVar[str] = "partners_organisations.opening_changed"
    owner: uuid.UUID
