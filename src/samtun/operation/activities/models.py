"""Activities with their rule, the halls and hosts that take turns, each occurrence, and pictures with their yes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import PolicePurpose
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.activities.enums import (
    ActivityState,
    Bus,
    OccurrenceState,
    PictureState,
    Repeat,
    Rotate,
    SaidYes,
    SignUp,
    TimeOfWeek,
)
from samtun.partners.catalogue.enums import Category, Transport
from samtun.partners.catalogue.models import ON_OFFER, OnOffer
from samtun.people.places.models import Place, Village
from samtun.people.timetables.enums import Mode
from samtun.people.timetables.rules import Change

WHY = _("To tell everyone what is on, and who meets one at the door.")
KEPT = _("The name and number at the door a year and a half after the last time; what was held is counted for good.")


class Activity(OnOffer, TenantModel):
    """Something on offer with a time: what, for whom, where, how one gets there, and by which rule it is held.

    `owner` answers for it. `at` to `to` is wall time; `to` not after `at` is on the next day. `weekdays`, `nth`,
    `every` and `until` are the rule's (`rules.Rule`). `fee` is øre, None where `price` says it all. `least` and
    `most` are how many must and can come, `closes_hours` how long before the sign-up closes. `is_listed` False keeps it
    off every open list (R56). `easy` says in easy words what one does there, `gear` what one can borrow for it.
    `clinical` notes special competence that the municipality answers for (R35). `certificate_for` is the purpose for
    which those who lead show a police certificate; without one, nothing is asked (R64).
    """

    owner = TenantKey(Owner)
    title = models.CharField(max_length=80)
    about = models.CharField(max_length=800, blank=True)
    easy = models.CharField(max_length=200, blank=True)
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    gear = models.CharField(max_length=160, blank=True)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    place = TenantKey(Place, models.PROTECT, null=True, blank=True)
    where = models.CharField(max_length=80, blank=True)
    transport_words = models.CharField(max_length=160, blank=True)
    fee = models.PositiveIntegerField(null=True, blank=True)
    meets_name = models.CharField(max_length=30)
    meets_phone = models.CharField(max_length=20)
    sponsor = models.CharField(max_length=80, blank=True)
    clinical = models.BooleanField(default=False)
    in_unit = models.BooleanField(default=False, help_text="Inside an institution: somebody of the staff is there.")
    certificate_for = TenantKey(PolicePurpose, models.PROTECT, null=True, blank=True)

    repeat = models.CharField(max_length=8, choices=Repeat)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    at = models.TimeField()
    to = models.TimeField()
    every = models.PositiveSmallIntegerField(default=1)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    nth = models.SmallIntegerField(default=0)
    not_on_holidays = models.BooleanField(default=True)
    school_year = models.BooleanField(default=False)
    rotate = models.CharField(max_length=8, choices=Rotate, default=Rotate.TIMES)

    sign_up = models.CharField(max_length=8, choices=SignUp, default=SignUp.OPEN_DOOR)
    least = models.PositiveSmallIntegerField(null=True, blank=True)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_hours = models.PositiveSmallIntegerField(default=0)
    is_listed = models.BooleanField(default=True)
    shares_single = models.BooleanField(
        default=False, help_text="A place nobody uses one time is offered to one in line, for that time."
    )

    state = models.CharField(max_length=8, choices=ActivityState, default=ActivityState.DRAFT)
    taken_down_because = models.CharField(max_length=300, blank=True)
    year_of = TenantKey("self", models.PROTECT, null=True, blank=True)
    true_until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one activity.")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "owner", "state"], name="activity_by_owner_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "sent_key"], name="activity_sent_once"),
            models.CheckConstraint(
                condition=~models.Q(title="")
                & (models.Q(erased_at__isnull=False) | (~models.Q(meets_name="") & ~models.Q(meets_phone=""))),
                name="activity_says_who_is_there",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("starts_on")), name="activity_until"
            ),
            models.CheckConstraint(
                condition=models.Q(least=None) | models.Q(most=None) | models.Q(most__gte=models.F("least")),
                name="activity_least_most",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ActivityState.TAKEN_DOWN) | ~models.Q(taken_down_because=""),
                name="activity_down_for_a_reason",
            ),
        ]

    class Privacy:
        personal: ClassVar = {"meets_name": "erase", "meets_phone": "erase", "made_by": "words"}
        plain = (
            *ON_OFFER, "owner", "title", "about", "easy", "languages", "gear", "village", "place", "where",
            "transport_words", "fee", "sponsor", "clinical", "in_unit", "certificate_for", "repeat", "starts_on",
            "until", "at", "to", "every", "weekdays", "nth", "not_on_holidays", "school_year", "rotate", "sign_up",
            "least", "most", "closes_hours", "is_listed", "shares_single", "state", "taken_down_because", "year_of",
            "true_until", "made_at", "opened_at", "ended_at", "erased_at", "sent_key", "version",
        )  # fmt: skip
        purpose = WHY
        retention = KEPT

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        """True when who comes, and to what, is for nobody but those who hold it and whoever gives the places (R56)."""
        return not self.is_listed or self.sign_up == SignUp.ALLOCATED


class Turn(TenantModel):
    """A hall or a host that takes turns with others, in their order from 0. One of the two, never both."""

    activity = TenantKey(Activity, models.CASCADE, related_name="turns")
    place = TenantKey(Place, models.PROTECT, null=True, blank=True)
    host = TenantKey(Owner, null=True, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(place=None, host__isnull=False) | models.Q(place__isnull=False, host=None),
                name="turn_of_hall_or_host",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "activity", "order"], name="turn_by_activity")]

    class Privacy:
        plain = ("activity", "place", "host", "order")


class Occurrence(TenantModel):
    """One time that an activity is held, as it stands: moved, in another hall, called off.

    `planned_on` is the day the rule gave it, and never changes; `by_hand` keeps what was changed for this one time from
    being written over. What the lists show stands here too (`title` to `times`), so that a list is one statement.
    `asked_because` is why those who hold it are asked whether it is held at all; empty when nobody asks.
    `bus` is what the timetable says when one is to come by bus; empty where nobody knows.
    `head_count` is how many came, nobody's name. `staff_host` is who of the staff is there, in an institution (R33).
    """

    activity = TenantKey(Activity, models.PROTECT, related_name="occurrences")
    planned_on = models.DateField()
    on = models.DateField()
    at = models.TimeField()
    to = models.TimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=OccurrenceState, default=OccurrenceState.PLANNED)
    note = models.CharField(max_length=200, blank=True)
    asked_because = models.CharField(max_length=200, blank=True)
    by_hand = models.BooleanField(default=False)
    place = TenantKey(Place, models.PROTECT, null=True, blank=True)
    where = models.CharField(max_length=80, blank=True)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    host = TenantKey(Owner)
    staff_host = models.CharField(max_length=60, blank=True)
    head_count = models.PositiveSmallIntegerField(null=True, blank=True)

    is_open = models.BooleanField(default=False)
    title = models.CharField(max_length=80)
    category = models.CharField(max_length=20, choices=Category)
    groups = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    place_name = models.CharField(max_length=80, blank=True)
    village_name = models.CharField(max_length=60, blank=True)
    host_name = models.CharField(max_length=120)
    transport = models.CharField(max_length=20, choices=Transport)
    bus = models.CharField(max_length=8, choices=Bus, blank=True)
    is_free = models.BooleanField(default=False)
    step_free = models.BooleanField(default=False)
    times = ArrayField(models.CharField(max_length=8, choices=TimeOfWeek), default=list)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "activity", "planned_on"], name="occurrence_once_a_day"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="occurrence_order"),
            models.CheckConstraint(
                condition=~models.Q(state=OccurrenceState.CALLED_OFF) | ~models.Q(note=""),
                name="occurrence_off_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            # All that a list shows, in the order it shows it: the table itself is not read.
            models.Index(
                fields=["tenant", "on", "at", "title", "id"],
                include=["to", "state", "place_name", "village_name", "host_name", "transport", "is_free", "bus"],
                condition=models.Q(is_open=True),
                name="occurrence_listed",
            ),
            models.Index(fields=["tenant", "on"], name="occurrence_by_day"),
            models.Index(fields=["tenant", "host", "on"], name="occurrence_by_host"),
        ]

    class Privacy:
        personal: ClassVar = {"staff_host": "erase"}
        plain = (
            "activity", "planned_on", "on", "at", "to", "starts_at", "ends_at", "state", "note", "asked_because",
            "by_hand", "place", "where", "village", "host", "head_count", "is_open", "title", "category", "groups",
            "place_name", "village_name", "host_name", "transport", "bus", "is_free", "step_free", "times",
            "changed_at", "version",
        )  # fmt: skip
        purpose = WHY
        retention = KEPT

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class BusWay(TenantModel):
    """Which bus brings one from a village to one time of an activity, and which home; empty is that there is none.

    `…_change_at` is when the next one leaves, where one must change: from `…_change_stop`, having got off at
    `…_change_off`.
    """

    occurrence = TenantKey(Occurrence, models.CASCADE, related_name="bus_ways")
    village = TenantKey(Village, models.CASCADE)
    there_at = models.DateTimeField(null=True, blank=True)
    there_arrives = models.DateTimeField(null=True, blank=True)
    there_mode = models.CharField(max_length=6, choices=Mode, blank=True)
    there_line = models.CharField(max_length=40, blank=True)
    there_stop = models.CharField(max_length=120, blank=True)
    home_at = models.DateTimeField(null=True, blank=True)
    home_arrives = models.DateTimeField(null=True, blank=True)
    home_mode = models.CharField(max_length=6, choices=Mode, blank=True)
    home_line = models.CharField(max_length=40, blank=True)
    home_stop = models.CharField(max_length=120, blank=True)
    there_change_at = models.DateTimeField(null=True, blank=True)
    there_change_off = models.CharField(max_length=120, blank=True)
    there_change_stop = models.CharField(max_length=120, blank=True)
    there_change_mode = models.CharField(max_length=6, choices=Mode, blank=True)
    there_change_line = models.CharField(max_length=40, blank=True)
    there_change_walk = models.PositiveSmallIntegerField(default=0, help_text="Minutes on foot between the two stops.")
    home_change_at = models.DateTimeField(null=True, blank=True)
    home_change_off = models.CharField(max_length=120, blank=True)
    home_change_stop = models.CharField(max_length=120, blank=True)
    home_change_mode = models.CharField(max_length=6, choices=Mode, blank=True)
    home_change_line = models.CharField(max_length=40, blank=True)
    home_change_walk = models.PositiveSmallIntegerField(default=0, help_text="Minutes on foot between the two stops.")
    walk = models.PositiveSmallIntegerField(default=0, help_text="Minutes on foot at the hall's end, the longer one.")
    must_ring = models.BooleanField(default=False, help_text="It only goes when somebody has ordered it.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "occurrence", "village"], name="bus_way_once"),
        ]

    class Privacy:
        plain = (
            "occurrence", "village", "there_at", "there_arrives", "there_mode", "there_line", "there_stop", "home_at",
            "home_arrives", "home_mode", "home_line", "home_stop", "walk", "must_ring",
            "there_change_at", "there_change_off", "there_change_stop", "there_change_mode", "there_change_line",
            "there_change_walk", "home_change_at", "home_change_off", "home_change_stop", "home_change_mode",
            "home_change_line", "home_change_walk",
        )  # fmt: skip

    @property
    def there_change(self) -> Change | None:
        """Where and when one changes on the way there; None where one need not."""
        if self.there_change_at is None:
            return None
        return Change(
            self.there_change_off, self.there_change_stop, self.there_change_at, self.there_change_line,
            self.there_change_mode, self.there_change_walk,
        )  # fmt: skip

    @property
    def home_change(self) -> Change | None:
        """Where and when one changes on the way home; None where one need not."""
        if self.home_change_at is None:
            return None
        return Change(
            self.home_change_off, self.home_change_stop, self.home_change_at, self.home_change_line,
            self.home_change_mode, self.home_change_walk,
        )  # fmt: skip


class Picture(TenantModel):
    """A picture on an activity, in two sizes, without anything that a camera writes about where and when.

    `shows` is what one who cannot see it hears. `mark` is its address, made from its bytes. Bytes are there only while
    it waits or stands; what it was, and why it went, is known for a year more (ADR 37).
    """

    activity = TenantKey(Activity, models.CASCADE, related_name="pictures")
    state = models.CharField(max_length=8, choices=PictureState, default=PictureState.WAITING)
    shows = models.CharField(max_length=200, blank=True)
    recognisable = models.BooleanField(default=False, help_text="Somebody can be recognised in it.")
    mark = models.CharField(max_length=32)
    wide = models.BinaryField(null=True)
    wide_width = models.PositiveSmallIntegerField()
    wide_height = models.PositiveSmallIntegerField()
    narrow = models.BinaryField(null=True)
    narrow_width = models.PositiveSmallIntegerField()
    narrow_height = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_because = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "activity"], condition=models.Q(state="stands"), name="picture_one_stands"
            ),
            models.UniqueConstraint(
                fields=["tenant", "activity"], condition=models.Q(state="waiting"), name="picture_one_waits"
            ),
            models.UniqueConstraint(fields=["tenant", "mark"], name="picture_by_mark"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "stands"], wide__isnull=False, narrow__isnull=False, gone_at=None
                )
                | ~models.Q(state__in=["waiting", "stands"]) & models.Q(wide=None, narrow=None, gone_at__isnull=False),
                name="picture_gone_is_gone",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="stands") | ~models.Q(shows=""), name="picture_says_what_it_shows"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"wide": "erase", "narrow": "erase", "made_by": "words", "shows": "words"}
        plain = (
            "activity", "state", "recognisable", "mark", "wide_width", "wide_height", "narrow_width", "narrow_height",
            "made_at", "gone_at", "gone_because",
        )  # fmt: skip
        purpose = _("To show what it is like there, so that one dares to come.")
        retention = _("A picture a year after its activity ended, or until it is taken away; what it was, a year more.")


class PictureYes(TenantModel):
    """One who can be recognised in a picture, and that they, or a child's guardian, said yes to that very picture.

    Nobody's name is public. `heard_by` is who heard it, or where the paper is.
    """

    picture = TenantKey(Picture, models.CASCADE, related_name="yeses")
    name = models.CharField(max_length=80)
    guardian = models.CharField(max_length=80, blank=True)
    how = models.CharField(max_length=8, choices=SaidYes)
    heard_by = models.CharField(max_length=80)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=160)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one yes.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "picture", "sent_key"], name="picture_yes_sent_once"),
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(heard_by=""), name="picture_yes_says_who"),
        ]

    class Privacy:
        personal: ClassVar = {"name": "erase", "guardian": "erase", "heard_by": "erase", "noted_by": "words"}
        plain = ("picture", "how", "noted_at", "taken_back_at", "sent_key")
        purpose = _("To be able to show that everyone in a picture has said yes to it.")
        retention = _("As the picture: at most a year after it was taken away.")
