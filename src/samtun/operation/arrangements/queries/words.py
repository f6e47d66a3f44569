"""How an arrangement is said, in the language that is active."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from samtun.operation.arrangements.models import Term
from samtun.operation.help_requests.queries.words import clock_words, length_words, rhythm_words, weekday_words
from samtun.partners.organisations.rules import day_word


def rhythm_facts(term: Term) -> dict[str, Any]:
    """Return weekday, clock, rhythm, length and first day of a term, for texts."""
    return {
        "day": weekday_words(term.weekday), "clock": clock_words(term.at), "rhythm": rhythm_words(term.every_weeks),
        "length": length_words(term.minutes), "first": date_format(term.starts, "j.n."),
    }  # fmt: skip


def plan_words(term: Term) -> str:
    """Return when, as one says it: `tysdagar kl. 11.00, kvar veke, 1 time`."""
    return gettext("%(day)s %(clock)s, %(rhythm)s, %(length)s") % rhythm_facts(term)


def visit_day(on: dt.date) -> str:
    """Return one date as it stands in a text: `tysdag 24.11.`, `torsdag 24.12. (julaftan)`."""
    return _called(date_format(on, "l j.n.").lower(), on)


def long_day(on: dt.date) -> str:
    """Return one date as it stands on a page: `Torsdag 24. desember (julaftan)`."""
    return _called(capfirst(date_format(on, "l j. F")), on)


def _called(words: str, on: dt.date) -> str:
    name = day_word(on)
    return f"{words} ({name})" if name else words
