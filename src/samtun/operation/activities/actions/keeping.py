"""What stands is kept true: its owner says so again each half year. Last year's feasts become this year's drafts."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities.actions.making import TRUE_FOR, Told, write
from samtun.operation.activities.enums import ActivityState
from samtun.operation.activities.models import Activity
from samtun.operation.activities.rules import writes_for
from samtun.partners.organisations.queries import receiving_owner


def confirm(*, activity: Activity, by: Viewer, at: dt.datetime) -> Activity:
    """Note that what stands is still right, for another half year."""
    centre = receiving_owner()
    with transaction.atomic():
        found = Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
        if not writes_for(by, found.owner_id, centre=centre.id if centre else None):
            raise NotYours
        if found.state == ActivityState.OPEN:
            found.true_until = wall(at).date() + TRUE_FOR
            found.save(update_fields=["true_until"])
            record("activities.confirm", Ref("programme", found.id), by=by, at=at)
    return found


def another_year(*, activity: Activity, told: Told, sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Activity:
    """Pencil in last year's activity for this year: its words stand, its date is the one given."""
    return write(owner=activity.owner, told=told, sent_key=sent_key, by=by, at=at, pencil=True, year_of=activity)
