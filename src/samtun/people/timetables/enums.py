"""What one travels by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """What one travels by, as a timetable's file numbers it."""

    BUS = "bus", _("Bus")
    BOAT = "boat", _("Boat")
    TRAIN = "train", _("Train")
    TRAM = "tram", _("Tram")
