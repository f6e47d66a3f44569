"""Is this answer right? An independent check that uses no solver and none of the rules in `planning.problems`.

It states each rule once more in another way, slow and plain: time is counted minute by minute. Where the two ways
disagree, one of them is wrong.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planning.vocabulary.availability import WeeklySlot
from planning.vocabulary.fact import OWN_CAR
from planning.vocabulary.identity import Id
from planning.vocabulary.request import ALONE_WITH_SOMEONE_AGE, Request
from planning.vocabulary.suggestion import NEAR_M, Heading, MatchProblem, Suggestions
from planning.vocabulary.volunteer import Volunteer


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong with an answer, in English for whoever reads the test, and about whom."""

    what: str
    who: Id | None = None


def may_be_asked(volunteer: Volunteer, request: Request, on: date) -> bool:
    """Whether every hard rule lets this volunteer be asked on the day `on`."""
    return (
        _wants_to(volunteer, request)
        and _left_in_peace_by(volunteer, on)
        and _has_what_it_takes(volunteer, request)
        and _under_ceiling(volunteer, request)
        and _has_time(volunteer, request)
    )


def judge_match(problem: MatchProblem, suggestion: Suggestions) -> tuple[Breach, ...]:
    """Everything wrong with `suggestion` as an answer to `problem`; empty means that it is right."""
    request, on = problem.request, problem.on
    rows = {volunteer.id: volunteer for volunteer in problem.volunteers}
    shown = [one.volunteer for group in suggestion.groups for one in group.people]
    named = shown + [one.volunteer for one in suggestion.excluded]
    if unknown := [who for who in named if who not in rows]:
        return tuple(Breach("is not among those given", who) for who in unknown)
    wrong: list[Breach] = []
    if len({rows[who].person for who in shown}) != len(shown):
        wrong.append(Breach("a person comes up more than once"))
    if {rows[who].person for who in shown} & {rows[one.volunteer].person for one in suggestion.excluded}:
        wrong.append(Breach("a person is both suggested and excluded"))
    for who in named:
        row = rows[who]
        if {row.id, row.person} & request.vetoed or row.do_not_contact or row.is_recipient_self:
            wrong.append(Breach("must not appear anywhere", who))
    wrong += (Breach("cannot be asked", who) for who in shown if not may_be_asked(rows[who], request, on))
    for one in suggestion.excluded:
        if may_be_asked(rows[one.volunteer], request, on) or not one.reasons:
            wrong.append(Breach("is excluded without a reason", one.volunteer))

    return tuple(wrong + _out_of_order(problem, suggestion) + _forgotten(problem, suggestion))


def _out_of_order(problem: MatchProblem, suggestion: Suggestions) -> list[Breach]:
    """Find headings and people that stand in the wrong place."""
    rows = {volunteer.id: volunteer for volunteer in problem.volunteers}
    wrong: list[Breach] = []
    if [group.heading for group in suggestion.groups] != [
        heading for heading in Heading if any(group.heading is heading for group in suggestion.groups)
    ]:
        wrong.append(Breach("the headings are out of order or stand twice"))
    for group in suggestion.groups:
        people = [rows[one.volunteer] for one in group.people]
        wrong += (
            Breach(f"does not belong under {group.heading}", row.id)
            for row in people
            if _belongs_under(row, problem.request) is not group.heading
        )
        asked = [row.last_asked.toordinal() if row.last_asked else 0 for row in people]
        if asked != sorted(asked):
            wrong.append(Breach(f"someone asked lately stands before someone asked longer ago under {group.heading}"))
        if not 1 <= len(people) <= problem.limit:
            wrong.append(Breach(f"there are {len(people)} under {group.heading}"))
    return wrong


def _forgotten(problem: MatchProblem, suggestion: Suggestions) -> list[Breach]:
    """Those who could be asked and have no place, though there is room or someone asked later has theirs."""
    rows = {volunteer.id: volunteer for volunteer in problem.volunteers}
    shown = {group.heading: [rows[one.volunteer] for one in group.people] for group in suggestion.groups}
    placed = {row.person for people in shown.values() for row in people}
    best: dict[Id, Volunteer] = {}
    for row in problem.volunteers:
        if row.person not in placed and may_be_asked(row, problem.request, problem.on):
            # The page takes a person's first heading, and there the row that was asked longest ago.
            best[row.person] = min(best.get(row.person, row), row, key=lambda one: _turn(one, problem.request))
    return [
        Breach("could be asked and is left out", row.id)
        for row in best.values()
        if len(there := shown.get(_belongs_under(row, problem.request), [])) < problem.limit
        or _turn(row, problem.request) < _turn(there[-1], problem.request)
    ]


def _turn(row: Volunteer, request: Request) -> tuple[int, date]:
    return list(Heading).index(_belongs_under(row, request)), row.last_asked or date.min


