"""A card of thanks: A5 lying down, large, with room for a signature."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one card, in its reader's language. `done` names kinds of help, never how many."""

    language: str
    heading: str
    text: str
    rest: str
    greeting: str
    sender: str
    done: list[str] = field(default_factory=list)
    quote: str = ""
    quote_from: str = ""


def card_pdf(card: Card) -> bytes:
    """Return the card."""
    return tagged_pdf("recognition/card.typ", card=asdict(card))
