"""Rows prepared for templates: words for reasons, states and what has happened."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.models import AuditEvent
from samtun.kernel.clock import wall
from samtun.operation.help_requests.enums import AskState, MatchState, RequestState
from samtun.operation.help_requests.models import Ask, HelpRequest
from samtun.operation.help_requests.notices import clock_words, length_words
from samtun.operation.plans.queries import Id, Shown
from samtun.operation.volunteers.models import Volunteer

STATE_WORDS: dict[str, tuple[str | Promise, str]] = {
    RequestState.UNPROVEN: (_("Waits"), "warning"),
    RequestState.NEW: (_("New"), "info"),
    RequestState.DECLINED: (_("Shown the way on"), "neutral"),
    RequestState.LOOKING: (_("Find someone"), "info"),
    RequestState.ASKED: (_("Waits for an answer"), "warning"),
    RequestState.PROPOSED: (_("Say the name"), "warning"),
    RequestState.AGREED: (_("Agreed"), "success"),
    RequestState.DONE: (_("Done"), "neutral"),
    RequestState.UNMET: (_("Nobody was found"), "neutral"),
    RequestState.CANCELLED: (_("Cancelled"), "neutral"),
}
SOURCE_WORDS: dict[str, str | Promise] = {
    "call": _("Came by telephone"),
    "web": _("Came from the web"),
    "sms": _("Came by text"),
    "paper": _("Came on paper"),
    "passed_on": _("Passed on"),
}
ASK_WORDS: dict[str, tuple[str | Promise, str]] = {
    AskState.SENT: (_("Asked"), "warning"),
    AskState.YES: (_("Yes"), "success"),
    AskState.NO: (_("No, and that is all right"), "neutral"),
    AskState.SILENT: (_("Has not answered"), "neutral"),
    AskState.THANKED: (_("Thanked"), "neutral"),
    AskState.WITHDRAWN: (_("Taken back"), "neutral"),
}
MATCH_WORDS: dict[str, str | Promise] = {
    MatchState.PROPOSED: _("Waits for the one who asked"),
    MatchState.AGREED: _("Agreed"),
    MatchState.OTHER_WISHED: _("Another was wished for"),
    MatchState.DROPPED_OUT: _("Could not come"),
    MatchState.DONE: _("Done"),
    MatchState.CANCELLED: _("Cancelled"),
}
HEADINGS: dict[str, str | Promise] = {
    "known": _("Known to the person"),
    "free_then": _("Free then"),
    "near": _("Near"),
    "also": _("Could also be asked"),
}
REASONS: dict[str, str | Promise] = {
    "known": _("Has helped before"),
    "free_then": _("Usually free then"),
    "same_village": _("Same village"),
    "near": _("%(km)s km away"),
    "done_before": _("Has done this before"),
    "has": _("Has what it takes"),
    "language": _("Speaks the language"),
    "not_now": _("Not now"),
    "other_host": _("Belongs to another organisation"),
    "asks_stopped": _("Does not want to be asked now"),
    "not_willing": _("Wants other tasks"),
    "host_declines": _("Your organisation does not do this"),
    "not_known": _("Is not known to the person"),
    "paused": _("Is having a pause"),
    "quiet": _("Said no lately: a quiet week until %(until)s"),
    "absent": _("Is away"),
    "not_free_then": _("Not free at that time"),
    "busy": _("Is at another task then"),
    "ceiling": _("Has as many as they want: %(times)s a %(per)s"),
    "missing": _("Lacks something the task asks for"),
    "expired": _("Something the task asks for has run out"),
    "too_young": _("Is too young for this task"),
    "age_unknown": _("We do not know the year of birth"),
    "no_car": _("Has no car"),
    "too_far": _("Further than they want to go"),
    "no_common_language": _("No language in common"),
}
PER: dict[str, str | Promise] = {"week": _("week"), "month": _("month")}
ACTS: dict[str, str | Promise] = {
    "help_requests.enter": _("Came in"),
    "help_requests.prove": _("Confirmed by the one who asked"),
    "help_requests.consent": _("Consent is written down"),
    "help_requests.consent_withdrawn": _("The consent was taken back"),
    "help_requests.plan": _("The plan is written"),
    "help_requests.assess": _("Whose task it is was decided"),
    "help_requests.ask": _("Volunteers were asked"),
    "help_requests.answer": _("A volunteer answered"),
    "help_requests.silence": _("No answer in time"),
    "help_requests.taken_back": _("An ask was taken back"),
    "help_requests.propose": _("The name goes to the one who asked"),
    "help_requests.other_wished": _("Another was wished for"),
    "help_requests.choose_another": _("The proposal was taken back"),
    "help_requests.agree": _("Agreed"),
    "help_requests.cannot_come": _("The volunteer could not come"),
    "help_requests.done": _("Done"),
    "help_requests.cancel": _("Cancelled"),
    "help_requests.unmet": _("Closed: nobody was found"),
    "surveys.went_well": _("Answered how it went"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: initials until opened."""

    id: uuid.UUID
    title: str
    who: str
    place: str
    when: str
    state: str
    color: str


