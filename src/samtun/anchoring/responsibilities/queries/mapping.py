"""The map of whose task each thing is, for someone: all of it, one row, and what a triage reads."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from samtun.anchoring.responsibilities.enums import MapState, Part
from samtun.anchoring.responsibilities.models import MapAnswer, MapChange, MapMove, Placed, TaskType
from samtun.anchoring.responsibilities.queries.kinds import in_language
from samtun.anchoring.responsibilities.rules import (
    NOBODY_ANSWERS,
    NOBODY_DOES,
    ON_MAP,
    SEVERAL_ANSWER,
    trouble,
)
from samtun.foundation import sight
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.rules import OFFICES
from samtun.people.persons.models import AccountLink
from samtun.people.roles.queries import standing_on

TROUBLE: dict[str, str | Promise] = {
    NOBODY_ANSWERS: gettext_lazy("Nobody answers for it"),
    NOBODY_DOES: gettext_lazy("Nobody does it"),
    SEVERAL_ANSWER: gettext_lazy("More than one answers for it: who has the last word?"),
}
HEADS: dict[str, str | Promise] = {
    Part.ANSWERS: gettext_lazy("Answers for it"), Part.DOES: gettext_lazy("Does it"),
    Part.SUPPORTS: gettext_lazy("Supports"), Part.TOLD: gettext_lazy("Is told"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapRow:
    """One task on the map: who has which part in it, what is wrong, and whether a change waits."""

    ref: Ref
    title: str
    parts: dict[str, list[Owner]] = field(default_factory=dict)
    waits: bool = False

    @property
    def trouble(self) -> list[str]:
        """What is wrong: holes and overlaps."""
        return trouble(self.parts)

    @property
    def trouble_words(self) -> list[str]:
        """What is wrong, in words."""
        return [str(TROUBLE[one]) for one in self.trouble]

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """Who has which part, in words."""
        return [(str(HEADS[part]), [o.name for o in self.parts[part]]) for part in Part.values if self.parts.get(part)]

    def of(self, owner: uuid.UUID) -> list[str]:
        """Return the parts an owner has in it, in the order of the parts."""
        return [part for part in Part.values if any(o.id == owner for o in self.parts.get(part, []))]


def the_map(viewer: Viewer) -> list[MapRow]:
    """Return all kinds of help that volunteers do here, and the services that stand on the map, that one sees."""
    kinds = TaskType.objects.filter(is_active=True, is_declined=False).values_list("id", flat=True)
    cells = _cells(Placed.objects.filter(ended_on=None))
    waiting = MapChange.objects.filter(state=MapState.WAITING)
    waits = {Ref(c.ref_kind, c.ref_id) for c in waiting}
    seen = sight.describe(viewer, {*(Ref("task_type", key) for key in kinds), *cells, *waits})
    rows = [MapRow(s.ref, s.title, cells.get(s.ref, {}), s.ref in waits) for s in seen]
    return sorted(rows, key=lambda row: (row.ref.kind != "design", row.title.lower(), row.ref.id))


def row_of(viewer: Viewer, ref: Ref) -> MapRow:
    """Return one row of the map; NotYours for what the viewer does not see, or what stands on no map."""
    name = name_on_map(viewer, ref)
    if name is None:
        raise NotYours
    waits = MapChange.objects.filter(ref_kind=ref.kind, ref_id=ref.id, state=MapState.WAITING).exists()
    return MapRow(ref, name, _cells(placed_on(ref)).get(ref, {}), waits)


def name_on_map(viewer: Viewer, ref: Ref) -> str | None:
    """Return what a task is called for a viewer; None when it is out of their sight."""
    seen = sight.describe(viewer, [ref]) if ref.kind in ON_MAP else []
    return seen[0].title if seen else None


def placed_on(ref: Ref) -> QuerySet[Placed]:
    """Return who has which part in a task now."""
    return Placed.objects.filter(ref_kind=ref.kind, ref_id=ref.id, ended_on=None)


def _cells(rows: QuerySet[Placed]) -> dict[Ref, dict[str, list[Owner]]]:
    found: dict[Ref, dict[str, list[Owner]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related("owner").order_by("owner__kind", "owner__name", "id"):
        found[Ref(row.ref_kind, row.ref_id)][row.part].append(row.owner)
    return found


def parties_on(rows: Iterable[MapRow]) -> list[Owner]:
    """Return all who stand on these rows: the municipality and its own first, then by name."""
    every = {owner.id: owner for row in rows for owners in row.parts.values() for owner in owners}
    own = {Owner.Kind.MUNICIPALITY: 0, Owner.Kind.UNIT: 1, Owner.Kind.CENTRE: 2}
    return sorted(every.values(), key=lambda o: (own.get(Owner.Kind(o.kind), 3), o.name, o.id))


def changes_of(ref: Ref) -> list[MapChange]:
    """Return what has been proposed about a task, newest first, with each party's answer: the history of the row."""
    rows = MapChange.objects.filter(ref_kind=ref.kind, ref_id=ref.id).select_related("proposed_by")
    answers = MapAnswer.objects.select_related("owner").order_by("owner__name", "id")
    moves = MapMove.objects.select_related("owner").order_by("owner__name", "part", "id")
    return list(
        rows.prefetch_related(Prefetch("answers", answers), Prefetch("moves", moves)).order_by("-proposed_at", "-id")
    )


def answer_for(viewer: Viewer, answer_id: uuid.UUID) -> MapAnswer:
    """Return what a party is asked about, for one who sees the task; NotYours otherwise."""
    found = MapAnswer.objects.select_related("change", "owner").filter(id=answer_id).first()
    if found is None or name_on_map(viewer, Ref(found.change.ref_kind, found.change.ref_id)) is None:
        raise NotYours
    return found


def change_for(viewer: Viewer, change_id: uuid.UUID) -> MapChange:
    """Return a change of a task the viewer sees; NotYours otherwise."""
    found = MapChange.objects.filter(id=change_id).first()
    if found is None or name_on_map(viewer, Ref(found.ref_kind, found.ref_id)) is None:
        raise NotYours
    return found


def whose_task(task_type: TaskType) -> MapRow:
    """Return what the map says of a kind of help, for who says whose task a request is."""
    ref = Ref("task_type", task_type.id)
    return MapRow(ref, in_language(task_type.name), _cells(placed_on(ref)).get(ref, {}))


def can_log_in(owner_id: uuid.UUID, *, on: dt.date) -> bool:
    """Tell whether somebody who answers for an owner has a login: then they answer themselves."""
    members = Membership.objects.filter(standing_on(on), organisation__owner=owner_id, role__in=OFFICES)
    return AccountLink.objects.filter(person__in=members.values("person")).exists()
