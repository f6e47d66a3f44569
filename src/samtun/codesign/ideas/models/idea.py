"""An idea, each thing that has happened to it, and what others add."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.codesign.ideas.enums import AdditionKind, AdditionState, Answered, From, IdeaState, StepKind, Via
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

WHY = _("To answer those who have an idea, and let those who want to make it happen together.")
KEPT = _("Names, numbers and words a year after it is closed; an open page stays as long as it is open.")


class Idea(TenantModel):
    """What somebody wants to see happen, in their own words. `owner` is who answers, `named` the person who does.

    `initiator` is who had it and never changes (R18); `lead` is who has the say now, and `turn` counts who has had it:
    `own_hash` is what the lead's own address is looked up by. `from_owner` is an organisation it comes from. `shown_as`
    is what the initiator wants to be called where it is open. `near_words` say what exists nearby and why this is
    wanted still, for a volunteer centre's own idea (R98).
    """

    owner = TenantKey(Owner)
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=1500)
    initiator = TenantKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    lead = TenantKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    from_owner = TenantKey(Owner, null=True, blank=True, related_name="+")
    comes_from = models.CharField(max_length=12, choices=From)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    shown_as = models.CharField(max_length=60, blank=True)
    near_words = models.CharField(max_length=600, blank=True)
    is_public = models.BooleanField(default=False)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=5, choices=Via)
    state = models.CharField(max_length=10, choices=IdeaState, default=IdeaState.RECEIVED)
    answered = models.CharField(max_length=9, choices=Answered, blank=True)
    named = TenantKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    turn = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    sent_hash = models.CharField(max_length=43)
    own_hash = models.CharField(max_length=43)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "sent_hash"], name="idea_sent_once"),
            models.UniqueConstraint(fields=["tenant", "own_hash"], name="idea_own_address"),
            models.CheckConstraint(
                condition=~models.Q(state=IdeaState.CLOSED) | models.Q(closed_at__isnull=False), name="idea_closed_at"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=IdeaState.ANSWERED) | models.Q(answered_at__isnull=False),
                name="idea_answered_at",
            ),
            models.CheckConstraint(
                condition=models.Q(initiator__isnull=False) | models.Q(erased_at__isnull=False), name="idea_of_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(taken_down_at=None), name="idea_open_or_taken_down"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state", "-made_at"], name="idea_by_owner"),
            models.Index(fields=["tenant", "lead"], name="idea_by_lead"),
        ]

    class Privacy:
        personal: ClassVar = {
            "title": "words", "words": "words", "initiator": "unlink", "lead": "unlink", "shown_as": "erase",
            "named": "unlink", "near_words": "words", "sent_hash": "erase", "own_hash": "erase",
        }  # fmt: skip
        plain = (
            "owner", "from_owner", "comes_from", "village", "is_public", "taken_down_at", "via", "state", "answered",
            "turn", "made_at", "due", "answered_at", "closed_at", "erased_at", "version",
        )  # fmt: skip
        purpose = WHY
        retention = KEPT


class IdeaStep(TenantModel):
    """One thing that happened. `words` go to the lead; `via` tells how the lead's own word was written down for them.

    `ref_id` is the promise or helper it is about, `on` the day it names.
    """

    idea = TenantKey(Idea, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    by_words = models.CharField(max_length=160, blank=True)
    via = models.CharField(max_length=5, choices=Via, blank=True)
    words = models.CharField(max_length=1500, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "idea", "at"], name="idea_step_by_idea")]

    class Privacy:
        personal: ClassVar = {"by_words": "words", "words": "words", "ref_id": "unlink"}
        plain = ("idea", "kind", "at", "via", "on")
        purpose = WHY
        retention = KEPT


class Addition(TenantModel):
    """What somebody adds ("yes, and …"), or asks the named person about. A question and its answer are between the two.

    `shown_as` is what they want to be called where the idea is open.
    """

    idea = TenantKey(Idea, models.CASCADE, related_name="additions")
    kind = models.CharField(max_length=8, choices=AdditionKind)
    words = models.CharField(max_length=800)
    person = TenantKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    shown_as = models.CharField(max_length=60, blank=True)
    via = models.CharField(max_length=5, choices=Via)
    state = models.CharField(max_length=10, choices=AdditionState, default=AdditionState.STANDS)
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=800, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    sent_hash = models.CharField(max_length=43)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "sent_hash"], name="addition_sent_once"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(kind=AdditionKind.QUESTION), name="addition_question"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "idea", "made_at"], name="addition_by_idea")]

    class Privacy:
        personal: ClassVar = {
            "words": "words", "person": "unlink", "shown_as": "erase", "answer": "words", "answered_by": "words",
            "sent_hash": "erase",
        }  # fmt: skip
        plain = ("idea", "kind", "via", "state", "made_at", "answered_at")
        purpose = WHY
        retention = KEPT
