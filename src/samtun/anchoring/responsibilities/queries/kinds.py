"""Task types and whether they are cleared."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from samtun.anchoring.responsibilities.models import Clearance, TaskType
from samtun.anchoring.responsibilities.queries.taking_out import map_tables
from samtun.anchoring.responsibilities.rules import may_look, may_manage
from samtun.foundation import exports, refs, sight
from samtun.foundation.models import Owner
from samtun.foundation.timeline import history
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


def in_language(texts: dict[str, str], language: str = "") -> str:
    """Return the text in a language, else in the other form of Norwegian, else in English; "" when there is none."""
    wanted = (language or get_language() or "nb")[:2]
    for code in (wanted, "nb" if wanted == "nn" else "nn", "nb", "en"):
        if texts.get(code):
            return texts[code]
    return ""


def task_types() -> QuerySet[TaskType]:
    """Return the kinds of help in use, ordinary ones first, in the order of their key."""
    return TaskType.objects.filter(is_active=True).order_by("is_declined", "key")


def out_of_use(viewer: Viewer) -> list[TaskType]:
    """Return the kinds of help that were taken out of use, for who may take them in again."""
    return list(TaskType.objects.filter(is_active=False).order_by("key")) if may_manage(viewer) else []


def task_type_for(viewer: Viewer, task_type_id: uuid.UUID) -> TaskType:
    """Return one kind of help, in use or not, for those who work here; NotYours when there is none."""
    row = TaskType.objects.filter(id=task_type_id).select_related("needs_purpose").first()
    if row is None or not may_look(viewer):
        raise NotYours
    return row


def clearances_seen(viewer: Viewer, types: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Clearance]]:
    """Return what the municipality and own owners have said about each kind; what others have said is theirs."""
    found: dict[uuid.UUID, list[Clearance]] = defaultdict(list)
    mine = Q(owner__kind=Owner.Kind.MUNICIPALITY) | Q(owner__in=viewer.owners)
    rows = Clearance.objects.filter(mine, task_type__in=types).select_related("owner")
    for row in rows.order_by("owner__kind", "owner__name"):
        found[row.task_type_id].append(row)
    return found


def what_happened(viewer: Viewer, task_type: TaskType) -> list[dict[str, Any]]:
    """Return the timeline: what the municipality and own owners have done; what others have said is theirs."""
    municipality = Owner.objects.filter(kind=Owner.Kind.MUNICIPALITY).values_list("id", flat=True)
    return history(viewer, Ref("task_type", task_type.id), whole=False, also=list(municipality))


def cleared_by_municipality() -> set[uuid.UUID]:
    """Return the kinds that the municipality has said yes to: what may be promised in public."""
    rows = Clearance.objects.filter(owner__kind=Owner.Kind.MUNICIPALITY)
    return set(rows.filter(cleared=True).values_list("task_type_id", flat=True)) - set(
        rows.filter(cleared=False).values_list("task_type_id", flat=True)
    )


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """Return the names of kinds of help by key, in the reader's language; also of those no longer in use."""
    rows = TaskType.objects.filter(key__in=set(keys)).values_list("key", "name")
    return {key: in_language(name) or key for key, name in rows}


def courses_asked_for() -> list[str]:
    """Return the courses that some kind of help asks for."""
    rows = TaskType.objects.filter(is_active=True).exclude(needs_course="")
    return sorted(set(rows.values_list("needs_course", flat=True)))


def cleared_for(task_type: TaskType, owner_id: uuid.UUID) -> list[Clearance]:
    """Return the clearances that together let the type pass for an owner; [] when one is missing or says no.

    Both the municipality and the organisation must have said yes (R26): the stricter wins (R29).
    """
    said = list(Clearance.objects.filter(task_type=task_type).select_related("owner"))
    yes = [c for c in said if c.cleared and (c.owner.kind == Owner.Kind.MUNICIPALITY or c.owner_id == owner_id)]
    if any(not c.cleared for c in said if c.owner.kind == Owner.Kind.MUNICIPALITY or c.owner_id == owner_id):
        return []
    by_municipality = any(c.owner.kind == Owner.Kind.MUNICIPALITY for c in yes)
    by_owner = any(c.owner_id == owner_id for c in yes)
    return yes if by_municipality and by_owner else []


def cleared_types(owner_id: uuid.UUID) -> QuerySet[TaskType]:
    """Return the kinds of help in use that pass for an owner without being assessed, as `cleared_for` says of one."""
    by_municipality = Q(owner__kind=Owner.Kind.MUNICIPALITY)
    said = Clearance.objects.filter(task_type=OuterRef("id"))
    yes = said.filter(cleared=True)
    return task_types().filter(
        Exists(yes.filter(owner=owner_id)), Exists(yes.filter(by_municipality)),
        ~Exists(said.filter(by_municipality | Q(owner=owner_id), cleared=False)),
    )  # fmt: skip


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = Clearance.objects.filter(owner=owner).order_by("task_type__key")
    values = list(rows.values_list("task_type__key", "cleared", "by_words", "decided_on"))
    return [
        exports.Table("clearances", ("task_type", "cleared", "by_words", "decided_on"), values),
        *map_tables(owner),
    ]


def _find(viewer: Viewer, task_type_id: uuid.UUID) -> tuple[str, str] | None:
    row = TaskType.objects.filter(id=task_type_id).first()
    if row is None or not may_look(viewer):
        return None
    return in_language(row.name), reverse("task_type", args=[row.id])


def _on_line(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    """Tell of kinds of help on the line of sight: they are for everyone to know; who works here opens their page."""
    rows = TaskType.objects.filter(id__in=ids, is_active=True)
    looks = may_look(viewer)
    return [
        sight.Seen(
            Ref("task_type", row.id), in_language(row.name),
            reverse("task_type", args=[row.id]) if looks else reverse("what_we_do"),
        )
        for row in rows
    ]  # fmt: skip


exports.register("responsibilities", _tables)
sight.register(sight.Kind("task_type", 3, 10, _on_line))
refs.register(refs.RefKind("task_type", _find))
