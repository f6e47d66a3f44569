"""What every offer says of itself, whichever room it stands in: inherit these, and name their fields in `Privacy`.

class Activity(OnOffer, TenantModel):
    class Privacy:
        plain = (*ON_OFFER, "title", …)
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samtun.partners.catalogue.enums import Category, Group, Known, Transport

ACCESS = ("step_free", "hearing_loop", "toilet", "companion")
"""The fields of AccessFacts, none of them personal."""
ON_OFFER = (*ACCESS, "category", "groups", "transport", "is_free", "price")
"""The fields of OnOffer, none of them personal."""


class AccessFacts(models.Model):
    """Whether one can get in, hear and be there: yes, no, or not known."""

    step_free = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    hearing_loop = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    toilet = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)
    companion = models.CharField(max_length=7, choices=Known, default=Known.UNKNOWN)

    class Meta:
        abstract = True


class OnOffer(AccessFacts):
    """What sort it is, whom it is for, how one gets there and what it costs in words. A price in øre is elsewhere."""

    category = models.CharField(max_length=20, choices=Category)
    groups = ArrayField(models.CharField(max_length=20, choices=Group), default=list, blank=True)
    transport = models.CharField(max_length=20, choices=Transport)
    is_free = models.BooleanField(default=False)
    price = models.CharField(max_length=120, blank=True, help_text="In words: 40 kroner, coffee included.")

    class Meta:
        abstract = True
