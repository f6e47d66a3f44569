"""What became of it, told to those who asked for another: the employee who passed it on, and the next of kin."""

import datetime as dt

from samtun.foundation.viewer import Viewer
from samtun.notifications.messages.actions import queue_to_address
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.notices import AskerHeard
from samtun.operation.referrals.queries import was_passed_on
from samtun.partners.organisations.queries import speaks_for

IN_PLACE = frozenset({RequestState.AGREED, RequestState.DONE, RequestState.LASTING})


def tell_asker(request: HelpRequest, state: RequestState, *, by: Viewer, at: dt.datetime) -> None:
    """Tell one who asked for another what became of it, on the number they gave: that, and nothing about the person.

    That it is in place is said once. The words are read when it is sent, so what waits is not put in again.
    """
    if not request.asker_hears or request.recipient.is_dead or was_passed_on(request.id):
        return
    told = Message.objects.filter(notice=AskerHeard.key, ref_kind="help_request", ref_id=request.id)
    if told.filter(state=Message.State.PENDING).exists():
        return
    if state in IN_PLACE and told.exclude(state=Message.State.CANCELLED).exists():
        return
    queue_to_address(
        notice=AskerHeard, ref_kind="help_request", ref_id=request.id, owner=speaks_for(request.owner), at=at
    )
