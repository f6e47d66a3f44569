"""The words of agreements."""

from django.db import models


class Form(models.TextChoices):
    """How formal it is (R11)."""

    NOTED = "noted"
    ONE_PAGE = "one_page"


class State(models.TextChoices):
    """Where an agreement is. Being made: nothing under it has begun."""

    BEING_MADE = "being_made"
    STANDS = "stands"
    ENDED = "ended"
    TAKEN_OVER = "taken_over"


class Because(models.TextChoices):
    """Why an agreement is no more."""

    AGREED = "agreed"
    STOPPED = "stopped"
    RAN_OUT = "ran_out"
    TAKEN_OVER = "taken_over"


class Sort(models.TextChoices):
    """What a version is about: the joint text, how often the parties meet, the end, or that one takes it over."""

    TEXT = "text"
    RHYTHM = "rhythm"
    ENDING = "ending"
    TAKE_OVER = "take_over"


class VersionState(models.TextChoices):
    """Where a version is. Objected: somebody has said no and may still change their mind."""

    WAITING = "waiting"
    OBJECTED = "objected"
    STANDING = "standing"
    PAST = "past"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Says(models.TextChoices):
    """A party's answer to a version."""

    YES = "yes"
    NO = "no"


class How(models.TextChoices):
    """How a word came in."""

    HERE = "here"
    TELEPHONE = "telephone"
    PAPER = "paper"


class Meets(models.TextChoices):
    """How the parties keep in touch (R109)."""

    IN_PERSON = "in_person"
    FIXED = "fixed"
    TELEPHONE = "telephone"
    ONLINE = "online"
    THROUGH_OTHERS = "through_others"


class Often(models.TextChoices):
    """How often."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TWICE_A_YEAR = "twice_a_year"
    YEARLY = "yearly"
    WHEN_NEEDED = "when_needed"


LIVE = frozenset({State.BEING_MADE, State.STANDS})
OPEN = frozenset({VersionState.WAITING, VersionState.OBJECTED})
