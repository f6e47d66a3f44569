"""Words of one's own page."""

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.queries.words import clock_words, plan_facts, rhythm_words, weekday_words
from samtun.portal.home.queries import Assignment, Wish

STATES: dict[str, tuple[str | Promise, str]] = {
    RequestState.UNPROVEN: (_("We ring you first"), "warning"),
    RequestState.NEW: (_("We have got it"), "info"),
    RequestState.LOOKING: (_("We are looking for someone"), "info"),
    RequestState.ASKED: (_("We are looking for someone"), "info"),
    RequestState.PROPOSED: (_("We have a name for you"), "warning"),
    RequestState.AGREED: (_("Agreed"), "success"),
    RequestState.HELD: (_("Waits until you are back"), "info"),
    RequestState.DECLINED: (_("We have told you the way on"), "neutral"),
    RequestState.DONE: (_("Done"), "neutral"),
    RequestState.LASTING: (_("Goes on as a standing arrangement"), "success"),
    RequestState.UNMET: (_("We found nobody this time"), "neutral"),
    RequestState.CANCELLED: (_("Cancelled"), "neutral"),
}


def when_words(request: HelpRequest) -> str:
    """Return day and clock as one says them; the rhythm of what lasts."""
    if request.every_weeks and request.at:
        days, rhythm = weekday_words(request.on.weekday()), rhythm_words(request.every_weeks)
        return capfirst(f"{days} {clock_words(request.at)}, {rhythm}")
    day = capfirst(date_format(request.on, "l j. F"))
    return gettext("%(day)s at %(clock)s") % {"day": day, "clock": f"{request.at:%H.%M}"} if request.at else day


def assignment_row(assignment: Assignment) -> dict[str, Any]:
    """Return one task ready to show."""
    request = assignment.request
    return {
        "match": assignment.match, "kind": in_language(request.task_type.name), "when": when_words(request),
        "minutes": request.minutes, "host": assignment.match.volunteer.host.name, "agreed": assignment.is_agreed,
        "name": assignment.name, "phone": assignment.phone, "address": assignment.address,
        "words": request.words if assignment.is_agreed else "",
        "plan": plan_facts(request) if assignment.is_agreed else [],
    }  # fmt: skip


def wish_row(wish: Wish) -> dict[str, Any]:
    """Return one wish ready to show."""
    words, color = STATES[wish.request.state]
    return {
        "kind": in_language(wish.request.task_type.name), "when": when_words(wish.request), "state": words,
        "color": color, "name": wish.name, "phone": wish.phone, "id": wish.request.id,
    }  # fmt: skip
