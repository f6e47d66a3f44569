"""Policies, their goals and measures, and each new date with why."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.forums.models import Item
from samtun.anchoring.policies.enums import AHEAD, GoalState, PolicyState, Sort
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person

OPEN = _("So that everyone can read what is decided, who answers for it, and how far it has come.")
KEPT = _("As long as the plan is kept: it is a public paper. Who answered for a goal: two years after the plan ended.")


class Policy(TenantModel):
    """A plan, or what one holds to. `owner` keeps it; `decided_by` says in words who decided it and where.

    `item`: what a forum decided, where it was decided in one here. `until`: the last day it is meant for.
    """

    owner = TenantKey(Owner)
    sort = models.CharField(max_length=10, choices=Sort)
    state = models.CharField(max_length=8, choices=PolicyState, default=PolicyState.WRITTEN)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=1200, help_text="What it says, in words everyone reads.")
    decided_by = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    item = TenantKey(Item, models.PROTECT, null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.CharField(max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=PolicyState.WRITTEN)
                | (~models.Q(decided_by="") & models.Q(decided_on__isnull=False, opened_at__isnull=False)),
                name="policy_holds_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PolicyState.ENDED, ended_at__isnull=False)
                | (~models.Q(state=PolicyState.ENDED) & models.Q(ended_at=None)),
                name="policy_ended_at",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="policy_days_in_order"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "state"], name="policy_by_state")]

    class Privacy:
        personal: ClassVar = {"words": "words", "decided_by": "words", "ended_words": "words"}
        plain = (
            "owner", "sort", "state", "title", "decided_on", "item", "since", "until", "made_at", "opened_at",
            "ended_at", "version",
        )  # fmt: skip
        purpose = OPEN
        retention = KEPT

    def __str__(self) -> str:
        return self.title


class Goal(TenantModel):
    """A goal, or under a goal a measure: what is done to reach it. `owner` answers for it, through `person`.

    `first_due` is the date it was first given, and stays. `reminded_of`: the date who answers was reminded of.
    """

    policy = TenantKey(Policy, models.CASCADE, related_name="goals")
    under = TenantKey("self", models.CASCADE, null=True, blank=True, related_name="measures")
    words = models.CharField(max_length=300)
    owner = TenantKey(Owner)
    person = TenantKey(Person, models.PROTECT, null=True, blank=True)
    first_due = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=9, choices=GoalState, default=GoalState.NOT_BEGUN)
    state_words = models.CharField(max_length=600, blank=True)
    state_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    reminded_of = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(AHEAD), settled_at=None)
                | (~models.Q(state__in=sorted(AHEAD)) & models.Q(settled_at__isnull=False)),
                name="goal_settled_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=GoalState.GIVEN_UP) | ~models.Q(state_words=""), name="goal_given_up_why"
            ),
            models.CheckConstraint(
                condition=models.Q(under=None) | ~models.Q(under=models.F("id")), name="goal_not_under_itself"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state"], name="goal_by_owner"),
            models.Index(fields=["tenant", "person"], name="goal_by_person"),
        ]

    class Privacy:
        personal: ClassVar = {"words": "words", "person": "unlink", "state_words": "words"}
        plain = (
            "policy", "under", "owner", "first_due", "due", "state", "state_at", "settled_at", "reminded_of", "made_at",
        )  # fmt: skip
        purpose = OPEN
        retention = KEPT

    def __str__(self) -> str:
        return self.words


class NewDate(TenantModel):
    """That a goal or measure got another date, and why: everyone reads it."""

    goal = TenantKey(Goal, models.CASCADE, related_name="new_dates")
    was = models.DateField()
    due = models.DateField()
    why = models.CharField(max_length=400)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(why=""), name="new_date_has_why")]

    class Privacy:
        personal: ClassVar = {"why": "words"}
        plain = ("goal", "was", "due", "at")
        purpose = OPEN
        retention = KEPT
