"""Networks with their steps, members and talks; wishes answered by what is there for everyone; and home visits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.activities.models import Activity
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks.enums import Ended, MemberKind, NetworkState, VisitOutcome, With
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.models import Organisation
from samtun.people.consents.models import Consent
from samtun.people.persons.models import Away, Person


class Network(TenantModel):
    """That somebody, by their own yes, gets a network built around them; walked in five steps.

    `talk_days` is the rhythm of the talks in opening days, when it is not the usual one. Nothing here is about health.
    """

    owner = TenantKey(Owner)
    person = TenantKey(Person)
    consent = TenantKey(Consent, models.PROTECT)
    request = TenantKey(HelpRequest, models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=8, choices=NetworkState, default=NetworkState.OPEN)
    held_for = TenantKey(Away, models.PROTECT, null=True, blank=True)
    talk_days = models.PositiveSmallIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=8, choices=Ended, blank=True)
    end_note = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "owner", "state", "-made_at"], name="network_by_owner"),
            models.Index(fields=["tenant", "person"], name="network_by_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "owner", "person"], condition=~models.Q(state="ended"), name="network_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ended") | ~models.Q(ended_because=""), name="network_ends_for_a_reason"
            ),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "made_by": "words", "end_note": "erase"}
        plain = (
            "owner", "consent", "request", "state", "held_for", "talk_days", "made_at", "ended_at", "ended_because",
        )  # fmt: skip
        purpose = _("So that nobody stands alone who would rather not, and somebody follows it up.")
        retention = _("One year after it ended.")


class Step(TenantModel):
    """One of the five steps. `due_on` is set when it is reached, in opening days; the fifth lasts until the end."""

    network = TenantKey(Network, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True, blank=True)
    who = models.CharField(max_length=120, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.CharField(max_length=160, blank=True)
    skipped_because = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "network", "number"], name="network_step_once"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 5)), name="network_step_number"),
        ]

    class Privacy:
        personal: ClassVar = {"who": "words", "settled_by": "words", "skipped_because": "erase", "note": "erase"}
        plain = ("network", "number", "due_on", "settled_on")
        purpose = _("So that no step is forgotten.")
        retention = _("As the network.")


class Member(TenantModel):
    """Somebody or something around a person: an activity, a group, a volunteer, one who is near, an employee.

    One of them may be the network contact, asked and with a yes (`said_yes_on`), whose number stands on the sheet.
    When somebody near leaves, the day stands; name, number and words go at once.
    """

    network = TenantKey(Network, models.CASCADE, related_name="members")
    kind = models.CharField(max_length=9, choices=MemberKind)
    activity = TenantKey(Activity, models.PROTECT, null=True, blank=True)
    organisation = TenantKey(Organisation, models.PROTECT, null=True, blank=True)
    volunteer = TenantKey(Volunteer, models.CASCADE, null=True, blank=True)
    name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    what = models.CharField(max_length=60, blank=True)
    when_words = models.CharField(max_length=60, blank=True)
    said_yes_on = models.DateField(null=True, blank=True)
    is_contact = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "network"], condition=models.Q(is_contact=True, left_at__isnull=True),
                name="one_network_contact",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["near", "employee"])
                | models.Q(~models.Q(name="") | models.Q(left_at__isnull=False), said_yes_on__isnull=False),
                name="near_has_said_yes",
            ),
            models.CheckConstraint(
                condition=~models.Q(is_contact=True) | models.Q(said_yes_on__isnull=False), name="contact_has_said_yes"
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {
            "volunteer": "unlink", "name": "erase", "phone": "erase", "what": "erase", "when_words": "erase",
        }  # fmt: skip
        plain = ("network", "kind", "activity", "organisation", "said_yes_on", "is_contact", "made_at", "left_at")
        purpose = _("So that the person knows who is around them, and whom to ring.")
        retention = _("As the network; one who asks to be taken off, at once.")


class HomeVisit(TenantModel):
    """A professional's visit before a volunteer is brought in: the day, then whose task it is and practical needs.

    What is clinical stays in the journal: there is no field for it here.
    """

    owner = TenantKey(Owner)
    request = TenantKey(HelpRequest, models.CASCADE)
    on = models.DateField()
    who = models.CharField(max_length=120)
    planner = TenantKey(Person, null=True, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=160, blank=True)
    outcome = models.CharField(max_length=12, choices=VisitOutcome, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    needs_what = models.CharField(max_length=200, blank=True)
    needs_where = models.CharField(max_length=120, blank=True)
    how_often = models.CharField(max_length=120, blank=True)
    limits = models.CharField(max_length=300, blank=True)
    whom_to_call = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "request"], condition=models.Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="home_visit_planned_once",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | ~models.Q(outcome=""), name="home_visit_has_outcome"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["tenant", "planner", "-on"], name="home_visit_by_planner")]

    class Privacy:
        personal: ClassVar = {
            "who": "words", "planner": "unlink", "done_by": "words", "reason": "erase", "needs_what": "erase",
            "needs_where": "erase", "how_often": "erase", "limits": "erase", "whom_to_call": "erase",
        }  # fmt: skip
        plain = ("owner", "request", "on", "made_at", "done_at", "outcome", "cancelled_at")
        purpose = _("To see whose task it is, and what is practical, before a volunteer is brought in.")
        retention = _("As the request.")


class Talk(TenantModel):
    """A talk planned, held or not held: with the person, the network contact, or a volunteer who is guided.

    `days` is the rhythm in opening days. The note is about the arrangement: neutral, nothing about health.
    """

    owner = TenantKey(Owner)
    side = models.CharField(max_length=9, choices=With)
    network = TenantKey(Network, models.CASCADE, null=True, blank=True, related_name="talks")
    visit = TenantKey(HomeVisit, models.CASCADE, null=True, blank=True, related_name="talks")
    volunteer = TenantKey(Volunteer, models.CASCADE, null=True, blank=True)
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=160, blank=True)
    was_held = models.BooleanField(null=True, help_text="Empty: not settled, or called off.")
    note = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "network", "side"],
                condition=models.Q(settled_at__isnull=True, network__isnull=False), name="network_talk_planned_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "visit", "volunteer"],
                condition=models.Q(settled_at__isnull=True, visit__isnull=False), name="guidance_planned_once",
            ),
            models.CheckConstraint(
                condition=models.Q(side="volunteer", network__isnull=True, visit__isnull=False, volunteer__isnull=False)
                | models.Q(side__in=["person", "contact"], network__isnull=False, visit__isnull=True),
                name="talk_about_one_thing",
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"volunteer": "unlink", "settled_by": "words", "note": "erase"}
        plain = ("owner", "side", "network", "visit", "days", "due_on", "made_at", "settled_at", "was_held")
        purpose = _("So that neither the person, the network contact nor the volunteer is left alone with it.")
        retention = _("One year.")


class Answered(TenantModel):
    """That a wish was answered by an ordinary activity; with company the first time, the wish stays open for it."""

    owner = TenantKey(Owner)
    request = TenantKey(HelpRequest, models.CASCADE)
    activity = TenantKey(Activity, models.PROTECT)
    with_company = models.BooleanField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "request"], name="wish_answered_once")]

    class Privacy:
        personal: ClassVar = {"made_by": "words"}
        plain = ("owner", "request", "activity", "with_company", "made_at")
        purpose = _("To know what became of a wish.")
        retention = _("As the request.")
