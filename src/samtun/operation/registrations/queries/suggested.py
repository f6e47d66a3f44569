"""What a unit has suggested to whom: its own list, and nobody else's."""

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.registrations.models import Suggestion
from samtun.operation.registrations.rules import may_suggest

MOST = 100


def suggested(viewer: Viewer) -> list[tuple[Suggestion, bool]]:
    """Return what the viewer's unit has suggested, the newest first, and whether the text could not be delivered."""
    if not may_suggest(viewer):
        raise NotYours
    rows = Suggestion.objects.filter(owner__in=viewer.owners).select_related("person", "occurrence")
    found = list(rows.order_by("-made_at", "-id")[:MOST])
    lost = Message.objects.filter(
        ref_kind="suggestion", ref_id__in=[one.id for one in found],
        state__in=[Message.State.FAILED, Message.State.UNKNOWN, Message.State.CANCELLED],
    )  # fmt: skip
    missing = set(lost.values_list("ref_id", flat=True))
    return [(one, one.id in missing) for one in found]
