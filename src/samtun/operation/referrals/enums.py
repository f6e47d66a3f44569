"""The words of a referral's short life."""

from django.db import models


class Kind(models.TextChoices):
    """What has come in."""

    PASSED_ON = "passed_on"
    WORRY = "worry"
    OFFER = "offer"
    ASKER = "asker"


class State(models.TextChoices):
    """Whether somebody has rung, and what the person said."""

    WAITS = "waits"
    WISH = "wish"
    NO_THANKS = "no_thanks"
    NO_CONTACT = "no_contact"
    ALL_WELL = "all_well"
    WELCOMED = "welcomed"
    WITHDRAWN = "withdrawn"


class Became(models.TextChoices):
    """What became of the wish, told to the one who passed it on."""

    SOUGHT = "sought"
    DONE = "done"
    WAY_ON = "way_on"
    UNMET = "unmet"
    CANCELLED = "cancelled"
