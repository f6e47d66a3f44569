"""Who can be asked to help with one request, why, and why not.

`fits` holds the hard rules, each a small function in a table; `suggest` puts those who fit under headings; `narrowing`
says what a database may leave out before asking. What a reason may be told to whom is decided by `public_reasons` and
`outsider_reasons`. No number about a person is made anywhere: order comes from rules and from who was asked longest ago.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

from planning.problems.narrowing import Narrowing, narrowing, survives_silent, survives_told
from planning.vocabulary.fact import OWN_CAR
from planning.vocabulary.identity import Id, lot
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.request import Request
from planning.vocabulary.suggestion import (
    NEAR_M,
    Excluded,
    Group,
    Heading,
    MatchProblem,
    Suggested,
    Suggestions,
)
from planning.vocabulary.volunteer import Volunteer
from planning.vocabulary.window import MINUTES_A_DAY, Window

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

type Reasons = tuple[Reason, ...]
type Rule = Callable[[Volunteer, Request, date], Reasons]

NOT_NOW: Final = (Reason(Why.NOT_NOW),)
# Reasons without figures are built once: most volunteers break a rule, and building them is what takes the time.
NOT_WILLING: Final = (Reason(Why.NOT_WILLING),)
HOST_DECLINES: Final = (Reason(Why.HOST_DECLINES),)
OTHER_HOST: Final = (Reason(Why.OTHER_HOST),)
ASKS_STOPPED: Final = (Reason(Why.ASKS_STOPPED),)
NOT_KNOWN: Final = (Reason(Why.NOT_KNOWN),)
NOT_FREE_THEN: Final = (Reason(Why.NOT_FREE_THEN),)
BUSY: Final = (Reason(Why.BUSY),)
NO_COMMON_LANGUAGE: Final = (Reason(Why.NO_COMMON_LANGUAGE),)


# Silent rules: whoever breaks one of these does not come up at all, neither as suggested nor as excluded.
# They are kept together so that each gives cover to the others: someone missing from the page may simply not do
# this kind of task, belong to another host or have stopped all asks.


def not_willing(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has not said yes to this type of task (rule R29)."""
    return () if request.task_type in volunteer.willing else NOT_WILLING


