"""Words about something different, and concerns."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.evaluation.feedback.enums import ConcernState, HeadsUpState, Kind, Outcome, Will
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person


class Contact(TenantModel):
    """Whom a person has agreed may be told that something seemed different: one named professional, and a deputy.

    `unit` is where they work: its opening hours and leave count. `title` is what the person calls them.
    """

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    unit = TenantKey(Owner)
    professional = TenantKey(Person, models.PROTECT)
    deputy = TenantKey(Person, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=60, blank=True)
    consent = TenantKey(Consent, models.PROTECT)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "person", "owner"], condition=models.Q(ended_at__isnull=True), name="contact_once"
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "person": "unlink", "professional": "unlink", "deputy": "unlink", "title": "words", "unit": "unlink",
        }  # fmt: skip
        plain = ("owner", "consent", "made_at", "ended_at")
        purpose = _("To know whom a person has agreed may be told when something seems different.")
        retention = _("As long as the yes stands; three months after.")


class HeadsUp(TenantModel):
    """A volunteer's few neutral words that something seemed different. `sealed` holds ticks and words, encrypted.

    `ref_kind` and `ref_id` say which task; without `about` nobody in particular is meant. `told` is who has been told
    and is to answer "received"; `step` counts how far the ladder has gone, `step_at` when it goes on.
    """

    owner = TenantKey(Owner)
    about = TenantKey(Person, models.CASCADE, null=True, blank=True)
    sender = TenantKey(Person, models.CASCADE)
    ref_kind = models.CharField(max_length=20)
    ref_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=HeadsUpState)
    sealed = models.BinaryField()
    via = models.CharField(max_length=8)
    contact = TenantKey(Contact, models.PROTECT, null=True, blank=True)
    told = TenantKey(Person, models.PROTECT, null=True, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    step_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=160, blank=True)
    will = models.CharField(max_length=8, choices=Will, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state=HeadsUpState.WAITS) | models.Q(contact__isnull=False),
                name="told_only_by_consent",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "about", "-made_at"], name="heads_up_by_person"),
            models.Index(fields=["tenant", "ref_kind", "ref_id"], name="heads_up_by_task"),
        ]

    class Privacy:
        personal: ClassVar = {
            "about": "unlink", "sender": "unlink", "ref_id": "unlink", "sealed": "erase", "told": "unlink",
            "received_by": "words", "will": "erase",
        }  # fmt: skip
        plain = ("owner", "ref_kind", "state", "via", "contact", "step", "step_at", "made_at", "settled_at")
        purpose = _("So that somebody the person has named hears that something seemed different.")
        retention = _("Words until somebody has decided not to pass them on; all of it three months after received.")


class Receiver(TenantModel):
    """Who receives concerns for an organisation: one of its own, or one outside it, with a name, a title and a way."""

    owner = TenantKey(Owner)
    person = TenantKey(Person, models.CASCADE)
    outside = models.BooleanField(default=False)
    title = models.CharField(max_length=100)
    address = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "owner", "person"], condition=models.Q(ended_at__isnull=True), name="receiver_once"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "title": "words", "address": "erase"}
        plain = ("owner", "outside", "made_at", "ended_at")
        purpose = _("To know who receives a concern.")
        retention = _("Two years after the end.")


class Concern(TenantModel):
    """Somebody has said that a thing is wrong. `sealed` holds words and names, encrypted; the rest says how far it is.

    It stands in nobody's list but the receivers'. `code_hash` is how the one who told comes back; `due` is when the
    next step is to be taken. What was unfounded is erased, and the row that remains is a number.
    """

    owner = TenantKey(Owner)
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=9, choices=ConcernState, default=ConcernState.RECEIVED)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    to_inside = models.BooleanField()
    to_outside = models.BooleanField()
    about_someone = models.BooleanField(default=False)
    sealed = models.BinaryField()
    code_hash = models.CharField(max_length=43, blank=True)
    via = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    heard_by = models.CharField(max_length=160, blank=True)
    hearing_put_off = models.BooleanField(default=False)
    concluded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "code_hash"], condition=~models.Q(code_hash=""), name="concern_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(to_inside=True) | models.Q(to_outside=True), name="concern_has_receiver"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[ConcernState.CONCLUDED, ConcernState.CLOSED]) | ~models.Q(outcome=""),
                name="concluded_with_outcome",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "-made_at"], name="concern_by_owner")]

    class Privacy:
        personal: ClassVar = {"sealed": "erase", "code_hash": "erase", "heard_by": "words"}
        plain = (
            "owner", "kind", "state", "outcome", "to_inside", "to_outside", "about_someone", "via", "made_at", "due",
            "looked_at", "heard_on", "hearing_put_off", "concluded_at", "closed_at", "erased_at",
        )  # fmt: skip
        purpose = _("To look into what somebody says is wrong, and answer.")
        retention = _("Words and names two weeks after an answer when it was unfounded, else a year; a number remains.")


class Remark(TenantModel):
    """One thing said in a concern after the first words: by the one who told, or by a receiver. Words encrypted.

    `shown` when the one who told may read it: answers are, notes of those who receive are not.
    """

    concern = TenantKey(Concern, models.CASCADE)
    from_teller = models.BooleanField()
    shown = models.BooleanField()
    author = models.CharField(max_length=160, blank=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Privacy:
        personal: ClassVar = {"author": "words", "sealed": "erase"}
        plain = ("concern", "from_teller", "shown", "at")
        purpose = _("To look into what somebody says is wrong, and answer.")
        retention = _("As long as the words of the concern.")


class ShutOut(TenantModel):
    """That a concern is about one who could have received it: then they never do."""

    concern = TenantKey(Concern, models.CASCADE)
    person = TenantKey(Person, models.CASCADE)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "concern", "person"], name="shut_out_once")]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("concern",)
        purpose = _("So that nobody receives a concern about themselves.")
        retention = _("As long as the words of the concern.")


class Reading(TenantModel):
    """That a receiver opened a concern and read it."""

    concern = TenantKey(Concern, models.CASCADE)
    person = TenantKey(Person, models.CASCADE)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "concern", "person"], name="reading_by_concern")]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("concern", "at")
        purpose = _("To show who has read a concern.")
        retention = _("As long as the words of the concern.")
