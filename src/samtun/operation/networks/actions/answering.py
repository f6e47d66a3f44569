"""A wish that is answered by what is there for everyone."""

import datetime as dt

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.activities.models import Activity
from samtun.operation.activities.queries import regular
from samtun.operation.help_requests.actions import met_otherwise
from samtun.operation.help_requests.enums import SEEKING
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.rules import may_handle
from samtun.operation.networks.models import Answered
from samtun.operation.networks.notices import ComeAlong


class NoLongerThere(Refused):
    """This activity no longer stands among those that are there."""


class NotOpenToAnswer(Refused):
    """This wish is not waiting for anyone now. Look at what stands."""


class AnsweredAlready(Refused):
    """This wish has been answered with an ordinary activity already."""


def still_there(activity: Activity, *, by: Viewer, at: dt.datetime) -> Activity:
    """Return an activity as it stands now, held until the act is done; NoLongerThere when one cannot just come."""
    Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
    found = regular(by, on=wall(at).date()).filter(id=activity.id).first()
    if found is None:
        raise NoLongerThere
    return found


def answer_with(
    *, request: HelpRequest, activity: Activity, with_company: bool, by: Viewer, at: dt.datetime
) -> Answered:
    """Answer a wish with an ordinary activity: the person hears who meets them, when and where.

    With company the first time the wish stays open, and somebody is found to come along.
    """
    if not may_handle(by, request):
        raise NotYours
    try:
        with transaction.atomic():
            current = still_there(activity, by=by, at=at)
            if request.state not in SEEKING:
                raise NotOpenToAnswer
            made = Answered.objects.create(
                owner_id=request.owner_id, request=request, activity=current, with_company=with_company, made_at=at,
                made_by=by.name[:160],
            )  # fmt: skip
            record("networks.answered", Ref("help_request", request.id), by=by, at=at, what=current.title)
            if not with_company:
                met_otherwise(request=request, words=current.title, by=by, at=at)
            queue(
                notice=ComeAlong, ref_kind="answered", ref_id=made.id, to=request.recipient_id,
                owner=request.owner_id, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as fault:
        raise AnsweredAlready from fault
    return made
