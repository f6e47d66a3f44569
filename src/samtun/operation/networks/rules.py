"""Who may do what around a person, and what holds."""

import datetime as dt

from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.operation.networks.enums import FOR_VOLUNTEERS, MAY_BE_CONTACT, MemberKind
from samtun.operation.networks.models import Activity, HomeVisit, Member, Network, Talk

STILL_TRUE = dt.timedelta(days=182)
"""How long a line about an ordinary activity is believed."""


def is_professional(viewer: Viewer) -> bool:
    """Tell whether the viewer works for the municipality with people: an employee or an assessor, no contact person."""
    return viewer.role in {Role.UNIT_EMPLOYEE, Role.ASSESSOR} and viewer.may(Permission.REFER)


def may_build(viewer: Viewer, network: Network) -> bool:
    """Tell whether this network is the viewer's to build: acts for its owner, with the right for requests."""
    return viewer.is_system or (network.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_keep(viewer: Viewer, activity: Activity) -> bool:
    """Tell whether this line is the viewer's to change."""
    return viewer.is_system or (activity.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_talk(viewer: Viewer, talk: Talk) -> bool:
    """Tell whether this talk is the viewer's to hold."""
    return viewer.is_system or (talk.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_conclude(viewer: Viewer, visit: HomeVisit) -> bool:
    """Tell whether the viewer may write what came of a visit: an assessor, or the professional who planned it."""
    if viewer.is_system or viewer.may(Permission.ASSESS_REQUESTS):
        return True
    own = viewer.person is not None and viewer.person == visit.planner_id
    return own and is_professional(viewer)


def is_doubtful(activity: Activity, *, on: dt.date) -> bool:
    """Tell whether nobody has said for half a year that it is still so."""
    return activity.true_until < on


def could_be_contact(member: Member) -> bool:
    """Tell whether this one can be the network contact: a human with a number."""
    return MemberKind(member.kind) in MAY_BE_CONTACT


def lacks_plan(outcome: str, *, limits: str, whom_to_call: str) -> bool:
    """Tell whether a volunteer would come without knowing what belongs to it, and whom to ring (R28)."""
    return outcome in FOR_VOLUNTEERS and not (limits.strip() and whom_to_call.strip())
