"""All who fit each of many requests, at once: what `matching.fits` says of one volunteer, said of a whole list.

No rule is written a second time. A rule that reads only a few words of the request is asked once for each volunteer
and each different word, and its answer kept; four that read more are asked of the few whom they may concern, or of
arrays with the same arithmetic. A property test holds the two together, row by row.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planning.problems import matching_rules as rules
from planning.vocabulary.assignment import AssignmentProblem
from planning.vocabulary.identity import Id
from planning.vocabulary.point import EARTH_RADIUS_M, ROAD_FACTOR
from planning.vocabulary.request import Request

type Flags = NDArray[np.bool_]
type Numbers = NDArray[np.int64]

UNKNOWN: Final = -1
NO_WAY: Final = 10**12
EPOCH: Final = datetime.combine(date(1970, 1, 1), time())
"""Where minutes are counted from: local wall time, which has no zone."""


def same(request: Request) -> Hashable:
    """For rules that read nothing of the request."""
    return None


WORDS: Final[dict[rules.Rule, Callable[[Request], Hashable]]] = {
    rules.not_willing: lambda request: request.task_type,
    rules.host_declines: lambda request: request.task_type,
    rules.other_host: lambda request: request.hosts,
    rules.asks_stopped: same,
    rules.do_not_contact: same,
    rules.is_recipient_self: same,
    rules.paused: same,
    rules.quiet: same,
    rules.absent: lambda request: tuple(day for day, _, _ in request.days),
    rules.ceiling: lambda request: request.day,
    rules.requirements: lambda request: (request.requires, request.days[-1][0]),
    rules.too_young: lambda request: request.youngest,
    rules.no_common_language: lambda request: request.languages,
    rules.lighter_plan: lambda request: request.duration_min,
}
"""What each rule reads of a request; whoever changes a rule changes this."""
ASKED_OTHERWISE: Final = (rules.vetoed, rules.not_known, rules.not_free_then, rules.busy, rules.too_far)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of time, each of one volunteer."""

    row: Numbers
    first: Numbers
    last: Numbers


