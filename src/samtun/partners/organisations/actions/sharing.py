"""Letting another owner see one kind of rows, for a purpose, until a date."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner, Share
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

LONGEST = dt.timedelta(days=366)


class NoPurpose(Refused):
    """Write what the other will use it for. Nothing is shared without a purpose."""


class EndNeeded(Refused):
    """Choose the day it ends: after today, and at most a year ahead. It can be given anew then."""


class WithAnother(Refused):
    """Choose another organisation to share with."""


class OtherHasLeft(Refused):
    """That organisation has left. Choose another."""


def share(
    *, giver: Owner, receiver: Owner, what: str, purpose: str, ends: dt.date, by: Viewer, at: dt.datetime,
    starts: dt.date | None = None,
) -> Share:  # fmt: skip
    """Open one kind of rows for another owner; `ends` is the first day it is closed again. Only the giver can."""
    if not (by.is_system or (by.may(Permission.MANAGE_ORGANISATION) and giver.id in by.owners)):
        raise NotYours
    today = wall(at).date()
    starts = max(starts or today, today)
    if not purpose.strip():
        raise NoPurpose
    if not starts < ends <= starts + LONGEST:
        raise EndNeeded
    if giver.id == receiver.id:
        raise WithAnother
    if receiver.left_on:
        raise OtherHasLeft
    with transaction.atomic():
        row = Share.objects.create(
            giver=giver, receiver=receiver, what=Share.What(what), purpose=purpose.strip()[:200], starts=starts,
            ends=ends,
        )  # fmt: skip
        record(
            "organisations.share", Ref("owner", giver.id), by=by, at=at, to=receiver.name, what=what,
            purpose=row.purpose, until=ends.isoformat(),
        )  # fmt: skip
    return row


def end_share(*, share: Share, by: Viewer, at: dt.datetime) -> Share:
    """Close what was shared: it holds from the next request on. The giver can, and who received it."""
    if not by.is_system:
        mine = share.giver_id in by.owners or share.receiver_id in by.owners
        if not (mine and by.may(Permission.MANAGE_ORGANISATION)):
            raise NotYours
    with transaction.atomic():
        close_share(share, by=by, at=at)
    return share


def close_share(share: Share, *, by: Viewer, at: dt.datetime) -> None:
    """Write the end of a share, without asking who may."""
    today = wall(at).date()
    share.starts, share.ends = min(share.starts, today), min(share.ends, today)
    share.save(update_fields=["starts", "ends"])
    record("organisations.end_share", Ref("owner", share.giver_id), by=by, at=at, what=share.what)