def state_of(request: HelpRequest) -> tuple[str, str]:
    """Return the state as (words, colour)."""
    words, color = STATE_WORDS[request.state]
    return str(words), color


def when_words(request: HelpRequest) -> str:
    """Return day and time as one says it."""
    day = date_format(request.on, "l j. F")
    return f"{day} {clock_words(request.at)}" if request.at else f"{day}, {gettext('any time')}"


def row_of(request: HelpRequest) -> Row:
    """Return one line."""
    words, color = state_of(request)
    return Row(
        id=request.id, title=in_language(request.task_type.name), who=request.recipient.initials,
        place=request.village.name if request.village and not request.recipient.address_protected else "",
        when=date_format(request.on, "D j. M") + (f" {request.at:%H.%M}" if request.at else ""),
        state=words,
        color=color,
    )  # fmt: skip


def reason_words(reason: Any) -> str:
    """Return one reason as words, with its figures."""
    figures = dict(reason.figures)
    if "metres" in figures:
        figures["km"] = f"{int(figures['metres']) / 1000:.1f}".replace(".", ",").removesuffix(",0")
    if "per" in figures:
        figures["per"] = str(PER.get(str(figures["per"]), figures["per"]))
    if "until" in figures:
        figures["until"] = date_format(dt.date.fromisoformat(str(figures["until"])), "j. F")
    text = str(REASONS.get(str(reason.code), reason.code))
    try:
        return text % figures
    except KeyError:
        return text.split(":", maxsplit=1)[0]


def suggestion_groups(shown: Shown, people: dict[Id, Volunteer]) -> list[dict[str, Any]]:
    """Return the headings with those under them."""
    return [
        {
            "heading": HEADINGS[group.heading],
            "people": [
                {
                    "id": p.volunteer,
                    "name": people[p.volunteer].person.full_name,
                    "host": people[p.volunteer].host.name,
                    "ticks": list(dict.fromkeys(reason_words(r) for r in p.ticks)),
                }
                for p in group.people
            ],
        }
        for group in shown.suggestions.groups
    ]


def exclusion_rows(shown: Shown, people: dict[Id, Volunteer]) -> list[tuple[str, str]]:
    """Return those not suggested with why, as far as this viewer may know."""
    return [
        (people[v].person.full_name, ", ".join(dict.fromkeys(reason_words(r) for r in reasons)))
        for v, reasons in shown.excluded
        if v in people
    ]


def ask_rows(asks: list[Ask]) -> list[dict[str, Any]]:
    """Return what became of each ask."""
    return [
        {
            "id": a.id, "name": a.volunteer.person.full_name, "phone": a.volunteer.person.phone,
            "state": ASK_WORDS[a.state][0], "color": ASK_WORDS[a.state][1], "waits": a.state in {"sent", "silent"},
            "said_yes": a.state == AskState.YES,
        }
        for a in asks
    ]  # fmt: skip


def timeline_rows(events: list[AuditEvent]) -> list[dict[str, Any]]:
    """Return what has happened, newest first."""
    return [
        {
            "what": ACTS.get(e.act, e.act),
            "when": f"{date_format(wall(e.at), 'j. F')} {clock_words(wall(e.at))}",
            "iso": wall(e.at).isoformat(timespec="minutes"),
            "by": e.actor if e.via != "job" else "",
            "now": n == 0,
        }
        for n, e in enumerate(events)
    ]


def facts_of(request: HelpRequest, address: str) -> list[tuple[Any, Any]]:
    """Return the facts at the top of the page."""
    person = request.recipient
    return [
        (_("Who"), person.full_name),
        (_("When"), when_words(request)),
        (_("How long"), length_words(request.minutes)),
        (_("Where"), address or (gettext("Protected") if person.address_protected else "")),
        (_("Asked by"), request.asked_by),
        (_("Taken by"), request.handled_by),
    ]
