"""When help is done: the receipt, and names for the week."""

import datetime as dt
import uuid

from samtun.foundation.events import receives
from samtun.foundation.scope import current_scope
from samtun.operation.help_requests.events import HelpDone
from samtun.operation.help_requests.models import Match
from samtun.operation.recognition import actions


@receives(HelpDone)
def thank(payload: dict[str, str], at: dt.datetime) -> None:
    """Send the receipt and see that the week has names."""
    match = Match.objects.select_related("volunteer", "volunteer__host").get(id=uuid.UUID(payload["match_id"]))
    by = current_scope().viewer
    actions.send_receipt(match=match, by=by, at=at)
    actions.draw_names(owner=match.volunteer.host, by=by, at=at)
