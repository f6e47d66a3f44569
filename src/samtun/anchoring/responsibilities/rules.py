"""What a task type allows, who says yes to what is on the map, and what is wrong on it."""

import uuid
from collections.abc import Collection, Mapping

from django.utils.text import slugify

from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.viewer import Permission, Viewer


def may_manage(viewer: Viewer) -> bool:
    """Tell whether the viewer may change task types."""
    return viewer.is_system or viewer.may(Permission.MANAGE_TASK_TYPES)


def may_look(viewer: Viewer) -> bool:
    """Tell whether the viewer works with kinds of help: at a desk, for an organisation, or setting them up."""
    return may_manage(viewer) or viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)


def within_limits(task_type: TaskType, minutes: int) -> bool:
    """Tell whether a request of this length is inside what the type was cleared for."""
    return not task_type.is_declined and minutes <= task_type.most_minutes


def course_code(name: str) -> str:
    """Return the code of a course from its name: æ, ø and å are kept as letters people recognise."""
    return slugify(name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a"))[:40]


ANSWER_WITHIN = 10
"""Opening days from when a change of the map is proposed until it stands as late on the desk of a party."""
ON_MAP = frozenset({"task_type", "design"})
"""What stands on the map: kinds of help, and services made together."""
NOBODY_ANSWERS, NOBODY_DOES, SEVERAL_ANSWER = "nobody_answers", "nobody_does", "several_answer"


def says_for(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer answers for an owner: only they say yes or no for it (R01)."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.MANAGE_ORGANISATION))


def proposes(viewer: Viewer) -> bool:
    """Tell whether the viewer may propose whose task something is: anyone who acts for an owner."""
    return any(acts_for(viewer, owner) for owner in viewer.owners)


def trouble(parts: Mapping[str, Collection[object]]) -> list[str]:
    """Return what is wrong with whose task something is: holes, and two who answer for the same."""
    found = []
    if not parts.get(Part.ANSWERS):
        found.append(NOBODY_ANSWERS)
    elif len(parts[Part.ANSWERS]) > 1:
        found.append(SEVERAL_ANSWER)
    if not parts.get(Part.DOES):
        found.append(NOBODY_DOES)
    return found
