"""Who may do what with a volunteer."""

from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.volunteers.models import Volunteer


def may_manage(viewer: Viewer, volunteer: Volunteer) -> bool:
    """Tell whether the viewer hosts this volunteer, or is the volunteer."""
    return hosts(viewer, volunteer) or is_self(viewer, volunteer)


def hosts(viewer: Viewer, volunteer: Volunteer) -> bool:
    """Tell whether the viewer acts for the volunteer's host."""
    own = volunteer.host_id in viewer.owners and viewer.may(Permission.MANAGE_VOLUNTEERS)
    return viewer.is_system or own


def is_self(viewer: Viewer, volunteer: Volunteer) -> bool:
    """Tell whether the viewer is this volunteer."""
    return viewer.person is not None and viewer.person == volunteer.person_id
