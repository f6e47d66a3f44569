"""Who has signed up, who was there, who gives out places, and whether enough are coming."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.enums import Answer, Got, OneTimeState, Pays, RegistrationState, Via
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

WHY = _("So that those who hold it know how many are coming, and can tell them when something changes.")
KEPT = _("Names four weeks after the last time it holds for; how many there were for good.")


class Registration(TenantModel):
    """One human at one time, or for the whole activity (`occurrence` is None). Why somebody comes is written nowhere.

    Those who signed up together share `group`, and `contact` hears for them all. `name` is what the door list says;
    `person` only when it is somebody we know. `line_since` is the place in the queue; `offered_until` is how long one
    who was moved up may think. `pays` is seen by themselves and the cashier: the door says only that it is in order.
    A child is a name signed up by its guardian, who is the contact; nothing else is known of it. Those who sign up
    together borrow gear together: `gear_size` is in their own words. `at_short_notice` is said by those in line.
    """

    activity = TenantKey(Activity)
    occurrence = TenantKey(Occurrence, models.PROTECT, null=True, blank=True)
    group = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=0)
    contact = TenantKey(Person, models.PROTECT, null=True, blank=True)
    person = TenantKey(Person, models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)
    is_first_time = models.BooleanField(default=False)
    is_child = models.BooleanField(default=False)
    borrows_gear = models.BooleanField(default=False)
    gear_size = models.CharField(max_length=60, blank=True)
    wants_ride = models.BooleanField(default=False)
    ride_from = TenantKey(Village, models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=8, choices=RegistrationState)
    at_short_notice = models.BooleanField(default=False)
    line_since = models.DateTimeField()
    offered_until = models.DateTimeField(null=True, blank=True)
    pays = models.CharField(max_length=8, choices=Pays, blank=True)
    via = models.CharField(max_length=5, choices=Via)
    made_by = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    sent_hash = models.CharField(max_length=43)
    own_hash = models.CharField(max_length=43)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "sent_hash", "number"], name="registration_sent_once"),
            models.CheckConstraint(
                condition=~models.Q(name="") | models.Q(erased_at__isnull=False), name="registration_has_name"
            ),
            models.CheckConstraint(
                condition=models.Q(state=RegistrationState.OFFERED, offered_until__isnull=False)
                | ~models.Q(state=RegistrationState.OFFERED) & models.Q(offered_until=None),
                name="registration_offered_until",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(name="", contact=None, person=None, made_by="", pays="", ride_from=None, gear_size=""),
                name="registration_erased_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "occurrence", "state", "line_since"], name="registration_by_time"),
            models.Index(fields=["tenant", "activity", "state", "line_since"], name="registration_by_activity"),
            models.Index(fields=["tenant", "own_hash"], name="registration_by_own_page"),
            models.Index(fields=["tenant", "contact"], name="registration_by_contact"),
        ]

    class Privacy:
        personal: ClassVar = {
            "contact": "unlink", "person": "unlink", "name": "erase", "made_by": "words", "pays": "erase",
            "ride_from": "unlink", "gear_size": "erase",
        }  # fmt: skip
        plain = (
            "activity", "occurrence", "group", "number", "is_first_time", "is_child", "borrows_gear", "wants_ride",
            "state", "at_short_notice", "line_since",
            "offered_until", "via", "made_at", "settled_at", "sent_hash", "own_hash", "erased_at",
        )  # fmt: skip
        purpose = WHY
        retention = KEPT


class Attendance(TenantModel):
    """One who is signed up, at one time: what was answered before it (R53), and whether they came.

    `ticked_at` is when it was ticked at the door: what a telephone without a network sends later changes nothing newer.
    """

    registration = TenantKey(Registration, models.CASCADE, related_name="attendances")
    occurrence = TenantKey(Occurrence)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    came = models.BooleanField(null=True, blank=True)
    ticked_at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "registration", "occurrence"], name="attendance_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "occurrence"], name="attendance_by_time")]

    class Privacy:
        plain = ("registration", "occurrence", "answer", "came", "ticked_at", "noted_at")


class Allocation(TenantModel):
    """Who gives out the places of an activity with a closed list: a unit of the municipality (R56)."""

    activity = TenantKey(Activity)
    owner = TenantKey(Owner)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "activity"], name="allocation_one_owner"),
        ]

    class Privacy:
        plain = ("activity", "owner", "made_at")


class OwnCalendar(TenantModel):
    """That somebody has an address of their own for their calendar. It is asked for, and stopped, by them alone."""

    person = TenantKey(Person, models.CASCADE)
    key_hash = models.CharField(max_length=43)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "person"], condition=models.Q(ended_at=None), name="own_calendar_once"
            ),
            models.UniqueConstraint(fields=["tenant", "key_hash"], name="own_calendar_key"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("key_hash", "made_at", "ended_at")
        purpose = _("So that what one is signed up for stands in one's own calendar.")
        retention = _("Until one stops it.")


class Minimum(TenantModel):
    """That enough were coming to a time, or that they were not when the list closed, and it was run all the same."""

    occurrence = TenantKey(Occurrence)
    is_reached = models.BooleanField()
    runs_anyway = models.BooleanField(default=False)
    looked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "occurrence"], name="minimum_once_a_time"),
        ]

    class Privacy:
        plain = ("occurrence", "is_reached", "runs_anyway", "looked_at")


class Till(TenantModel):
    """What the cashier of an owner has written for those who pay: the own number in words, and what a clip card is."""

    owner = TenantKey(Owner)
    number = models.CharField(max_length=80, blank=True)
    clips = models.PositiveSmallIntegerField(default=10)
    price = models.PositiveIntegerField(null=True, blank=True, help_text="Of a clip card, in øre.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "owner"], name="till_once_an_owner")]

    class Privacy:
        plain = ("owner", "number", "clips", "price")


class Clip(TenantModel):
    """One row in the ledger of clip cards: what is left is the sum, and what was wrong is put right by a new row.

    `change` is plus for a card that somebody gets, with its price in øre, and minus for one clip that is used, at one
    time by one registration. `turn` counts the rows of that pair, so that two cannot take the same clip.
    """

    owner = TenantKey(Owner)
    person = TenantKey(Person, models.PROTECT, null=True, blank=True)
    change = models.SmallIntegerField()
    how = models.CharField(max_length=8, choices=Got)
    price = models.PositiveIntegerField(null=True, blank=True)
    registration = TenantKey(Registration, models.PROTECT, null=True, blank=True)
    occurrence = TenantKey(Occurrence, models.PROTECT, null=True, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)
    sent_key = models.UUIDField(null=True, blank=True)
    words = models.CharField(max_length=120, blank=True)
    made_by = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "registration", "occurrence", "turn"], name="clip_one_of_each_turn"
            ),
            models.UniqueConstraint(fields=["tenant", "sent_key"], name="clip_sent_once"),
            models.CheckConstraint(condition=~models.Q(change=0), name="clip_changes_something"),
            models.CheckConstraint(
                condition=models.Q(how=Got.USED, change__in=[-1, 1]) | ~models.Q(how=Got.USED), name="clip_one_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "person"], name="clip_by_card"),
            models.Index(fields=["tenant", "person"], name="clip_by_person"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "registration": "unlink", "words": "erase", "made_by": "words"}
        plain = ("owner", "change", "how", "price", "occurrence", "turn", "sent_key", "made_at")
        purpose = _("So that a clip card holds what it holds, and looks like any other way of paying.")
        retention = _("What it was used for four weeks; whose it was until it is used up, at most two years.")


class Settled(TenantModel):
    """That what somebody was to pay themselves, for one time, has come in. Only the cashier and they see it."""

    registration = TenantKey(Registration, models.CASCADE)
    occurrence = TenantKey(Occurrence)
    is_settled = models.BooleanField()
    amount = models.PositiveIntegerField(null=True, blank=True)
    noted_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "registration", "occurrence"], name="settled_once"),
        ]

    class Privacy:
        personal: ClassVar = {"amount": "erase", "is_settled": "erase"}
        plain = ("registration", "occurrence", "noted_at")
        purpose = _("So that nobody is asked to pay twice.")
        retention = _("Four weeks after the last time it holds for.")


class Takings(TenantModel):
    """How many paid in each way at one time, counted once, before the names go. What may be told is told by month."""

    owner = TenantKey(Owner)
    occurrence = TenantKey(Occurrence)
    on = models.DateField()
    clip = models.PositiveSmallIntegerField()
    envelope = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    invoice = models.PositiveSmallIntegerField()
    free = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "occurrence"], name="takings_once")]
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "on"], name="takings_by_month")]

    class Privacy:
        plain = ("owner", "occurrence", "on", "clip", "envelope", "number", "invoice", "free")


class OneTime(TenantModel):
    """One in line for a whole activity is offered a single time of it, that somebody else does not use."""

    registration = TenantKey(Registration, models.CASCADE, related_name="one_times")
    occurrence = TenantKey(Occurrence)
    state = models.CharField(max_length=7, choices=OneTimeState, default=OneTimeState.OFFERED)
    until = models.DateTimeField()
    offered_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "registration", "occurrence"], name="one_time_offered_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "occurrence"], name="one_time_by_time")]

    class Privacy:
        plain = ("registration", "occurrence", "state", "until", "offered_at")


class Suggestion(TenantModel):
    """That a unit of the municipality has suggested something ordinary to somebody. Known to that unit alone.

    Neither an activity nor a registration points here, and nothing of it is counted: whoever holds the activity sees
    an ordinary sign-up, or none.
    """

    owner = TenantKey(Owner)
    occurrence = TenantKey(Occurrence, models.PROTECT)
    person = TenantKey(Person, models.CASCADE)
    consent = TenantKey(Consent, models.PROTECT)
    made_by = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one suggestion.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "sent_key"], name="suggestion_sent_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "made_at"], name="suggestion_by_owner")]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "made_by": "words"}
        plain = ("owner", "occurrence", "consent", "made_at", "sent_key")
        purpose = _("So that the unit knows what it has suggested to whom.")
        retention = _("Four weeks after the time it was about.")
