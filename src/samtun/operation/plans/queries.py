"""The engine's door for quick answers: rooms register how their rows become a problem (decisions 13)."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from planning.problems.matching import MatchProblem, Suggestions, fits, outsider_reasons, public_reasons, suggest
from planning.vocabulary.identity import Id
from planning.vocabulary.reason import Reason
from samtun.foundation.viewer import Viewer

type Build = Callable[[uuid.UUID, Viewer, dt.date, Collection[uuid.UUID] | None], MatchProblem]

__all__ = [
    "Fitting", "Id", "Reason", "Shown", "fitting", "reason_words", "refused_by_rules", "register_planner",
    "suggest_for",
]  # fmt: skip
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
    "lighter_plan": _("Longer than the plan says: %(most)s minutes at most"),
}
PER: dict[str, str | Promise] = {"week": _("week"), "month": _("month")}

_planners: dict[str, Build] = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """Suggestions as a viewer may see them: reasons of one's own volunteers, "not now" of the others'."""

    suggestions: Suggestions
    excluded: tuple[tuple[Id, tuple[Reason, ...]], ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    """All there are to ask about a thing: `able` with the day each was asked last by anyone, the others with why not.

    Why is what the viewer may know: of one's own "not now" hides private grounds, of others' it is all there is.
    """

    able: dict[uuid.UUID, dt.date | None]
    refused: dict[uuid.UUID, tuple[Reason, ...]]


def register_planner(kind: str, build: Build) -> None:
    """Set how a reference of one kind becomes a matching problem."""
    _planners[kind] = build


def suggest_for(kind: str, ref_id: uuid.UUID, viewer: Viewer, *, on: dt.date, limit: int = 8) -> Shown:
    """Return who can be asked about a thing, under headings with reasons, and the near misses (decisions 13)."""
    problem = _planners[kind](ref_id, viewer, on, None)
    found = suggest(problem.request, problem.volunteers, on, limit)
    hosts = {v.id: v.host for v in problem.volunteers}
    excluded = tuple(
        (e.volunteer, public_reasons(e.reasons) if hosts[e.volunteer] in viewer.owners else outsider_reasons(e.reasons))
        for e in found.excluded
    )
    return Shown(found, excluded)


def refused_by_rules(
    kind: str, ref_id: uuid.UUID, viewer: Viewer, volunteers: Collection[uuid.UUID], *, on: dt.date
) -> bool:
    """Tell whether any of these volunteers may not be asked now: the last look before an ask goes out."""
    problem = _planners[kind](ref_id, viewer, on, volunteers)
    found = {v.id for v in problem.volunteers}
    return found != set(volunteers) or any(fits(v, problem.request, on) for v in problem.volunteers)


def fitting(kind: str, ref_id: uuid.UUID, viewer: Viewer, *, on: dt.date) -> Fitting:
    """Judge everyone who could be asked about a thing on a day, where a whole list is asked and nobody is picked."""
    problem = _planners[kind](ref_id, viewer, on, None)
    able, refused = {}, {}
    for one in problem.volunteers:
        reasons = fits(one, problem.request, on)
        key = uuid.UUID(str(one.id))
        if not reasons:
            able[key] = one.last_asked
        elif one.host in viewer.owners:
            refused[key] = public_reasons(reasons)
        else:
            refused[key] = outsider_reasons(reasons)
    return Fitting(able, refused)


def reason_words(reason: Reason) -> str:
    """Return one reason as words, with its figures."""
    figures: dict[str, str | int] = dict(reason.figures)
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
