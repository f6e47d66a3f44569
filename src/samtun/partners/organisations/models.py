"""Bodies, memberships, opening hours."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.foundation.viewer import Role
from samtun.people.persons.models import Person
from samtun.people.places.models import Village

MEMBER_ROLES = [
    Role.UNIT_EMPLOYEE, Role.ASSESSOR, Role.ORGANISATION_REPRESENTATIVE, Role.COORDINATOR, Role.LEADER,
    Role.SEAT_HOLDER, Role.CASHIER,
]  # fmt: skip


class Organisation(TenantModel):
    """A body that takes part: municipality, unit, centre, association, congregation, business. One owner each."""

    class Kind(models.TextChoices):
        """What sort of body."""

        MUNICIPALITY = "municipality"
        UNIT = "unit"
        CENTRE = "centre"
        ASSOCIATION = "association"
        CONGREGATION = "congregation"
        BUSINESS = "business"

    owner = TenantKey(Owner)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(max_length=9, blank=True, help_text="Organisation number.")
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    about = models.JSONField(default=dict)
    hosts_volunteers = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner"], name="organisation_owner_once"),
            models.UniqueConstraint(fields=["tenant", "name"], name="organisation_name_once"),
        ]

    class Privacy:
        plain = ("owner", "name", "kind", "number", "phone", "email", "village", "about", "hosts_volunteers")

    def __str__(self) -> str:
        return self.name


class Membership(TenantModel):
    """That a person acts for a body in a role, between two dates. Ended the same minute as the office ends."""

    person = TenantKey(Person, models.CASCADE)
    organisation = TenantKey(Organisation)
    role = models.CharField(max_length=40, choices=[(r.value, r.value) for r in MEMBER_ROLES])
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    is_deputy = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "person", "organisation", "role"], condition=models.Q(ends__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")), name="membership_dates"
            ),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"person": "unlink"}
        plain = ("organisation", "role", "starts", "ends", "is_deputy")
        purpose = _("To know who acts for whom.")
        retention = _("Two years after the end.")


class OpeningHour(TenantModel):
    """When someone is there, a weekday (0 = Monday), on the wall."""

    organisation = TenantKey(Organisation, models.CASCADE)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "organisation", "weekday", "opens"], name="opening_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="opening_weekday"),
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="opening_order"),
        ]

    class Privacy:
        plain = ("organisation", "weekday", "opens", "closes")


class Closure(TenantModel):
    """Dates on which nobody is there: holidays are known already, this is leave and the like. No reason is kept."""

    organisation = TenantKey(Organisation, models.CASCADE)
    starts = models.DateField()
    ends = models.DateField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="closure_order"),
        ]

    class Privacy:
        plain = ("organisation", "starts", "ends")


class Leave(TenantModel):
    """That one who acts for a body is away, both days included, and who steps in. No reason is asked for or kept.

    Without `cover` the post is closed on the days when nobody else is there: clocks wait (R114).
    """

    membership = TenantKey(Membership, models.CASCADE)
    cover = TenantKey(Membership, models.PROTECT, null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="leave_order"),
            models.CheckConstraint(
                condition=models.Q(cover__isnull=True) | ~models.Q(cover=models.F("membership")),
                name="leave_cover_other",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "membership", "ends"], name="leave_by_membership")]

    class Privacy:
        personal: ClassVar = {"membership": "unlink", "cover": "unlink", "starts": "erase", "ends": "erase"}
        plain = ("taken_back_at",)
        purpose = _("To know who steps in, and that nobody waits for an answer on days when nobody is there.")
        retention = _("A year after the last day.")
