"""Courses held: facts with dates."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.people.persons.models import Person


class TrainingRecord(TenantModel):
    """That a person has taken a course."""

    person = TenantKey(Person, models.CASCADE)
    owner = TenantKey(Owner)
    course = models.SlugField(max_length=40)
    held_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "person", "owner", "course", "held_on"], name="training_once"),
        ]

    class Privacy:
        personal: ClassVar = {"person": "unlink", "course": "erase", "held_on": "erase", "expires_on": "erase"}
        plain = ("owner",)
        purpose = _("To know what a volunteer has learnt.")
        retention = _("While the volunteer is active, and one year more.")
