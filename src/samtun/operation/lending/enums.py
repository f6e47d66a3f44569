"""What can be borrowed, on which terms, and where a booking stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What sort of thing."""

    HALL = "hall", _("Hall or room")
    MINIBUS = "minibus", _("Minibus")
    CAR = "car", _("Car")
    SCREEN = "screen", _("Projector and sound")
    POOL = "pool", _("Swimming pool")
    GEAR = "gear", _("Gear")


class Way(models.TextChoices):
    """How it is borrowed."""

    REQUEST = "request", _("Ask first: we answer")
    AT_ONCE = "at_once", _("Booked at once")


class Price(models.TextChoices):
    """What it costs. Free for associations is where it begins (R42)."""

    ASSOCIATIONS = "associations", _("Free for associations")
    FREE = "free", _("Free for everyone")
    PAID = "paid", _("It costs something")


class State(models.TextChoices):
    """How far a booking has come. Waiting: the time is taken, and they hear when it is free."""

    ASKED = "asked", _("Asked for")
    WAITING = "waiting", _("Waiting for the time")
    BOOKED = "booked", _("Booked")
    HANDED_OVER = "handed_over", _("Handed over")
    RETURNED = "returned", _("Returned")
    DECLINED = "declined", _("Not this time")
    CANCELLED = "cancelled", _("Cancelled")
    GIVEN_BACK = "given_back", _("Given back")


HOLDS = (State.BOOKED, State.HANDED_OVER)
"""The states in which nobody else can have the time."""
OPEN = (State.ASKED, State.WAITING, *HOLDS)


class StepKind(models.TextChoices):
    """What happened to a booking: where it went, or that the time they wanted is free."""

    ASKED = "asked", _("Asked for")
    WAITING = "waiting", _("Waits for the time")
    BOOKED = "booked", _("Booked")
    DECLINED = "declined", _("Not this time")
    HANDED_OVER = "handed_over", _("Handed over")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")
    GIVEN_BACK = "given_back", _("Given back")
    FREED = "freed", _("The time became free")


class Condition(models.TextChoices):
    """How the thing was when it came back."""

    FINE = "fine", _("All as it should be")
    BROKEN = "broken", _("Something is broken or missing")


class Every(models.TextChoices):
    """How a booking is repeated."""

    ONCE = "once", _("Only this time")
    WEEK = "week", _("Every week")
    TWO_WEEKS = "two_weeks", _("Every second week")
    MONTH = "month", _("Every month, the same weekday")
    LAST = "last", _("Every month, the last such weekday")


class Via(models.TextChoices):
    """How it came in."""

    WEB = "web", _("Here")
    PHONE = "phone", _("On the telephone")


class SeasonState(models.TextChoices):
    """How far the sharing out of a season has come."""

    OPEN = "open", _("Open for wishes")
    PROPOSED = "proposed", _("A person looks at it")
    DECIDED = "decided", _("Decided")
    CANCELLED = "cancelled", _("Not shared out after all")


class Why(models.TextChoices):
    """Why somebody got a time they wished for, or did not."""

    GOT = "got", _("Gets this one")
    OTHER = "other", _("Went to one who had less so far")
    BUSY = "busy", _("Is taken most weeks already")
    ENOUGH = "enough", _("What you asked for in a week was reached before it")
    PERSON = "person", _("Those who share out chose otherwise")
