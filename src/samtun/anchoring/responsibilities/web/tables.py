"""Words for kinds of help, and for the map of whose task each is."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.enums import MapState, Part, Says, Way
from samtun.anchoring.responsibilities.models import Clearance, MapChange, TaskType
from samtun.anchoring.responsibilities.queries import MapRow, can_log_in, in_language
from samtun.anchoring.responsibilities.rules import says_for
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock

CLASSES: dict[str, tuple[str | Promise, str, str]] = {
    TaskType.TaskClass.SOCIAL: (_("Company"), "accent", "cup"),
    TaskType.TaskClass.PRACTICAL: (_("Practical"), "accent", "shovel"),
    TaskType.TaskClass.TRANSPORT: (_("A lift"), "accent", "car"),
    TaskType.TaskClass.COMPANION: (_("Someone to come along"), "accent", "walk"),
    TaskType.TaskClass.KNOWLEDGE: (_("Knowledge"), "accent", "book"),
    TaskType.TaskClass.ORGANISING: (_("Organising"), "accent", "users"),
    TaskType.TaskClass.GREY: (_("Must be looked at first"), "warning", "info"),
    TaskType.TaskClass.PROFESSIONAL: (_("Professional care, never for volunteers"), "danger", "lock"),
}
ASKING: list[tuple[str, str | Promise]] = [
    (TaskType.Asking.FIRST_YES, _("The first who says yes")),
    (TaskType.Asking.COORDINATOR_PICKS, _("The coordinator picks among those who say yes")),
    (TaskType.Asking.KNOWN_ONLY, _("Only someone the person knows from before")),
]


def requirements(task_type: TaskType) -> list[str]:
    """Return what the task asks of whoever gives it: it follows the task, not the person (R63)."""
    found = []
    if task_type.needs_declaration:
        found.append(gettext("Declaration of confidentiality"))
    if task_type.one_to_one:
        found.append(gettext("A talk first, and a plan with limits and whom to ring"))
    if task_type.needs_course:
        found.append(gettext("Course: %(name)s") % {"name": task_type.needs_course.replace("-", " ")})
    if task_type.needs_purpose:
        purpose = task_type.needs_purpose
        found.append(gettext("Police certificate: %(name)s") % {"name": f"{in_language(purpose.name)} ({purpose.law})"})
    if task_type.needs_car:
        found.append(gettext("A car"))
    if task_type.least_age > 15:
        found.append(
            ngettext("At least %(n)d year old", "At least %(n)d years old", task_type.least_age)
            % {"n": task_type.least_age}
        )
    return found


def clearance_rows(rows: Iterable[Clearance]) -> list[dict[str, Any]]:
    """Return who has said what beforehand."""
    return [{"owner": c.owner.name, "cleared": c.cleared, "by_words": c.by_words, "on": c.decided_on} for c in rows]


def row_of(task_type: TaskType, clearances: list[Clearance]) -> dict[str, Any]:
    """Return one kind ready to show in a list."""
    words, color, icon = CLASSES[task_type.task_class]
    return {
        "id": task_type.id, "name": capfirst(in_language(task_type.name)), "limits": in_language(task_type.limits),
        "way_on": in_language(task_type.way_on), "class": words, "color": color, "icon": icon,
        "declined": task_type.is_declined, "clearances": clearance_rows(clearances),
        "is_active": task_type.is_active, "sold_locally": task_type.sold_locally,
    }  # fmt: skip


COLORS: dict[str, str] = {
    MapState.WAITING: "warning", MapState.MADE: "success", MapState.DECLINED: "neutral", MapState.WITHDRAWN: "neutral",
}  # fmt: skip
SAID: dict[str, str] = {Says.NOTHING: "neutral", Says.YES: "success", Says.NO: "warning"}


def plain_row(row: MapRow) -> dict[str, Any]:
    """Return a task with who has which part, in words."""
    return {"row": row, "title": row.title, "lines": row.lines, "trouble": row.trouble_words}


def matrix_row(row: MapRow, parties: list[Owner]) -> dict[str, Any]:
    """Return a task with a cell for each party."""
    cells = [", ".join(str(Part(part).label) for part in row.of(owner.id)) for owner in parties]
    return plain_row(row) | {"cells": cells}


def change_row(change: MapChange, viewer: Viewer) -> dict[str, Any]:
    """Return a change with what it moves, each party's answer, and what the viewer may say."""
    waits = change.state == MapState.WAITING
    concerned = [a.owner_id for a in change.answers.all()]
    inside = any(key in viewer.owners for key in concerned)
    moves = [
        (gettext("%(owner)s %(part)s") if m.way == Way.IN else gettext("%(owner)s: no longer “%(part)s”"))
        % {"owner": m.owner.name, "part": Part(m.part).label}
        for m in change.moves.all()
    ]
    answers = [
        {
            "answer": a, "words": a.get_says_display(), "color": SAID[a.says],
            "own": waits and not a.says and says_for(viewer, a.owner_id),
            "notes": waits and not a.says and inside and not says_for(viewer, a.owner_id)
            and not can_log_in(a.owner_id, on=clock.today()),
        }
        for a in change.answers.all()
    ]  # fmt: skip
    return {"change": change, "color": COLORS[change.state], "moves": moves, "answers": answers, "waits": waits}
