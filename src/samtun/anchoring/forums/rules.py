"""Who may do what in a forum, and who is affected by an item. A seat opens that forum, and nothing else."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.db.models import Q

from samtun.anchoring.forums.enums import Part
from samtun.anchoring.forums.models import Forum, Item, Seat
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.opening import OpeningHours

ANSWER_WITHIN = 20
"""Opening days from when an item is proposed until it is to be answered (R04)."""
TERM_NOTICE = 20
"""Opening days before a term runs out that its forum is reminded."""
RUNS = "runs"


def sits_on(on: dt.date) -> Q:
    """Return what picks the seats that stand on a day."""
    return Q(starts__lte=on, ended_at=None, person__death_known_at=None) & (Q(ends=None) | Q(ends__gt=on))


def acts_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer speaks for an owner here."""
    desk = viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)
    return viewer.is_system or (owner in viewer.owners and desk)


def may_make(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer makes forums and gives seats for an owner."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.MANAGE_ORGANISATION))


def part_of(viewer: Viewer, forum: Forum, *, on: dt.date) -> str:
    """Return what the viewer does in the forum: `runs` for who calls it, else the most a seat of theirs does."""
    if acts_for(viewer, forum.owner_id):
        return RUNS
    if viewer.person is None:
        return ""
    rows = Seat.objects.filter(sits_on(on), forum=forum, person=viewer.person)
    parts = set(rows.values_list("part", flat=True))  # one who stood here twice may have two seats
    return next((part for part in Part if part in parts), "")


def leads(part: str) -> bool:
    """Tell whether a part decides what is on the agenda."""
    return part in {RUNS, Part.LEADS}


def writes(part: str) -> bool:
    """Tell whether a part writes the minutes."""
    return leads(part) or part == Part.WRITES


def desk_of(owner: Owner) -> Permission:
    """Return who sees what is due for an owner: its desk, or who answers for an organisation that has none."""
    kinds = {Owner.Kind.MUNICIPALITY, Owner.Kind.CENTRE, Owner.Kind.UNIT}
    return Permission.SEE_DESK if owner.kind in kinds else Permission.MANAGE_ORGANISATION


def affected(
    item: Item, seats: Collection[Seat], other_hats: Mapping[uuid.UUID, Collection[uuid.UUID]],
    about: Collection[uuid.UUID],
) -> list[Seat]:  # fmt: skip
    """Return the seats whose holders are affected by an item, by their hats (R15).

    It is about an owner they speak or act for; or it was raised by one they act for beside their own seat.
    """
    found = []
    for seat in seats:
        others = set(other_hats.get(seat.id, ()))
        concerned = bool(set(about) & (others | {seat.on_behalf_id}))
        raised = item.from_owner_id in others - {seat.on_behalf_id}
        if concerned or raised:
            found.append(seat)
    return found


def days_before(hours: OpeningHours, day: dt.date, days: int) -> dt.date:
    """Return the day that is so many opening days before another; ordinary weekdays when nobody is ever there."""
    left, found = days, day
    while left > 0:
        found -= dt.timedelta(days=1)
        if hours.on(found) or (not hours.week and found.weekday() < 5):
            left -= 1
        if day - found > dt.timedelta(days=365):
            break
    return found
