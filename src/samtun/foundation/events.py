"""Facts that rooms above react to: a row in the act's transaction, each receiver once as a job (decisions 8)."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction

from samtun.foundation.jobs import defer
from samtun.foundation.models.runtime import EventDelivery, EventRow
from samtun.kernel import clock


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact. Fields are keys and short codes only."""

    name: ClassVar[str] = ""

    def payload(self) -> dict[str, str]:
        """Return the fields as text."""
        return {f.name: str(getattr(self, f.name)) for f in dataclasses.fields(self)}


type Receiver = Callable[[dict[str, str], dt.datetime], None]
_receivers: dict[str, dict[str, tuple[Receiver, bool]]] = {}


def receives(event: type[Event], *, same_transaction: bool = False) -> Callable[[Receiver], Receiver]:
    """Register a receiver `(payload, at)`. `same_transaction` only where it must hold at once, listed in an ADR."""

    def register(function: Receiver) -> Receiver:
        name = f"{function.__module__}.{function.__qualname__}"
        _receivers.setdefault(event.name, {})[name] = (function, same_transaction)
        return function

    return register


def publish(event: Event, *, at: dt.datetime) -> None:
    """Write the event and see that each receiver gets it."""
    row = EventRow.objects.create(name=event.name, payload=event.payload(), at=at)
    for name, (function, same_transaction) in _receivers.get(event.name, {}).items():
        if same_transaction:
            function(row.payload, at)
        else:
            defer("foundation.deliver_event", event_id=row.id, receiver=name)


def deliver(event_id: uuid.UUID, receiver: str) -> bool:
    """Run one receiver for one event, once; False when it has been done before."""
    row = EventRow.objects.get(id=event_id)
    function, _ = _receivers[row.name][receiver]
    with transaction.atomic():
        _, fresh = EventDelivery.objects.get_or_create(event=row, receiver=receiver, defaults={"done_at": clock.now()})
        if fresh:
            function(row.payload, clock.now())
    return fresh


def receivers_of(event: type[Event]) -> dict[str, Any]:
    """Return the registered receivers of an event, by name."""
    return dict(_receivers.get(event.name, {}))
