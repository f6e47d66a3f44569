"""Forums, who sits there for whom, meetings, items, what was said beforehand, and what was decided."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.anchoring.forums.enums import ItemState, MeetingState, Part
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person

RUNS = _("To know who is called, and for whom each speaks.")
MINUTES = _("To prepare, decide, and show afterwards what was decided and by whom.")
KEPT = _("As long as the forum stands, and ten years after.")


class Forum(TenantModel):
    """A committee or council. The owner calls it."""

    owner = TenantKey(Owner)
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=600, help_text="What it is for, in words.")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "owner", "name"], name="forum_name")]

    class Privacy:
        plain = ("owner", "name", "purpose", "made_at", "ended_at")


class Seat(TenantModel):
    """That a person sits there on somebody's behalf, from a day until another, which is outside."""

    forum = TenantKey(Forum, models.CASCADE, related_name="seats")
    person = TenantKey(Person, models.CASCADE)
    on_behalf = TenantKey(Owner)
    part = models.CharField(max_length=8, choices=Part, default=Part.MEMBER)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")), name="seat_dates"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "person"], name="seat_by_person")]

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("forum", "on_behalf", "part", "starts", "ends", "ended_at")
        purpose = RUNS
        retention = KEPT


class Meeting(TenantModel):
    """One meeting. `on` and `at` are wall time."""

    forum = TenantKey(Forum, models.CASCADE, related_name="meetings")
    on = models.DateField()
    at = models.TimeField()
    place = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    called_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with all that its page shows.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | models.Q(state=MeetingState.HELD),
                name="minutes_approved_when_held",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "forum", "-on"], name="meeting_by_forum")]

    class Privacy:
        personal: ClassVar = {"approved_by": "words"}
        plain = ("forum", "on", "at", "place", "state", "called_at", "approved_at", "version")
        purpose = MINUTES
        retention = KEPT


class Item(TenantModel):
    """Something proposed for a forum, perhaps about a thing. Who proposed it hears what becomes of it."""

    forum = TenantKey(Forum, models.CASCADE, related_name="items")
    meeting = TenantKey(Meeting, models.PROTECT, null=True, blank=True, related_name="items")
    ref_kind = models.CharField(max_length=40, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)
    about_owner = TenantKey(Owner, models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    proposed_by = models.CharField(max_length=160)
    from_owner = TenantKey(Owner)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="Counted in the opening days of who calls the forum.")
    state = models.CharField(max_length=12, choices=ItemState, default=ItemState.PROPOSED)
    on_agenda_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_words = models.CharField(max_length=1000, blank=True)
    unheard_because = models.CharField(max_length=400, blank=True)
    minutes = models.TextField(blank=True)
    minutes_version = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ref_kind="", ref_id=None)
                | (~models.Q(ref_kind="") & models.Q(ref_id__isnull=False)),
                name="item_about_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[ItemState.ON_AGENDA, ItemState.DECIDED])
                | models.Q(meeting__isnull=False, on_agenda_at__isnull=False),
                name="item_on_agenda_of",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ItemState.PROPOSED) | models.Q(meeting=None, settled_at=None),
                name="item_proposed_is_free",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ItemState.PROPOSED, ItemState.ON_AGENDA])
                | models.Q(settled_at__isnull=False),
                name="item_settled_at",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["tenant", "forum", "state"], name="item_by_state"),
            models.Index(fields=["tenant", "ref_kind", "ref_id"], name="item_by_ref"),
        ]

    class Privacy:
        personal: ClassVar = {
            "ref_id": "unlink", "title": "words", "words": "words", "proposed_by": "words", "settled_words": "words",
            "unheard_because": "words", "minutes": "words",
        }  # fmt: skip
        plain = (
            "forum", "meeting", "ref_kind", "about_owner", "from_owner", "proposed_at", "answer_by", "state",
            "on_agenda_at", "settled_at", "minutes_version",
        )  # fmt: skip
        purpose = MINUTES
        retention = KEPT


class PutOff(TenantModel):
    """That an item stood on a meeting's agenda and was put off: what the minutes of that meeting say of it."""

    item = TenantKey(Item, models.CASCADE, related_name="put_offs")
    meeting = TenantKey(Meeting, models.CASCADE, related_name="put_offs")
    words = models.CharField(max_length=1000, blank=True)
    minutes = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False

    class Privacy:
        personal: ClassVar = {"words": "words", "minutes": "words"}
        plain = ("item", "meeting", "made_at")
        purpose = MINUTES
        retention = KEPT


class Hearing(TenantModel):
    """Who was asked before it is decided, and what they said (R21)."""

    item = TenantKey(Item, models.CASCADE, related_name="hearings")
    who = models.CharField(max_length=160)
    said = models.CharField(max_length=1000)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=160)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(who="") & ~models.Q(said=""), name="hearing_has_words"),
        ]

    class Privacy:
        personal: ClassVar = {"who": "words", "said": "words", "noted_by": "words"}
        plain = ("item", "noted_at")
        purpose = MINUTES
        retention = KEPT


class Beside(TenantModel):
    """Minutes written on top of an older text than the one that stands: kept beside it until the two are one."""

    item = TenantKey(Item, models.CASCADE, related_name="beside")
    words = models.TextField()
    written_by = models.CharField(max_length=160)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False

    class Privacy:
        personal: ClassVar = {"words": "words", "written_by": "words"}
        plain = ("item", "written_at", "settled_at")
        purpose = MINUTES
        retention = KEPT


class ForumDecision(TenantModel):
    """What was decided, who answers for it, and by when. `seat` when one in the forum does, else only the owner."""

    item = TenantKey(Item, models.CASCADE, related_name="decisions")
    words = models.CharField(max_length=1000)
    owner = TenantKey(Owner)
    seat = TenantKey(Seat, models.PROTECT, null=True, blank=True)
    due = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_words = models.CharField(max_length=600, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "item"], name="decided_once"),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | ~models.Q(done_words=""), name="decision_done_with_words"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"words": "words", "done_words": "words", "seat": "unlink"}
        plain = ("item", "owner", "due", "made_at", "done_at")
        purpose = MINUTES
        retention = KEPT


class StandDown(TenantModel):
    """That one in the forum stood down while an item was dealt with (R15)."""

    item = TenantKey(Item, models.CASCADE, related_name="stand_downs")
    seat = TenantKey(Seat, models.CASCADE)
    said_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "item", "seat"], name="stood_down_once")]

    class Privacy:
        personal: ClassVar = {"seat": "unlink"}
        plain = ("item", "said_at")
        purpose = MINUTES
        retention = KEPT
