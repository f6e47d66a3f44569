"""Who writes a policy and who answers for a goal, who may be given one, and when it is late or nears its day."""

import datetime as dt
import uuid

from samtun.anchoring.forums.rules import acts_for, days_before
from samtun.anchoring.policies.enums import AHEAD, PolicyState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.opening import OpeningHours

REMINDED_BEFORE = 10
"""Opening days before its date that who answers for a goal is reminded."""
FAMILY = frozenset({Owner.Kind.MUNICIPALITY, Owner.Kind.UNIT})
"""Kinds of owners under one management: they may give each other something to answer for; others are asked (R02)."""


def writes(viewer: Viewer, owner: uuid.UUID) -> bool:
    """Tell whether the viewer writes what an owner has decided."""
    return viewer.is_system or (owner in viewer.owners and viewer.may(Permission.MANAGE_ORGANISATION))


def answers_for(viewer: Viewer, goal: Goal) -> bool:
    """Tell whether the viewer says how far a goal has come: who is named, the owner's own, and who keeps the policy."""
    named = viewer.person is not None and viewer.person == goal.person_id
    return named or acts_for(viewer, goal.owner_id) or writes(viewer, goal.policy.owner_id)


def may_be_given(viewer: Viewer, policy: Policy, owner: Owner) -> bool:
    """Tell whether an owner may be given a goal without being asked: one's own, or one under the same management."""
    same = policy.owner.kind in FAMILY and owner.kind in FAMILY
    return viewer.is_system or same or owner.id == policy.owner_id or acts_for(viewer, owner.id)


def reads(viewer: Viewer, policy: Policy, goals: list[Goal]) -> bool:
    """Tell whether the viewer reads a policy: everyone, once it holds; before, those who write it and answer for it."""
    if policy.state != PolicyState.WRITTEN:
        return True
    return writes(viewer, policy.owner_id) or any(answers_for(viewer, goal) for goal in goals)


def is_late(goal: Goal, *, on: dt.date) -> bool:
    """Tell whether the day has been and it is still ahead."""
    return goal.state in AHEAD and goal.due < on


def reminded_on(hours: OpeningHours, due: dt.date) -> dt.date:
    """Return the day when who answers for a goal is reminded."""
    return days_before(hours, due, REMINDED_BEFORE)
