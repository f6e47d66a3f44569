"""What the verbs share: a policy locked, what is due, who is reminded and when."""

import datetime as dt
import uuid

from samtun.anchoring.forums.rules import desk_of
from samtun.anchoring.policies.enums import AHEAD, PolicyState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.anchoring.policies.notices import DueSoon
from samtun.anchoring.policies.queries import stands_there
from samtun.anchoring.policies.rules import reminded_on
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.queries import opening_hours_of, speaks_for
from samtun.work.todos.actions import close_todos, open_todo

MORNING, AFTERNOON = dt.time(8), dt.time(15)
NAME_WITHIN = 10
"""Opening days from when nobody is named until it stands as late on the owner's desk."""


class NeedsWords(Refused):
    """Write it in a few words first."""


class IsOver(Refused):
    """This does not hold any more. Write a new one if it is to go on."""


class ChangedMeanwhile(Refused):
    """Somebody has changed it while you wrote. Look at what stands now, and write again."""


def need(holds: bool) -> None:
    """Refuse as out of sight."""
    if not holds:
        raise NotYours


def lock(policy_id: uuid.UUID) -> Policy:
    """Return a policy that is not over, locked; IsOver otherwise."""
    found = Policy.objects.select_for_update(of=("self",)).select_related("owner", "item").get(id=policy_id)
    if found.state == PolicyState.ENDED:
        raise IsOver
    return found


def lock_goal(goal_id: uuid.UUID) -> Goal:
    """Return a goal of a policy that is not over, with both locked."""
    policy = lock(Goal.objects.values_list("policy", flat=True).get(id=goal_id))
    found = Goal.objects.select_for_update(of=("self",)).select_related("owner", "under").get(id=goal_id)
    found.policy = policy
    return found


def sync(goal: Goal, *, by: Viewer, at: dt.datetime) -> None:
    """See that the owner's desk says what is due about a goal and nothing else, and that it is looked at in time.

    Nothing is due before the policy holds, nor when the goal is reached or given up.
    """
    ref = Ref("policy_goal", goal.id)
    if goal.policy.state != PolicyState.HOLDS or goal.state not in AHEAD or goal.owner.left_on is not None:
        close_todos(ref=ref, by=by, at=at)
        return
    _who(goal, ref, by=by, at=at)
    today, hours = wall(at).date(), opening_hours_of(goal.owner_id)
    when = reminded_on(hours, goal.due)
    if when > today:
        close_todos(ref=ref, by=by, at=at, reasons=("due",))
        wait = int((at_wall(when, MORNING) - at).total_seconds())
        defer("policies.look", goal_id=goal.id, schedule_in=max(wait, 1))
        return
    _open(goal, "due", at_wall(goal.due, AFTERNOON), at=at)
    if goal.reminded_of != goal.due:
        goal.reminded_of = goal.due
        goal.save(update_fields=["reminded_of"])
        if goal.person_id and goal.person_id != by.person and stands_there(goal, on=today):
            queue(
                notice=DueSoon, ref_kind=ref.kind, ref_id=ref.id, to=goal.person_id, owner=speaks_for(goal.owner),
                by=by, at=at,
            )  # fmt: skip


def _who(goal: Goal, ref: Ref, *, by: Viewer, at: dt.datetime) -> None:
    if stands_there(goal, on=wall(at).date()):
        close_todos(ref=ref, by=by, at=at, reasons=("person",))
    else:
        _open(goal, "person", opening_hours_of(goal.owner_id).after_days(wall(at), NAME_WITHIN), at=at)


def _open(goal: Goal, reason: str, when: dt.datetime, *, at: dt.datetime) -> None:
    open_todo(
        ref=Ref("policy_goal", goal.id), reason=reason, about=goal.words[:120], due=when, owner=goal.owner_id,
        audience=desk_of(goal.owner), at=at,
    )  # fmt: skip
