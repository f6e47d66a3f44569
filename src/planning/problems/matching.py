"""Who can be asked to help with one request, why, and why not.

`fits` gathers the hard rules of `matching_rules`; `suggest` puts those who fit under headings; `narrowing`
says what a database may leave out before asking. What a reason may be told to whom is decided by `public_reasons` and
`outsider_reasons`. No number about a person is made anywhere: order comes from rules and from who was asked longest
ago.
"""

from collections.abc import Iterable
from datetime import date

from planning.problems.matching_rules import (
    NOT_NOW,
    SILENT_RULES,
    TOLD_RULES,
    Reasons,
    is_known,
    is_near,
    metres_between,
    same_village,
    shown_metres,
)
from planning.problems.narrowing import Narrowing, narrowing, survives_silent, survives_told
from planning.vocabulary.identity import Id, lot
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.request import Request
from planning.vocabulary.suggestion import Excluded, Group, Heading, MatchProblem, Suggested, Suggestions
from planning.vocabulary.volunteer import Volunteer

__all__ = [
    "MatchProblem",
    "Narrowing",
    "Request",
    "Suggestions",
    "Volunteer",
    "fits",
    "narrowing",
    "outsider_reasons",
    "public_reasons",
    "suggest",
    "survives_silent",
    "survives_told",
]


def fits(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """List all reasons why `volunteer` cannot be asked on the day `on`; empty means that they can.

    For the platform's own use. Show a host `public_reasons(...)` and anyone else `outsider_reasons(...)`.
    """
    found: list[Reason] = []
    for rule in SILENT_RULES + TOLD_RULES:
        found += (reason for reason in rule(volunteer, request, on) if reason not in found)
    return tuple(found)


def public_reasons(reasons: Reasons) -> Reasons:
    """Give what the volunteer's own host may see: no private ground, as long as there is something else to say.

    Else it is `not_now`, without figures, whichever private ground it was. Empty only when `reasons` is.
    """
    told = tuple(reason for reason in reasons if reason.code is not Why.NOT_NOW)
    return told or outsider_reasons(reasons)


def outsider_reasons(reasons: Reasons) -> Reasons:
    """Give what all but the host may see: `not_now`, whatever the reasons (rule R112). Empty only when `reasons` is."""
    return NOT_NOW if reasons else ()


def suggest(request: Request, volunteers: Iterable[Volunteer], on: date, limit: int = 10) -> Suggestions:
    """Find who can be asked on the day `on`, at most `limit` under each heading, and the near misses.

    Under a heading: never asked first, then asked longest ago; equals are drawn by lot for each request. A person with
    several hosts comes up once. Whoever breaks a silent rule is nowhere in the answer, so leaving them out beforehand
    changes nothing in it. Raises ValueError as `MatchProblem` does.
    """
    problem = MatchProblem(request, tuple(volunteers), on, limit)
    fitting: dict[Heading, list[Volunteer]] = {heading: [] for heading in Heading}
    missed: list[tuple[Volunteer, Reasons]] = []
    for volunteer in problem.volunteers:
        if _is_silenced(volunteer, request, on):
            continue
        if reasons := _told(volunteer, request, on):
            missed.append((volunteer, reasons))
        else:
            fitting[_heading(volunteer, request)].append(volunteer)

    draw = lot(request.id)
    groups: list[Group] = []
    seen: set[Id] = set()
    for heading, people in fitting.items():
        people.sort(key=lambda one: (one.last_asked or date.min, draw(one.id)))
        if shown := _first_rows(people, seen)[:limit]:
            groups.append(Group(heading, tuple(Suggested(one.id, _ticks(one, request)) for one in shown)))
    left = [Excluded(one.id, reasons) for one, reasons in missed if one.person not in seen]
    left.sort(key=lambda one: draw(one.volunteer))
    return Suggestions(tuple(groups), tuple(left))


def _is_silenced(volunteer: Volunteer, request: Request, on: date) -> bool:
    """Tell whether the volunteer must not come up at all; stops at the first rule that says so."""
    for rule in SILENT_RULES:  # noqa: SIM110  # any() takes a third longer here, where most volunteers end
        if rule(volunteer, request, on):
            return True
    return False


def _told(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """List the reasons that a host may be told."""
    reasons: Reasons = ()
    for rule in TOLD_RULES:
        if found := rule(volunteer, request, on):
            reasons += found
    return reasons


def _first_rows(people: list[Volunteer], seen: set[Id]) -> list[Volunteer]:
    """Keep the first row of each person not yet `seen`, and note them there."""
    rows = []
    for one in people:
        if one.person not in seen:
            seen.add(one.person)
            rows.append(one)
    return rows


def _heading(volunteer: Volunteer, request: Request) -> Heading:
    """Find the first heading that applies to someone who fits."""
    if is_known(volunteer, request):
        return Heading.KNOWN
    if volunteer.slots:
        return Heading.FREE_THEN
    if same_village(volunteer, request) or is_near(volunteer, request):
        return Heading.NEAR
    return Heading.ALSO


def _ticks(volunteer: Volunteer, request: Request) -> Reasons:
    """List what speaks for someone who fits, in the order of the page."""
    ticks = []
    if is_known(volunteer, request):
        ticks.append(Reason(Why.KNOWN))
    if volunteer.slots:
        ticks.append(Reason(Why.FREE_THEN))
    if same_village(volunteer, request):
        ticks.append(Reason(Why.SAME_VILLAGE))
    if is_near(volunteer, request) and (metres := metres_between(volunteer, request)) is not None:
        ticks.append(Reason(Why.NEAR, (("metres", shown_metres(metres)),)))
    if request.task_type in volunteer.done_before:
        ticks.append(Reason(Why.DONE_BEFORE))
    ticks += (Reason(Why.HAS, (("what", code),)) for code in sorted(request.requires))
    ticks += (Reason(Why.LANGUAGE, (("language", one),)) for one in sorted(request.languages & volunteer.languages))
    return tuple(ticks)
