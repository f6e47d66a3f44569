"""Task types and whether they are cleared."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import get_language

from samtun.anchoring.responsibilities.models import Clearance, TaskType
from samtun.foundation.models import Owner


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
