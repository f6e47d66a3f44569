"""Rows and facts prepared for templates."""

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.kernel.phones import spoken
from samtun.operation.arrangements.adapters.paper import Dates
from samtun.operation.arrangements.enums import ArrangementState, EndReason, PauseKind, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.queries import VISITS, Listed, long_day, plan_words
from samtun.operation.arrangements.rules import begins
from samtun.operation.help_requests.queries.words import clock_words, length_words, rhythm_words, weekday_words
from samtun.partners.organisations.queries import organisation_of

STATES: dict[str, tuple[str | Promise, str]] = {
    ArrangementState.LOOKING: (_("Looks for someone"), "info"),
    ArrangementState.RUNNING: (_("Running"), "success"),
    ArrangementState.ENDED: (_("Ended"), "neutral"),
    ArrangementState.STOPPED: (_("Stopped"), "neutral"),
}
PAUSES: dict[str, str | Promise] = {
    PauseKind.RECIPIENT: _("The one who is visited would like a pause"),
    PauseKind.VOLUNTEER: _("The volunteer would like a pause"),
    PauseKind.HOLIDAY: _("Holidays"),
    PauseKind.AWAY: _("Away for a while"),
    PauseKind.ABSENCE: _("The volunteer is away"),
    PauseKind.RESTING: _("The volunteer has a pause"),
    PauseKind.CONSENT: _("The yes was taken back"),
}
REASONS: dict[str, str | Promise] = {
    EndReason.RECIPIENT: _("The one who was visited wished it"),
    EndReason.VOLUNTEER: _("The volunteer stopped"),
    EndReason.DONE: _("It did what it should"),
    EndReason.OTHER: _("Something else"),
    EndReason.OWNER_LEFT: _("The organisation has left"),
    EndReason.NOBODY: _("Nobody was found"),
    EndReason.DEATH: _("The person has died."),
}


def state_of(arrangement: Arrangement, pause: Pause | None = None) -> tuple[str, str]:
    """Return the state as (words, colour); a pause that lasts now stands before all."""
    if pause and arrangement.state == ArrangementState.RUNNING:
        if pause.ends:
            return gettext("Pause until %(day)s") % {"day": date_format(pause.ends, "j. F")}, "warning"
        return gettext("Pause"), "warning"
    words, color = STATES[arrangement.state]
    return str(words), color


def row_of(listed: Listed) -> dict[str, Any]:
    """Return one line of a list: initials until opened."""
    found = listed.arrangement
    words, color = state_of(found, listed.pause)
    next_on = capfirst(date_format(listed.next_on, "l j. F")) if listed.next_on else ""
    return {
        "id": found.id, "title": in_language(found.task_type.name), "who": found.recipient.initials, "when": next_on,
        "plan": capfirst(plan_words(listed.term)) if listed.term else "", "state": words, "color": color,
    }  # fmt: skip


def facts_of(arrangement: Arrangement, term: Term | None, address: str) -> list[tuple[Any, Any]]:
    """Return the plan in words (R28)."""
    person, wish = arrangement.recipient, arrangement.wish
    if term:
        when = plan_words(term)
    else:
        days, clock = weekday_words(wish.on.weekday()), clock_words(wish.at or dt.time(12))
        when = f"{days} {clock}, {rhythm_words(wish.every_weeks or 1)}, {length_words(wish.minutes)}"
    home = gettext("Protected") if person.address_protected and not address else address
    until = term.ends if term else wish.lasts_until
    return [
        (_("Who"), person.full_name),
        (_("Who comes"), term.volunteer.person.full_name if term else ""),
        (_("When"), capfirst(when)),
        (_("Until"), date_format(until, "j. F Y") if until else ""),
        (_("Where"), arrangement.place or home),
        (_("What belongs to it"), arrangement.limits),
        (_("Whom to ring"), arrangement.whom_to_call),
        (_("Public holidays"), _("Also then") if arrangement.on_holidays else _("We ask each time")),
        (_("Asked by"), wish.asked_by),
    ]


