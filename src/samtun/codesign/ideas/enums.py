"""Where an idea, what is added to it, its helpers and what is promised stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdeaState(models.TextChoices):
    """How far an idea has come. Unproven: we do not know yet that it was they who sent it."""

    UNPROVEN = "unproven", _("To be confirmed")
    RECEIVED = "received", _("Received")
    ANSWERED = "answered", _("Answered")
    INITIATIVE = "initiative", _("An initiative")
    CLOSED = "closed", _("Closed")


class From(models.TextChoices):
    """Who it comes from (R18)."""

    RESIDENT = "resident", _("A resident")
    VOLUNTEER = "volunteer", _("A volunteer")
    ORGANISATION = "organisation", _("An organisation")
    BUSINESS = "business", _("A business")
    MUNICIPALITY = "municipality", _("The municipality")


class Via(models.TextChoices):
    """How something came in."""

    FORM = "form", _("By the form")
    OWN = "own", _("From their own page")
    PHONE = "phone", _("On the telephone")
    PAPER = "paper", _("On paper")
    SMS = "sms", _("By text message")
    TALK = "talk", _("Face to face")


class Answered(models.TextChoices):
    """What the answer comes to. None of them is a no to the one who has the idea: they may go on all the same."""

    TOGETHER = "together", _("We would like to be part of it")
    LATER = "later", _("We cannot take part now")
    ELSEWHERE = "elsewhere", _("Others can help more than we can")


class StepKind(models.TextChoices):
    """What happened."""

    RECEIVED = "received", _("Received")
    CONFIRMED = "confirmed", _("Confirmed")
    MOVED = "moved", _("Another answers from now on")
    ADDED = "added", _("Somebody added to it")
    ANSWERED = "answered", _("Answered")
    STARTED = "started", _("Became an initiative")
    CONTACT = "contact", _("Got a contact")
    JOINED = "joined", _("Somebody joined in")
    PROMISED = "promised", _("Something was promised")
    DONE = "done", _("A promise was kept")
    LATE = "late", _("A promise is late")
    NEW_DAY = "new_day", _("A promise got a new day")
    DROPPED = "dropped", _("A promise is no longer needed")
    CHANGED = "changed", _("The words were changed")
    PAUSED = "paused", _("Rests for a while")
    GOES_ON = "goes_on", _("Goes on")
    OFFERED = "offered", _("The lead was offered to another")
    HANDED_ON = "handed_on", _("Another leads from now on")
    TAKEN_DOWN = "taken_down", _("Was taken off the open pages")
    TO_FORUM = "to_forum", _("Taken up with a forum")
    FORUM_DAY = "forum_day", _("A forum has it on an agenda")
    PUT_OFF = "put_off", _("A forum put it off")
    FORUM_SAID = "forum_said", _("A forum has settled it")
    WITHDRAWN = "withdrawn", _("No longer up in a forum")
    ENDED = "ended", _("Ended")
    LEFT = "left", _("Left by the one who had the idea")
    NOT_THEM = "not_them", _("It was not they who sent it")


class AdditionKind(models.TextChoices):
    """Ideas are added to; doubt is asked about."""

    AND = "and", _("Yes, and …")
    QUESTION = "question", _("A question")


class AdditionState(models.TextChoices):
    """Whether something added is known to come from the one whose name it has."""

    UNPROVEN = "unproven", _("To be confirmed")
    STANDS = "stands", _("Stands")
    TAKEN_DOWN = "taken_down", _("Taken off the page")


class LifeState(models.TextChoices):
    """Whether an initiative lives."""

    LIVING = "living", _("In full swing")
    PAUSED = "paused", _("Rests for a while")
    ENDED = "ended", _("Ended")


class HelperState(models.TextChoices):
    """Where one who wants to join in stands. Leaving needs no reason."""

    UNPROVEN = "unproven", _("To be confirmed")
    WITH = "with", _("Is with us")
    NOT_NOW = "not_now", _("Not now")
    LEFT = "left", _("Not with us any more")


class PromiseKind(models.TextChoices):
    """The invisible tasks: what the municipality can do so that others can do theirs."""

    APPLICATION = "application", _("Write an application")
    PERMIT = "permit", _("Get a permit")
    LAW = "law", _("Find out what the law says")
    ROOM = "room", _("Find a room or a place")
    MEETING = "meeting", _("Call a meeting")
    MONEY = "money", _("Find money")
    PEOPLE = "people", _("Get hold of somebody")
    OTHER = "other", _("Something else")


class PromiseState(models.TextChoices):
    """Whether it is done."""

    PROMISED = "promised", _("Promised")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")
