"""Why a request of the week is left open, how near it was, and what was tried and works."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from planning.judge.assignment import judge_pairs
from planning.problems.candidates import NO_WAY, Crowd, Flags, candidates
from planning.problems.matching_rules import SILENT_RULES, TOLD_RULES, Rule, paused, quiet, shown_metres, too_far
from planning.vocabulary.assignment import AssignFix, AssignmentProblem, AssignWhy, Pair
from planning.vocabulary.identity import Id
from planning.vocabulary.plan import Fix, Unplanned
from planning.vocabulary.reason import Code, Figure, Reason, Why
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer
from planning.vocabulary.window import MINUTES_A_DAY

SHIFTS = (-30, 30, -60, 60, -120, 120)
"""Minutes that another time is tried at, nearest first."""
TRIED = 5
"""People that each fix is tried with before it is given up."""


class Explaining:
    """Reasons and fixes for what a finished plan leaves open."""

    def __init__(self, crowd: Crowd, pairs: tuple[Pair, ...]) -> None:
        self.crowd, self.problem = crowd, crowd.problem
        self.request = {one.id: n for n, one in enumerate(self.problem.requests)}
        self.person = {one.id: one.person for one in self.problem.volunteers}
        self.rows: dict[Id, list[Volunteer]] = {}
        for one in self.problem.volunteers:
            self.rows.setdefault(one.person, []).append(one)
        self.has: dict[Id, list[Pair]] = {}
        for pair in pairs:
            self.has.setdefault(self.person[pair.volunteer], []).append(pair)
        self.group = {one: group for group in self.problem.linked for one in group}

    def why(self, open_: Id) -> Unplanned:
        """Say why this request is open: what stops how many, and what would help."""
        request = self.problem.requests[self.request[open_]]
        fitting = candidates(self.crowd, [self.request[open_]])
        silent = self._all(SILENT_RULES, request)
        if not silent.any():
            return Unplanned(open_, (Reason(AssignWhy.NOBODY),))
        stopped = np.array([~self.crowd.keeps(rule, request) for rule in TOLD_RULES])
        alone = silent & (stopped.sum(axis=0) == 1)
        reasons = self._counted(request, silent, stopped, alone)
        if len(fitting.person):
            reasons.insert(0, self._taken(open_, [int(one) for one in fitting.person]))
        return Unplanned(open_, tuple(reasons) or (Reason(AssignWhy.NOBODY),), tuple(self._fixes(request, alone)))

    def _taken(self, open_: Id, people: list[int]) -> Reason:
        """Say why those who fit do not take it."""
        if open_ in self.problem.duos:
            fresh = {self.crowd.persons[one.person] for one in self.crowd.people if one.person in self.problem.new}
            if len(people) < 2 or fresh.issuperset(people):
                return Reason(AssignWhy.NO_SECOND, (("people", len(people)),))
        if open_ in self.group:
            group = self.group[open_]
            fitting = [set(candidates(self.crowd, [self.request[one]]).person.tolist()) for one in group]
            if not set.intersection(*fitting):
                return Reason(AssignWhy.NOBODY_FOR_ALL, (("requests", len(group)),))
        return Reason(AssignWhy.ALL_TAKEN, (("people", len(people)),))

    def _all(self, rules: tuple[Rule, ...], request: Request) -> Flags:
        flags = np.ones(len(self.crowd.people), np.bool_)
        for rule in rules:
            flags &= self.crowd.keeps(rule, request)
        return flags

    def _counted(self, request: Request, silent: Flags, stopped: Flags, alone: Flags) -> list[Reason]:
        """Count what stops whom, most people first, with how near the nearest is whom only that stops."""
        people: dict[Code, set[Id]] = {}
        only: dict[Code, list[tuple[Id, Reason]]] = {}
        for n, rule in enumerate(TOLD_RULES):
            for row in np.flatnonzero(silent & stopped[n]):
                one = self.crowd.people[row]
                for reason in rule(one, request, self.problem.on):
                    people.setdefault(reason.code, set()).add(one.person)
                    if alone[row]:
                        only.setdefault(reason.code, []).append((one.person, reason))
        codes = sorted(people, key=lambda code: (-len(people[code]), code))
        return [Reason(code, (("people", len(people[code])), *_nearest(only.get(code, [])))) for code in codes]

    def _fixes(self, request: Request, alone: Flags) -> Iterator[Fix]:
        """Try what might help, cheapest first; what is told was found and judged."""
        if request.id in self.problem.duos:
            return
        if request.id in self.group:
            if self._apart_works(self.group[request.id]):
                yield Fix(AssignFix.APART, (("requests", len(self.group[request.id])),))
            return
        yield from self._other_time(request)
        yield from self._asked_later(request, alone)
        yield from self._further(request, alone)

    def _other_time(self, request: Request) -> Iterator[Fix]:
        if request.start_minute is None:
            return
        for shift in SHIFTS:
            start = request.start_minute + shift
            if not 0 <= start < MINUTES_A_DAY:
                continue
            moved = replace(request, start_minute=start)
            for row in np.flatnonzero(self.crowd.fitting(moved))[:TRIED]:
                if self._works(self.problem, moved, self.crowd.people[row]):
                    yield Fix(AssignFix.OTHER_TIME, (("minutes", shift),))
                    return

    def _asked_later(self, request: Request, alone: Flags) -> Iterator[Fix]:
        """Try those who are only left in peace for now, those who are so for the shortest time first."""
        resting = alone & ~(self._all((paused, quiet), request))
        ends = sorted((_peace(self.crowd.people[row]), int(row)) for row in np.flatnonzero(resting))
        for until, row in ends[:TRIED]:
            if until < request.day:
                later = replace(self.problem, on=until + timedelta(days=1))
                if self._works(later, request, self.crowd.people[row]):
                    yield Fix(AssignFix.ASK_AGAIN, (("until", until.isoformat()),))
                    return

    def _further(self, request: Request, alone: Flags) -> Iterator[Fix]:
        """Try those who are only too far away, the nearest to what they said first."""
        far = np.flatnonzero(alone & ~self.crowd.keeps(too_far, request))
        metres = self.crowd.by_road(request, far)
        for n in np.argsort(metres - self.crowd.most[far], kind="stable")[:TRIED]:
            most = int(self.crowd.most[far[n]])
            if metres[n] < NO_WAY:
                willing = replace(self.crowd.people[far[n]], max_distance_m=int(metres[n]))
                if self._works(self.problem, request, willing):
                    yield Fix(AssignFix.FURTHER, (("metres", shown_metres(int(metres[n]))), ("most", most)))
                    return

    def _apart_works(self, group: tuple[Id, ...]) -> bool:
        """Whether each of a linked group has someone who can take it beside what they have."""
        unlinked = replace(self.problem, linked=())
        return all(
            any(
                self._works(unlinked, self.problem.requests[self.request[one]], self.crowd.people[row])
                for row in candidates(self.crowd, [self.request[one]]).volunteer[:TRIED]
            )
            for one in group
        )

    def _works(self, problem: AssignmentProblem, request: Request, row: Volunteer) -> bool:
        """Ask the judge whether this person can take the request beside all that the plan gives them."""
        mine = self.has.get(row.person, [])
        names = {pair.request for pair in mine} | {request.id}
        requests = [request if one.id == request.id else one for one in problem.requests if one.id in names]
        locked = tuple(lock for lock in problem.locked if lock in mine)
        small = replace(
            problem,
            requests=tuple(requests),
            volunteers=tuple(row if one.id == row.id else one for one in self.rows[row.person]),
            linked=(),
            duos=problem.duos & names,
            locked=locked,
            priorities={},
            volunteer_places={key: at for key, at in problem.volunteer_places.items() if key == row.id},
            request_places={key: at for key, at in problem.request_places.items() if key in names},
        )
        found = judge_pairs(small, (*mine, Pair(request.id, row.id)))
        return not [one for one in found if one.what != "has not as many as it takes"]


def _nearest(only: list[tuple[Id, Reason]]) -> tuple[Figure, ...]:
    """Say how many are stopped by this alone, and how near the nearest of them is."""
    if not only:
        return ()
    alone: Figure = ("alone", len({person for person, _ in only}))
    code, figures = only[0][1].code, [dict(reason.figures) for _, reason in only]
    if code is Why.TOO_FAR:
        return alone, ("nearest_m", min(int(one["metres"]) - int(one["most"]) for one in figures))
    if code in (Why.PAUSED, Why.QUIET, Why.ABSENT):
        return alone, ("nearest_until", min(str(one["until"]) for one in figures))
    if code is Why.LIGHTER_PLAN:
        return alone, ("nearest_minutes", max(int(one["most"]) for one in figures))
    return (alone,)


def _peace(one: Volunteer) -> date:
    """The last day on which someone is left in peace."""
    return max(one.quiet_until or date.min, one.paused_until or date.min)
