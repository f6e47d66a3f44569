"""A policy written, changed, opened to everyone, and ended."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from samtun.anchoring.forums.models import Item
from samtun.anchoring.forums.queries import decided_items
from samtun.anchoring.policies.actions.stepping import ChangedMeanwhile, NeedsWords, lock, need, sync
from samtun.anchoring.policies.enums import PolicyState, Sort
from samtun.anchoring.policies.models import Goal, Policy
from samtun.anchoring.policies.rules import writes
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref

KEPT = dt.timedelta(days=730)


class DaysInOrder(Refused):
    """The last day is before the first. Put one of them right."""


class NotDecided(Refused):
    """Write who decided it and when, before it is opened to everyone. That day must have been."""


class NoGoals(Refused):
    """Write at least one goal before it is opened to everyone."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is written of a policy."""

    sort: Sort
    title: str
    words: str
    since: dt.date
    until: dt.date | None = None
    decided_by: str = ""
    decided_on: dt.date | None = None
    item: Item | None = None


def write_policy(*, owner: Owner, told: Told, by: Viewer, at: dt.datetime) -> Policy:
    """Begin a policy for an owner. Nobody else reads it before it is opened."""
    need(writes(by, owner.id) and owner.left_on is None)
    facts = _facts(told, by=by, at=at)
    with transaction.atomic():
        made = Policy.objects.create(owner=owner, made_at=at, **facts)
        record("policies.write", Ref("policy", made.id), by=by, at=at)
    return made


def change_policy(*, policy: Policy, told: Told, version: int, by: Viewer, at: dt.datetime) -> Policy:
    """Change the words of a policy; `version` is the one that was read. Who decided it is never taken away again."""
    facts = _facts(told, by=by, at=at)
    with transaction.atomic():
        found = lock(policy.id)
        need(writes(by, found.owner_id))
        if found.version != version:
            raise ChangedMeanwhile
        if found.state == PolicyState.HOLDS:
            _decided(facts["decided_by"], facts["decided_on"], at=at)
        was = found.item_id
        found.version += 1
        for name, value in facts.items():
            setattr(found, name, value)
        found.save(update_fields=[*facts, "version"])
        for goal in Goal.objects.filter(policy=found, under=None).order_by("id"):
            tie_to_item(goal, found, at=at, was=was)
        record("policies.change", Ref("policy", found.id), by=by, at=at)
    return found


def tie_to_item(goal: Goal, policy: Policy, *, at: dt.datetime, was: Any = None) -> None:
    """Let a goal rest on what a forum decided, and no more on what stood there before."""
    lower = Ref("policy_goal", goal.id)
    if was and was != policy.item_id:
        sight.untie(lower=lower, upper=Ref("forum_item", was), at=at)
    if policy.item_id:
        sight.tie(lower=lower, upper=Ref("forum_item", policy.item_id), at=at)


def open_policy(*, policy: Policy, by: Viewer, at: dt.datetime) -> Policy:
    """Let everyone read a policy that is decided. A second time changes nothing."""
    with transaction.atomic():
        found = lock(policy.id)
        need(writes(by, found.owner_id))
        if found.state == PolicyState.HOLDS:
            return found
        _decided(found.decided_by, found.decided_on, at=at)
        goals = list(Goal.objects.filter(policy=found).select_related("owner").order_by("id"))
        if not goals:
            raise NoGoals
        found.state, found.opened_at = PolicyState.HOLDS, at
        found.save(update_fields=["state", "opened_at"])
        record("policies.open", Ref("policy", found.id), by=by, at=at)
        _sync(goals, found, by=by, at=at)
    return found


def end_policy(*, policy: Policy, words: str, by: Viewer, at: dt.datetime) -> Policy:
    """Say that a policy does not hold any more, and why. It stays to be read, with how far each goal came."""
    with transaction.atomic():
        found = lock(policy.id)
        need(writes(by, found.owner_id))
        if not words.strip():
            raise NeedsWords
        if found.opened_at is None:
            raise NotDecided
        found.state, found.ended_at, found.ended_words = PolicyState.ENDED, at, words.strip()[:600]
        found.save(update_fields=["state", "ended_at", "ended_words"])
        record("policies.end", Ref("policy", found.id), by=by, at=at)
        goals = list(Goal.objects.filter(policy=found).select_related("owner").order_by("id"))
        _sync(goals, found, by=by, at=at)
        defer("policies.forget", policy_id=found.id, schedule_in=int(KEPT.total_seconds()) + 1)
    return found


def forget_who(*, policy: Policy, by: Viewer, at: dt.datetime) -> bool:
    """Forget who answered for the goals of a policy that ended two years ago; return whether it was time."""
    need(by.is_system)
    with transaction.atomic():
        found = Policy.objects.select_for_update(of=("self",)).get(id=policy.id)
        if found.ended_at is None or at < found.ended_at + KEPT:
            return False
        if Goal.objects.filter(policy=found, person__isnull=False).update(person=None):
            record("policies.forget", Ref("policy", found.id), by=by, at=at)
    return True


def _sync(goals: list[Goal], policy: Policy, *, by: Viewer, at: dt.datetime) -> None:
    for goal in goals:
        goal.policy = policy
        sync(goal, by=by, at=at)


def _decided(who: str, on: dt.date | None, *, at: dt.datetime) -> None:
    if not who or on is None or on > wall(at).date():
        raise NotDecided


def _facts(told: Told, *, by: Viewer, at: dt.datetime) -> dict[str, Any]:
    if not told.title.strip() or not told.words.strip():
        raise NeedsWords
    if told.until is not None and told.until < told.since:
        raise DaysInOrder
    if told.item is not None:
        need(by.is_system or told.item.id in {one.id for one in decided_items(by, on=wall(at).date())})
    return {
        "sort": told.sort, "title": told.title.strip()[:120], "words": told.words.strip()[:1200],
        "since": told.since, "until": told.until, "decided_by": told.decided_by.strip()[:160],
        "decided_on": told.decided_on, "item": told.item,
    }  # fmt: skip
