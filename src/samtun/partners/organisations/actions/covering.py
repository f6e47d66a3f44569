"""Somebody is away for some days, and another steps in: the same desk, for as long as it lasts."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.actions.bodies import DatesTurned
from samtun.partners.organisations.events import OpeningChanged
from samtun.partners.organisations.models import Leave, Membership, Organisation
from samtun.partners.organisations.queries import leaves_of
from samtun.partners.organisations.queries.presence import could_cover
from samtun.partners.organisations.rules import manages

LONGEST = dt.timedelta(days=366)


class DaysWrong(Refused):
    """Choose days from today on, at most a year."""


class AwayAlready(Refused):
    """These days overlap with days written down already. Take those back first, or choose other days."""


class CannotStepIn(Refused):
    """The one you chose cannot step in: the role must be the same or wider, and last as long. Choose another."""


class CoverIsAway(Refused):
    """The one you chose is away on some of these days. Choose another, or other days."""


class StepsInThen(Refused):
    """On some of these days another is to be stepped in for. Find somebody else for that first."""


def go_on_leave(
    *, membership: Membership, starts: dt.date, ends: dt.date, cover: Membership | None, by: Viewer, at: dt.datetime
) -> Leave:
    """Write down that somebody is away, both days included, and who steps in. An empty post is closed.

    One's own, or anyone's for those who answer for the organisation.
    """
    today, body = wall(at).date(), membership.organisation
    if ends < starts:
        raise DatesTurned
    if starts < today or ends > today + LONGEST:
        raise DaysWrong
    with transaction.atomic():
        Organisation.objects.select_for_update(of=("self",)).get(id=body.id)
        _refuse_others(by, membership)
        _refuse_clash(membership, cover, starts, ends, today)
        leave = Leave.objects.create(membership=membership, cover=cover, starts=starts, ends=ends)
        record(
            "organisations.go_on_leave", Ref("organisation", body.id), by=by, at=at,
            person=membership.person.full_name, cover=cover.person.full_name if cover else "",
            starts=starts.isoformat(), ends=ends.isoformat(),
        )  # fmt: skip
        publish(OpeningChanged(owner=body.owner_id), at=at)
    return leave


def take_back_leave(*, leave: Leave, by: Viewer, at: dt.datetime) -> Leave:
    """Write down that somebody is there after all, or back before time. A state, not a deletion."""
    today = wall(at).date()
    with transaction.atomic():
        row = Leave.objects.select_for_update(of=("self",)).get(id=leave.id)
        _refuse_others(by, row.membership)
        if row.taken_back_at is None and row.ends >= today:
            if row.starts < today:
                row.ends = today - dt.timedelta(days=1)
            else:
                row.taken_back_at = at
            row.save(update_fields=["ends", "taken_back_at"])
            record(
                "organisations.back_from_leave", Ref("organisation", row.membership.organisation_id), by=by, at=at,
                person=row.membership.person.full_name,
            )  # fmt: skip
    return row


def _refuse_others(by: Viewer, membership: Membership) -> None:
    own = by.person is not None and by.person == membership.person_id
    if not (own or manages(by, membership.organisation)):
        raise NotYours


def _refuse_clash(
    membership: Membership, cover: Membership | None, starts: dt.date, ends: dt.date, today: dt.date
) -> None:
    within = [row for row in leaves_of(membership.organisation, on=today) if row.starts <= ends and row.ends >= starts]
    if any(row.membership_id == membership.id for row in within):
        raise AwayAlready
    if any(row.cover_id == membership.id for row in within):
        raise StepsInThen
    if cover is None:
        return
    if cover not in could_cover(membership, on=today) or (cover.ends is not None and cover.ends <= ends):
        raise CannotStepIn
    if any(row.membership.person_id == cover.person_id for row in within):
        raise CoverIsAway
