"""States of a registration, how it came in, what was answered before a time, and how one pays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationState(models.TextChoices):
    """Where a registration is. A lapsed one did not answer in time, and is in line again when it says so."""

    COMING = "coming", _("On the list")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Has a place if the answer is yes")
    LAPSED = "lapsed", _("The place went to the next in line")
    CANCELLED = "off", _("Does not come")


class Via(models.TextChoices):
    """How it came in."""

    OWN = "own", _("On the web page")
    PHONE = "phone", _("On the telephone")
    PAPER = "paper", _("On paper")
    SMS = "sms", _("By text message")
    GIVEN = "given", _("Given by the municipality")


class Answer(models.TextChoices):
    """What was answered before a time."""

    COMING = "coming", _("Coming")
    NOT = "not", _("Not this time")
    RIDE = "ride", _("Coming, and needs a ride")
    NONE = "none", _("No answer")


class Pays(models.TextChoices):
    """How one pays: the one who comes chooses, and nobody asks why. All of them look alike at the door."""

    CLIP = "clip", _("Clip card")
    ENVELOPE = "envelope", _("Closed envelope at the door")
    NUMBER = "number", _("To the association's own number")
    INVOICE = "invoice", _("Invoice")
    FREE = "free", _("Free place")


THEMSELVES = (Pays.ENVELOPE, Pays.NUMBER, Pays.INVOICE)
"""Ways in which somebody pays the price themselves, each time."""


class Got(models.TextChoices):
    """What moved a clip card. Only the cashier sees whether a card was bought or given."""

    CASH = "cash", _("Paid in cash")
    NUMBER = "number", _("Paid to our own number")
    INVOICE = "invoice", _("Paid by invoice")
    GIFT = "gift", _("Given, by somebody or by us")
    USED = "used", _("Used")
    CORRECTED = "put", _("Put right")


BOUGHT = (Got.CASH, Got.NUMBER, Got.INVOICE, Got.GIFT)
"""How somebody comes by a clip card."""


class OneTimeState(models.TextChoices):
    """What one in line said to a single time."""

    OFFERED = "offered", _("Is asked about this time")
    YES = "yes", _("Comes this time")
    NO = "no", _("Not this time")
