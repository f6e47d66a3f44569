"""What the pages of policies show, ready to print."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.anchoring.policies.enums import GoalState, PolicyState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.anchoring.policies.queries import Whole
from samtun.anchoring.policies.rules import is_late
from samtun.foundation.sight import Seen

COLORS: dict[str, tuple[str, str]] = {
    GoalState.NOT_BEGUN: ("neutral", ""), GoalState.UNDER_WAY: ("info", ""), GoalState.REACHED: ("success", "check"),
    GoalState.GIVEN_UP: ("neutral", "cross"),
}  # fmt: skip
POLICIES: dict[str, str] = {
    PolicyState.WRITTEN: "info", PolicyState.HOLDS: "success", PolicyState.ENDED: "neutral",
}  # fmt: skip


def policy_row(row: Policy, *, on: dt.date) -> dict[str, Any]:
    """Return a policy on a list: what it is, and how far its goals have come."""
    goals = list(row.goals.all())
    return {
        "policy": row, "color": POLICIES[row.state], "number": len(goals),
        "reached": sum(goal.state == GoalState.REACHED for goal in goals),
        "late": sum(is_late(goal, on=on) for goal in goals) if row.state == PolicyState.HOLDS else 0,
        "passed": bool(row.state == PolicyState.HOLDS and row.until and row.until < on),
    }  # fmt: skip


def goal_row(goal: Goal, *, on: dt.date) -> dict[str, Any]:
    """Return a goal or measure: state, date, and the dates it has had, each with why."""
    color, icon = COLORS[goal.state]
    late = is_late(goal, on=on) and goal.policy.state == PolicyState.HOLDS
    return {
        "goal": goal, "state": goal.get_state_display(), "color": color, "icon": icon, "late": late,
        "moved": goal.due != goal.first_due, "dates": list(goal.new_dates.all()),
    }  # fmt: skip


def goal_rows(
    whole: Whole, *, on: dt.date, serving: Mapping[uuid.UUID, Sequence[Seen]] | None = None
) -> list[dict[str, Any]]:
    """Return the goals with the measures under each, and what serves them."""
    found = serving or {}
    return [
        goal_row(goal, on=on) | {"measures": [goal_row(m, on=on) for m in measures], "serving": found.get(goal.id, [])}
        for goal, measures in whole.goals
    ]


def decided_words(row: Policy) -> str:
    """Return who decided it and when, in a line."""
    if not row.decided_by:
        return ""
    if row.decided_on is None:
        return _("Decided by %(who)s") % {"who": row.decided_by}
    return _("Decided by %(who)s, %(day)s") % {"who": row.decided_by, "day": date_format(row.decided_on, "j. F Y")}


def holds_words(row: Policy) -> str:
    """Return from when until when it holds."""
    since = date_format(row.since, "j. F Y")
    if row.until is None:
        return _("Holds from %(day)s") % {"day": since}
    return _("Holds from %(day)s to %(last)s") % {"day": since, "last": date_format(row.until, "j. F Y")}