class Crowd:
    """All volunteers of a problem, ready to be asked about one request after another."""

    def __init__(self, problem: AssignmentProblem) -> None:
        self.problem = problem
        people = self.people = problem.volunteers
        self.most = np.array(
            [UNKNOWN if one.max_distance_m is None else one.max_distance_m for one in people], np.int64
        )
        self.persons: dict[Id, int] = {}
        self.person = np.array([self.persons.setdefault(one.person, len(self.persons)) for one in people], np.int64)
        self.places = np.array([problem.roads.row(problem.volunteer_places[one.id])
                                if problem.roads is not None and one.id in problem.volunteer_places else UNKNOWN
                                for one in people], np.int64)  # fmt: skip
        degrees = [(one.point.lat, one.point.lon) if one.point else (np.nan, np.nan) for one in people]
        self.angles = np.radians(np.array(degrees, np.float64).reshape(-1, 2))
        self.cosine = np.cos(self.angles[:, 0])
        self.placed = ~np.isnan(self.cosine)
        self._named: dict[Id, list[int]] = {}
        self._along: dict[Id, list[int]] = {}
        self._villages: dict[Id, list[int]] = {}
        for row, one in enumerate(people):
            for name in {one.id: None, one.person: None}:
                self._named.setdefault(name, []).append(row)
            self._along.setdefault(one.companion, []).append(row)
            self._villages.setdefault(one.village, []).append(row)
        self._all = np.ones(len(people), np.bool_)
        self._limited = np.flatnonzero(self.most != UNKNOWN)
        self._unsaid = np.array([not one.slots for one in people], np.bool_)
        self._answers: dict[Hashable, Flags] = {}
        self._free: dict[date, Stretches] = {}
        taken = [(row, _micros(window.start), _micros(window.end))
                 for row, one in enumerate(people) for window in one.busy]  # fmt: skip
        self._taken = _stretches(taken)
        ways = (self._unvetoed, self._known_enough, self._said_free, self._unbusy, self._near_enough)
        self._otherwise: dict[rules.Rule, Callable[[Request], Flags]] = dict(zip(ASKED_OTHERWISE, ways, strict=True))

    def fitting(self, request: Request) -> Flags:
        """Tell of each volunteer whether `matching.fits` finds nothing against them."""
        words = tuple([word(request) for word in WORDS.values()])
        if words not in self._answers:
            flags = np.ones(len(self.people), np.bool_)
            for (rule, _), word in zip(WORDS.items(), words, strict=True):
                flags &= self._keeps(rule, word, request)
            self._answers[words] = flags
        fits = self._answers[words].copy()
        for rule in ASKED_OTHERWISE[:-1]:
            fits &= self.keeps(rule, request)
        fits &= self._near_enough(request, np.flatnonzero(fits & (self.most != UNKNOWN)))
        return fits

    def keeps(self, rule: rules.Rule, request: Request) -> Flags:
        """Tell of each volunteer whether this one rule finds nothing against them."""
        if rule in WORDS:
            return self._keeps(rule, WORDS[rule](request), request)
        return self._otherwise[rule](request)

    def known(self, request: Request) -> Flags:
        """Tell of each volunteer whether the one who asks knows them."""
        flags = np.zeros(len(self.people), np.bool_)
        for name in request.known_to:
            flags[self._named.get(name, [])] = True
        return flags

    def metres(self, request: Request, at: Numbers) -> Numbers:
        """Metres by road from each of the volunteers in the rows `at`, guessed or measured; `UNKNOWN` where not."""
        found = np.full(len(at), UNKNOWN, np.int64)
        if request.village_metres:
            measured = np.full(len(self.people), UNKNOWN, np.int64)
            for village, metres in request.village_metres.items():
                measured[self._villages.get(village, [])] = metres
            found = measured[at]
        if request.place is not None:
            lat, lon = np.radians((request.place.lat, request.place.lon))
            angles = self.angles[at]
            chord = np.sin((lat - angles[:, 0]) / 2) ** 2
            chord += np.cos(lat) * self.cosine[at] * np.sin((lon - angles[:, 1]) / 2) ** 2
            guess = np.rint(2 * EARTH_RADIUS_M * ROAD_FACTOR * np.arcsin(np.sqrt(np.minimum(1.0, chord))))
            there = self.placed[at]
            found[there] = np.maximum(np.maximum(found[there], 0), guess[there].astype(np.int64))
        return found

    def by_road(self, request: Request, at: Numbers) -> Numbers:
        """Metres as in `metres`, or as the roads say where that is longer; `NO_WAY` where there is none."""
        metres = self.metres(request, at)
        roads, name = self.problem.roads, self.problem.request_places.get(request.id)
        if roads is None or request.id not in self.problem.request_places:
            return metres
        there = self.places[at] != UNKNOWN
        said = roads.metres[self.places[at[there]], roads.row(name)]
        metres[there] = np.maximum(metres[there], np.where(np.isinf(said), NO_WAY, np.rint(np.minimum(said, NO_WAY))))
        return metres

    def _keeps(self, rule: rules.Rule, word: Hashable, request: Request) -> Flags:
        """Ask a rule of everyone, once for each word that it reads."""
        key = (rule, word)
        if key not in self._answers:
            on = self.problem.on
            self._answers[key] = np.array([not rule(one, request, on) for one in self.people], np.bool_)
        return self._answers[key]

    def _said_free(self, request: Request) -> Flags:
        """Ask `not_free_then` of arrays: the stretches of a day are made once for all its requests."""
        if request.window is None:
            stretches = self._free_on(request.day)
            room = stretches.last - stretches.first >= request.duration_min
            return self._unsaid | _flagged(len(self.people), stretches.row[room])
        free = np.ones(len(self.people), np.bool_)
        for day, first, last in request.days:
            stretches = self._free_on(day)
            covers = (stretches.first <= first) & (last <= stretches.last)
            free &= _flagged(len(self.people), stretches.row[covers])
        return self._unsaid | free

    def _free_on(self, day: date) -> Stretches:
        if day not in self._free:
            said = [(row, *stretch) for row, one in enumerate(self.people) for stretch in rules.said_free(one, day)]
            self._free[day] = _stretches(said)
        return self._free[day]

    def _unvetoed(self, request: Request) -> Flags:
        """Ask `vetoed` of those who are named."""
        if not request.vetoed:
            return self._all
        flags = self._all.copy()
        for name in request.vetoed:
            flags[self._named.get(name, [])] = False
            flags[self._along.get(name, [])] = False
        return flags

    def _known_enough(self, request: Request) -> Flags:
        """Ask `not_known` of those who are named."""
        return self.known(request) if request.known_only else self._all

    def _unbusy(self, request: Request) -> Flags:
        """Ask `busy` of arrays where the time is fixed, else of those who have something at all."""
        flags, taken = self._all.copy(), self._taken
        if request.window is not None:
            overlaps = (taken.first < _micros(request.window.end)) & (_micros(request.window.start) < taken.last)
            flags[taken.row[overlaps]] = False
            return flags
        for row in np.unique(taken.row):
            flags[row] = not rules.busy(self.people[row], request, self.problem.on)
        return flags

    def _near_enough(self, request: Request, at: Numbers | None = None) -> Flags:
        """Ask `too_far` of arrays, in the rows `at` or all; where rounding could tip it, ask the rule."""
        flags = self._all.copy()
        rows = self._limited if at is None else at
        over = self.metres(request, rows) - self.most[rows]
        flags[rows[over > 0]] = False
        for row in rows[np.abs(over) <= 1]:
            flags[row] = not rules.too_far(self.people[row], request, self.problem.on)
        return flags


