"""Who may do what around a person, and what holds."""

import datetime as dt

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall
from samtun.operation.activities.models import Activity
from samtun.operation.networks.enums import FOR_VOLUNTEERS, MAY_BE_CONTACT, MemberKind
from samtun.operation.networks.models import HomeVisit, Member, Network, Talk
from samtun.partners.catalogue.enums import Category
from samtun.people.roles.rules import works_with_people

MORNING = dt.time(7)
"""When what waits for a day comes to the desk."""
COMPANY = frozenset({
    Category.SOCIAL, Category.MEAL, Category.ACTIVE, Category.CULTURE, Category.COURSE, Category.INCLUSION,
    Category.ACROSS_AGES,
})  # fmt: skip
"""What is there for anyone who would like company. What is made with illness in mind is found by those who look."""
FITS = {
    TaskType.TaskClass.SOCIAL: COMPANY, TaskType.TaskClass.KNOWLEDGE: frozenset({Category.COURSE}),
    TaskType.TaskClass.PRACTICAL: frozenset({Category.PRACTICAL, Category.LENDING}),
    TaskType.TaskClass.TRANSPORT: frozenset({Category.RIDE}),
}  # fmt: skip


def until_morning(day: dt.date, at: dt.datetime) -> int:
    """Return how many seconds there are until what waits for a day comes to the desk that morning; at least one."""
    return max(int((at_wall(day, MORNING) - at).total_seconds()), 1)


def may_build(viewer: Viewer, network: Network) -> bool:
    """Tell whether this network is the viewer's to build: acts for its owner, with the right for requests."""
    return viewer.is_system or (network.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_talk(viewer: Viewer, talk: Talk) -> bool:
    """Tell whether this talk is the viewer's to hold."""
    return viewer.is_system or (talk.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))


def may_conclude(viewer: Viewer, visit: HomeVisit) -> bool:
    """Tell whether the viewer may write what came of a visit: an assessor, or the professional who planned it."""
    if viewer.is_system or viewer.may(Permission.ASSESS_REQUESTS):
        return True
    own = viewer.person is not None and viewer.person == visit.planner_id
    return own and works_with_people(viewer)


def fitting(kind: TaskType | None) -> frozenset[Category]:
    """Return what sorts of activity may be an answer to a kind of help; to none in particular, company."""
    return FITS.get(TaskType.TaskClass(kind.task_class), frozenset()) if kind else COMPANY


def is_doubtful(activity: Activity, *, on: dt.date) -> bool:
    """Tell whether nobody has said for half a year that it is still so."""
    return activity.true_until is not None and activity.true_until < on


def could_be_contact(member: Member) -> bool:
    """Tell whether this one can be the network contact: a human with a number."""
    return MemberKind(member.kind) in MAY_BE_CONTACT


def lacks_plan(outcome: str, *, limits: str, whom_to_call: str) -> bool:
    """Tell whether a volunteer would come without knowing what belongs to it, and whom to ring (R28)."""
    return outcome in FOR_VOLUNTEERS and not (limits.strip() and whom_to_call.strip())
