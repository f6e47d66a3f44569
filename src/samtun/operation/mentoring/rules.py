"""Who may do what with a mentor's plan."""

from samtun.foundation.viewer import Viewer
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.volunteers.rules import hosts


def may_talk(viewer: Viewer, plan: MentorPlan) -> bool:
    """Tell whether the viewer hosts the volunteer, or is the mentor."""
    return hosts(viewer, plan.volunteer) or (viewer.person is not None and viewer.person == plan.mentor_id)
