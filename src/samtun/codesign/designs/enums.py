"""The words of service designs."""

from django.db import models


class DesignState(models.TextChoices):
    """Where a design is (R19)."""

    IDEA = "idea"
    DRAWING = "drawing"
    TRIAL = "trial"
    OPERATION = "operation"
    TAKEN_OVER = "taken_over"
    ENDED = "ended"


class Behalf(models.TextChoices):
    """On whose behalf somebody was there. Those it is for, and their next of kin, stand there without a name."""

    PARTY = "party"
    RECIPIENTS = "recipients"
    NEXT_OF_KIN = "next_of_kin"
    VOLUNTEERS = "volunteers"
    OTHERS = "others"


class Way(models.TextChoices):
    """In which way somebody took part."""

    AT_TABLE = "at_table"
    ASKED = "asked"
    TOLD = "told"


class Does(models.TextChoices):
    """What a party has with a task."""

    ANSWERS = "answers"
    DOES = "does"
    SUPPORTS = "supports"
    TOLD = "told"


class Legal(models.TextChoices):
    """What the law may have a say in: a short list of our own."""

    CONFIDENTIALITY = "confidentiality"
    POLICE = "police"
    FOOD = "food"
    PAID_RIDES = "paid_rides"
    CHILDREN = "children"
    INSURANCE = "insurance"
    PHOTOS = "photos"


class LegalState(models.TextChoices):
    """How far a point of law has come."""

    OPEN = "open"
    SETTLED = "settled"
    NOT_RELEVANT = "not_relevant"


class ChangeKind(models.TextChoices):
    """What is proposed. Words are taken or not by any party; all the others wait for a yes from every party."""

    WORDS = "words"
    PURPOSE = "purpose"
    PARTY = "party"
    TRIAL = "trial"
    OPERATION = "operation"
    OVER = "over"
    END = "end"
    PUBLIC = "public"


class ChangeState(models.TextChoices):
    """What became of a proposed change."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    MADE = "made"
    NOT_MADE = "not_made"
    WITHDRAWN = "withdrawn"


STANDING = (DesignState.IDEA, DesignState.DRAWING, DesignState.TRIAL, DesignState.OPERATION)
BEFORE = (DesignState.IDEA, DesignState.DRAWING)
STARTED = (DesignState.TRIAL, DesignState.OPERATION)
WAITING = (ChangeState.PROPOSED, ChangeState.PLANNED)
NAMELESS = (Behalf.RECIPIENTS, Behalf.NEXT_OF_KIN)
