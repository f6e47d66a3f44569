"""The hard rules of matching, each a small pure function in one of two tables.

A rule takes a volunteer, a request and the day of asking, and gives its reasons to object; empty means none.
Distances are metres by road, times minutes after midnight.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from planning.vocabulary.fact import OWN_CAR
from planning.vocabulary.reason import Reason, Why
from planning.vocabulary.request import Request
from planning.vocabulary.suggestion import NEAR_M
from planning.vocabulary.volunteer import Volunteer
from planning.vocabulary.window import MINUTES_A_DAY, Window

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
    """Object unless the volunteer has said yes to this type of task (rule R29)."""
    return () if request.task_type in volunteer.willing else NOT_WILLING


def host_declines(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object where the host does not take on this type of task (rule R29)."""
    allowed = volunteer.host_allows
    return () if allowed is None or request.task_type in allowed else HOST_DECLINES


def other_host(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the volunteer's host is not among those that may be asked (rule R112)."""
    return () if request.hosts is None or volunteer.host in request.hosts else OTHER_HOST


def asks_stopped(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the volunteer has answered STOPP."""
    return ASKS_STOPPED if volunteer.asks_stopped else ()


def vetoed(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when this person, or who comes along, is not wanted (rule R31); looks like any private ground."""
    named = request.vetoed
    if not named:
        return ()
    return NOT_NOW if not named.isdisjoint((volunteer.id, volunteer.person, volunteer.companion)) else ()


def do_not_contact(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the person is not to be contacted, or has died (rules R32, R113)."""
    return NOT_NOW if volunteer.do_not_contact else ()


def is_recipient_self(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the volunteer is the one who needs help, which the volunteer side must not reveal (rule R68)."""
    return NOT_NOW if volunteer.is_recipient_self else ()


def not_known(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object to strangers where only those the person knows may be asked."""
    return NOT_KNOWN if request.known_only and not is_known(volunteer, request) else ()


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
    """Object during a pause, to the end of its last day (rule R60)."""
    until = volunteer.paused_until
    return (Reason(Why.PAUSED, (("until", until.isoformat()),)),) if until is not None and on <= until else ()


def quiet(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object for some days after a no, to the end of the last quiet day."""
    until = volunteer.quiet_until
    return (Reason(Why.QUIET, (("until", until.isoformat()),)),) if until is not None and on <= until else ()


def absent(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the volunteer is away on a day that the task touches."""
    for absence in volunteer.absences:
        if any(absence.first <= day <= absence.last for day, _, _ in request.days):
            return (Reason(Why.ABSENT, (("until", absence.last.isoformat()),)),)
    return ()


def not_free_then(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the volunteer has said when they can, and this is not then (rule R71)."""
    if not volunteer.slots:
        return ()
    if request.window is None:
        free = _has_room(said_free(volunteer, request.day), request.duration_min)
    else:
        free = all(_says_free(volunteer, day, first, last) for day, first, last in request.days)
    return () if free else NOT_FREE_THEN


def busy(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when something else that is agreed, for any host, leaves no room for this."""
    if not volunteer.busy:
        return ()
    if request.window is not None:
        taken = any(window.overlaps(request.window) for window in volunteer.busy)
    else:
        free = said_free(volunteer, request.day) if volunteer.slots else [(0, MINUTES_A_DAY)]
        taken = _has_room(free, request.duration_min) and not _has_room(
            _without(free, volunteer.busy, request.day), request.duration_min
        )
    return BUSY if taken else ()


def ceiling(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when as much is agreed as the volunteer wants that week or month, all hosts together (rule R60)."""
    most = volunteer.ceiling
    if most is None or len(volunteer.agreed) < most.times:
        return ()
    agreed = sum(most.same_period(day, request.day) for day in volunteer.agreed)
    return (Reason(Why.CEILING, (("times", most.times), ("per", most.per))),) if agreed >= most.times else ()


def requirements(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object to each thing that the task requires and the volunteer lacks on its last day (rule R63)."""
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
    """Object to someone younger than the task asks for, or under age and alone with the person (rule R72).

    An unknown age is not enough.
    """
    if not (youngest := request.youngest) or (volunteer.age is not None and volunteer.age >= youngest):
        return ()
    return (Reason(Why.AGE_UNKNOWN if volunteer.age is None else Why.TOO_YOUNG, (("youngest", youngest),)),)


def too_far(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when it is further than the volunteer will go. Where a place is not known, distance stops nobody."""
    most = volunteer.max_distance_m
    if most is None or (metres := metres_between(volunteer, request)) is None or metres <= most:
        return ()
    return (Reason(Why.TOO_FAR, (("metres", shown_metres(metres)), ("most", most))),)


def no_common_language(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object when the volunteer speaks none of the languages the person needs."""
    wanted = request.languages
    return () if not wanted or wanted & volunteer.languages else NO_COMMON_LANGUAGE


def lighter_plan(volunteer: Volunteer, request: Request, on: date) -> Reasons:
    """Object to a task longer than the volunteer's lighter plan says."""
    most = volunteer.most_minutes
    return (Reason(Why.LIGHTER_PLAN, (("most", most),)),) if most is not None and request.duration_min > most else ()


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
    lighter_plan,
)


def is_known(volunteer: Volunteer, request: Request) -> bool:
    """Tell whether the one who asks knows this volunteer."""
    return volunteer.id in request.known_to or volunteer.person in request.known_to


def same_village(volunteer: Volunteer, request: Request) -> bool:
    """Tell whether the task is in the volunteer's own village."""
    return request.village is not None and volunteer.village == request.village


def metres_between(volunteer: Volunteer, request: Request) -> int | None:
    """Give the metres by road from volunteer to task, or None where one of the places is not known."""
    measured = request.village_metres.get(volunteer.village) if request.village_metres else None
    if volunteer.point is None or request.place is None:
        return measured
    return max(measured or 0, volunteer.point.metres_to(request.place))


def is_near(volunteer: Volunteer, request: Request) -> bool:
    """Tell whether the task is known to be near the volunteer."""
    metres = metres_between(volunteer, request)
    return metres is not None and metres <= NEAR_M


def shown_metres(metres: int) -> int:
    """Round metres up to the next 100: enough to choose by, too little to find a door by."""
    return -(-metres // 100) * 100


def _says_free(volunteer: Volunteer, day: date, first: int, last: int) -> bool:
    """Tell whether these minutes of `day` are said to be free; one slot is nearly always enough to know."""
    weekday = day.weekday()
    mine = [slot for slot in volunteer.slots if slot.weekday == weekday]
    for slot in mine:
        if slot.start_minute <= first and last <= slot.end_minute and (slot.season is None or slot.season.holds(day)):
            return True
    return len(mine) > 1 and any(start <= first and last <= end for start, end in said_free(volunteer, day))


def said_free(volunteer: Volunteer, day: date) -> list[tuple[int, int]]:
    """Give the minutes of `day` that the weekly pattern says are free, slots that touch taken as one."""
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
    """Take the windows in `taken` out of the minutes in `free` on `day`."""
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