def _stretches(found: list[tuple[int, int, int]]) -> Stretches:
    table = np.array(found, np.int64).reshape(-1, 3)
    return Stretches(table[:, 0], table[:, 1], table[:, 2])


def _flagged(size: int, rows: Numbers) -> Flags:
    flags = np.zeros(size, np.bool_)
    flags[rows] = True
    return flags


def _micros(at: datetime) -> int:
    """Microseconds since the beginning of 1970, exactly."""
    gone = at - EPOCH
    return (gone.days * 86_400 + gone.seconds) * 1_000_000 + gone.microseconds


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who fits what, one row each: request, volunteer and person by number, and what the pair costs in metres."""

    request: Numbers
    volunteer: Numbers
    person: Numbers
    cost: Numbers


def candidates(crowd: Crowd, wanted: list[int]) -> Candidates:
    """Find all who fit each request in `wanted`; of a person's rows the one that costs least, then the first."""
    weights, duos, new = crowd.problem.weights, crowd.problem.duos, crowd.problem.new
    fresh = np.array([one.person in new for one in crowd.people], np.bool_)
    once = len(crowd.persons) == len(crowd.people)
    found: list[tuple[Numbers, Numbers, Numbers]] = []
    for number in wanted:
        request = crowd.problem.requests[number]
        at = np.flatnonzero(crowd.fitting(request) if request.id in duos else crowd.fitting(request) & ~fresh)
        metres = crowd.by_road(request, at)
        near = (metres != NO_WAY) & ((crowd.most[at] == UNKNOWN) | (metres <= crowd.most[at]))
        at, metres = at[near], metres[near]
        cost = np.where(metres == UNKNOWN, weights.unknown_m, metres)
        if request.known_to:
            cost -= np.where(crowd.known(request)[at], weights.known_m, 0)
        if not once:
            order = np.lexsort((at, cost))
            first = order[np.unique(crowd.person[at][order], return_index=True)[1]]
            at, cost = at[first], cost[first]
        found.append((np.full(len(at), number, np.int64), at, cost))
    empty = np.zeros(0, np.int64)
    request_, volunteer, cost = (np.concatenate([empty, *(part[n] for part in found)]) for n in range(3))
    return Candidates(request_, volunteer, crowd.person[volunteer], cost)
