"""The note in a coordinator's pocket: hers alone, for fourteen days."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.referrals.models import PocketNote
from samtun.operation.referrals.queries import NOTE_LASTS


class NothingWritten(Refused):
    """Write a few words first, so that there is something to remember."""


class LainTooLong(Refused):
    """This note has lain fourteen days, and is forgotten. Write it anew if it still holds."""


class TooManyWords(Refused):
    """Make it a little shorter: there is room for 400 characters."""


def keep_note(
    *, words: str, sent_key: uuid.UUID, by: Viewer, at: dt.datetime, written_at: dt.datetime | None = None
) -> PocketNote:
    """Keep a note for its author alone. Sent twice it is one; those whose time is out go at the same time.

    `written_at` is when it was written, where that is not now: its fourteen days count from then.
    """
    if by.person is None or not by.may(Permission.HANDLE_REQUESTS):
        raise NotYours
    if not words.strip():
        raise NothingWritten
    if len(words.strip()) > 400:
        raise TooManyWords
    made_at = min(written_at or at, at)
    if made_at <= at - NOTE_LASTS:
        raise LainTooLong
    with transaction.atomic():
        forget_old_notes(by=by, at=at)
        note, fresh = PocketNote.objects.get_or_create(
            author_id=by.person, sent_key=sent_key, defaults={"words": words.strip(), "made_at": made_at}
        )
        if fresh:
            record("referrals.keep_note", Ref("pocket_note", note.id), by=by, at=at)
            defer(
                "referrals.forget_notes",
                author_id=by.person,
                schedule_in=int((made_at + NOTE_LASTS - at).total_seconds()),
            )
    return note


def forget_note(*, note_id: uuid.UUID, by: Viewer, at: dt.datetime) -> None:
    """Forget a note: the person has said yes, and it is a wish now, or no, and it is nobody's business."""
    with transaction.atomic():
        gone, _rows = PocketNote.objects.filter(id=note_id, author=by.person).delete()
        if gone:
            record("referrals.forget_note", Ref("pocket_note", note_id), by=by, at=at)


def forget_old_notes(*, by: Viewer, at: dt.datetime) -> int:
    """Forget every note that has lain fourteen days, whoever wrote it; return how many."""
    with transaction.atomic():
        gone, _rows = PocketNote.objects.filter(made_at__lte=at - NOTE_LASTS).delete()
    return gone
