"""A resident's own initiative: its words, who is with it, the contact, and what the contact has promised."""

from typing import ClassVar

from django.db import models

from samtun.codesign.ideas.enums import HelperState, LifeState, PromiseKind, PromiseState, Via
from samtun.codesign.ideas.models.idea import KEPT, WHY, Idea
from samtun.foundation.models import TenantKey, TenantModel
from samtun.partners.organisations.models import Membership
from samtun.people.persons.models import Person


class Initiative(TenantModel):
    """What an idea became. Its words are the lead's own. `contact` and `deputy` owe the invisible tasks.

    `offered_to` is a helper whom the lead has asked to take over.
    """

    idea = TenantKey(Idea, models.CASCADE, related_name="initiatives")
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=1500)
    wants = models.CharField(max_length=400, blank=True, help_text="What those who join in can do.")
    meets = models.CharField(max_length=200, blank=True, help_text="Where and when they meet.")
    state = models.CharField(max_length=6, choices=LifeState, default=LifeState.LIVING)
    contact = TenantKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    deputy = TenantKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    offered_to = TenantKey("codesign_ideas.Helper", models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_words = models.CharField(max_length=800, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "idea"], name="initiative_of_idea"),
            models.CheckConstraint(
                condition=models.Q(state=LifeState.ENDED, ended_at__isnull=False)
                | (~models.Q(state=LifeState.ENDED) & models.Q(ended_at=None)),
                name="initiative_ended_at",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy=None) | models.Q(contact__isnull=False), name="initiative_deputy_of_contact"
            ),
            models.CheckConstraint(
                condition=models.Q(offered_to=None) | ~models.Q(state=LifeState.ENDED), name="initiative_offered_alive"
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {
            "title": "words", "words": "words", "wants": "words", "meets": "words", "contact": "unlink",
            "deputy": "unlink", "offered_to": "unlink", "ended_words": "words",
        }  # fmt: skip
        plain = ("idea", "state", "started_at", "ended_at", "version")
        purpose = WHY
        retention = KEPT


class Helper(TenantModel):
    """One who says "I'm in", with what they would like to do."""

    initiative = TenantKey(Initiative, models.CASCADE, related_name="helpers")
    person = TenantKey(Person, models.CASCADE, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    via = models.CharField(max_length=5, choices=Via)
    state = models.CharField(max_length=8, choices=HelperState, default=HelperState.WITH)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    own_hash = models.CharField(max_length=43)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "own_hash"], name="helper_own_address")]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "initiative", "state"], name="helper_by_initiative"),
            models.Index(fields=["tenant", "person"], name="helper_by_person"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "words": "words", "own_hash": "erase"}
        plain = ("initiative", "via", "state", "made_at", "settled_at")
        purpose = WHY
        retention = KEPT


class Promise(TenantModel):
    """An invisible task that the contact owes, and the day it is promised for. Late is read from the day."""

    initiative = TenantKey(Initiative, models.CASCADE, related_name="promises")
    kind = models.CharField(max_length=11, choices=PromiseKind)
    words = models.CharField(max_length=300)
    due = models.DateField()
    first_due = models.DateField(help_text="The day it was first promised for.")
    state = models.CharField(max_length=8, choices=PromiseState, default=PromiseState.PROMISED)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=400, blank=True)
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one promise.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "initiative", "sent_key"], name="promise_sent_once"),
            models.CheckConstraint(
                condition=models.Q(state=PromiseState.PROMISED, settled_at=None)
                | (~models.Q(state=PromiseState.PROMISED) & models.Q(settled_at__isnull=False)),
                name="promise_settled_at",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "initiative", "due"], name="promise_by_initiative")]

    class Privacy:
        personal: ClassVar = {"words": "words", "settled_words": "words", "made_by": "words"}
        plain = ("initiative", "kind", "due", "first_due", "state", "made_at", "settled_at", "sent_key")
        purpose = WHY
        retention = KEPT


class NewDay(TenantModel):
    """That a promise got another day, and why: what was promised first stays to be seen."""

    promise = TenantKey(Promise, models.CASCADE, related_name="new_days")
    was = models.DateField()
    due = models.DateField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(why=""), name="new_day_has_reason"),
            models.CheckConstraint(condition=~models.Q(due=models.F("was")), name="new_day_is_new"),
        ]

    class Privacy:
        personal: ClassVar = {"why": "words"}
        plain = ("promise", "was", "due", "at")
        purpose = WHY
        retention = KEPT
