"""Places that the municipality gives out: who gives them, and a closed list that only they and the host see (R56)."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities.enums import SignUp
from samtun.operation.activities.models import Activity
from samtun.operation.activities.rules import writes_for
from samtun.operation.registrations.models import Allocation
from samtun.partners.organisations.models import Organisation

MUNICIPAL = (Organisation.Kind.MUNICIPALITY, Organisation.Kind.UNIT)


class NotMunicipal(Refused):
    """Places on a closed list are given out by the municipality or a unit of it. Choose one of those."""


class NotClosed(Refused):
    """Here people sign up themselves. Write on the activity that the municipality gives out the places first."""


def name_allocator(*, activity: Activity, owner: Owner, by: Viewer, at: dt.datetime) -> Allocation:
    """Name the unit of the municipality that gives out the places of an activity."""
    with transaction.atomic():
        found = Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
        if not writes_for(by, found.owner_id):
            raise NotYours
        if found.sign_up != SignUp.ALLOCATED:
            raise NotClosed
        if not Organisation.objects.filter(owner=owner, kind__in=MUNICIPAL, owner__left_on=None).exists():
            raise NotMunicipal
        made, _fresh = Allocation.objects.update_or_create(activity=found, defaults={"owner": owner, "made_at": at})
        record("registrations.allocator", Ref("programme", found.id), by=by, at=at, owner=owner.name)
    return made


def gives_for(viewer: Viewer, activity: uuid.UUID) -> bool:
    """Tell whether somebody gives out the places of an activity."""
    owner = Allocation.objects.filter(activity=activity).values_list("owner", flat=True).first()
    return owner is not None and writes_for(viewer, owner)
