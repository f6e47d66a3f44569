"""What comes by itself: a day that nears, somebody who is gone, an owner that leaves, names that are forgotten."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.policies.actions.stepping import sync
from samtun.anchoring.policies.enums import AHEAD, PolicyState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import receiving_owner
from samtun.work.todos.actions import close_todos


def look(*, goal: Goal, by: Viewer, at: dt.datetime) -> None:
    """See whether a goal nears its day; a second time changes nothing."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        policy = Policy.objects.select_for_update(of=("self",)).select_related("owner").get(id=goal.policy_id)
        found = Goal.objects.select_for_update(of=("self",)).select_related("owner").get(id=goal.id)
        found.policy = policy
        sync(found, by=by, at=at)


def somebody_gone(*, person: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """See whether the goals somebody answered for have anybody now; return how many. Also when they are back."""
    if not by.is_system:
        raise NotYours
    rows = Goal.objects.filter(person=person, state__in=AHEAD).select_related("policy", "owner").order_by("id")
    with transaction.atomic():
        for goal in rows:
            sync(goal, by=by, at=at)
    return len(rows)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """Let who keeps a policy answer for the goals of an owner that has left; its own policies go to who receives."""
    if not by.is_system:
        raise NotYours
    there = receiving_owner()
    with transaction.atomic():
        kept = Policy.objects.select_for_update(of=("self",)).filter(owner=owner).exclude(state=PolicyState.ENDED)
        for policy in kept.order_by("id"):
            if there is None or there.id == owner.id:
                break
            policy.owner = there
            policy.save(update_fields=["owner"])
            record("policies.owner_left", Ref("policy", policy.id), by=by, at=at, owner=owner.name)
        mine = Goal.objects.select_for_update(of=("self",)).filter(owner=owner).exclude(policy__owner=owner)
        for goal in mine.exclude(policy__state=PolicyState.ENDED).select_related("policy__owner").order_by("id"):
            close_todos(ref=Ref("policy_goal", goal.id), by=by, at=at)
            goal.owner, goal.person, goal.reminded_of = goal.policy.owner, None, None
            goal.save(update_fields=["owner", "person", "reminded_of"])
            record("policies.owner_of_goal_left", Ref("policy_goal", goal.id), by=by, at=at, owner=owner.name)
            sync(goal, by=by, at=at)
