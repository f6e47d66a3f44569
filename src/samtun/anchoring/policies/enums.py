"""The words of policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sort(models.TextChoices):
    """What is decided: what is to be done, or what one holds to."""

    PLAN = "plan", _("Plan")
    PRINCIPLES = "principles", _("What we hold to")


class PolicyState(models.TextChoices):
    """Where a policy is. Being written: only those who write it and those who answer for its goals see it."""

    WRITTEN = "written", _("Being written")
    HOLDS = "holds", _("Holds")
    ENDED = "ended", _("Does not hold any more")


class GoalState(models.TextChoices):
    """Where a goal or a measure is. That it is late is read from the day, never stored."""

    NOT_BEGUN = "not_begun", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    REACHED = "reached", _("Reached")
    GIVEN_UP = "given_up", _("Given up")


AHEAD = frozenset({GoalState.NOT_BEGUN, GoalState.UNDER_WAY})
"""States in which something is still to be done."""
