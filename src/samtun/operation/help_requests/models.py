"""Help requests, their assessment, asks and matches; and who is not to be asked."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.help_requests.enums import (
    AskerHears,
    AskState,
    CallKind,
    MatchState,
    Outcome,
    RequestState,
    Side,
    Source,
)
from samtun.operation.volunteers.models import Volunteer
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Away, Passing, Person
from samtun.people.places.models import Village


class HelpRequest(TenantModel):
    """What someone would like help with: what, where, when. `on` and `at` are wall time; minutes are how long.

    With `every_weeks` it is something that lasts: from `on`, that weekday and time, every so many weeks, to the end of
    `lasts_until` or until someone says.
    """

    owner = TenantKey(
        Owner, db_index=False
    )  # owners hold thousands: only with tenant and state or recipient is it a way in
    recipient = TenantKey(Person)
    asked_by = models.CharField(max_length=120, blank=True, help_text="Who asked, when it was another, in words.")
    asked_by_phone = models.CharField(max_length=20, blank=True)
    asker_hears = models.CharField(max_length=4, choices=AskerHears, blank=True)
    consent = TenantKey(Consent, models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    task_type = TenantKey(TaskType)
    words = models.CharField(max_length=400, blank=True, help_text="What they said, as they said it.")
    on = models.DateField()
    at = models.TimeField(null=True, blank=True, help_text="Empty: any time that day.")
    minutes = models.PositiveSmallIntegerField()
    every_weeks = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Weeks between; empty: once.")
    lasts_until = models.DateField(null=True, blank=True)
    instead_of = TenantKey(
        Person, null=True, blank=True,
        help_text="Who cannot that one time, when a stand-in is looked for: never asked themselves.",
    )  # fmt: skip
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=10, choices=RequestState)
    asking = models.CharField(max_length=20, choices=TaskType.Asking)
    plan_what = models.CharField(max_length=200, blank=True)
    plan_where = models.CharField(max_length=120, blank=True)
    plan_limits = models.CharField(max_length=300, blank=True)
    plan_whom_to_call = models.CharField(max_length=120, blank=True)
    plan_how_often = models.CharField(max_length=120, blank=True)
    handled_by = models.CharField(max_length=160, blank=True)
    held_for = TenantKey(Away, models.PROTECT, null=True, blank=True)
    held_from = models.CharField(max_length=10, blank=True, help_text="The state it goes back to when they are back.")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state", "-made_at"], name="request_by_owner"),
            models.Index(fields=["tenant", "recipient", "on"], name="request_by_recipient"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(minutes__range=(5, 600)), name="request_minutes"),
            models.CheckConstraint(
                condition=models.Q(every_weeks__isnull=True) | models.Q(every_weeks__in=[1, 2, 4], at__isnull=False),
                name="request_rhythm",
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "recipient": "unlink", "asked_by": "erase", "asked_by_phone": "erase", "words": "erase",
            "plan_what": "erase", "plan_where": "erase", "plan_limits": "erase", "plan_whom_to_call": "erase",
            "plan_how_often": "erase", "village": "unlink", "instead_of": "unlink", "close_reason": "erase",
            "handled_by": "words",
        }  # fmt: skip
        plain = (
            "owner", "asker_hears", "consent", "source", "task_type", "on", "at", "minutes", "every_weeks",
            "lasts_until", "state", "asking", "held_for", "held_from", "made_at", "closed_at", "version",
        )  # fmt: skip
        purpose = _("To find someone who can help.")
        retention = _("Six months when nobody was found; one year after it was done.")


class Assessment(TenantModel):
    """Whose task it is: recorded before anyone is asked (R26). The newest counts."""

    request = TenantKey(HelpRequest, models.CASCADE, related_name="assessments")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.CharField(max_length=300)
    by_words = models.CharField(max_length=160)
    cleared_beforehand = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="assessment_has_reason"),
        ]

    class Privacy:
        personal: ClassVar = {"reason": "erase", "by_words": "words"}
        plain = ("request", "outcome", "cleared_beforehand", "made_at")
        purpose = _("To show that volunteers do not replace what the municipality owes.")
        retention = _("As the request.")


class Veto(TenantModel):
    """Whom a person does not want. No reason; shown to nobody (R31). The volunteer simply never comes up."""

    recipient = TenantKey(Person, models.CASCADE)
    volunteer_person = TenantKey(Person, models.CASCADE)
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "recipient", "volunteer_person"], name="veto_once"),
        ]

    class Privacy:
        personal: ClassVar = {"recipient": "unlink", "volunteer_person": "unlink"}
        plain = ("made_at",)
        purpose = _("So that nobody is sent to a home where they are not wanted.")
        retention = _("Until the recipient takes it back or leaves.")


class Ask(TenantModel):
    """One volunteer asked about one request. Yes, no, or nothing; a no needs no reason and has no price (R02)."""

    request = TenantKey(HelpRequest, models.CASCADE, related_name="asks")
    volunteer = TenantKey(Volunteer)
    state = models.CharField(max_length=10, choices=AskState, default=AskState.SENT)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=12, blank=True)
    answer_by = models.DateTimeField(help_text="When silence counts as no answer, in opening days.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "request", "volunteer"], condition=models.Q(state__in=["sent", "yes"]),
                name="ask_open_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "volunteer", "-asked_at"], name="ask_by_volunteer")]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "state": "erase"}
        plain = ("request", "asked_at", "answered_at", "via", "answer_by")
        purpose = _("To find someone who can help, without asking twice too often.")
        retention = _("As the request.")


class Match(TenantModel):
    """A volunteer who said yes, proposed to the recipient, agreed, done. At most one lives for a request.

    `companion` comes along: the volunteer's mentor, as the plan was when the name was said.
    """

    request = TenantKey(HelpRequest, models.CASCADE, related_name="matches")
    volunteer = TenantKey(Volunteer)
    companion = TenantKey(Person, models.PROTECT, null=True, blank=True)
    ask = TenantKey(Ask, models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=12, choices=MatchState)
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    done_via = models.CharField(max_length=12, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "request"], condition=models.Q(state__in=["proposed", "agreed"]),
                name="one_live_match",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="agreed") | models.Q(agreed_at__isnull=False), name="agreed_has_moment"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "volunteer", "state"], name="match_by_volunteer")]

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "companion": "unlink"}
        plain = ("request", "ask", "state", "proposed_at", "agreed_at", "ended_at", "minutes", "done_via")
        purpose = _("To let two people meet.")
        retention = _("One year after the end; the contribution row stays.")

    @property
    def who_comes(self) -> str:
        """The names the recipient hears, in the active language; nobody is announced who has died."""
        name = self.volunteer.person.full_name
        if self.companion is None or self.companion.is_dead:
            return name
        names = {"volunteer": name, "companion": self.companion.full_name}
        return gettext("%(volunteer)s, together with %(companion)s") % names


class PersonalCall(TenantModel):
    """Somebody to be rung by a named person here, before any text, because of what has happened in a life.

    `rings` is who does it. A volunteer may then want a talk on a day, or a pause; empty `pause_until` with
    `wants_pause` is until they say.
    """

    kind = models.CharField(max_length=8, choices=CallKind)
    owner = TenantKey(Owner)
    about = TenantKey(Person, models.CASCADE)
    passing = TenantKey(Passing, models.CASCADE, null=True, blank=True)
    away = TenantKey(Away, models.CASCADE, null=True, blank=True)
    volunteer = TenantKey(Volunteer, models.CASCADE, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    rings = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    rung_by = models.CharField(max_length=160, blank=True)
    talk_on = models.DateField(null=True, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)
    wants_pause = models.BooleanField(default=False)
    pause_until = models.DateField(null=True, blank=True)
    goes_on = models.BooleanField(null=True, help_text="Whether a volunteer goes on visiting where the person is now.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [models.Index(fields=["tenant", "about"], name="personal_call_by_about")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(volunteer__isnull=False) | ~models.Q(phone=""), name="personal_call_to_someone"
            ),
        ]

    class Privacy:
        personal: ClassVar = {
            "about": "unlink", "volunteer": "unlink", "name": "erase", "phone": "erase", "rings": "words",
            "rung_by": "words",
        }  # fmt: skip
        plain = (
            "kind", "owner", "passing", "away", "made_at", "rung_at", "talk_on", "talked_at", "wants_pause",
            "pause_until", "goes_on", "withdrawn_at",
        )  # fmt: skip
        purpose = _("So that those who were close hear it from a person, and are asked how they are.")
        retention = _("Six months.")


class FollowUp(TenantModel):
    """A talk to be held, or held, with one of two who meet over time. `days` is the rhythm, in opening days.

    The note is about the arrangement: neutral, short, nothing about health.
    """

    owner = TenantKey(Owner)
    recipient = TenantKey(Person, models.CASCADE)
    volunteer = TenantKey(Volunteer, models.CASCADE)
    side = models.CharField(max_length=9, choices=Side)
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Not held: the two no longer meet.")

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "owner", "recipient", "volunteer", "side"],
                condition=models.Q(held_at__isnull=True, ended_at__isnull=True), name="follow_up_planned_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "recipient", "-due_on"], name="follow_up_by_person")]

    class Privacy:
        personal: ClassVar = {"recipient": "unlink", "volunteer": "unlink", "note": "erase", "held_by": "words"}
        plain = ("owner", "side", "days", "due_on", "made_at", "held_at", "ended_at")
        purpose = _("So that neither the one who is visited nor the one who visits is left alone with it.")
        retention = _("One year.")
