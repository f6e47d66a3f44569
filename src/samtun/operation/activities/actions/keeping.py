"""What stands is kept true: its owner says so again each half year."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities.actions.making import TRUE_FOR, end
from samtun.operation.activities.enums import ActivityState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.rules import writes_for
from samtun.partners.catalogue.actions.reporting import seen
from samtun.partners.catalogue.actions.right import ask_still_right, settle_without_asking
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.organisations.queries import opening_hours_of, receiving_owner

MOST_AT_ONCE = 200
KEPT = dt.timedelta(days=550)
"""So long who met people at the door is kept after the last time: last year's feast is made anew from it."""


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
            settle_without_asking(ref=Ref("programme", found.id), answer=StillRight.YES, by=by, at=at)
    return found


def ask_about_due(*, by: Viewer, at: dt.datetime) -> int:
    """Ask about what has stood for half a year without anybody saying that it is right; return how many."""
    if not by.is_system:
        raise NotYours
    there, today = receiving_owner(), wall(at).date()
    if there is None or not opening_hours_of(there.id).is_open(wall(at)):
        return 0
    rows = Activity.objects.filter(state=ActivityState.OPEN, true_until__lte=today).exclude(repeat="once")
    found = list(rows.select_related("owner").order_by("true_until", "id")[:MOST_AT_ONCE])
    for row in found:
        path = reverse("programme_change", args=[row.id])
        ask_still_right(ref=Ref("programme", row.id), owner=row.owner, title=row.title, path=path, by=by, at=at)
    return len(found)


def answered(*, activity: uuid.UUID, answer: StillRight, by: Viewer, at: dt.datetime) -> None:
    """Take what whoever answers for an activity said of it: still right, or no longer held."""
    row = Activity.objects.filter(id=activity).first()
    if row is None or row.state != ActivityState.OPEN:
        return
    if answer == StillRight.YES:
        confirm(activity=row, by=by, at=at)
    elif answer == StillRight.ENDED:
        end(activity=row, by=by, at=at)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """End all that an organisation which has left had in the programme; those who come hear it."""
    if not by.is_system or owner.left_on is None:
        raise NotYours
    with transaction.atomic():
        for row in Activity.objects.filter(owner=owner).exclude(state=ActivityState.ENDED).order_by("id"):
            end(activity=row, by=by, at=at)


def let_stand(*, activity: Activity, words: str, by: Viewer, at: dt.datetime) -> Activity:
    """Let an activity stand after somebody at the centre has looked at what was said of it."""
    with transaction.atomic():
        seen(ref=Ref("programme", activity.id), words=words, by=by, at=at)
        record("activities.let_stand", Ref("programme", activity.id), by=by, at=at)
    return activity


def forget_the_door(*, by: Viewer, at: dt.datetime) -> int:
    """Erase who met people at the door, a year and a half after the last time; return of how many activities."""
    if not by.is_system:
        raise NotYours
    before = at - KEPT
    with transaction.atomic():
        hosts = Occurrence.objects.filter(ends_at__lt=before).exclude(staff_host="").update(staff_host="")
        later = Occurrence.objects.filter(activity=OuterRef("id"), ends_at__gte=before)
        old = Activity.objects.filter(~Exists(later), made_at__lt=before, erased_at=None)
        number = old.update(meets_name="", meets_phone="", made_by="", erased_at=at)
        if number or hosts:
            record("activities.forget", Ref("municipality", by.tenant), by=by, at=at, number=number, hosts=hosts)
    return number
