"""Policies for someone: the list, one of them, one goal, and what everyone may read."""

from samtun.anchoring.policies.queries.goals import (
    goal_for,
    goals_to_serve,
    serving,
    stands_there,
    who_could_answer,
    who_could_be_given,
)
from samtun.anchoring.policies.queries.policies import (
    Whole,
    own_to_write_for,
    policies_visible_to,
    policy_for,
    public_policies,
    public_policy,
)

__all__ = [
    "Whole", "goal_for", "goals_to_serve", "own_to_write_for", "policies_visible_to", "policy_for",
    "public_policies", "public_policy", "serving", "stands_there", "who_could_answer", "who_could_be_given",
]  # fmt: skip
