"""Messages that wait for a person become to-dos, and go when they no longer wait; an owner that left has none."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_scope
from samtun.foundation.viewer import Permission
from samtun.kernel.refs import Ref
from samtun.notifications.messages.events import PersonNeeded, PersonNoLongerNeeded
from samtun.partners.organisations.events import OrganisationLeft
from samtun.work.todos.actions import close_all_of, close_todos, open_todo

KIND = "message"


@receives(PersonNeeded)
def open_for_a_person(payload: dict[str, str], at: dt.datetime) -> None:
    """Put on the desk that a message needs a hand: a call, a letter, an unknown fate, a text to read."""
    owner = payload["owner"] or Owner.objects.filter(kind=Owner.Kind.MUNICIPALITY).values_list("id", flat=True).first()
    if owner:
        open_todo(
            ref=Ref(KIND, uuid.UUID(payload["message_id"])), reason=payload["why"], about="", at=at,
            due=dt.datetime.fromisoformat(payload["due"]), owner=uuid.UUID(str(owner)),
            audience=Permission.HANDLE_MESSAGES,
        )  # fmt: skip


@receives(PersonNoLongerNeeded)
def close_for_a_person(payload: dict[str, str], at: dt.datetime) -> None:
    """Take it off the desk again."""
    close_todos(
        ref=Ref(KIND, uuid.UUID(payload["message_id"])), by=current_scope().viewer, at=at, reasons=(payload["why"],)
    )


@receives(OrganisationLeft)
def close_for_good(payload: dict[str, str], at: dt.datetime) -> None:
    """Close what was due for an organisation that left: nobody sees its desk any more."""
    close_all_of(owner=uuid.UUID(payload["owner"]), by=current_scope().viewer, at=at)
