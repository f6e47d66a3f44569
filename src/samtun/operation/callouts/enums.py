"""The words of a call-out."""

from django.db import models


class CallOutState(models.TextChoices):
    """Where a call-out is."""

    OPEN = "open"
    FILLED = "filled"
    OVER = "over"
    CANCELLED = "cancelled"


class TurnOut(models.TextChoices):
    """What one who was asked said."""

    SENT = "sent"
    YES = "yes"
    NO = "no"
    THANKED = "thanked"
    DROPPED = "dropped"


LIVE = frozenset({CallOutState.OPEN, CallOutState.FILLED})
