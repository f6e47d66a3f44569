"""From a week's words to numbers that solvers know: offers, ceilings, blocks, and what is locked."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import numpy as np

from planning.problems.candidates import Crowd, Numbers, candidates
from planning.problems.clashes import clashing
from planning.solvers.offers import Bins, Offers, blocks
from planning.vocabulary.assignment import AssignmentProblem, Pair
from planning.vocabulary.ceiling import Per
from planning.vocabulary.identity import Id


class Week:
    """The offers of a problem, and the way back from chosen offers to pairs."""

    def __init__(self, problem: AssignmentProblem, seed: int, previous: Iterable[Pair]) -> None:
        self.problem = problem
        self.crowd = Crowd(problem)
        self.number = {request.id: n for n, request in enumerate(problem.requests)}
        self.row = {one.id: n for n, one in enumerate(problem.volunteers)}
        self.clashes = clashing(problem)
        self.locks = [(self.number[lock.request], self.row[lock.volunteer]) for lock in problem.locked]
        taken = Counter(request for request, _ in self.locks)
        self.seats = np.array([problem.seats(one.id) - taken[n] for n, one in enumerate(problem.requests)], np.int64)
        found = candidates(self.crowd, np.flatnonzero(self.seats).tolist())
        keep = self._beside_locks(found.request, found.person)
        self.request, self.volunteer, self.person = found.request[keep], found.volunteer[keep], found.person[keep]
        self.metres = found.cost[keep]
        self.old = self._numbers_of(previous)
        self.drawn = np.random.default_rng(seed).permutation(len(self.crowd.persons))
        self.offers = self._offers()

    def pairs(self, chosen: Numbers) -> tuple[Pair, ...]:
        """Give what is locked and what is chosen, in the order of requests and then of volunteers."""
        made = zip(self.request[chosen].tolist(), self.volunteer[chosen].tolist(), strict=True)
        return tuple(
            Pair(self.problem.requests[request].id, self.problem.volunteers[row].id)
            for request, row in sorted([*self.locks, *made])
        )

    def cost_m(self, chosen: Numbers) -> int:
        """What the choice costs, leaving aside what is given for keeping old pairs."""
        kept = np.isin(chosen, self.old).sum()
        return self.offers.value(chosen) + int(kept) * self.problem.weights.kept_m

    def _numbers_of(self, pairs: Iterable[Pair]) -> Numbers:
        """Find the offers that these pairs are; those that no longer are any are left out."""
        wanted = [
            self.number[pair.request] * len(self.row) + self.row[pair.volunteer]
            for pair in pairs
            if pair.request in self.number and pair.volunteer in self.row
        ]
        return np.flatnonzero(np.isin(self.request * max(1, len(self.row)) + self.volunteer, wanted)).astype(np.int64)

    def _beside_locks(self, request: Numbers, person: Numbers) -> Numbers:
        """Leave out offers that clash with what the person is locked to, and linked ones to anyone else."""
        keep = np.ones(len(request), np.bool_)
        group_of = {self.number[one]: group for group in self.problem.linked for one in group}
        for locked, row in self.locks:
            who = self.crowd.person[row]
            near = np.append(self.clashes.beside(locked), locked)
            keep &= ~((person == who) & np.isin(request, near))
            if locked in group_of:
                linked = np.array([self.number[one] for one in group_of[locked]])
                keep &= ~(np.isin(request, linked) & (person != who))
        return np.flatnonzero(keep)

    def _offers(self) -> Offers:
        """Put everything into numbers; persons are drawn by lot, so that equals have equal chances."""
        problem, crowd, count = self.problem, self.crowd, len(self.crowd.persons)
        first = np.zeros(count, np.int64)
        first[self.drawn[crowd.person[::-1]]] = np.arange(len(crowd.people))[::-1]
        people = [crowd.people[row] for row in first]
        fresh = np.array([one.person in problem.new for one in people], np.bool_)
        load = np.zeros(count, np.int64)
        fresh_room = np.where([one.id in problem.duos for one in problem.requests], 1, 0).astype(np.int64)
        for request, row in self.locks:
            who = self.drawn[crowd.person[row]]
            load[who] += 1
            fresh_room[request] -= fresh[who] and problem.requests[request].id in problem.duos
        cost = self.metres.copy()
        cost[self.old] -= problem.weights.kept_m
        priority = [problem.priorities.get(one.id, 1) for one in problem.requests]
        free = [self._free(group) for group in problem.linked]
        order = _by_time(problem)
        return Offers(
            request=self.request,
            person=self.drawn[self.person] if count else self.person,
            cost=cost,
            seats=self.seats,
            open_cost=np.array(priority, np.int64) * problem.weights.open_m,
            fresh_room=np.maximum(0, fresh_room),
            block=blocks(self.clashes, order),
            load=load,
            share=np.array([problem.shares.get(one.person, 1) for one in people], np.int64),
            fresh=fresh,
            weeks=self._bins("week"),
            months=self._bins("month"),
            clashes=self.clashes,
            order=tuple(order),
            groups=tuple(group for group in free if len(group) > 1),
            rise=problem.weights.load_m,
        )

    def _free(self, group: tuple[Id, ...]) -> tuple[int, ...]:
        """Give those of a linked group that are not locked."""
        return tuple(self.number[one] for one in group if self.seats[self.number[one]])

    def _bins(self, per: Per) -> Bins:
        """Make a bin for each person with a ceiling per week (or month) and each week (or month) they are offered."""
        days = [request.day for request in self.problem.requests]
        periods: dict[tuple[int, int], int] = {}
        of = np.array([periods.setdefault(period(day, per), len(periods)) for day in days], np.int64)
        names = list(periods)
        rows: dict[int, list[int]] = {}
        for row, one in enumerate(self.crowd.people):
            if one.ceiling is not None and one.ceiling.per == per:
                rows.setdefault(int(self.crowd.person[row]), []).append(row)
        capped = np.isin(self.person, list(rows))
        key = self.person * max(1, len(names)) + of[self.request]
        found, number = np.unique(key[capped], return_inverse=True)
        of_offer = np.full(len(key), -1, np.int64)
        of_offer[capped] = number
        room = [self._room(rows[int(one) // len(names)], names[int(one) % len(names)], per) for one in found]
        return Bins(of_offer, np.array(room, np.int64))

    def _room(self, rows: list[int], name: tuple[int, int], per: Per) -> int:
        """How many more a person with these rows takes in a period: the lowest that any row says."""
        person = self.crowd.person[rows[0]]
        locked = sum(
            period(self.problem.requests[request].day, per) == name
            for request, row in self.locks
            if self.crowd.person[row] == person
        )
        rooms = []
        for row in rows:
            one = self.crowd.people[row]
            assert one.ceiling is not None
            agreed = sum(period(day, per) == name for day in one.agreed)
            rooms.append(max(0, one.ceiling.times - agreed - locked))
        return min(rooms)


def period(day: date, per: Per) -> tuple[int, int]:
    """Name the week or month that a day counts towards."""
    return day.isocalendar()[:2] if per == "week" else (day.year, day.month)


def _by_time(problem: AssignmentProblem) -> list[int]:
    """Give the numbers of the requests in the order of their days and minutes."""
    return sorted(
        range(len(problem.requests)),
        key=lambda n: (problem.requests[n].day, problem.requests[n].start_minute or 0, n),
    )
