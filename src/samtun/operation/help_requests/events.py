"""What happened to a help request."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAgreed(Event):
    """Two people have agreed to meet."""

    name: ClassVar[str] = "help_requests.agreed"
    match_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDone(Event):
    """A task was done, told by someone or by time."""

    name: ClassVar[str] = "help_requests.done"
    match_id: uuid.UUID
