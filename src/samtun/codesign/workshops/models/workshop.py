"""A workshop with its programme, its groups, and who takes part without an account."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.codesign.workshops.enums import Part, Phase, QuestionKind, WorkshopState
from samtun.foundation.models import Owner, TenantKey, TenantModel

MAKE = _("To think together and show afterwards what was said and what was recommended.")
KEPT = _("Names and what was not shared: thirty days after the day. What was shared stands without names.")


class Workshop(TenantModel):
    """A day with questions. `question`, `phase` and `phase_ends` say where it is now; `left` counts while it rests.

    `version` grows with every change that others can see: pages ask for what is newer than what they have.
    """

    owner = TenantKey(Owner)
    made_by = models.CharField(max_length=160)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=600, blank=True)
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    dots = models.PositiveSmallIntegerField(default=3, help_text="How many dots each has for a question.")
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.UUIDField(null=True, blank=True)
    code_hash = models.CharField(max_length=43, help_text="What the address on the wall is looked up by.")
    state = models.CharField(max_length=9, choices=WorkshopState, default=WorkshopState.PLANNED)
    question = TenantKey("codesign_workshops.Question", models.PROTECT, null=True, blank=True)
    phase = models.CharField(max_length=8, choices=Phase, blank=True)
    phase_ends = models.DateTimeField(null=True, blank=True)
    left = models.PositiveIntegerField(null=True, blank=True, help_text="Seconds left while it rests.")
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.CharField(max_length=600, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "code_hash"], name="workshop_code_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="workshop_has_title"),
            models.CheckConstraint(
                condition=models.Q(state=WorkshopState.RUNNING, started_at__isnull=False) & ~models.Q(phase="")
                | ~models.Q(state=WorkshopState.RUNNING)
                & models.Q(phase="", question=None, phase_ends=None, left=None),
                name="workshop_phase_while_running",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[WorkshopState.ENDED, WorkshopState.CANCELLED], ended_at__isnull=False)
                | models.Q(state__in=[WorkshopState.PLANNED, WorkshopState.RUNNING], ended_at=None),
                name="workshop_ended_at",
            ),
            models.CheckConstraint(
                condition=models.Q(phase_ends=None) | models.Q(left=None), name="workshop_ticks_or_rests"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "day"], name="workshop_by_owner_day")]

    class Privacy:
        personal: ClassVar = {"made_by": "words"}
        plain = (
            "owner", "title", "purpose", "day", "begins", "place", "dots", "about_kind", "about_id", "code_hash",
            "state", "question", "phase", "phase_ends", "left", "version", "made_at", "started_at", "ended_at",
            "ended_words", "erased_at",
        )  # fmt: skip
        purpose = MAKE
        retention = KEPT


class Question(TenantModel):
    """One question of the programme, and how many minutes each phase has. No minutes: the phase is left out."""

    workshop = TenantKey(Workshop, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=6, choices=QuestionKind, default=QuestionKind.OPEN)
    alone = models.PositiveSmallIntegerField(default=2)
    group = models.PositiveSmallIntegerField(default=10)
    plenary = models.PositiveSmallIntegerField(default=5)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "workshop", "number"], name="workshop_question_number"),
            models.CheckConstraint(
                condition=models.Q(alone__gt=0) | models.Q(group__gt=0) | models.Q(plenary__gt=0),
                name="workshop_question_takes_time",
            ),
        ]  # fmt: skip

    class Privacy:
        plain = ("workshop", "number", "words", "kind", "alone", "group", "plenary")


class Group(TenantModel):
    """A table."""

    workshop = TenantKey(Workshop, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "workshop", "number"], name="workshop_group_number"),
        ]

    class Privacy:
        plain = ("workshop", "number", "name")


class Participant(TenantModel):
    """Somebody at a table, known by a key of their own and perhaps a first name; or the table's own telephone."""

    workshop = TenantKey(Workshop, models.CASCADE, related_name="participants")
    group = TenantKey(Group, models.CASCADE, related_name="participants")
    name = models.CharField(max_length=40, blank=True)
    key_hash = models.CharField(max_length=43)
    is_table = models.BooleanField(default=False)
    part = models.CharField(max_length=6, choices=Part, blank=True)
    joined_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "key_hash"], name="workshop_participant_key"),
            models.UniqueConstraint(
                fields=["tenant", "group", "part"], condition=~models.Q(part=""), name="workshop_one_of_each_part"
            ),
            models.UniqueConstraint(
                fields=["tenant", "group"], condition=models.Q(is_table=True), name="workshop_one_table_phone"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "workshop"], name="workshop_participants")]

    class Privacy:
        personal: ClassVar = {"name": "erase"}
        plain = ("workshop", "group", "key_hash", "is_table", "part", "joined_at")
        purpose = MAKE
        retention = KEPT