def host_declines(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The host does not take on this type of task (rule R29)."""
    allowed = volunteer.host_allows
    return () if allowed is None or request.task_type in allowed else HOST_DECLINES


def other_host(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer's host is not among those that may be asked (rule R112)."""
    return () if request.hosts is None or volunteer.host in request.hosts else OTHER_HOST


def asks_stopped(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has answered STOPP."""
    return ASKS_STOPPED if volunteer.asks_stopped else ()


def vetoed(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The one who asks has said that this person is not to be asked (rule R31); looks like any private ground."""
    named = request.vetoed
    return NOT_NOW if named and (volunteer.id in named or volunteer.person in named) else ()


def do_not_contact(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The person is not to be contacted, or has died (rules R32, R113)."""
    return NOT_NOW if volunteer.do_not_contact else ()


def is_recipient_self(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer is the one who needs help, which the volunteer side must not reveal (rule R68)."""
    return NOT_NOW if volunteer.is_recipient_self else ()


def not_known(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Only those the person knows may be asked, and this is not one of them."""
    return NOT_KNOWN if request.known_only and not _is_known(volunteer, request) else ()


SILENT_RULES: Final[tuple[Rule, ...]] = (
    not_willing,
    host_declines,
    other_host,
    asks_stopped,
    vetoed,
    do_not_contact,
    is_recipient_self,
    not_known,
)


# Told rules: whoever breaks only these is a near miss, and the host is told why.


def paused(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has a pause; it lasts to the end of its last day (rule R60)."""
    until = volunteer.paused_until
    return (Reason(Why.PAUSED, (("until", until.isoformat()),)),) if until is not None and on <= until else ()


def quiet(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has said no lately and is left in peace to the end of the last quiet day."""
    until = volunteer.quiet_until
    return (Reason(Why.QUIET, (("until", until.isoformat()),)),) if until is not None and on <= until else ()


def absent(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer is away on a day that the task touches."""
    for absence in volunteer.absences:
        if any(absence.first <= day <= absence.last for day, _, _ in request.days):
            return (Reason(Why.ABSENT, (("until", absence.last.isoformat()),)),)
    return ()


def not_free_then(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has said when they can, and this is not then (rule R71)."""
    if not volunteer.slots:
        return ()
    if request.window is None:
        free = _has_room(_said_free(volunteer, request.day), request.duration_min)
    else:
        free = all(
            any(start <= first and last <= end for start, end in _said_free(volunteer, day))
            for day, first, last in request.days
        )
    return () if free else NOT_FREE_THEN


def busy(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has agreed to something else, for any host, that leaves no room for this."""
    if not volunteer.busy:
        return ()
    if request.window is not None:
        taken = any(window.overlaps(request.window) for window in volunteer.busy)
    else:
        free = _said_free(volunteer, request.day) if volunteer.slots else [(0, MINUTES_A_DAY)]
        taken = _has_room(free, request.duration_min) and not _has_room(
            _without(free, volunteer.busy, request.day), request.duration_min
        )
    return BUSY if taken else ()


def ceiling(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """The volunteer has agreed to as much as they want that week or month, all hosts together (rule R60)."""
    most = volunteer.ceiling
    if most is None or len(volunteer.agreed) < most.times:
        return ()
    agreed = sum(most.same_period(day, request.day) for day in volunteer.agreed)
    return (Reason(Why.CEILING, (("times", most.times), ("per", most.per))),) if agreed >= most.times else ()


def requirements(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """What the task requires and the volunteer does not have on the last day of the task (rule R63)."""
    if not request.requires:
        return ()
    last_day = request.days[-1][0]
    lacking = []
    for code in sorted(request.requires):
        if code == OWN_CAR:
            if not volunteer.has_car:
                lacking.append(Reason(Why.NO_CAR))
            continue
        expiries = [fact.expires for fact in volunteer.facts if fact.code == code]
        latest = None if None in expiries else max((day for day in expiries if day is not None), default=date.min)
        if not expiries:
            lacking.append(Reason(Why.MISSING, (("what", code),)))
        elif latest is not None and latest < last_day:
            lacking.append(Reason(Why.EXPIRED, (("what", code), ("expired", latest.isoformat()))))
    return tuple(lacking)


def too_young(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Younger than the task asks for, or under age and alone with the person (rule R72). Unknown age is not enough."""
    if not (youngest := request.youngest) or (volunteer.age is not None and volunteer.age >= youngest):
        return ()
    return (Reason(Why.AGE_UNKNOWN if volunteer.age is None else Why.TOO_YOUNG, (("youngest", youngest),)),)


def too_far(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Further than the volunteer has said they will go. Where a place is not known, distance stops nobody."""
    most = volunteer.max_distance_m
    if most is None or (metres := _metres(volunteer, request)) is None or metres <= most:
        return ()
    return (Reason(Why.TOO_FAR, (("metres", _shown(metres)), ("most", most))),)


def no_common_language(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """None of the languages the person needs is one the volunteer speaks."""
    wanted = request.languages
    return () if not wanted or wanted & volunteer.languages else NO_COMMON_LANGUAGE


TOLD_RULES: Final[tuple[Rule, ...]] = (
    paused,
    quiet,
    absent,
    not_free_then,
    busy,
    ceiling,
    requirements,
    too_young,
    too_far,
    no_common_language,
)


def fits(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """All reasons why `volunteer` cannot be asked on the day `on`; empty means that they can.

    For the platform's own use. Show a host `public_reasons(...)` and anyone else `outsider_reasons(...)`.
    """
    found: list[Reason] = []
    for rule in SILENT_RULES + TOLD_RULES:
        found += (reason for reason in rule(volunteer, request, on) if reason not in found)
    return tuple(found)


def public_reasons(reasons: Reasons) -> Reasons:
    """What the volunteer's own host may see: never the private grounds, unless there is nothing else to say.

    Then it is `not_now`, without figures, whichever private ground it was. Empty only when `reasons` is.
    """
    told = tuple(reason for reason in reasons if reason.code is not Why.NOT_NOW)
    return told or outsider_reasons(reasons)


def outsider_reasons(reasons: Reasons) -> Reasons:
    """What everyone but the host may see: `not_now`, whatever the reasons (rule R112). Empty only when `reasons` is."""
    return NOT_NOW if reasons else ()


def suggest(request: Request, volunteers: Iterable[Volunteer], on: date, limit: int = 10) -> Suggestions:
    """Who can be asked on the day `on`, at most `limit` under each heading, and the near misses.

    Under a heading: never asked first, then asked longest ago; equals are drawn by lot for each request. A person with
    several hosts comes up once. Whoever breaks a silent rule is nowhere in the answer, so leaving them out beforehand
    changes nothing in it. Raises ValueError as `MatchProblem` does.
    """
    problem = MatchProblem(request, tuple(volunteers), on, limit)
    fitting: dict[Heading, list[Volunteer]] = {heading: [] for heading in Heading}
    missed: list[Excluded] = []
    person_of: dict[Id, Id] = {}
    for volunteer in problem.volunteers:
        for silent in SILENT_RULES:
            if silent(volunteer, request, on):
                break
        else:
            reasons: Reasons = ()
            for told in TOLD_RULES:
                reasons += told(volunteer, request, on)
            if reasons:
                missed.append(Excluded(volunteer.id, reasons))
                person_of[volunteer.id] = volunteer.person
            else:
                fitting[_heading(volunteer, request)].append(volunteer)

    draw = lot(request.id)
    groups: list[Group] = []
    seen: set[Id] = set()
    for heading, people in fitting.items():
        shown: list[Suggested] = []
        for volunteer in sorted(people, key=lambda one: (one.last_asked or date.min, draw(one.id))):
            if volunteer.person not in seen:
                seen.add(volunteer.person)
                if len(shown) < limit:
                    shown.append(Suggested(volunteer.id, _ticks(volunteer, request)))
        if shown:
            groups.append(Group(heading, tuple(shown)))
    left = [one for one in missed if person_of[one.volunteer] not in seen]
    left.sort(key=lambda one: draw(one.volunteer))
    return Suggestions(tuple(groups), tuple(left))


def _heading(volunteer: Volunteer, request: Request) -> Heading:
    """The first heading that applies to someone who fits."""
    if _is_known(volunteer, request):
        return Heading.KNOWN
    if volunteer.slots:
        return Heading.FREE_THEN
    if _same_village(volunteer, request) or _is_near(volunteer, request):
        return Heading.NEAR
    return Heading.ALSO


def _ticks(volunteer: Volunteer, request: Request) -> Reasons:
    """What speaks for someone who fits, in the order of the page."""
    ticks = []
    if _is_known(volunteer, request):
        ticks.append(Reason(Why.KNOWN))
    if volunteer.slots:
        ticks.append(Reason(Why.FREE_THEN))
    if _same_village(volunteer, request):
        ticks.append(Reason(Why.SAME_VILLAGE))
    if _is_near(volunteer, request) and (metres := _metres(volunteer, request)) is not None:
        ticks.append(Reason(Why.NEAR, (("metres", _shown(metres)),)))
    if request.task_type in volunteer.done_before:
        ticks.append(Reason(Why.DONE_BEFORE))
    ticks += (Reason(Why.HAS, (("what", code),)) for code in sorted(request.requires))
    ticks += (Reason(Why.LANGUAGE, (("language", one),)) for one in sorted(request.languages & volunteer.languages))
    return tuple(ticks)


def _is_known(volunteer: Volunteer, request: Request) -> bool:
    return volunteer.id in request.known_to or volunteer.person in request.known_to


def _same_village(volunteer: Volunteer, request: Request) -> bool:
    return request.village is not None and volunteer.village == request.village


def _metres(volunteer: Volunteer, request: Request) -> int | None:
    if volunteer.point is None or request.place is None:
        return None
    return volunteer.point.metres_to(request.place)


def _is_near(volunteer: Volunteer, request: Request) -> bool:
    metres = _metres(volunteer, request)
    return metres is not None and metres <= NEAR_M


def _shown(metres: int) -> int:
    """Metres rounded up to the next 100: enough to choose by, too little to find a door by."""
    return -(-metres // 100) * 100


def _said_free(volunteer: Volunteer, day: date) -> list[tuple[int, int]]:
    """The minutes of `day` that the weekly pattern says are free, slots that touch taken as one."""
    weekday = day.weekday()
    slots = sorted(
        (slot.start_minute, slot.end_minute)
        for slot in volunteer.slots
        if slot.weekday == weekday and (slot.season is None or slot.season.holds(day))
    )
    merged: list[tuple[int, int]] = []
    for start, end in slots:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(free: list[tuple[int, int]], taken: tuple[Window, ...], day: date) -> list[tuple[int, int]]:
    """What is left of the minutes in `free` on `day` when the windows in `taken` are gone."""
    for window in taken:
        for at, first, last in window.by_day() if _touches(window, day) else ():
            if at == day:
                free = [
                    part
                    for start, end in free
                    for part in ((start, min(end, first)), (max(start, last), end))
                    if part[0] < part[1]
                ]
    return free


def _touches(window: Window, day: date) -> bool:
    return window.start.date() <= day <= (window.end - timedelta(microseconds=1)).date()


def _has_room(free: list[tuple[int, int]], minutes: int) -> bool:
    return any(end - start >= minutes for start, end in free)
