"""What an owner takes out of this room: who comes to what it holds. How somebody pays is theirs alone."""

import uuid

from django.db.models import QuerySet

from samtun.foundation import exports
from samtun.operation.registrations.models import (
    Allocation,
    Attendance,
    Minimum,
    OneTime,
    Registration,
    Suggestion,
    Till,
)

SIGNED_UP = (
    "id", "activity_id", "occurrence_id", "group", "number", "contact_id", "name", "is_first_time", "is_child",
    "borrows_gear", "gear_size", "wants_ride",
    "ride_from__name", "state", "at_short_notice", "via", "made_by", "made_at", "settled_at",
)  # fmt: skip
CAME = ("registration_id", "occurrence_id", "answer", "came", "noted_at")
ENOUGH = ("occurrence_id", "is_reached", "runs_anyway", "looked_at")
ONCE = ("registration_id", "occurrence_id", "state", "until", "offered_at")
SUGGESTED = ("id", "person_id", "occurrence__title", "occurrence__on", "made_by", "made_at")
GIVES = ("activity_id", "owner_id", "made_at")
TILL = ("owner_id", "number", "clips", "price")


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all who come to what an owner holds. Of a closed list also for whoever gives out its places.

    Clip cards, what has come in and how many paid in each way are no part of it: whoever takes it out is no cashier.
    """
    rows = Registration.objects.filter(activity__owner=owner) | _given(owner)
    found = list(rows.order_by("id").values_list(*SIGNED_UP))
    place = SIGNED_UP.index("contact_id")
    came = Attendance.objects.filter(registration__in=rows).order_by("id").values_list(*CAME)
    once = OneTime.objects.filter(registration__in=rows).order_by("id").values_list(*ONCE)
    enough = Minimum.objects.filter(occurrence__activity__owner=owner).order_by("id").values_list(*ENOUGH)
    gives = Allocation.objects.filter(activity__owner=owner) | Allocation.objects.filter(owner=owner)
    told = list(Suggestion.objects.filter(owner=owner).order_by("id").values_list(*SUGGESTED))
    return [
        exports.Table("registrations", SIGNED_UP, found, frozenset(row[place] for row in found if row[place])),
        exports.Table("attendances", CAME, list(came)),
        exports.Table("one_times", ONCE, list(once)),
        exports.Table("minimums", ENOUGH, list(enough)),
        exports.Table("tills", TILL, list(Till.objects.filter(owner=owner).values_list(*TILL))),
        exports.Table("suggestions", SUGGESTED, told, frozenset(row[1] for row in told)),
        exports.Table("allocations", GIVES, list(gives.order_by("id").values_list(*GIVES))),
    ]


def _given(owner: uuid.UUID) -> QuerySet[Registration]:
    given = Allocation.objects.filter(owner=owner).values("activity")
    return Registration.objects.filter(activity__in=given)
