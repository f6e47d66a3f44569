"""What happened to a help request."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from samtun.foundation.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpAgreed(Event):
    """Two people have agreed to meet. `via` is how the one who asked said yes."""

    name: ClassVar[str] = "help_requests.agreed"
    match_id: uuid.UUID
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDone(Event):
    """A task was done, told by someone or by time."""

    name: ClassVar[str] = "help_requests.done"
    match_id: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorSaid(Event):
    """A visitor has said whether they go on visiting where the person is now."""

    name: ClassVar[str] = "help_requests.visitor_said"
    call_id: uuid.UUID
