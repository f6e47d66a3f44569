"""Villages and places."""

from typing import ClassVar

from django.db import models

from samtun.foundation.models import TenantKey, TenantModel


class Village(TenantModel):
    """A part of the municipality that people name (grend, bygd, krets)."""

    name = models.CharField(max_length=60)
    inhabitants = models.PositiveIntegerField(default=0)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "name"], name="village_once")]

    class Privacy:
        plain = ("name", "inhabitants", "lat", "lon")

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_told(self) -> bool:
        """Tell whether a text may name this village: above 200 inhabitants (decisions 20)."""
        return self.inhabitants > 200


class Place(TenantModel):
    """A hall or another place that belongs to nobody in particular."""

    class Kind(models.TextChoices):
        """What sort of place."""

        HALL = "hall"
        SERVICE = "service"
        OTHER = "other"

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    village = TenantKey(Village)
    address = models.CharField(max_length=120, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Privacy:
        plain = ("name", "kind", "village", "address", "lat", "lon")

    def __str__(self) -> str:
        return self.name


class VillageDistance(TenantModel):
    """Metres by road from one village to another, where a fjord or a ridge makes the straight line wrong."""

    origin = TenantKey(Village, models.CASCADE)
    target = TenantKey(Village, models.CASCADE)
    metres = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "origin", "target"], name="distance_once")]

    class Privacy:
        plain = ("origin", "target", "metres")