def visit_row(visit: Visit, *, now: dt.datetime) -> dict[str, Any]:
    """Return one date with what can be done about it."""
    words, color = VISITS[visit.state]
    ahead = begins(visit.on, visit.at) > now
    missed = visit.state in {VisitState.CANNOT, VisitState.NOT_WANTED}
    return {
        "id": visit.id, "day": long_day(visit.on), "clock": clock_words(visit.at),
        "on": date_format(visit.on, "l j. F").lower(), "color": color, "stand_in": visit.stand_in_id,
        "state": _("Did not meet") if missed and not ahead else words,
        "name": visit.term.volunteer.person.full_name, "length": length_words(visit.minutes),
        "planned": ahead and visit.state in {VisitState.PLANNED, VisitState.HOLIDAY},
        "asks": ahead and visit.state == VisitState.HOLIDAY,
        "seeks": ahead and visit.state == VisitState.CANNOT and not visit.stand_in_id,
        "missed": ahead and missed, "done": visit.state == VisitState.DONE,
    }  # fmt: skip


def pause_row(pause: Pause) -> dict[str, Any]:
    """Return one pause: its days, whose, and whether a person may lift it."""
    days = {"starts": date_format(pause.starts, "j. F"), "ends": date_format(pause.ends, "j. F") if pause.ends else ""}
    until = gettext("%(starts)s to %(ends)s") if pause.ends else gettext("From %(starts)s, until they say")
    return {
        "id": pause.id, "days": until % days, "why": PAUSES[pause.kind],
        "follows": pause.kind in {PauseKind.ABSENCE, PauseKind.RESTING, PauseKind.AWAY},
        "consent": pause.kind == PauseKind.CONSENT,
    }  # fmt: skip


def terms_before(arrangement: Arrangement, on: dt.date) -> list[str]:
    """Return what held before, in words, newest first."""
    past = [(t, t.ends) for t in arrangement.terms.all() if t.ends and t.starts <= t.ends < on]
    return [
        gettext("%(starts)s to %(ends)s: %(plan)s, %(name)s") % {
            "starts": date_format(t.starts, "j.n.Y"), "ends": date_format(ends, "j.n.Y"), "plan": plan_words(t),
            "name": t.volunteer.person.full_name,
        }
        for t, ends in reversed(past)
    ]  # fmt: skip


def dates_paper(arrangement: Arrangement, visits: list[Visit], *, on: dt.date, language: str) -> Dates:
    """Return the words of the sheet with the next dates, in a language."""
    person = arrangement.recipient
    organisation = organisation_of(arrangement.owner_id)
    with translation.override(language):
        kind = in_language(arrangement.task_type.name)
        name = visits[0].term.volunteer.person.full_name if visits else ""
        lead = gettext("%(name)s comes to %(who)s.") % {"name": name, "who": person.given_name} if name else ""
        off = {VisitState.CANNOT: gettext("not this time"), VisitState.NOT_WANTED: gettext("not this time")}
        rows = [
            (long_day(v.on), clock_words(v.at), off.get(VisitState(v.state), _rest(v)))
            for v in visits
        ]  # fmt: skip
        return Dates(
            language=language, sender=organisation.name, title=kind, lead=lead, rows=rows,
            empty=gettext("No dates are set just now."),
            foot=[
                gettext("If one time does not suit, ring us on %(phone)s. You need not say why.")
                % {"phone": spoken(organisation.phone)},
            ],
            printed=gettext("Printed %(day)s") % {"day": date_format(on, "j. F Y")},
        )  # fmt: skip


def _rest(visit: Visit) -> str:
    if visit.state == VisitState.HOLIDAY:
        return gettext("we ask first")
    return gettext("pause") if visit.state == VisitState.PAUSED else ""
