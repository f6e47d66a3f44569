"""The words of a help request's life."""

from django.db import models


class RequestState(models.TextChoices):
    """Where a request is. Cancelled and closed are states, never deletions."""

    UNPROVEN = "unproven"
    NEW = "new"
    DECLINED = "declined"
    LOOKING = "looking"
    ASKED = "asked"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    UNMET = "unmet"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({
    RequestState.UNPROVEN, RequestState.NEW, RequestState.LOOKING, RequestState.ASKED, RequestState.PROPOSED,
    RequestState.AGREED,
})  # fmt: skip
SEEKING = frozenset({RequestState.LOOKING, RequestState.ASKED})


class Source(models.TextChoices):
    """How the request came in."""

    CALL = "call"
    WEB = "web"
    SMS = "sms"
    PAPER = "paper"
    PASSED_ON = "passed_on"


class Outcome(models.TextChoices):
    """Whose task it is (R26)."""

    VOLUNTEER = "volunteer"
    MUNICIPALITY = "municipality"
    BUSINESS = "business"
    OTHER = "other"
    CANNOT = "cannot"


class AskState(models.TextChoices):
    """What became of an ask."""

    SENT = "sent"
    YES = "yes"
    NO = "no"
    SILENT = "silent"
    THANKED = "thanked"
    WITHDRAWN = "withdrawn"


class MatchState(models.TextChoices):
    """What became of a match."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    OTHER_WISHED = "other_wished"
    DROPPED_OUT = "dropped_out"
    DONE = "done"
    CANCELLED = "cancelled"


LIVE_MATCH = frozenset({MatchState.PROPOSED, MatchState.AGREED})
