"""Goals and measures: set, given to somebody, said how far they have come, and given another date."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.forums.rules import acts_for
from samtun.anchoring.policies.actions.policies import tie_to_item
from samtun.anchoring.policies.actions.stepping import NeedsWords, lock, lock_goal, need, sync
from samtun.anchoring.policies.enums import AHEAD, GoalState
from samtun.anchoring.policies.models import Goal, NewDate, Policy
from samtun.anchoring.policies.queries import who_could_answer
from samtun.anchoring.policies.rules import answers_for, may_be_given, writes
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.models import Person
from samtun.work.todos.actions import close_todos


class AskThem(Refused):
    """An association or a business is asked, never given something. Make an agreement with it that serves the goal."""


class GiveReason(Refused):
    """Write why. Everyone can read it."""


class NewDay(Refused):
    """Choose a day that has not been."""


class SameDay(Refused):
    """That is the day it has already. Choose another."""


def set_goal(*, policy: Policy, words: str, owner: Owner, due: dt.date, by: Viewer, at: dt.datetime) -> Goal:
    """Set a goal of a policy, with who answers for it and by when."""
    with transaction.atomic():
        made = _set(lock(policy.id), None, words, owner, due, by=by, at=at)
        tie_to_item(made, made.policy, at=at)
    return made


def set_measure(*, goal: Goal, words: str, owner: Owner, due: dt.date, by: Viewer, at: dt.datetime) -> Goal:
    """Set what is done to reach a goal: it rests on the goal on the line of sight. Under a measure there is none."""
    with transaction.atomic():
        above = lock_goal(goal.id)
        need(above.under_id is None)
        made = _set(above.policy, above, words, owner, due, by=by, at=at)
        sight.tie(lower=Ref("policy_goal", made.id), upper=Ref("policy_goal", above.id), at=at)
    return made


def _set(
    policy: Policy, under: Goal | None, words: str, owner: Owner, due: dt.date, *, by: Viewer, at: dt.datetime
) -> Goal:
    need(writes(by, policy.owner_id))
    if not words.strip():
        raise NeedsWords
    if due < wall(at).date():
        raise NewDay
    if not may_be_given(by, policy, owner):
        raise AskThem
    made = Goal.objects.create(
        policy=policy, under=under, words=words.strip()[:300], owner=owner, first_due=due, due=due, state_at=at,
        made_at=at,
    )  # fmt: skip
    record("policies.set_goal", Ref("policy_goal", made.id), by=by, at=at)
    record("policies.goal_set", Ref("policy", policy.id), by=by, at=at)
    sync(made, by=by, at=at)
    return made


def give_to(*, goal: Goal, owner: Owner, by: Viewer, at: dt.datetime) -> Goal:
    """Let another owner answer for a goal. It names somebody itself."""
    with transaction.atomic():
        found = lock_goal(goal.id)
        need(writes(by, found.policy.owner_id))
        if not may_be_given(by, found.policy, owner):
            raise AskThem
        if owner.id != found.owner_id:
            _hand_on(found, owner, by=by, at=at)
            record("policies.give_to", Ref("policy_goal", found.id), by=by, at=at, owner=owner.name)
    return found


def _hand_on(found: Goal, owner: Owner, *, by: Viewer, at: dt.datetime) -> None:
    close_todos(ref=Ref("policy_goal", found.id), by=by, at=at)
    found.owner, found.person, found.reminded_of = owner, None, None
    found.save(update_fields=["owner", "person", "reminded_of"])
    sync(found, by=by, at=at)


def name_person(*, goal: Goal, person: Person | None, by: Viewer, at: dt.datetime) -> Goal:
    """Name who answers for a goal: somebody at its owner, named by the owner's own."""
    with transaction.atomic():
        found = lock_goal(goal.id)
        need(acts_for(by, found.owner_id))
        if person is not None:
            need(person.id in {one.id for one in who_could_answer(by, found, on=wall(at).date())})
        if found.person_id != (person.id if person else None):
            found.person, found.reminded_of = person, None
            found.save(update_fields=["person", "reminded_of"])
            record("policies.name_person", Ref("policy_goal", found.id), by=by, at=at)
            sync(found, by=by, at=at)
    return found


def say_state(*, goal: Goal, state: GoalState, words: str, by: Viewer, at: dt.datetime) -> Goal:
    """Say how far a goal has come. Given up, or taken up again, only with why."""
    with transaction.atomic():
        found = lock_goal(goal.id)
        need(answers_for(by, found))
        text = words.strip()[:600]
        if found.state == state and found.state_words == text:
            return found
        again = found.state not in AHEAD and state in AHEAD
        if not text and (state == GoalState.GIVEN_UP or again):
            raise GiveReason
        found.state, found.state_words, found.state_at = state, text, at
        found.settled_at = None if state in AHEAD else at
        found.save(update_fields=["state", "state_words", "state_at", "settled_at"])
        record("policies.say_state", Ref("policy_goal", found.id), by=by, at=at, state=str(state))
        sync(found, by=by, at=at)
    return found


def move_date(*, goal: Goal, due: dt.date, why: str, by: Viewer, at: dt.datetime) -> Goal:
    """Give a goal another date, with why. The first date stays to be seen, and each one between."""
    with transaction.atomic():
        found = lock_goal(goal.id)
        need(answers_for(by, found))
        if not why.strip():
            raise GiveReason
        if due < wall(at).date():
            raise NewDay
        if due == found.due:
            raise SameDay
        NewDate.objects.create(goal=found, was=found.due, due=due, why=why.strip()[:400], at=at)
        found.due = due
        found.save(update_fields=["due"])
        record("policies.move_date", Ref("policy_goal", found.id), by=by, at=at)
        sync(found, by=by, at=at)
    return found
