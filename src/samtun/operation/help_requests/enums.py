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
    HELD = "held"
    DONE = "done"
    LASTING = "lasting"
    UNMET = "unmet"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({
    RequestState.UNPROVEN, RequestState.NEW, RequestState.LOOKING, RequestState.ASKED, RequestState.PROPOSED,
    RequestState.AGREED, RequestState.HELD,
})  # fmt: skip
SEEKING = frozenset({RequestState.LOOKING, RequestState.ASKED})


class Source(models.TextChoices):
    """How the request came in."""

    CALL = "call"
    WEB = "web"
    SMS = "sms"
    PAPER = "paper"
    PASSED_ON = "passed_on"


class AskerHears(models.TextChoices):
    """How one who asked for another hears what became of it; empty: not at all, or not of this one."""

    TEXT = "text"
    CALL = "call"


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
    LASTING = "lasting"
    CANCELLED = "cancelled"


WAITING_ASKS = (AskState.SENT, AskState.SILENT, AskState.YES)
LIVE_MATCH = frozenset({MatchState.PROPOSED, MatchState.AGREED})


class CallKind(models.TextChoices):
    """Whom a personal call goes to."""

    VISITOR = "visitor"
    ASKER = "asker"
    GO_ON = "go_on"


class Side(models.TextChoices):
    """Which of the two a follow-up talk is with."""

    PERSON = "person"
    VOLUNTEER = "volunteer"
