"""States and choices of all three."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Noted(models.TextChoices):
    """What was different, in lines to tick: what anyone could see, and no word of illness."""

    NOT_OPENED = "not_opened", _("Did not open as usual")
    TIRED = "tired", _("Seemed tired or unsteady")
    COLD = "cold", _("The house was cold")
    FOOD = "food", _("The food stood untouched")
    STOPPED = "stopped", _("Wanted to stop, or did not want to come along")
    OTHER = "other", _("Something else was not as usual")


class HeadsUpState(models.TextChoices):
    """Where a word about something different is."""

    HELD = "held"
    WAITS = "waits"
    RECEIVED = "received"
    ENDED = "ended"


class Will(models.TextChoices):
    """What the professional means to do, if they say; never what they think it is."""

    LOOK_IN = "look_in", _("I look in")
    RING = "ring", _("I ring")


class Kind(models.TextChoices):
    """What a concern is about, in the words of the street."""

    INCIDENT = "incident", _("Something that happened")
    CONDUCT = "conduct", _("How somebody behaves")
    MONEY = "money", _("Money or things")
    SAFETY = "safety", _("Something that is not safe")
    OTHER = "other", _("Something else")


class ConcernState(models.TextChoices):
    """How far a concern has come. Each step is taken by one who receives it."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked_at", _("Looked at")
    HEARD = "heard", _("The one it concerns is told and heard")
    CONCLUDED = "concluded", _("Concluded")
    CLOSED = "closed", _("Closed with an answer")


class Outcome(models.TextChoices):
    """What it came to."""

    FOUNDED = "founded", _("There was something in it")
    UNFOUNDED = "unfounded", _("There was nothing in it: words and names are erased")
    ELSEWHERE = "elsewhere", _("It belongs elsewhere, and the way is shown")


class FeedbackState(models.TextChoices):
    """How far a feedback has come, from the first words to the answer."""

    RECEIVED = "received", _("Received")
    TAKEN = "taken", _("Somebody has begun")
    PASSED_UP = "passed_up", _("Passed up")
    DECIDED = "decided", _("Decided")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class StepKind(models.TextChoices):
    """What happened to a feedback."""

    RECEIVED = "received", _("Received")
    TAKEN = "taken", _("Somebody has begun")
    PASSED_UP = "passed_up", _("Passed up")
    BACK = "back", _("Came back without a decision")
    DECIDED = "decided", _("Decided")
    ANSWERED = "answered", _("Answered")
    NOT_SETTLED = "not_settled", _("Not settled, says the one who told")
    MOVED = "moved", _("Another answers from now on")
    CLOSED = "closed", _("Closed")


class Settled(models.TextChoices):
    """How it was closed, and by whom."""

    ANSWER = "answer", _("The answer was the end of it")
    SETTLED = "settled", _("The one who told says that it is settled")
    LEFT = "left", _("The organisation leaves it")


class Via(models.TextChoices):
    """How a feedback came in."""

    LINK = "link", _("By the link in a text")
    FORM = "form", _("By the form")
    SMS = "sms", _("By text message")
    PHONE = "phone", _("On the telephone")
    PAPER = "paper", _("On paper")


class Hears(models.TextChoices):
    """How the one who said it hears. `own` is a person's own channel; `page` is the sender's own address alone."""

    OWN = "own", _("On their own channel")
    TEXT = "text", _("By text message")
    EMAIL = "email", _("By e-mail")
    CALL = "call", _("Somebody rings")
    PAGE = "page", _("On the page only")
