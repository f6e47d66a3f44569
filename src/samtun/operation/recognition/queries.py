"""Whom to thank this week: three names, longest since last thanked among those who did something lately."""

import datetime as dt
import uuid

from django.db.models import Max

from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.recognition.models import Thanks
from samtun.operation.volunteers.models import Contribution

NAMES_A_WEEK = 3
LATELY = dt.timedelta(days=60)


def week_of(day: dt.date) -> dt.date:
    """Return the Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def whose_turn(owner_id: uuid.UUID, *, on: dt.date, most: int = NAMES_A_WEEK) -> list[uuid.UUID]:
    """Return the persons whose turn it is to be thanked: did something lately, longest since last thanked first.

    Nobody is thanked for how much: one snowy step counts like ten (R60, R111).
    """
    lately = Contribution.objects.filter(owner=owner_id, on__range=(on - LATELY, on)).values_list("person", flat=True)
    thanked = dict(Thanks.objects.filter(person__in=lately).values_list("person").annotate(last=Max("week_of")))
    this_week = {p for p, last in thanked.items() if last >= week_of(on)}
    people = sorted(set(lately) - this_week, key=lambda p: (thanked.get(p, dt.date.min), p))
    return people[:most]


def thanks_of_week(viewer: Viewer, *, on: dt.date) -> list[Thanks]:
    """Return this week's names for the owners the viewer acts for, with telephone numbers to ring."""
    rows = list(
        Thanks.objects.filter(owner__in=viewer.owners, week_of=week_of(on)).select_related("person").order_by("id")
    )
    saw(*(t.person_id for t in rows))
    return rows


def thanks_for(viewer: Viewer, thanks_id: uuid.UUID) -> Thanks:
    """Return one of this owner's thanks; NotYours when out of sight."""
    row = Thanks.objects.filter(id=thanks_id, owner__in=viewer.owners).select_related("person", "owner").first()
    if row is None or not viewer.may(Permission.THANK_VOLUNTEERS):
        raise NotYours
    saw(row.person_id)
    return row
