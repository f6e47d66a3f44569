"""Rows prepared for templates: words for reasons, states and what has happened."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.kernel.clock import wall
from samtun.operation.help_requests.enums import AskState, MatchState, RequestState
from samtun.operation.help_requests.models import Ask, FollowUp, HelpRequest, PersonalCall
from samtun.operation.help_requests.queries import call_name, talk_with
from samtun.operation.help_requests.queries.words import (
    clock_words,
    length_words,
    plan_facts,
    rhythm_words,
    weekday_words,
)
from samtun.operation.plans.queries import Id, Shown, reason_words
from samtun.operation.volunteers.models import Volunteer

STATE_WORDS: dict[str, tuple[str | Promise, str]] = {
    RequestState.UNPROVEN: (_("Waits"), "warning"),
    RequestState.NEW: (_("New"), "info"),
    RequestState.DECLINED: (_("Shown the way on"), "neutral"),
    RequestState.LOOKING: (_("Find someone"), "info"),
    RequestState.ASKED: (_("Waits for an answer"), "warning"),
    RequestState.PROPOSED: (_("Say the name"), "warning"),
    RequestState.AGREED: (_("Agreed"), "success"),
    RequestState.HELD: (_("Held while away"), "warning"),
    RequestState.DONE: (_("Done"), "neutral"),
    RequestState.LASTING: (_("Goes on as a standing arrangement"), "success"),
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
    MatchState.LASTING: _("Comes again and again"),
    MatchState.CANCELLED: _("Cancelled"),
}
HEADINGS: dict[str, str | Promise] = {
    "known": _("Known to the person"),
    "free_then": _("Free then"),
    "near": _("Near"),
    "also": _("Could also be asked"),
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
    """Return day and time as one says it; of what lasts, the rhythm and the first day."""
    if request.every_weeks and request.at:
        words = {
            "days": weekday_words(request.on.weekday()), "clock": clock_words(request.at),
            "rhythm": rhythm_words(request.every_weeks), "first": date_format(request.on, "j. F"),
        }  # fmt: skip
        return gettext("%(days)s %(clock)s, %(rhythm)s from %(first)s") % words
    day = date_format(request.on, "l j. F")
    return f"{day} {clock_words(request.at)}" if request.at else f"{day}, {gettext('any time')}"


def row_of(request: HelpRequest) -> Row:
    """Return one line."""
    words, color = state_of(request)
    return Row(
        id=request.id, title=in_language(request.task_type.name), who=request.recipient.initials,
        place=request.village.name if request.village and not request.recipient.address_protected else "",
        when=date_format(request.on, "D j. M").lower() + (f" {request.at:%H.%M}" if request.at else ""),
        state=words,
        color=color,
    )  # fmt: skip


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


def facts_of(request: HelpRequest, address: str) -> list[tuple[Any, Any]]:
    """Return the facts at the top of the page."""
    person = request.recipient
    return [
        (_("Who"), person.full_name),
        (_("When"), when_words(request)),
        (_("How long"), length_words(request.minutes)),
        (_("Where"), address or (gettext("Protected") if person.address_protected else "")),
        *plan_facts(request),
        (_("Asked by"), request.asked_by),
        (_("Taken by"), request.handled_by),
    ]


def call_words(call: PersonalCall) -> dict[str, Any]:
    """Return what stands on the page of a call: whom, the number, and what to say."""
    name, given = {"name": call.about.full_name}, {"name": call.about.given_name}
    mistake = bool(call.passing and call.passing.undone_at)
    phone = call.volunteer.person.phone if call.volunteer else call.phone
    if call.away:
        lead = gettext("%(name)s is away for a while.") % name
        say = [
            gettext("Ask whether they go on visiting where %(name)s is now, or wait.") % given,
            gettext("Say where it is on the telephone only, and no more than %(name)s would like.") % given,
        ]
    elif mistake:
        lead = gettext("It was a mistake: %(name)s has not died.") % name
        say = [gettext("Say that it was a mistake, and that you are sorry."), gettext("What was agreed stands again.")]
    else:
        lead = gettext("%(name)s has died.") % name
        say = [
            gettext("Say it yourself, in plain words. No text has gone to them."),
            gettext("What was agreed is cancelled; they need do nothing."),
        ]
        if call.volunteer:
            say.append(gettext("Ask how they are, and whether they would like a talk one day, or a pause."))
    return {"name": call_name(call), "phone": phone, "lead": lead, "say": say, "mistake": mistake}


def talk_words(row: FollowUp) -> dict[str, Any]:
    """Return one held talk ready to show."""
    return {
        "when": date_format(wall(row.held_at), "j. F") if row.held_at else "",
        "who": talk_with(row),
        "note": row.note,
    }
