"""What has happened to a thing, for someone, newest first: from the audit events, in words, within the walls (R112)."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.utils.formats import date_format

from samtun.foundation import acts
from samtun.foundation.models import AuditEvent
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref

MOST = 40


def history(
    viewer: Viewer, ref: Ref, *, whole: bool, also: Collection[uuid.UUID] = (), most: int = MOST
) -> list[dict[str, Any]]:
    """Return rows for `{% timeline %}`. `whole`: the thing is the viewer's own owners', and so is all that was done.

    Else, as with a person whom several know, only what was done on behalf of the viewer's own owners is told:
    neither what another organisation did, nor that it knows the person. What is done on behalf of the owners in `also`
    is for everybody to know, without who did it. An act without words is never shown.
    """
    rows = AuditEvent.objects.filter(ref_kind=ref.kind, ref_id=ref.id, act__in=acts.seen_by(viewer))
    if not whole:
        rows = rows.filter(owners__overlap=sorted({*viewer.owners, *also}))
    return [
        _row(event, n, named=not also or not viewer.owners.isdisjoint(event.owners or ()))
        for n, event in enumerate(rows.order_by("-at", "-id")[:most])
    ]


def _row(event: AuditEvent, place: int, *, named: bool) -> dict[str, Any]:
    at = wall(event.at)
    return {
        "what": acts.words_of(event.act), "when": date_format(at, "j. F Y H.i"), "now": place == 0,
        "iso": at.isoformat(timespec="minutes"), "by": event.actor if named and event.via != "job" else "",
    }  # fmt: skip


def on_own(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """Show the timeline of a thing whose page opens for its own owners only: a slot."""
    return _fragment(history(viewer, ref, whole=True))


def on_shared(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """Show the timeline of a thing that several owners know: a slot."""
    return _fragment(history(viewer, ref, whole=False))


def _fragment(events: list[dict[str, Any]]) -> Fragment | None:
    return Fragment("ui/parts/history.html", {"events": events}) if events else None
