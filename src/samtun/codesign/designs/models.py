"""Designs, their parties, who was at the table, how tasks are divided, versions, and changes that are proposed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.codesign.designs.enums import (
    NAMELESS,
    Behalf,
    ChangeKind,
    ChangeState,
    DesignState,
    Does,
    Legal,
    LegalState,
    Way,
)
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person

MAKE = _("To make a service together, and show afterwards who took part and why it became as it is.")
KEPT = _("As long as the service design stands, and ten years after.")
OVER = (DesignState.TAKEN_OVER, DesignState.ENDED)


class Design(TenantModel):
    """A service that parties make together. `owner` began it and has no more to say than the others.

    `edition` grows with every change and is what a form carries back. `started_at` is when the first trial began: from
    then on each change is a version.
    """

    owner = TenantKey(Owner)
    begun_by = models.CharField(max_length=160)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=1000)
    whose_need = models.CharField(max_length=1000, blank=True)
    hearing_plan = models.CharField(max_length=1000, blank=True, help_text="How those it is for are to be heard (R57).")
    nearly = models.CharField(max_length=1000, blank=True, help_text="Who nearly does this already (R98).")
    volunteers_wish = models.CharField(max_length=600, blank=True)
    recipients_need = models.CharField(max_length=600, blank=True)
    place_expects = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=DesignState, default=DesignState.IDEA)
    goal = models.CharField(max_length=600, blank=True, help_text="What the trial is to show.")
    trial_starts = models.DateField(null=True, blank=True)
    trial_ends = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.CharField(max_length=1000, blank=True)
    taken_by = TenantKey(Owner, null=True, blank=True)
    public_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(purpose=""), name="design_has_words"),
            models.CheckConstraint(
                condition=~models.Q(state=DesignState.TRIAL)
                | (models.Q(trial_starts__isnull=False, trial_ends__isnull=False) & ~models.Q(goal="")),
                name="trial_has_goal_and_end",
            ),
            models.CheckConstraint(
                condition=models.Q(trial_ends__isnull=True) | models.Q(trial_ends__gt=models.F("trial_starts")),
                name="trial_days",
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=OVER, ended_at__isnull=False) & ~models.Q(ended_words=""))
                | (~models.Q(state__in=OVER) & models.Q(ended_at=None)),
                name="design_over_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DesignState.TAKEN_OVER, taken_by__isnull=False)
                | (~models.Q(state=DesignState.TAKEN_OVER) & models.Q(taken_by=None)),
                name="taken_over_by_someone",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[DesignState.TRIAL, DesignState.OPERATION])
                | models.Q(started_at__isnull=False),
                name="design_started_at",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "state"], name="design_by_state")]

    class Privacy:
        personal: ClassVar = {"begun_by": "words"}
        plain = (
            "owner", "title", "purpose", "whose_need", "hearing_plan", "nearly", "volunteers_wish", "recipients_need",
            "place_expects", "state", "goal", "trial_starts", "trial_ends", "made_at", "started_at", "ended_at",
            "ended_words", "taken_by", "public_at", "edition",
        )  # fmt: skip
        purpose = MAKE
        retention = KEPT


class Party(TenantModel):
    """That an owner is asked, takes part, or has left. `noted` tells who said it, when another wrote it down."""

    design = TenantKey(Design, models.CASCADE, related_name="parties")
    owner = TenantKey(Owner)
    asked_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_words = models.CharField(max_length=600, blank=True)
    gain = models.CharField(max_length=300, blank=True)
    noted = models.CharField(max_length=160, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "design", "owner"], condition=models.Q(left_at=None), name="design_party_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "owner"], name="design_party_by_owner")]

    class Privacy:
        personal: ClassVar = {"noted": "words"}
        plain = ("design", "owner", "asked_at", "joined_at", "left_at", "left_words", "gain")
        purpose = MAKE
        retention = KEPT


class TablePlace(TenantModel):
    """Who took part in making it, on whose behalf, and in which way: a person of a party, or a role without a name."""

    design = TenantKey(Design, models.CASCADE, related_name="places")
    person = TenantKey(Person, models.CASCADE, null=True, blank=True)
    who = models.CharField(max_length=120, blank=True)
    behalf = models.CharField(max_length=11, choices=Behalf)
    owner = TenantKey(Owner, null=True, blank=True)
    way = models.CharField(max_length=8, choices=Way)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, who="") | (models.Q(person=None) & ~models.Q(who="")),
                name="place_person_or_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(behalf__in=NAMELESS) | models.Q(person=None), name="recipients_have_no_name"
            ),
            models.CheckConstraint(
                condition=models.Q(behalf=Behalf.PARTY, owner__isnull=False)
                | (~models.Q(behalf=Behalf.PARTY) & models.Q(owner=None)),
                name="place_for_a_party",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"person": "unlink", "who": "words"}
        plain = ("design", "behalf", "owner", "way", "made_at")
        purpose = MAKE
        retention = KEPT


class DividedTask(TenantModel):
    """One task of the service, perhaps a kind of help."""

    design = TenantKey(Design, models.CASCADE, related_name="tasks")
    words = models.CharField(max_length=200)
    task_type = TenantKey(TaskType, models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    class Privacy:
        plain = ("design", "words", "task_type", "made_at")


class TaskPart(TenantModel):
    """What one party has with a task."""

    task = TenantKey(DividedTask, models.CASCADE, related_name="parts")
    owner = TenantKey(Owner)
    does = models.CharField(max_length=8, choices=Does)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "task", "owner"], name="one_part_in_a_task"),
        ]

    class Privacy:
        plain = ("task", "owner", "does")


class LegalPoint(TenantModel):
    """One point of the legal check list. Settled says how."""

    design = TenantKey(Design, models.CASCADE, related_name="points")
    point = models.CharField(max_length=15, choices=Legal)
    state = models.CharField(max_length=12, choices=LegalState, default=LegalState.OPEN)
    words = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "design", "point"], name="legal_point_once"),
            models.CheckConstraint(
                condition=~models.Q(state=LegalState.SETTLED) | ~models.Q(words=""), name="legal_settled_says_how"
            ),
        ]

    class Privacy:
        plain = ("design", "point", "state", "words")


class Change(TenantModel):
    """A change that is proposed, perhaps because of a thing. `to` holds what it would be made to, by its kind.

    `version` is the version it was made in.
    """

    design = TenantKey(Design, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=9, choices=ChangeKind)
    words = models.CharField(max_length=1000, help_text="What, and why.")
    to = models.JSONField(default=dict)
    from_owner = TenantKey(Owner)
    by_words = models.CharField(max_length=160)
    ref_kind = models.CharField(max_length=20, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=ChangeState, default=ChangeState.PROPOSED)
    made_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True, blank=True)
    planned_words = models.CharField(max_length=1000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "design"], name="one_larger_change_waits",
                condition=models.Q(state=ChangeState.PROPOSED) & ~models.Q(kind=ChangeKind.WORDS),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ChangeState.PROPOSED, ChangeState.PLANNED], settled_at=None)
                | (~models.Q(state__in=[ChangeState.PROPOSED, ChangeState.PLANNED])
                   & models.Q(settled_at__isnull=False)),
                name="change_settled_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ChangeState.NOT_MADE) | ~models.Q(settled_words=""),
                name="not_made_says_why",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "ref_kind", "ref_id"], name="change_by_ref")]

    class Privacy:
        personal: ClassVar = {
            "words": "words", "by_words": "words", "planned_words": "words", "settled_words": "words",
            "ref_id": "unlink",
        }  # fmt: skip
        plain = (
            "design", "kind", "to", "from_owner", "ref_kind", "state", "made_at", "planned_at", "settled_at", "version",
        )  # fmt: skip
        purpose = MAKE
        retention = KEPT


class Approval(TenantModel):
    """What one party says to a larger change. `noted` tells who said it, when another wrote it down."""

    change = TenantKey(Change, models.CASCADE, related_name="approvals")
    owner = TenantKey(Owner)
    yes = models.BooleanField()
    words = models.CharField(max_length=600, blank=True)
    by_words = models.CharField(max_length=160)
    noted = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "change", "owner"], name="one_answer_each")]

    class Privacy:
        personal: ClassVar = {"words": "words", "by_words": "words", "noted": "words"}
        plain = ("change", "owner", "yes", "at")
        purpose = MAKE
        retention = KEPT


class Version(TenantModel):
    """The design as it stood after a change: which part (a code), why, and all of it as it then was.

    In `content` persons stand by their keys, so that a person who is erased is erased there too.
    """

    design = TenantKey(Design, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by_words = models.CharField(max_length=160)
    what = models.CharField(max_length=15)
    why = models.CharField(max_length=1000, blank=True)
    content = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "design", "number"], name="version_once")]

    class Privacy:
        personal: ClassVar = {"by_words": "words", "content": "words", "why": "words"}
        plain = ("design", "number", "at", "what")
        purpose = MAKE
        retention = KEPT
