"""Requests on the line of sight: one by its kind of help, and how many there are of a kind."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import sight
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.kernel.small import too_few
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.queries.requests import requests_visible_to

YEAR = dt.timedelta(days=365)


def _rows(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    rows = requests_visible_to(viewer).filter(id__in=ids).select_related("task_type")
    return [
        sight.Seen(Ref("help_request", r.id), in_language(r.task_type.name), reverse("help_request", args=[r.id]))
        for r in rows
    ]


def _rests_on(request_id: uuid.UUID) -> list[Ref]:
    found = HelpRequest.objects.filter(id=request_id).values_list("task_type", flat=True)
    return [Ref("task_type", key) for key in found]


def _counted(viewer: Viewer, refs: Collection[Ref], at: dt.datetime) -> list[sight.Crowd]:
    """Count the last year's requests of each kind of help: own ones with the way to them, else all, if many."""
    kinds = [ref.id for ref in refs if ref.kind == "task_type"]
    if not kinds:
        return []
    works = viewer.may(Permission.HANDLE_REQUESTS)
    rows = requests_visible_to(viewer) if works else HelpRequest.objects.all()
    counted = rows.filter(task_type__in=kinds, made_at__gte=at - YEAR).values("task_type").annotate(n=Count("id"))
    return [
        sight.Crowd(
            Ref("task_type", row["task_type"]),
            ngettext("wish for help in a year", "wishes for help in a year", row["n"]), row["n"],
            url=f"{reverse('help_requests')}?vis=all&slag={row['task_type']}" if works else "",
        )
        for row in counted.order_by("task_type")
        if works or not too_few(row["n"])
    ]  # fmt: skip


sight.register(sight.Kind("help_request", 3, 20, _rows, _rests_on))
sight.register_crowd(_counted)
