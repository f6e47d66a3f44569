"""Villages and places."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samtun.foundation.models import TenantKey, TenantModel
from samtun.kernel.ground import Spot


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


class Road(TenantModel):
    """A road as a line to draw: never who lives along it.

    `line` is latitude and longitude in turn, in hundred thousandths of a degree: about a metre. `metres` is its length.
    """

    class Level(models.IntegerChoices):
        """How much of a road it is: what is drawn wide, and what goes first when there is no room."""

        MAIN = 1
        THROUGH = 2
        LOCAL = 3
        LANE = 4

    STEP: ClassVar = 100_000

    name = models.CharField(max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    line = ArrayField(models.IntegerField())
    metres = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(line__len__gte=4), name="road_is_a_line")]
        indexes: ClassVar = [models.Index(fields=["tenant", "level", "-metres", "id"], name="road_in_order")]

    class Privacy:
        plain = ("name", "level", "line", "metres")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def packed(cls, line: Iterable[Spot]) -> list[int]:
        """Return a line as it is kept."""
        return [round(degrees * cls.STEP) for spot in line for degrees in spot]

    @classmethod
    def unpacked(cls, line: Sequence[int]) -> list[Spot]:
        """Return a kept line as spots."""
        return [Spot(lat / cls.STEP, lon / cls.STEP) for lat, lon in zip(line[::2], line[1::2], strict=True)]
