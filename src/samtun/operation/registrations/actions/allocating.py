"""Places that the municipality gives out: who gives them, and a closed list that only they and the host see (R56)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities.enums import SignUp
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.actions.signing import NO_GEAR, NO_RIDE, Comer, Gear, Ride, sign_up
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Allocation, Registration
from samtun.operation.registrations.queries.door import municipal_owners
from samtun.partners.catalogue.rules import publishes_for
from samtun.people.persons.models import Person


class NotMunicipal(Refused):
    """Places on a closed list are given out by the municipality or a unit of it. Choose one of those."""


class NotClosed(Refused):
    """Here people sign up themselves. Write on the activity that the municipality gives out the places first."""


class AskGuardian(Refused):
    """Ask a parent or guardian first, and tick that they have said yes."""


def name_allocator(*, activity: Activity, owner: Owner, by: Viewer, at: dt.datetime) -> Allocation:
    """Name the unit of the municipality that gives out the places of an activity."""
    with transaction.atomic():
        found = Activity.objects.select_for_update(of=("self",)).get(id=activity.id)
        if not publishes_for(by, found.owner_id):
            raise NotYours
        if found.sign_up != SignUp.ALLOCATED:
            raise NotClosed
        if owner not in municipal_owners():
            raise NotMunicipal
        made, _fresh = Allocation.objects.update_or_create(activity=found, defaults={"owner": owner, "made_at": at})
        record("registrations.allocator", Ref("programme", found.id), by=by, at=at, owner=owner.name)
    return made


def give_place(
    *, occurrence: Occurrence, contact: Person, comers: Sequence[Comer], sent_key: str, by: Viewer, at: dt.datetime,
    guardian_said_yes: bool = False, ride: Ride = NO_RIDE, gear: Gear = NO_GEAR,
) -> list[Registration]:  # fmt: skip
    """Give places on a closed list; no child gets one before its guardian, who is the contact, has said yes to it.

    That they did is kept as an event alone. Of a child no more than a name is written.
    """
    children = any(one.is_child for one in comers)
    if children and not guardian_said_yes:
        raise AskGuardian
    with transaction.atomic():
        rows = sign_up(
            occurrence=occurrence, contact=contact, comers=comers, sent_key=sent_key, via=Via.GIVEN, by=by, at=at,
            ride=ride, gear=gear,
        )  # fmt: skip
        if children and rows[0].made_at == at:
            record("registrations.guardian_yes", Ref("occurrence", occurrence.id), by=by, at=at)
    return rows


def gives_for(viewer: Viewer, activity: uuid.UUID) -> bool:
    """Tell whether somebody gives out the places of an activity."""
    owner = Allocation.objects.filter(activity=activity).values_list("owner", flat=True).first()
    return owner is not None and publishes_for(viewer, owner)
