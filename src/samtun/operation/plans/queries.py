"""The engine's door for quick answers: rooms register how their rows become a problem (decisions 13)."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from planning.problems.matching import MatchProblem, Suggestions, fits, outsider_reasons, public_reasons, suggest
from planning.vocabulary.identity import Id
from planning.vocabulary.reason import Reason
from samtun.foundation.viewer import Viewer

type Build = Callable[[uuid.UUID, Viewer, dt.date, Collection[uuid.UUID] | None], MatchProblem]

__all__ = ["Id", "Shown", "refused_by_rules", "register_planner", "suggest_for"]

_planners: dict[str, Build] = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """Suggestions as a viewer may see them: reasons of one's own volunteers, "not now" of the others'."""

    suggestions: Suggestions
    excluded: tuple[tuple[Id, tuple[Reason, ...]], ...]


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
