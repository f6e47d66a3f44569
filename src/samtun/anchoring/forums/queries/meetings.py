"""Meetings."""

import datetime as dt
import uuid

from django.urls import reverse

from samtun.anchoring.forums.models import Forum, Meeting, PutOff
from samtun.anchoring.forums.queries.forums import reads
from samtun.anchoring.forums.rules import part_of
from samtun.foundation import live, refs
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


def starts_at(meeting: Meeting) -> dt.datetime:
    """Return when it begins, UTC."""
    return at_wall(meeting.on, meeting.at)


def meeting_for(viewer: Viewer, meeting_id: uuid.UUID, *, on: dt.date) -> tuple[Meeting, str]:
    """Return a meeting with the viewer's part in its forum; NotYours when out of sight."""
    found = Meeting.objects.filter(id=meeting_id).select_related("forum__owner").first()
    if found is None:
        raise NotYours
    return found, reads(viewer, found.forum, on=on)


def meetings_of(forum: Forum) -> list[Meeting]:
    """Return the meetings of a forum, newest first."""
    return list(Meeting.objects.filter(forum=forum).order_by("-on", "-at", "-id"))


def put_off_in(meeting: Meeting) -> list[PutOff]:
    """Return what stood on the agenda and was put off."""
    return list(PutOff.objects.filter(meeting=meeting).select_related("item__from_owner").order_by("made_at", "id"))


def _find(viewer: Viewer, meeting_id: uuid.UUID) -> tuple[str, str] | None:
    found = Meeting.objects.filter(id=meeting_id).select_related("forum").first()
    if found is None or not part_of(viewer, found.forum, on=clock.today()):
        return None
    return found.forum.name, reverse("forum_meeting", args=[found.id])


def _parents(meeting_id: uuid.UUID) -> tuple[Ref, ...]:
    found = Meeting.objects.filter(id=meeting_id).first()
    return (Ref("forum", found.forum_id),) if found else ()


def _look(viewer: Viewer, meeting_id: uuid.UUID, _holder: str) -> int | None:
    """Return how new the meeting's page is, for whoever may read it."""
    found = Meeting.objects.filter(id=meeting_id).select_related("forum__owner").first()
    return found.version if found and part_of(viewer, found.forum, on=clock.today()) else None


live.register("forum_meeting", _look)
refs.register(refs.RefKind("forum_meeting", _find, _parents))
