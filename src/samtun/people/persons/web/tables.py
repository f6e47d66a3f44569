"""Words for persons on the screen: two rows that may be one, and what happens in a life."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.people.persons.models import Person

WHY = {
    "phone": _("Same telephone number"),
    "birth_year": _("Same name and year of birth"),
    "village": _("Same name and part of the municipality"),
    "email": _("Same name and e-mail"),
}


def effects_of(kept: Person, other: Person) -> list[str]:
    """Say what putting two together does."""
    found = [
        gettext("Requests, volunteering, agreements and messages of both stand on one page."),
        gettext("It holds for all organisations that know the person."),
    ]
    if kept.do_not_contact or other.do_not_contact:
        found.append(gettext("The wish for no contact holds for both."))
    if kept.address_protected or other.address_protected:
        found.append(gettext("The address is protected, since one of them has it protected."))
    return [*found, gettext("It can be split again; nothing is lost.")]


STOPPED: tuple[tuple[str, str | Promise], ...] = (
    ("message", _("Messages")),
    ("question", _("Questions")),
    ("help_request", _("Wishes")),
    ("match", _("Agreements")),
    ("ask", _("Volunteers asked")),
    ("referral", _("Words that were passed on")),
    ("call_out_asked", _("Call-outs")),
    ("todo", _("Things due on the desk")),
)

AWAY_WORDS: tuple[tuple[str, str | Promise], ...] = (
    ("away", _("Away for a while")),
    ("elsewhere", _("Stays somewhere else for a while")),
    ("moved", _("Has moved")),
)


def stopped_words(numbers: Mapping[str, int]) -> list[tuple[str | Promise, int]]:
    """Return what was stopped and how many of each, the most telling first."""
    return [(words, numbers[kind]) for kind, words in STOPPED if numbers.get(kind)]
