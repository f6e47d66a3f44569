"""Who may open a closed list, and when nobody may (R56)."""

import datetime as dt
import uuid
from collections.abc import Collection

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.operation.activities.enums import SignUp
from samtun.operation.activities.models import Activity, Occurrence, Turn
from samtun.operation.activities.rules import is_closed, on_lists, writes_for


class ListStaysClosed(Refused):
    """Somebody has a place on this closed list, and it stays closed. End this and write a new one instead."""


class OnlyThoseWhoHoldIt(Refused):
    """The list is closed: only those who hold it change how one signs up, and who hosts. Ask them to do it."""


def keep_lists(
    activity: Activity, *, sign_up: SignUp, is_listed: bool, hosts: Collection[uuid.UUID], by: Viewer, at: dt.datetime
) -> None:  # fmt: skip
    """Refuse what would open a closed list to others; under the lock on the activity."""
    if is_closed(activity) and not writes_for(by, activity.owner_id):
        hosted = Turn.objects.filter(activity=activity, host__isnull=False).values_list("host", flat=True)
        stands = (SignUp(activity.sign_up), activity.is_listed, set(hosted))
        if (sign_up, is_listed, set(hosts)) != stands:
            raise OnlyThoseWhoHoldIt
    was_given = activity.sign_up == SignUp.ALLOCATED
    opens = was_given and (sign_up != SignUp.ALLOCATED or (is_listed and not activity.is_listed))
    if not opens:
        return
    coming = Occurrence.objects.select_for_update(of=("self",)).filter(activity=activity, ends_at__gt=at)
    list(coming.values_list("id", flat=True))  # who is just now signing up for one of them is let through first
    if on_lists(activity.id, at).whole:
        raise ListStaysClosed
