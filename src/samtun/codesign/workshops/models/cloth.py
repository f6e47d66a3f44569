"""What is written on the cloths, what is recommended, and how it was."""

from typing import ClassVar

from django.db import models

from samtun.codesign.workshops.enums import Became, Much, NoteVia, Side
from samtun.codesign.workshops.models.workshop import KEPT, MAKE, Group, Participant, Question, Workshop
from samtun.foundation.models import TenantKey, TenantModel


class Cluster(TenantModel):
    """A name over notes that belong together, on one group's cloth."""

    workshop = TenantKey(Workshop, models.CASCADE)
    question = TenantKey(Question, models.CASCADE)
    group = TenantKey(Group, models.CASCADE)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "group", "question", "name"], name="workshop_cluster_once"),
        ]

    class Privacy:
        plain = ("workshop", "question", "group", "name", "made_at")


class Note(TenantModel):
    """A note. `key` is made where it is written: the same note sent twice is one. Not shared: only its writer's.

    `on` is what it says "yes, and …" to.
    """

    workshop = TenantKey(Workshop, models.CASCADE)
    question = TenantKey(Question, models.CASCADE)
    group = TenantKey(Group, models.CASCADE)
    participant = TenantKey(Participant, models.CASCADE)
    key = models.UUIDField()
    words = models.CharField(max_length=300)
    side = models.CharField(max_length=8, choices=Side, blank=True)
    via = models.CharField(max_length=5, choices=NoteVia, default=NoteVia.OWN)
    cluster = TenantKey(Cluster, models.PROTECT, null=True, blank=True)
    on = TenantKey("codesign_workshops.Note", models.CASCADE, null=True, blank=True)
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True, help_text="When it was taken off the cloth.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "participant", "key"], name="workshop_note_once"),
            models.CheckConstraint(
                condition=models.Q(cluster=None) | models.Q(shared_at__isnull=False),
                name="workshop_clustered_is_shared",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "workshop", "question"], name="workshop_notes"),
        ]

    class Privacy:
        personal: ClassVar = {"words": "words", "participant": "unlink"}
        plain = (
            "workshop", "question", "group", "key", "side", "via", "cluster", "on", "made_at", "shared_at", "taken_at",
        )  # fmt: skip
        purpose = MAKE
        retention = KEPT


class Dot(TenantModel):
    """A dot that a participant has put on a note or a cluster."""

    workshop = TenantKey(Workshop, models.CASCADE)
    question = TenantKey(Question, models.CASCADE)
    participant = TenantKey(Participant, models.CASCADE)
    note = TenantKey(Note, models.CASCADE, null=True, blank=True)
    cluster = TenantKey(Cluster, models.CASCADE, null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "participant", "note"], condition=models.Q(note__isnull=False),
                name="workshop_dot_on_note_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "participant", "cluster"], condition=models.Q(cluster__isnull=False),
                name="workshop_dot_on_cluster_once",
            ),
            models.CheckConstraint(
                condition=models.Q(note=None, cluster__isnull=False) | models.Q(note__isnull=False, cluster=None),
                name="workshop_dot_on_one_thing",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "workshop", "question"], name="workshop_dots")]

    class Privacy:
        personal: ClassVar = {"participant": "unlink"}
        plain = ("workshop", "question", "note", "cluster")
        purpose = MAKE
        retention = KEPT


class Recommendation(TenantModel):
    """What is to be done, by whom and how; and what it became."""

    workshop = TenantKey(Workshop, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    who = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=600, blank=True)
    cluster = TenantKey(Cluster, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField()
    became = models.CharField(max_length=6, choices=Became, blank=True)
    became_id = models.UUIDField(null=True, blank=True)
    became_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "workshop", "number"], name="workshop_recommendation_number"),
            models.CheckConstraint(condition=~models.Q(what=""), name="workshop_recommendation_has_words"),
            models.CheckConstraint(
                condition=models.Q(became="", became_id=None, became_at=None)
                | ~models.Q(became="") & models.Q(became_id__isnull=False, became_at__isnull=False),
                name="workshop_recommendation_became",
            ),
        ]

    class Privacy:
        personal: ClassVar = {"who": "words"}
        plain = (
            "workshop", "number", "what", "how", "cluster", "made_at", "became", "became_id", "became_at",
        )  # fmt: skip
        purpose = MAKE
        retention = KEPT


class Answer(TenantModel):
    """How it was, from one who took part."""

    workshop = TenantKey(Workshop, models.CASCADE)
    participant = TenantKey(Participant, models.CASCADE)
    heard = models.CharField(max_length=6, choices=Much)
    useful = models.CharField(max_length=6, choices=Much)
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "participant"], name="workshop_answer_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "workshop"], name="workshop_answers")]

    class Privacy:
        personal: ClassVar = {"participant": "unlink", "words": "words"}
        plain = ("workshop", "heard", "useful", "at")
        purpose = MAKE
        retention = KEPT
