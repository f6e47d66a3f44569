"""Changes that are proposed, and what became of them."""

import uuid
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from samtun.anchoring.forums.queries import item_of
from samtun.anchoring.forums.queries import what_came_of as what_came_of_item
from samtun.codesign.designs.enums import WAITING
from samtun.codesign.designs.models import Approval, Change, Design, Party
from samtun.codesign.designs.queries.designs import Reading, design_for, joined
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class CameOf:
    """What became of a proposed change, for those who proposed it: of which design, and in the parties' own words."""

    design: uuid.UUID
    title: str
    state: str
    words: str
    version: int | None


def what_came_of(change_id: uuid.UUID) -> CameOf | None:
    """Return how far a proposed change has come; None when there is none."""
    found = Change.objects.filter(id=change_id).select_related("design").first()
    if found is None:
        return None
    words = found.settled_words or found.planned_words
    return CameOf(found.design_id, found.design.title, found.state, words, found.version)


def changes_of(design: Design) -> list[Change]:
    """Return what is proposed: what waits first, then the newest."""
    found = list(_whole().filter(design=design).order_by("-made_at", "-id"))
    return sorted(found, key=lambda row: row.state not in WAITING)


def change_for(viewer: Viewer, change_id: uuid.UUID) -> tuple[Change, Reading]:
    """Return a change for whoever may read its design; NotYours otherwise."""
    found = _whole().filter(id=change_id).first()
    if found is None:
        raise NotYours
    return found, design_for(viewer, found.design_id)


def _whole() -> QuerySet[Change]:
    said = Approval.objects.select_related("owner").order_by("at", "id")
    return Change.objects.select_related("design", "from_owner").prefetch_related(Prefetch("approvals", said))


def missing_yes(change: Change) -> list[Party]:
    """Return the parties that have not answered a larger change yet."""
    answered = set(Approval.objects.filter(change=change).values_list("owner", flat=True))
    return [party for party in joined(change.design_id) if party.owner_id not in answered]


def from_forum(change: Change) -> tuple[str, str]:
    """Return the forum a change was taken up with, and what came of it in words; empty when it was not."""
    item = item_of(Ref("design_change", change.id))
    came = what_came_of_item(item.id) if item else None
    return (came.forum, came.words) if came else ("", "")
