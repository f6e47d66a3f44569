"""How many stand on the lists of an activity, for the room below: it changes nothing by which they would be lost."""

import datetime as dt
import uuid

from samtun.operation.activities.rules import OnLists
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.rules import COUNTED_AFTER, TOLD


def count_lists(activity: uuid.UUID, at: dt.datetime) -> OnLists:
    """Return how many have a place or are in line: for single times until the cashier is done with them, and whole."""
    rows = Registration.objects.filter(activity=activity, state__in=TOLD, erased_at=None)
    single = rows.filter(occurrence__ends_at__gt=at - COUNTED_AFTER)
    return OnLists(single=single.count(), whole=rows.filter(occurrence=None).count())
