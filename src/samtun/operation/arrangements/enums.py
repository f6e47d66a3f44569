"""The words of a standing arrangement."""

from django.db import models


class ArrangementState(models.TextChoices):
    """Where an arrangement is. Ended is a state, never a deletion; stopped is a death."""

    LOOKING = "looking"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"


LIVE = frozenset({ArrangementState.LOOKING, ArrangementState.RUNNING})


class VisitState(models.TextChoices):
    """What became of one date. `holiday`: the day has a name, and nobody has said yet whether they meet."""

    PLANNED = "planned"
    DONE = "done"
    CANNOT = "cannot"
    NOT_WANTED = "not_wanted"
    PAUSED = "paused"
    HOLIDAY = "holiday"
    OFF = "off"
    STOPPED = "stopped"


MISSED = frozenset({VisitState.CANNOT, VisitState.NOT_WANTED})


class PauseKind(models.TextChoices):
    """Why nobody comes for a while. `recipient`, `volunteer`, `holiday` are said to us, the rest follow."""

    RECIPIENT = "recipient"
    VOLUNTEER = "volunteer"
    HOLIDAY = "holiday"
    AWAY = "away"
    ABSENCE = "absence"
    RESTING = "resting"
    CONSENT = "consent"


SAID = frozenset({PauseKind.RECIPIENT, PauseKind.VOLUNTEER, PauseKind.HOLIDAY})


class EndReason(models.TextChoices):
    """Why an arrangement ended, as far as anyone needs to know."""

    RECIPIENT = "recipient"
    VOLUNTEER = "volunteer"
    DONE = "done"
    OTHER = "other"
    OWNER_LEFT = "owner_left"
    NOBODY = "nobody"
    DEATH = "death"


CHOSEN = (EndReason.RECIPIENT, EndReason.VOLUNTEER, EndReason.DONE, EndReason.OTHER)
