"""Making the words of a message, each time anew: they are never kept."""

from dataclasses import dataclass
from typing import Any

from samtun.foundation.models import Municipality
from samtun.foundation.notices import Notice, render
from samtun.foundation.recipients import Recipient
from samtun.kernel.phones import spoken
from samtun.notifications.messages.models import Question
from samtun.notifications.messages.queries.links import link_to
from samtun.notifications.messages.rules import plain_sms


@dataclass(frozen=True, slots=True)
class Composed:
    """The words. `heading` is the e-mail's subject or the letter's heading; empty for the others."""

    text: str
    heading: str = ""


def frame_facts(recipient: Recipient, municipality: Municipality, question: Question | None) -> dict[str, Any]:
    """Return what every text may use beside its own facts."""
    return {
        "name": recipient.name,
        "municipality": municipality.name,
        "shared_name": municipality.shared_name,
        "telephone": spoken(municipality.phone),
        "code": question.code if question else "",
        "link": link_to(question, municipality) if question else "",
    }


def compose(
    notice: Notice, *, channel: str, recipient: Recipient, facts: dict[str, Any], municipality: Municipality,
    question: Question | None = None,
) -> Composed:  # fmt: skip
    """Return the words for one recipient in their language."""
    every = frame_facts(recipient, municipality, question) | facts
    text = render(notice, channel=channel, language=recipient.language or municipality.language, facts=every)
    if channel == "sms":
        return Composed(plain_sms(text))
    if channel in {"email", "letter"}:
        heading, _, rest = text.partition("\n")
        return Composed(rest.strip(), " ".join(heading.split()))
    return Composed(text)
