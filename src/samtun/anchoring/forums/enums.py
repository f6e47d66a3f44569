"""The words of forums."""

from django.db import models


class Part(models.TextChoices):
    """What a seat does."""

    LEADS = "leads"
    WRITES = "writes"
    MEMBER = "member"


class MeetingState(models.TextChoices):
    """Where a meeting is. Held: it has begun, and its items may be settled."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    CANCELLED = "cancelled"


class ItemState(models.TextChoices):
    """Where an item is. One that is put off is proposed again, for the next meeting."""

    PROPOSED = "proposed"
    ON_AGENDA = "on_agenda"
    DECIDED = "decided"
    TURNED_DOWN = "turned_down"
    WITHDRAWN = "withdrawn"


AHEAD = frozenset({MeetingState.PLANNED, MeetingState.CALLED})
OPEN = frozenset({ItemState.PROPOSED, ItemState.ON_AGENDA})
