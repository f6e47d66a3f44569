"""What may change about how one signs up while somebody stands on a list, and who may open a closed one (R56)."""

import datetime as dt
import uuid
from collections.abc import Collection

from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.operation.activities.enums import SignUp
from samtun.operation.activities.models import Activity, Occurrence, Turn
from samtun.operation.activities.rules import WHOLE, on_lists
from samtun.partners.catalogue.rules import publishes_for


class ListStaysClosed(Refused):
    """Somebody has a place on this closed list, and it stays closed. End this and write a new one instead."""


class OnlyThoseWhoHoldIt(Refused):
    """The list is closed: only those who hold it change how one signs up, and who hosts. Ask them to do it."""


class SignedUpOtherwise(Refused):
    """Somebody is signed up as it is now, or was the last two weeks. End this and write a new one: no list is lost."""


def keep_lists(
    activity: Activity, *, sign_up: SignUp, is_listed: bool, hosts: Collection[uuid.UUID], by: Viewer, at: dt.datetime
) -> None:  # fmt: skip
    """Refuse what would open a closed list to others, or lose who is signed up; under the lock on the activity."""
    if activity.is_closed and not publishes_for(by, activity.owner_id):
        hosted = Turn.objects.filter(activity=activity, host__isnull=False).values_list("host", flat=True)
        stands = (SignUp(activity.sign_up), activity.is_listed, set(hosted))
        if (sign_up, is_listed, set(hosts)) != stands:
            raise OnlyThoseWhoHoldIt
    was_given, was_whole = activity.sign_up == SignUp.ALLOCATED, activity.sign_up in WHOLE
    opens = was_given and (sign_up != SignUp.ALLOCATED or (is_listed and not activity.is_listed))
    if not opens and (sign_up in WHOLE) == was_whole:
        return
    coming = Occurrence.objects.select_for_update(of=("self",)).filter(activity=activity, ends_at__gt=at)
    list(coming.values_list("id", flat=True))  # who is just now signing up for one of them is let through first
    stand = on_lists(activity.id, at)
    if opens and stand.whole:
        raise ListStaysClosed
    if (sign_up in WHOLE) != was_whole and (stand.whole if was_whole else stand.single):
        raise SignedUpOtherwise
