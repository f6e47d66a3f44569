"""A mentor and a lighter plan."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import TenantKey, TenantModel
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person


class MentorPlan(TenantModel):
    """A volunteer's mentor and lighter plan with one host. There is no field for why.

    `most_minutes` is the longest task the volunteer is asked about. To `together_until`, that day included, the mentor
    comes along; empty: the volunteer goes alone. `talk_days` opening days lie between their talks.
    """

    volunteer = TenantKey(Volunteer, models.CASCADE, related_name="mentor_plans")
    mentor = TenantKey(Person, models.CASCADE)
    most_minutes = models.PositiveSmallIntegerField()
    together_until = models.DateField(null=True, blank=True)
    talk_days = models.PositiveSmallIntegerField()
    next_talk_on = models.DateField()
    last_talk_on = models.DateField(null=True, blank=True)
    began_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "volunteer"], condition=models.Q(ended_at__isnull=True), name="one_mentor_plan"
            ),
            models.CheckConstraint(condition=models.Q(most_minutes__range=(5, 600)), name="mentor_plan_minutes"),
            models.CheckConstraint(condition=models.Q(talk_days__range=(1, 60)), name="mentor_plan_talks"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "mentor"], name="mentor_plan_by_mentor")]

    class Privacy:
        personal: ClassVar = {
            "volunteer": "unlink", "mentor": "unlink", "most_minutes": "erase", "together_until": "erase",
            "next_talk_on": "erase", "last_talk_on": "erase",
        }  # fmt: skip
        plain = ("talk_days", "began_on", "ended_at")
        purpose = _("So that a volunteer who wants it has somebody beside them, and is not asked for too much.")
        retention = _("One year after it has ended.")
