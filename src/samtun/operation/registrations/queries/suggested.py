"""What a unit has suggested to whom, and what it must ring or post for it: its own list, and nobody else's."""

import uuid
from dataclasses import dataclass

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.registrations.models import Suggestion
from samtun.operation.registrations.rules import may_suggest

MOST = 100
BY_HAND = (Message.Channel.CALL, Message.Channel.LETTER)
TROUBLED = (Message.State.FAILED, Message.State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """One suggestion, and the message about it."""

    suggestion: Suggestion
    message: Message | None

    @property
    def waits(self) -> str:
        """Return what the unit must do: "call" or "letter"; "lost" when it did not arrive; empty when it goes well."""
        if self.message is None:
            return ""
        if self.message.state == Message.State.PENDING and self.message.channel in BY_HAND:
            return str(self.message.channel)
        is_lost = self.message.state in {*TROUBLED, Message.State.CANCELLED}
        return "lost" if is_lost else ""

    @property
    def is_open(self) -> bool:
        """Tell whether somebody can still do something about it."""
        if self.message is None or self.waits == "":
            return False
        return self.message.state != Message.State.CANCELLED and self.message.settled_at is None


def suggested(viewer: Viewer) -> list[Told]:
    """Return what the viewer's unit has suggested, the newest first, each with what became of the message."""
    if not may_suggest(viewer):
        raise NotYours
    rows = Suggestion.objects.filter(owner__in=viewer.owners).select_related("person", "occurrence")
    found = list(rows.order_by("-made_at", "-id")[:MOST])
    sent = Message.objects.filter(ref_kind="suggestion", ref_id__in=[one.id for one in found])
    last = {message.ref_id: message for message in sent.order_by("made_at", "id")}
    return [Told(one, last.get(one.id)) for one in found]


def one_suggested(viewer: Viewer, suggestion: uuid.UUID) -> Told:
    """Return one of the unit's suggestions that waits for a hand; NotYours otherwise."""
    found = next((told for told in suggested(viewer) if told.suggestion.id == suggestion), None)
    if found is None or not found.is_open:
        raise NotYours
    return found


def channel_of(suggestion: Suggestion) -> str:
    """Return by which channel somebody hears of what was suggested to them."""
    sent = Message.objects.filter(ref_kind="suggestion", ref_id=suggestion.id).order_by("made_at", "id")
    return str(sent.values_list("channel", flat=True)[0])


def number_to_tell(viewer: Viewer) -> int:
    """Return how many letters and calls about suggestions wait with the viewer's unit."""
    if not may_suggest(viewer):
        return 0
    waiting = Message.objects.filter(owner__in=viewer.owners, ref_kind="suggestion", channel__in=BY_HAND)
    return waiting.filter(state=Message.State.PENDING).count()
