"""Why a message did not go, and why a person is needed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """What stopped or worries a message; the words are for staff."""

    STOPPED = "stopped", _("The person has asked for no more questions.")
    SILENT = "silent", _("The person is not to be contacted.")
    GONE = "gone", _("Nothing more is to be sent to this person, or about them.")
    NOBODY = "nobody", _("The person is no longer here.")
    NO_WAY = "no_way", _("We know neither telephone number, e-mail nor address.")
    OVER = "over", _("It no longer applied.")
    WITHDRAWN = "withdrawn", _("It was called off before it went.")
    TOO_LATE = "too_late", _("It did not get out in time.")
    BROKEN = "broken", _("The text could not be made. Whoever runs the system must look at it.")
    NO_GATEWAY = "no_gateway", _("No way out is set up for this channel.")
    NO_TOKEN = "no_token", _("The gateway's token cannot be read.")
    TOKEN_REFUSED = "token_refused", _("The gateway does not know us.")
    NOT_REACHED = "not_reached", _("The gateway could not be reached.")
    BUSY = "busy", _("The gateway was busy.")
    NUMBER_REFUSED = "number_refused", _("The gateway would not take this number.")
    ADDRESS_REFUSED = "address_refused", _("The e-mail address was refused.")
    SERVER_REFUSED = "server_refused", _("The e-mail server refused it.")
    NO_ANSWER = "no_answer", _("The gateway did not answer.")
    UNCLEAR = "unclear", _("The gateway's answer made no sense.")
    NOT_DELIVERED = "not_delivered", _("The gateway took it, but it did not arrive.")
    NOT_HOME = "not_home", _("Nobody answered the telephone.")
    BY_PERSON = "by_person", _("Someone here sent it again.")


CHANNEL_WORDS = {
    "sms": _("Text message"),
    "email": _("E-mail"),
    "letter": _("Letter"),
    "call": _("Telephone call"),
}
STATE_WORDS = {
    "pending": _("Waiting to go"),
    "sending": _("On its way"),
    "accepted": _("Sent"),
    "delivered": _("Arrived"),
    "failed": _("Did not arrive"),
    "unknown": _("Unknown fate"),
    "cancelled": _("Not sent"),
}


class Why(models.TextChoices):
    """Why a message or a text that came in waits for a person."""

    CALL = "call", _("Someone to ring")
    LETTER = "letter", _("Letter to print")
    UNKNOWN = "unknown", _("We do not know if it arrived")
    FAILED = "failed", _("Did not arrive")
    INBOUND = "inbound", _("Text message to read")
