"""A municipality's part of a timetable, prepared: its stops, the days of its services, and what each trip calls at."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samtun.foundation.models import TenantKey, TenantModel
from samtun.people.timetables.enums import Mode


class Timetable(TenantModel):
    """The timetable that counts now, one a municipality. `valid_to` is the last day it knows of.

    `south` to `east` are how far it reaches on the map: outside it, nobody knows. Empty is that it has all there is.
    """

    source = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField()
    taken_in_at = models.DateTimeField()
    south = models.FloatField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tenant"], name="timetable_one"),
            models.CheckConstraint(condition=models.Q(valid_to__gte=models.F("valid_from")), name="timetable_period"),
        ]

    class Privacy:
        plain = ("source", "valid_from", "valid_to", "taken_in_at", "south", "west", "north", "east")

    def __str__(self) -> str:
        return self.source


class BusStop(TenantModel):
    """A stop. `number` is what trips name it by; `code` is the file's own."""

    number = models.PositiveIntegerField()
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    lat = models.FloatField()
    lon = models.FloatField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "number"], name="bus_stop_once")]

    class Privacy:
        plain = ("number", "code", "name", "lat", "lon")

    def __str__(self) -> str:
        return self.name


class Service(TenantModel):
    """The days on which some trips run: weekdays and exceptions of the file, written out."""

    days = ArrayField(models.DateField())

    class Privacy:
        plain = ("days",)


class Trip(TenantModel):
    """One trip and its calls in order, as arrays of the same length.

    `arrives` and `leaves` are seconds after noon less twelve hours of the service's day, so beyond 86,400 after
    midnight. `picks_up` and `sets_down` are the file's: 0 yes, 1 no, 2 ring first, 3 wave or tell the driver.
    """

    service = TenantKey(Service, models.CASCADE)
    line = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=6, choices=Mode)
    stops = ArrayField(models.PositiveIntegerField())
    arrives = ArrayField(models.PositiveIntegerField())
    leaves = ArrayField(models.PositiveIntegerField())
    picks_up = ArrayField(models.PositiveSmallIntegerField())
    sets_down = ArrayField(models.PositiveSmallIntegerField())

    class Privacy:
        plain = ("service", "line", "mode", "stops", "arrives", "leaves", "picks_up", "sets_down")
