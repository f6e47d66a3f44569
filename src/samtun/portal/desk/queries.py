"""What has happened while somebody was away from the desk."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.opening import OpeningHours
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest

LONG = dt.timedelta(days=3)
MOST = 100


@dataclass(frozen=True, slots=True)
class News:
    """How many wishes came in, and how many were done."""

    came: int
    done: int


def was_away(hours: OpeningHours, last: dt.datetime, at: dt.datetime) -> bool:
    """Tell whether an opening day has passed between two visits, or three nights: half a post has few opening days."""
    first, today = wall(last).date(), wall(at).date()
    between = (first + dt.timedelta(days=n) for n in range(1, min((today - first).days, 15)))
    return today - first >= LONG or any(hours.on(day) for day in between)


def news_since(viewer: Viewer, since: dt.datetime) -> News | None:
    """Return what has happened since, in one statement; None for those who handle no wishes."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    rows = HelpRequest.objects.filter(owner__in=viewer.owners)
    return News(**rows.aggregate(came=Count("id", filter=_came(since)), done=Count("id", filter=_done(since))))


def wishes_since(viewer: Viewer, since: dt.datetime, *, done: bool) -> list[dict[str, Any]]:
    """Return the rows behind the counts, the latest first, with initials only."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return []
    rows = HelpRequest.objects.filter(_done(since) if done else _came(since), owner__in=viewer.owners)
    order = "-closed_at" if done else "-made_at"
    found = list(rows.select_related("task_type", "recipient", "village").order_by(order, "-id")[:MOST])
    saw(*(r.recipient_id for r in found), how="listed")
    return [
        {
            "title": in_language(r.task_type.name), "initials": r.recipient.initials, "on": r.on,
            "place": r.village.name if r.village and r.village.may_be_told else "",
            "url": reverse("help_request", args=[r.id]),
        }
        for r in found
    ]  # fmt: skip


def _came(since: dt.datetime) -> Q:
    return Q(made_at__gt=since)


def _done(since: dt.datetime) -> Q:
    return Q(state=RequestState.DONE, closed_at__gt=since)