def _wants_to(volunteer: Volunteer, request: Request) -> bool:
    """Ask the three wills: the volunteer's, the host's, and that of the one who asks."""
    names = {volunteer.id, volunteer.person}
    if volunteer.do_not_contact or volunteer.asks_stopped or volunteer.is_recipient_self:
        return False
    if (names | {volunteer.companion}) & request.vetoed or (request.known_only and not names & request.known_to):
        return False
    if request.hosts is not None and volunteer.host not in request.hosts:
        return False
    kinds = volunteer.willing if volunteer.host_allows is None else volunteer.willing & volunteer.host_allows
    return request.task_type in kinds


def _left_in_peace_by(volunteer: Volunteer, on: date) -> bool:
    """Neither in quiet days nor in a pause."""
    return max(volunteer.quiet_until or date.min, volunteer.paused_until or date.min) < on


def _has_what_it_takes(volunteer: Volunteer, request: Request) -> bool:
    """Papers, courses, car, age, language, reach, and a lighter plan."""
    if volunteer.most_minutes is not None and volunteer.most_minutes < request.duration_min:
        return False
    last_day = _minute_wanted(request, _length(request) - 1).date()
    held = {fact.code for fact in volunteer.facts if (fact.expires or date.max) >= last_day}
    if volunteer.has_car:
        held.add(OWN_CAR)
    if not request.requires <= held:
        return False
    youngest = max(request.min_age, ALONE_WITH_SOMEONE_AGE if request.one_to_one else 0)
    if youngest > 0 and (volunteer.age is None or volunteer.age < youngest):
        return False
    if request.languages and not request.languages & volunteer.languages:
        return False
    return volunteer.max_distance_m is None or all(far <= volunteer.max_distance_m for far in _ways(volunteer, request))


def _ways(volunteer: Volunteer, request: Request) -> list[int]:
    """List what is known about the way there, in metres: guessed from points, measured between villages."""
    ways = [metres for village, metres in request.village_metres.items() if village == volunteer.village]
    if volunteer.point is not None and request.place is not None:
        ways.append(volunteer.point.metres_to(request.place))
    return ways


def _under_ceiling(volunteer: Volunteer, request: Request) -> bool:
    """Room for one more in the week or month of the task."""
    if volunteer.ceiling is None:
        return True
    form = "%G-%V" if volunteer.ceiling.per == "week" else "%Y-%m"
    period = request.day.strftime(form)
    return [day.strftime(form) for day in volunteer.agreed].count(period) < volunteer.ceiling.times


def _length(request: Request) -> int:
    """Count the minutes a task asks for; the whole day when any time will do."""
    return 24 * 60 if request.start_minute is None else request.duration_min


def _minute_wanted(request: Request, number: int) -> datetime:
    """Give one of the minutes a task asks for, the first being 0."""
    return datetime.combine(request.day, time(0)) + timedelta(minutes=(request.start_minute or 0) + number)


def _has_time(volunteer: Volunteer, request: Request) -> bool:
    """Free in all the minutes asked for, or long enough in one stretch of the day when any time will do."""
    first, a_minute = _minute_wanted(request, 0), timedelta(minutes=1)
    wanted = [first + a_minute * number for number in range(_length(request))]
    days = {minute.date() for minute in wanted}
    if any(away.first <= day <= away.last for away in volunteer.absences for day in days):
        return False
    weekdays = {day.weekday() for day in days}
    slots = [slot for slot in volunteer.slots if slot.weekday in weekdays]
    longest = run = 0
    for minute in wanted:
        run = run + 1 if _free_at(volunteer, slots, minute) else 0
        longest = max(longest, run)
    return longest >= request.duration_min


def _free_at(volunteer: Volunteer, slots: list[WeeklySlot], minute: datetime) -> bool:
    """Whether the minute that starts here is said to be free and not taken."""
    if volunteer.busy:
        after = minute + timedelta(minutes=1)
        if any(window.start < after and minute < window.end for window in volunteer.busy):
            return False
    at = minute.hour * 60 + minute.minute
    return not volunteer.slots or any(
        slot.weekday == minute.weekday()
        and slot.start_minute <= at < slot.end_minute
        and (slot.season is None or slot.season.holds(minute.date()))
        for slot in slots
    )


def _belongs_under(volunteer: Volunteer, request: Request) -> Heading:
    """Find the first heading that applies."""
    if {volunteer.id, volunteer.person} & request.known_to:
        return Heading.KNOWN
    if volunteer.slots:
        return Heading.FREE_THEN
    by_village = request.village is not None and request.village == volunteer.village
    by_road = max(_ways(volunteer, request), default=NEAR_M + 1) <= NEAR_M
    return Heading.NEAR if by_village or by_road else Heading.ALSO
