"""What is there for everyone week after week, for those who help somebody find something; and when and where it is."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import ActivityState, Repeat, SignUp
from samtun.operation.activities.models import Activity
from samtun.operation.activities.rules import LAST
from samtun.partners.catalogue.enums import MINORS
from samtun.people.places.models import Place

PACKED = (
    "id", "title", "weekdays", "repeat", "nth", "every", "at", "where", "meets_name", "true_until", "village_id",
)  # fmt: skip
NTH = {
    1: _("The first %(day)s"), 2: _("The second %(day)s"), 3: _("The third %(day)s"), 4: _("The fourth %(day)s"),
    LAST: _("The last %(day)s"),
}  # fmt: skip
YOUNG_ONLY = ~Q(groups=[]) & Q(groups__contained_by=sorted(MINORS))
"""What is made with children and the young alone in mind."""


def regular(viewer: Viewer, *, on: dt.date) -> QuerySet[Activity]:
    """Return what anyone may come to again and again; of one's own owners also what stands on no open list.

    Never a closed list whose places are given out (R56), nor a draft, nor what an organisation that has left held.
    """
    mine = viewer.owners if viewer.may(Permission.PUBLISH) else frozenset()
    goes_on = Q(until=None) | Q(until__gte=on)
    rows = Activity.objects.filter(goes_on, Q(is_listed=True) | Q(owner__in=mine), state=ActivityState.OPEN)
    rows = rows.filter(owner__left_on=None).exclude(repeat=Repeat.ONCE).exclude(sign_up=SignUp.ALLOCATED)
    return rows.select_related("place", "village")


def regular_for(
    viewer: Viewer, *, on: dt.date, categories: Collection[str] = (), village: uuid.UUID | None = None,
    weekday: int | None = None, words: str = "", most: int,
) -> list[Activity]:  # fmt: skip
    """Return what goes on, in the same place first, then on the same weekday; a plain rule, no ranking of people.

    What is made with children and the young alone in mind is found by words only.
    """
    rows = regular(viewer, on=on)
    if categories:
        rows = rows.filter(category__in=categories)
    if words:
        places = Q(where__icontains=words) | Q(place__name__icontains=words) | Q(village__name__icontains=words)
        rows = rows.filter(Q(title__icontains=words) | Q(about__icontains=words) | places)
    else:
        rows = rows.exclude(YOUNG_ONLY)
    near = Q(village=village) | Q(place__village=village) if village else Q(pk=None)
    that_day = Q(pk=None) if weekday is None else Q(weekdays__contains=[weekday])
    first = [Case(When(which, then=Value(0)), default=Value(1)) for which in (near, that_day)]
    return list(rows.order_by(*first, "weekdays", "at", "id")[:most])


def packed(rows: QuerySet[Activity]) -> ArraySubquery:
    """Return what goes on as facts within another statement, where a page has no statement to spare; see `unpacked`."""
    own = {name: name for name in PACKED}
    return ArraySubquery(rows.values(x=JSONObject(**own, hall="place__name", hall_village="place__village_id")))


def unpacked(facts: dict[str, Any]) -> Activity:
    """Return an activity from its facts: what one reads of it, not to be saved."""
    told = {name: facts[name] for name in PACKED}
    told |= {name: uuid.UUID(told[name]) for name in ("id", "village_id") if told[name]}
    told["at"] = dt.time.fromisoformat(told["at"])
    told["true_until"] = dt.date.fromisoformat(told["true_until"]) if told["true_until"] else None
    hall = Place(name=facts["hall"], village_id=uuid.UUID(facts["hall_village"])) if facts["hall"] else None
    return Activity(**told, place=hall)


def regular_one(viewer: Viewer, activity: uuid.UUID, *, on: dt.date) -> Activity:
    """Return one that somebody could come to; NotYours when it is not there for them."""
    found = regular(viewer, on=on).filter(id=activity).first()
    if found is None:
        raise NotYours
    return found


def is_near(activity: Activity, village: uuid.UUID | None) -> bool:
    """Tell whether it is held in that village; False when the village is not to be told."""
    return village is not None and village in {activity.village_id, activity.place and activity.place.village_id}


def when_and_where(activity: Activity) -> str:
    """Return when and where it is held, as one says it: `Tuesday at 11.00, Fjordheim`."""
    days = ", ".join(str(WEEKDAYS[day]) for day in activity.weekdays)
    monthly = activity.repeat == Repeat.MONTHLY
    said = capfirst(days)
    if monthly:
        said = gettext("%(day)s of the month") % {"day": NTH[activity.nth] % {"day": days}}
    if activity.every > 1:
        often = gettext("every %(number)s months") if monthly else gettext("every %(number)s weeks")
        said = f"{said}, {often % {'number': activity.every}},"
    place = activity.place.name if activity.place else activity.where or gettext("the place changes")
    return f"{said} {gettext('at %(clock)s') % {'clock': f'{activity.at:%H.%M}'}}, {place}"
