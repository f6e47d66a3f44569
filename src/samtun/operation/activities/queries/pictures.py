"""Pictures in the programme: the one that stands for everyone, and what those who put it up see of it."""

import uuid
from typing import NamedTuple

from samtun.foundation import exports
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities.enums import ActivityState, PictureState
from samtun.operation.activities.models import Activity, Picture, PictureYes
from samtun.operation.activities.queries.own import activity_for, activity_tables
from samtun.partners.catalogue.rules import publishes_for

LIGHT = tuple(field.name for field in Picture._meta.local_concrete_fields if field.name not in {"wide", "narrow"})
"""All of a picture but its bytes."""


class Own(NamedTuple):
    """What one sees of an activity's pictures before changing them; `last` is what went, where none stands.

    `answers` is True for those who answer for the activity: the names are theirs to read, and nobody else's.
    """

    stands: Picture | None
    waits: Picture | None
    last: Picture | None
    number: int
    answers: bool


def picture_on(activity: Activity) -> Picture | None:
    """Return the picture everyone sees with an activity, without its bytes; None where there is none to see."""
    if activity.state != ActivityState.OPEN or not activity.is_listed:
        return None
    return Picture.objects.filter(activity=activity, state=PictureState.STANDS).only(*LIGHT).first()


def file_of(mark: str, *, size: str) -> bytes:
    """Return the bytes of a picture while it stands on an open activity; NotYours otherwise. `size`: wide, narrow."""
    found = Picture.objects.filter(
        mark=mark, state=PictureState.STANDS, activity__state=ActivityState.OPEN, activity__is_listed=True
    )
    content = found.values_list(size, flat=True).first()
    if content is None:
        raise NotYours
    return bytes(content)


def pictures_for(viewer: Viewer, activity: uuid.UUID) -> tuple[Activity, Own]:
    """Return an activity somebody publishes with its pictures, without bytes and names; NotYours otherwise."""
    it = activity_for(viewer, activity)
    rows = {row.state: row for row in Picture.objects.filter(activity=it).only(*LIGHT).order_by("gone_at", "id")}
    stands, waits = rows.pop(PictureState.STANDS, None), rows.pop(PictureState.WAITING, None)
    answers = publishes_for(viewer, it.owner_id)
    if waits and waits.recognisable and not answers:
        waits = None
    gone = [row for row in rows.values() if row.gone_at and row.state != PictureState.REPLACED]
    last = max(gone, key=lambda row: (row.gone_at, row.id)) if gone and not stands else None
    asked = waits if waits and waits.recognisable else stands
    number = PictureYes.objects.filter(picture=asked, taken_back_at=None).count() if asked and asked.recognisable else 0
    return it, Own(stands, waits, last, number, answers)


def own_file(viewer: Viewer, activity: uuid.UUID, picture: uuid.UUID) -> bytes:
    """Return the bytes of a picture that waits or stands, for those who may change it; NotYours otherwise."""
    _it, own = pictures_for(viewer, activity)
    if picture not in {row.id for row in (own.stands, own.waits) if row}:
        raise NotYours
    return bytes(Picture.objects.values_list("narrow", flat=True).get(id=picture) or b"")


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return all an owner has in the programme: with its pictures, the files, and who has said yes to which."""
    columns = ("id", "activity_id", "state", "shows", "recognisable", "made_at", "made_by", "gone_at", "gone_because")
    rows = Picture.objects.filter(activity__owner=owner).order_by("id")
    files = {f"{key}.webp": bytes(wide) for key, wide in rows.values_list("id", "wide") if wide}
    said = ("picture_id", "name", "guardian", "how", "heard_by", "noted_at", "noted_by", "taken_back_at")
    yes = PictureYes.objects.filter(picture__activity__owner=owner).order_by("picture", "id")
    return [
        *activity_tables(owner), exports.Table("pictures", columns, list(rows.values_list(*columns)), files=files),
        exports.Table("picture_yes", said, list(yes.values_list(*said))),
    ]  # fmt: skip


exports.register("activities", _tables)
