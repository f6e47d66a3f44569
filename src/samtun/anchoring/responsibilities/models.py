"""Task types and who cleared them (decisions 12); whose task each is, and each change of that."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.enums import MapState, Part, Says, Way
from samtun.foundation.models import Owner, TenantKey, TenantModel


class PolicePurpose(TenantModel):
    """A purpose for which the law lets a police certificate be asked; there is no other way to ask (R64)."""

    code = models.SlugField(max_length=40)
    name = models.JSONField(default=dict)
    law = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "code", "valid_from"], name="purpose_once"),
            models.CheckConstraint(condition=~models.Q(law=""), name="purpose_has_law"),
        ]

    class Privacy:
        plain = ("code", "name", "law", "valid_from", "valid_to")


class TaskType(TenantModel):
    """A kind of help. Names and texts are `{nb, nn, en}`. Requirements follow the task, not the person (R63)."""

    class TaskClass(models.TextChoices):
        """What sort of task (R22). `grey` needs a decision first; `professional` is never for volunteers."""

        SOCIAL = "social"
        PRACTICAL = "practical"
        TRANSPORT = "transport"
        COMPANION = "companion"
        KNOWLEDGE = "knowledge"
        ORGANISING = "organising"
        GREY = "grey"
        PROFESSIONAL = "professional"

    class Asking(models.TextChoices):
        """How volunteers are asked."""

        FIRST_YES = "first_yes"
        COORDINATOR_PICKS = "coordinator_picks"
        KNOWN_ONLY = "known_only"

    key = models.SlugField(max_length=40)
    name = models.JSONField(default=dict)
    limits = models.JSONField(default=dict, help_text="What it is and is not, in the words said to people.")
    way_on = models.JSONField(default=dict, help_text="Where to go instead, when it is outside the limits.")
    task_class = models.CharField(max_length=12, choices=TaskClass)
    asking = models.CharField(max_length=20, choices=Asking, default=Asking.FIRST_YES)
    staircase = models.PositiveSmallIntegerField(default=0, help_text="Level of the involvement staircase, 0-5.")
    usual_minutes = models.PositiveSmallIntegerField(default=60)
    most_minutes = models.PositiveSmallIntegerField(default=180)
    one_to_one = models.BooleanField(default=False, help_text="One-to-one over time: needs the plan of R28.")
    needs_declaration = models.BooleanField(default=False)
    needs_course = models.CharField(max_length=40, blank=True)
    needs_purpose = TenantKey(PolicePurpose, models.PROTECT, null=True, blank=True)
    needs_car = models.BooleanField(default=False)
    least_age = models.PositiveSmallIntegerField(default=15)
    is_declined = models.BooleanField(default=False, help_text="Outside the limits here: met with the way on.")
    sold_locally = models.BooleanField(default=False, help_text="Can be bought here (R25): says so before asking.")
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "key"], name="task_type_once"),
            models.CheckConstraint(
                condition=models.Q(most_minutes__gte=models.F("usual_minutes")), name="task_type_minutes"
            ),
            models.CheckConstraint(
                condition=~models.Q(task_class="professional") | models.Q(is_declined=True),
                name="professional_is_declined",
            ),
        ]

    class Privacy:
        plain = (
            "key", "name", "limits", "way_on", "task_class", "asking", "staircase", "usual_minutes", "most_minutes",
            "one_to_one", "needs_declaration", "needs_course", "needs_purpose", "needs_car", "least_age",
            "is_declined", "sold_locally", "is_active", "version",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.key


class Clearance(TenantModel):
    """That an owner has cleared a task type beforehand: municipality and organisation each say yes (R26, R29)."""

    task_type = TenantKey(TaskType, models.CASCADE, related_name="clearances")
    owner = TenantKey(Owner)
    cleared = models.BooleanField()
    by_words = models.CharField(max_length=160, help_text="Who decided, in words: meeting, role, date.")
    decided_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "task_type", "owner"], name="cleared_once")]

    class Privacy:
        plain = ("task_type", "owner", "cleared", "by_words", "decided_on")


ON_MAP = _("So that everyone can see whose task it is, and nobody decides it for another.")
MAP_KEPT = _("As long as the map is kept: it is a public paper.")


class Placed(TenantModel):
    """That an owner has a part in a task, from a day until it is taken out. The task is a kind of help or a service."""

    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    owner = TenantKey(Owner)
    part = models.CharField(max_length=8, choices=Part)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "ref_kind", "ref_id", "owner", "part"], condition=models.Q(ended_on=None),
                name="placed_once",
            ),
        ]  # fmt: skip

    class Privacy:
        plain = ("ref_kind", "ref_id", "owner", "part", "since", "ended_on")


class MapChange(TenantModel):
    """A change of whose task something is. It holds when all it concerns have said yes. One waits at a time."""

    ref_kind = models.CharField(max_length=40)
    ref_id = models.UUIDField()
    state = models.CharField(max_length=9, choices=MapState, default=MapState.WAITING)
    proposed_by = TenantKey(Owner)
    proposed_name = models.CharField(max_length=160)
    why = models.CharField(max_length=600, blank=True)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "ref_kind", "ref_id"], condition=models.Q(state=MapState.WAITING),
                name="map_change_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MapState.WAITING, settled_at=None)
                | (~models.Q(state=MapState.WAITING) & models.Q(settled_at__isnull=False)),
                name="map_change_settled_at",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"proposed_name": "words", "why": "words"}
        plain = ("ref_kind", "ref_id", "state", "proposed_by", "proposed_at", "settled_at")
        purpose = ON_MAP
        retention = MAP_KEPT


class MapMove(TenantModel):
    """One part that a change puts an owner in, or takes it out of."""

    change = TenantKey(MapChange, models.CASCADE, related_name="moves")
    owner = TenantKey(Owner)
    part = models.CharField(max_length=8, choices=Part)
    way = models.CharField(max_length=3, choices=Way)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "change", "owner", "part"], name="map_move_once"),
        ]

    class Privacy:
        plain = ("change", "owner", "part", "way")


class MapAnswer(TenantModel):
    """What an owner that a change concerns says to it; empty until it answers. `noted_by`: who wrote it down for it."""

    change = TenantKey(MapChange, models.CASCADE, related_name="answers")
    owner = TenantKey(Owner)
    says = models.CharField(max_length=3, choices=Says, default=Says.NOTHING, blank=True)
    words = models.CharField(max_length=600, blank=True)
    said_by = models.CharField(max_length=160, blank=True)
    noted_by = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "change", "owner"], name="map_answer_once"),
            models.CheckConstraint(
                condition=models.Q(says="", at=None) | (~models.Q(says="") & models.Q(at__isnull=False)),
                name="map_answer_at",
            ),
        ]

    class Privacy:
        personal: ClassVar = {"words": "words", "said_by": "words", "noted_by": "words"}
        plain = ("change", "owner", "says", "at")
        purpose = ON_MAP
        retention = MAP_KEPT
