"""States of activities, occurrences and pictures, how they repeat, and how one signs up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Repeat(models.TextChoices):
    """How often something is held."""

    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week, or every second, third …")
    MONTHLY = "monthly", _("Once a month, on the same weekday")


class Rotate(models.TextChoices):
    """When another hall, or another host, has its turn."""

    TIMES = "times", _("Each time")
    MONTHS = "months", _("Each month")


class ActivityState(models.TextChoices):
    """Where an activity is. A draft is seen by those who write for its owner only."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits until we know who you are")
    OPEN = "open", _("Open to everyone")
    TAKEN_DOWN = "down", _("Taken down")
    ENDED = "ended", _("Ended")


class OccurrenceState(models.TextChoices):
    """Where an occurrence is. A dropped one is no longer in its activity's rule and is shown nowhere."""

    PLANNED = "planned", _("On")
    PENCILLED = "pencil", _("Pencilled in")
    CALLED_OFF = "off", _("Called off")
    HELD = "held", pgettext_lazy("of a time", "Held")
    DROPPED = "dropped", _("Taken out")


class SignUp(models.TextChoices):
    """How one comes along."""

    OPEN_DOOR = "open", _("Just come. Nobody has to sign up")
    RIDE_ONLY = "ride", _("Just come; sign up only if you want a ride")
    SIGN_UP = "sign_up", _("Sign up, so that we know how many are coming")
    BINDING = "binding", _("Binding sign-up")
    PERIOD = "period", _("Sign up for the whole period")
    ALLOCATED = "given", _("Places are given out by the municipality; the list is closed")


BY_ONESELF = (SignUp.RIDE_ONLY, SignUp.SIGN_UP, SignUp.BINDING, SignUp.PERIOD)
"""What anyone signs up for without asking."""


class Bus(models.TextChoices):
    """What the timetable says of getting there and home again by bus, for somebody in some other village."""

    BOTH = "both", _("Bus there and home")
    NO_HOME = "no_home", _("No bus home")
    NO_THERE = "no_there", _("No bus there")
    NONE = "none", _("No bus")


class TimeOfWeek(models.TextChoices):
    """When in the week, as people choose."""

    DAY = "day", _("Weekday, daytime")
    EVENING = "evening", _("Evenings")
    SATURDAY = "saturday", pgettext_lazy("time of week", "Saturday")
    SUNDAY = "sunday", pgettext_lazy("time of week", "Sunday")
    HOLIDAY = "holiday", _("Public holidays")


class PictureState(models.TextChoices):
    """Where a picture is. Only one that waits or stands has its bytes; of the others it is known that they were."""

    WAITING = "waiting", _("Not for everyone yet")
    STANDS = "stands", _("Stands for everyone")
    TAKEN_BACK = "back", _("A yes was taken back")
    TAKEN_AWAY = "away", _("Taken away")
    REPLACED = "other", _("Another took its place")
    TAKEN_DOWN = "down", _("Taken down")


class SaidYes(models.TextChoices):
    """How somebody said yes to a picture."""

    WORD = "word", _("By word")
    PAPER = "paper", _("On paper")
