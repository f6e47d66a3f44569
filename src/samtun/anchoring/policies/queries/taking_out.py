"""What an owner takes out of this room: the policies it keeps, and the goals it answers for."""

import uuid

from django.db.models import Q

from samtun.anchoring.policies.models import Goal, NewDate, Policy
from samtun.foundation import exports


def tables(owner: uuid.UUID) -> list[exports.Table]:
    """Return an owner's policies with all their goals, the goals it answers for, and each new date."""
    ours = Q(policy__owner=owner) | Q(owner=owner)
    return [
        _policies(owner),
        _goals(ours),
        _dates(ours),
        _people(owner),
    ]


def _policies(owner: uuid.UUID) -> exports.Table:
    columns = (
        "id", "sort", "state", "title", "words", "decided_by", "decided_on", "item_id", "since", "until", "made_at",
        "opened_at", "ended_at", "ended_words",
    )  # fmt: skip
    rows = Policy.objects.filter(owner=owner).order_by("id").values_list(*columns)
    return exports.Table("policies", columns, list(rows))


def _goals(ours: Q) -> exports.Table:
    columns = (
        "id", "policy_id", "under_id", "words", "owner__name", "first_due", "due", "state", "state_words", "state_at",
        "settled_at",
    )  # fmt: skip
    rows = Goal.objects.filter(ours).order_by("id").values_list(*columns)
    return exports.Table("goals", columns, list(rows))


def _dates(ours: Q) -> exports.Table:
    columns = ("goal_id", "was", "due", "why", "at")
    rows = NewDate.objects.filter(goal__in=Goal.objects.filter(ours).values("id")).order_by("id")
    return exports.Table("new_dates", columns, list(rows.values_list(*columns)))


def _people(owner: uuid.UUID) -> exports.Table:
    rows = list(Goal.objects.filter(owner=owner, person__isnull=False).select_related("person").order_by("id"))
    people = [(goal.id, goal.person) for goal in rows if goal.person]
    return exports.Table(
        "who_answers", ("goal_id", "person", "person_id"), [(key, one.full_name, one.id) for key, one in people],
        frozenset(one.id for _key, one in people),
    )  # fmt: skip
