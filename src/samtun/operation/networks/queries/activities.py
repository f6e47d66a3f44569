"""What is there for everyone, and the groups there are: suggested before one volunteer."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation import refs
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.networks.models import Activity
from samtun.partners.organisations.models import Organisation

MOST = 12


def activities_for(viewer: Viewer, *, retired: bool = False) -> list[Activity]:
    """Return own owners' lines in the order of the week; those no longer so when asked for."""
    rows = _mine(viewer).filter(retired_at__isnull=not retired).select_related("village")
    return list(rows.order_by("weekday", "at", "what", "id"))


def activity_for(viewer: Viewer, activity_id: uuid.UUID) -> Activity:
    """Return one line; NotYours when it is another's."""
    found = _mine(viewer).filter(id=activity_id).select_related("village").first()
    if found is None:
        raise NotYours
    return found


def fitting(
    rows: Iterable[Activity], *, kind: TaskType | None, village: uuid.UUID | None, on: dt.date | None
) -> list[Activity]:
    """Return lines that may fit that kind of help; a line that names no kind fits all that is company.

    Those in the same place come first, then those that day.
    A plain rule about places and days, no ranking of people. `village` is None when it is not to be told.
    """

    def order(one: Activity) -> tuple[bool, bool, int, dt.time, uuid.UUID]:
        near = village is not None and one.village_id == village
        return (not near, on is None or one.weekday != on.weekday(), one.weekday, one.at, one.id)

    social = kind is None or kind.task_class == TaskType.TaskClass.SOCIAL
    fits = (row for row in rows if (social if not row.kinds else kind is None or kind.key in row.kinds))
    return sorted(fits, key=order)[:MOST]


def known_there(viewer: Viewer) -> list[Organisation]:
    """Return organisations that can stand around a person: all there are but one's own, by name."""
    rows = Organisation.objects.filter(owner__left_on=None).exclude(owner__in=viewer.owners)
    return list(rows.exclude(owner__kind=Owner.Kind.MUNICIPALITY).order_by("name", "id"))


def _mine(viewer: Viewer) -> Any:
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return Activity.objects.none()
    return Activity.objects.filter(owner__in=viewer.owners)


def _find(viewer: Viewer, activity_id: uuid.UUID) -> tuple[str, str] | None:
    found = _mine(viewer).filter(id=activity_id).first()
    return (found.what, reverse("activity", args=[found.id])) if found else None


refs.register(refs.RefKind("activity", _find))
