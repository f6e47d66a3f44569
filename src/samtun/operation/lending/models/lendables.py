"""What can be borrowed, with its rules in plain words."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_noop as _

from samtun.foundation.models import Owner, TenantKey, TenantModel
from samtun.operation.lending.enums import Kind, Price, Way
from samtun.people.places.models import Village


class Lendable(TenantModel):
    """A hall, a car or a thing that somebody lends out. All of it but the caretaker's number is open to everyone.

    `months` are those in which it can be borrowed, none for all the year. A door code never stands here.
    """

    owner = TenantKey(Owner)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind)
    village = TenantKey(Village, models.PROTECT, null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=600, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    step_free = models.BooleanField(default=False)
    hearing_loop = models.BooleanField(default=False)
    toilet = models.BooleanField(default=False, help_text="A toilet that takes a wheelchair.")
    price = models.CharField(max_length=12, choices=Price, default=Price.ASSOCIATIONS)
    price_words = models.CharField(max_length=200, blank=True)
    who_may = models.CharField(max_length=300, blank=True)
    licence = models.BooleanField(default=False, help_text="Whoever uses it needs a licence.")
    insurance = models.CharField(max_length=200, blank=True)
    key_words = models.CharField(max_length=200, blank=True, help_text="Where the key is fetched. Never a code.")
    cleaning = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    months = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    way = models.CharField(max_length=7, choices=Way, default=Way.REQUEST)
    buffer_minutes = models.PositiveSmallIntegerField(default=0)
    is_offered = models.BooleanField(default=True)
    sent_key = models.UUIDField(help_text="Made with the form: the same page sent twice is one thing.")
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant", "owner", "name"], name="lendable_name_once"),
            models.UniqueConstraint(fields=["tenant", "sent_key"], name="lendable_sent_once"),
            models.CheckConstraint(
                condition=models.Q(opens=None, closes=None) | models.Q(closes__gt=models.F("opens")),
                name="lendable_hours",
            ),
            models.CheckConstraint(condition=models.Q(buffer_minutes__lte=1440), name="lendable_buffer"),
        ]  # fmt: skip

    class Privacy:
        personal: ClassVar = {"contact_phone": "erase"}
        plain = (
            "owner", "name", "kind", "village", "place", "about", "seats", "step_free", "hearing_loop", "toilet",
            "price", "price_words", "who_may", "licence", "insurance", "key_words", "cleaning", "opens", "closes",
            "months", "way", "buffer_minutes", "is_offered", "sent_key", "version",
        )  # fmt: skip
        purpose = _("So that whoever borrows it knows whom to ring.")
        retention = _("As long as it is lent out.")

    def __str__(self) -> str:
        return self.name
