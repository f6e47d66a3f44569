"""Whose a need is, how it is known, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Whose need it is: groups as people speak of them, none so small that it points at somebody."""

    EVERYONE = "everyone", _("Everyone")
    CHILDREN = "children", _("Children")
    YOUNG = "young", _("Young people")
    FAMILIES = "families", _("Families with children")
    MEN_ALONE = "men_alone", _("Men living alone")
    WOMEN_ALONE = "women_alone", _("Women living alone")
    OLDER = "older", _("Older people")
    NEAR = "near", _("Those who stand close to somebody who needs help")
    NEW_HERE = "new_here", _("Those who are new here")
    OUT_OF_WORK = "out_of_work", _("Those who are out of work")
    WITHOUT_CAR = "without_car", _("Those who have no car")
    VOLUNTEERS = "volunteers", _("Those who lend a hand")


class Source(models.TextChoices):
    """How a need is known."""

    TALK = "talk", _("Conversation")
    FEEDBACK = "feedback", _("Feedback")
    SURVEY = "survey", _("Survey")
    WORKSHOP = "workshop", _("Workshop")
    NUMBERS = "numbers", _("Numbers")
    SEEN = "seen", _("What we see ourselves")


class NeedState(models.TextChoices):
    """Where a need stands. Joined: another says the same, and speaks for both."""

    OPEN = "open", _("Stands")
    JOINED = "joined", _("Joined with another")
    MET = "met", _("Met")
    GONE = "gone", _("No longer so")
