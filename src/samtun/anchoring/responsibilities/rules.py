"""What a task type allows."""

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.viewer import Permission, Viewer


def may_manage(viewer: Viewer) -> bool:
    """Tell whether the viewer may change task types."""
    return viewer.is_system or viewer.may(Permission.MANAGE_TASK_TYPES)


def within_limits(task_type: TaskType, minutes: int) -> bool:
    """Tell whether a request of this length is inside what the type was cleared for."""
    return not task_type.is_declined and minutes <= task_type.most_minutes
