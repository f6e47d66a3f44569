"""The words of a network, its members, its talks, and the professional's visit."""

from django.db import models


class NetworkState(models.TextChoices):
    """Where a network is. Ended is a state, never a deletion."""

    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"


class Ended(models.TextChoices):
    """Why a network ended. The last three are never chosen by hand."""

    STANDS = "stands"
    WISHED = "wished"
    MOVED = "moved"
    OTHER = "other"
    DIED = "died"
    CONSENT = "consent"
    OWNER_LEFT = "left"


BY_HAND = (Ended.STANDS, Ended.WISHED, Ended.MOVED, Ended.OTHER)


class MemberKind(models.TextChoices):
    """What someone or something around a person is."""

    ACTIVITY = "activity"
    GROUP = "group"
    VOLUNTEER = "volunteer"
    NEAR = "near"
    EMPLOYEE = "employee"


MAY_BE_CONTACT = frozenset({MemberKind.VOLUNTEER, MemberKind.NEAR, MemberKind.EMPLOYEE})


class With(models.TextChoices):
    """Whom a planned talk is with."""

    PERSON = "person"
    CONTACT = "contact"
    VOLUNTEER = "volunteer"


class VisitOutcome(models.TextChoices):
    """What a professional found at a visit: whose task it is. Nothing clinical."""

    VOLUNTEER = "volunteer"
    MUNICIPALITY = "municipality"
    BOTH = "both"
    NOT_NOW = "not_now"


FOR_VOLUNTEERS = frozenset({VisitOutcome.VOLUNTEER, VisitOutcome.BOTH})
FIRST, LAST = 1, 5
BUILT = 4
"""The step in which the network is put in place; after it come the talks."""
