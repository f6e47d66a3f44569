"""Messages that wait for a person become to-dos, and go when they no longer wait; an owner that left has none."""

import datetime as dt
import uuid

from django.utils import translation

from samtun.foundation import recipients
from samtun.foundation.events import receives
from samtun.foundation.models import Municipality, Owner
from samtun.foundation.notices import notice_of
from samtun.foundation.scope import current_scope, current_tenant
from samtun.foundation.templatetags.ui import initials
from samtun.foundation.viewer import Permission
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref
from samtun.notifications.messages.events import PersonNeeded, PersonNoLongerNeeded
from samtun.notifications.messages.models import Message
from samtun.partners.catalogue.events import SeenTo, SomebodyNeeded
from samtun.partners.catalogue.queries import about_of
from samtun.partners.organisations.events import MembershipEnded, OpeningChanged, OrganisationLeft
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_all_of, close_todos, open_todo, wait_until_open

KIND = "message"


@receives(PersonNeeded, same_transaction=True)
def open_for_a_person(payload: dict[str, str], at: dt.datetime) -> None:
    """Put on the desk that a message needs a hand: a call, a letter, an unknown fate, a text to read."""
    if not _is_for_the_desk(uuid.UUID(payload["message_id"])):
        return
    owner = payload["owner"] or Owner.objects.filter(kind=Owner.Kind.MUNICIPALITY).values_list("id", flat=True).first()
    if owner:
        hours = opening_hours_of(uuid.UUID(str(owner)))
        open_todo(
            ref=Ref(KIND, uuid.UUID(payload["message_id"])), reason=payload["why"], at=at,
            about=_about(uuid.UUID(payload["message_id"])),
            due=hours.after_days(wall(dt.datetime.fromisoformat(payload["due"])), 0), owner=uuid.UUID(str(owner)),
            audience=Permission.HANDLE_MESSAGES,
        )  # fmt: skip


def _is_for_the_desk(message_id: uuid.UUID) -> bool:
    """Tell whether a message is the desk's to handle; the other kinds wait on a list that their own room has."""
    kind = Message.objects.filter(id=message_id).values_list("notice", flat=True).first()
    return kind is None or notice_of(kind).handled_by == Permission.HANDLE_MESSAGES


def _about(message_id: uuid.UUID) -> str:
    """A few neutral words in the municipality's language: what the message is, and the initials of whom it is for."""
    message = Message.objects.filter(id=message_id).first()
    if message is None:
        return ""
    to = recipients.resolve(message.to_person) if message.to_person else None
    with translation.override(Municipality.objects.get(id=current_tenant()).language):
        title = str(notice_of(message.notice).title)
    return " · ".join(part for part in (title[:90], initials(to.name) if to else "") if part)[:120]


@receives(PersonNoLongerNeeded, same_transaction=True)
def close_for_a_person(payload: dict[str, str], at: dt.datetime) -> None:
    """Take it off the desk again, at once: nobody rings about what has been called off (ADR 13)."""
    close_todos(
        ref=Ref(KIND, uuid.UUID(payload["message_id"])), by=current_scope().viewer, at=at, reasons=(payload["why"],)
    )


@receives(SomebodyNeeded, same_transaction=True)
def open_for_the_catalogue(payload: dict[str, str], at: dt.datetime) -> None:
    """Put on the desk that who publishes is to be checked, or that something that is on offer is to be looked at."""
    owner = uuid.UUID(payload["owner"])
    ref = Ref(payload["ref_kind"], uuid.UUID(payload["ref_id"]))
    open_todo(
        ref=ref, reason=payload["why"], at=at, about=about_of(ref.kind, ref.id), owner=owner,
        due=dt.datetime.fromisoformat(payload["due"]), audience=Permission.PUBLISH,
    )  # fmt: skip


@receives(SeenTo, same_transaction=True)
def close_for_the_catalogue(payload: dict[str, str], at: dt.datetime) -> None:
    """Take it off the desk again, at once (ADR 13)."""
    ref = Ref(payload["ref_kind"], uuid.UUID(payload["ref_id"]))
    close_todos(ref=ref, by=current_scope().viewer, at=at, reasons=(payload["why"],))


@receives(OrganisationLeft)
def close_for_good(payload: dict[str, str], at: dt.datetime) -> None:
    """Close what was due for an organisation that left: nobody sees its desk any more."""
    close_all_of(owner=uuid.UUID(payload["owner"]), by=current_scope().viewer, at=at)


@receives(OpeningChanged)
def wait_for_somebody(payload: dict[str, str], at: dt.datetime) -> None:
    """Let what is due on days when nobody is there wait until somebody is."""
    wait_until_open(owner=uuid.UUID(payload["owner"]), at=at)


@receives(MembershipEnded)
def wait_when_the_cover_goes(payload: dict[str, str], at: dt.datetime) -> None:
    """Let it wait, too, when the one who stepped in no longer does."""
    membership = Membership.objects.select_related("organisation").filter(id=uuid.UUID(payload["membership"])).first()
    if membership:
        wait_until_open(owner=membership.organisation.owner_id, at=at)
