"""What a task type allows."""

from django.utils.text import slugify

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
