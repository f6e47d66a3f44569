"""What the pages of referrals show, ready to print."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtun.foundation.templatetags.ui import phone
from samtun.operation.referrals.actions import ANSWERS
from samtun.operation.referrals.enums import Became, Kind, State
from samtun.operation.referrals.models import Referral

TITLES = {
    Kind.PASSED_ON: gettext_lazy("Passed on: ring"),
    Kind.WORRY: gettext_lazy("Someone worries: ring"),
    Kind.OFFER: gettext_lazy("Would like to give a hand: ring"),
    Kind.ASKER: gettext_lazy("May want a hand too: ring"),
}
SOURCES = {Kind.PASSED_ON: "passed_on", Kind.WORRY: "passed_on", Kind.OFFER: "call", Kind.ASKER: "call"}
ANSWER_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    State.NO_THANKS: (gettext_lazy("No thank you, not now"), gettext_lazy("Nothing more happens.")),
    State.ALL_WELL: (gettext_lazy("All is well"), gettext_lazy("What was written is erased.")),
    State.NO_CONTACT: (
        gettext_lazy("Wants no contact"),
        gettext_lazy("All that is kept is that nobody here is to contact them."),
    ),
    State.WELCOMED: (gettext_lazy("We have agreed on something"), gettext_lazy("Take them in among the volunteers.")),
}
BECAME_WORDS: dict[str, tuple[str | Promise, str]] = {
    State.WAITS: (gettext_lazy("Somebody rings"), "info"),
    Became.SOUGHT: (gettext_lazy("We have talked, and look for someone"), "info"),
    Became.DONE: (gettext_lazy("It is done"), "success"),
    Became.WAY_ON: (gettext_lazy("Not for volunteers; shown the way on"), "neutral"),
    Became.UNMET: (gettext_lazy("Nobody was found this time"), "warning"),
    Became.CANCELLED: (gettext_lazy("It was cancelled"), "neutral"),
}


def what_became(referral: Referral) -> tuple[str, str]:
    """Return words and colour for what became of it; a no and a withdrawn yes look the same."""
    words, color = BECAME_WORDS.get(
        referral.became or referral.state, (gettext_lazy("We have talked; nothing is wanted now"), "neutral")
    )
    return str(words), color


def passed_on_row(referral: Referral) -> dict[str, Any]:
    """Return one line for the one who passed it on: day, initials, what became of it."""
    words, color = what_became(referral)
    person = referral.person
    return {"on": referral.made_at, "initials": person.initials if person else "", "words": words, "color": color}


def facts_of(referral: Referral) -> list[tuple[str, Any]]:
    """Return what stands about one who is to be rung."""
    sender = referral.sender_name
    if referral.sender_phone:
        sender = f"{sender}, {phone(referral.sender_phone)}"
    pairs = [
        (_("Who"), referral.name), (_("Lives"), referral.place), (_("Came from"), sender),
        (_("Rung without an answer"), str(referral.tries) if referral.tries else ""),
    ]  # fmt: skip
    return [(label, value) for label, value in pairs if value]


def answers_of(referral: Referral) -> list[dict[str, str]]:
    """Return the buttons for what the person may have said, in the order they are listed."""
    possible = ANSWERS[Kind(referral.kind)]
    return [{"value": s, "words": str(w), "hint": str(h)} for s, (w, h) in ANSWER_WORDS.items() if s in possible]


def told(outcome: State) -> str:
    """Say what was written down."""
    words, hint = ANSWER_WORDS[outcome]
    return f"{words}.\n{hint}"
