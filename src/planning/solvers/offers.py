"""Requests and persons as numbers: what the two exact ways of handing out a week's requests share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.int64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bins:
    """Ceilings: `of_offer` is the bin an offer falls in (-1 for none), `room` how many more each takes."""

    of_offer: Numbers
    room: Numbers


@dataclass(frozen=True, slots=True)
class Clashes:
    """Which of `count` requests one person cannot both take; each pair stands both ways in `keys`, sorted."""

    count: int
    keys: Numbers

    @classmethod
    def of_pairs(cls, count: int, one: Numbers, other: Numbers) -> "Clashes":
        """Collect pairs, each given once and one way."""
        return cls(count, np.sort(np.concatenate((one * count + other, other * count + one))))

    def beside(self, number: int) -> Numbers:
        """Give all that clash with a request."""
        low, high = np.searchsorted(self.keys, (number * self.count, (number + 1) * self.count))
        return self.keys[low:high] - number * self.count

    def between(self, one: Numbers, other: Numbers) -> Flags:
        """Tell of each pair whether it clashes."""
        wanted = one * self.count + other
        at = np.searchsorted(self.keys, wanted)
        found = np.zeros(len(wanted), np.bool_)
        inside = at < len(self.keys)
        found[inside] = self.keys[at[inside]] == wanted[inside]
        return found


@dataclass(frozen=True, slots=True)
class Offers:
    """Who could take what: `request`, `person` and `cost` of each offer, and what holds for them together.

    For each request: `seats` it takes, `open_cost` of a seat left empty, `fresh_room` for persons who are new, and the
    `block` it is in (requests of one block all clash with each other). For each person: the `load` already there, the
    `share` they carry, and whether they are `fresh`. `groups` are requests that one person takes all of or nobody any;
    `order` is how requests follow in time. `rise` is what each further task costs.
    """

    request: Numbers
    person: Numbers
    cost: Numbers
    seats: Numbers
    open_cost: Numbers
    fresh_room: Numbers
    block: Numbers
    load: Numbers
    share: Numbers
    fresh: Flags
    weeks: Bins
    months: Bins
    clashes: Clashes
    order: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    rise: int

    def steps(self, most: Numbers) -> tuple[Numbers, Numbers]:
        """Give the cost of the first, second, ... `most` further tasks of each person: (person, cost)."""
        person = np.repeat(np.arange(len(most)), most)
        nth = np.arange(len(person)) - np.repeat(np.cumsum(most) - most, most) + self.load[person]
        return person, self.rise * nth // self.share[person]

    def value(self, chosen: Numbers) -> int:
        """What it costs when just these offers are taken."""
        taken = np.bincount(self.person[chosen], minlength=len(self.load))
        empty = self.seats - np.bincount(self.request[chosen], minlength=len(self.seats))
        return int(self.cost[chosen].sum() + self.steps(taken)[1].sum() + (empty * self.open_cost).sum())

    def only(self, keep: Flags) -> "Offers":
        """Give the same with just these offers; requests and persons keep their numbers."""
        weeks, months = (Bins(bins.of_offer[keep], bins.room) for bins in (self.weeks, self.months))
        return Offers(
            self.request[keep], self.person[keep], self.cost[keep], self.seats, self.open_cost, self.fresh_room, self.block,
            self.load, self.share, self.fresh, weeks, months, self.clashes, self.order, self.groups, self.rise,
        )  # fmt: skip

    def broken(self, chosen: Numbers) -> tuple[int, ...]:
        """Give the requests, by number, that take part in breaking a rule; empty when all hold."""
        wrong = set(self._over_rooms(chosen)) | set(self._clashing(chosen))
        by_request: dict[int, list[int]] = {}
        for request, person in zip(self.request[chosen].tolist(), self.person[chosen].tolist(), strict=True):
            by_request.setdefault(request, []).append(person)
        for group in self.groups:
            if len({tuple(by_request.get(one, ())) for one in group}) > 1:
                wrong.update(group)
        for request, people in by_request.items():
            if len(people) != self.seats[request] or self.fresh[people].sum() > self.fresh_room[request]:
                wrong.add(request)
        return tuple(sorted(wrong))

    def _clashing(self, chosen: Numbers) -> list[int]:
        """Requests that the same person takes and that clash."""
        order = chosen[np.argsort(self.person[chosen], kind="stable")]
        request, person = self.request[order], self.person[order]
        found: list[int] = []
        for apart in range(1, len(order)):
            same = person[apart:] == person[:-apart]
            if not same.any():
                break
            one, other = request[apart:][same], request[:-apart][same]
            hit = self.clashes.between(one, other)
            found += [*one[hit].tolist(), *other[hit].tolist()]
        return found

    def _over_rooms(self, chosen: Numbers) -> list[int]:
        """Requests in a bin that holds more than it has room for."""
        found: list[int] = []
        for bins in (self.weeks, self.months):
            of = bins.of_offer[chosen]
            over = np.bincount(of[of >= 0], minlength=len(bins.room)) > bins.room
            inside = (of >= 0) & over[of] if len(over) else np.zeros(len(of), np.bool_)
            found += self.request[chosen[inside]].tolist()
        return found


def cliques(clashes: Clashes, order: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Cover every clash among the requests in `order` with sets of requests that all clash with each other."""
    found: list[tuple[int, ...]] = []
    here = set(order)
    beside = {number: here.intersection(clashes.beside(number).tolist()) for number in order}
    covered: dict[int, set[int]] = {number: set() for number in order}
    before: list[int] = []
    for number in order:
        earlier = [one for one in before if one in beside[number]]
        while left := [one for one in earlier if one not in covered[number]]:
            clique, common = [number, left[0]], beside[number] & beside[left[0]]
            for one in earlier:
                if one in common:
                    clique.append(one)
                    common &= beside[one]
            for one in clique:
                covered[one].update(clique)
            found.append(tuple(sorted(clique)))
        before.append(number)
    return _widest(found)


def _widest(found: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Leave out what lies inside another."""
    holders: dict[int, list[set[int]]] = {}
    kept: list[tuple[int, ...]] = []
    for clique in sorted(found, key=lambda one: (-len(one), one)):
        here = set(clique)
        if not any(here <= other for other in holders.get(clique[0], ())):
            kept.append(clique)
            for one in clique:
                holders.setdefault(one, []).append(here)
    return tuple(sorted(kept))


def blocks(clashes: Clashes, order: Sequence[int]) -> Numbers:
    """Part the requests into blocks that all clash with each other: each goes into the largest it fits in."""
    of = np.full(clashes.count, -1, np.int64)
    sizes = np.zeros(clashes.count + 1, np.int64)
    used = 0
    for number in order:
        near = of[clashes.beside(number)]
        count = np.bincount(near[near >= 0])
        fitting = np.flatnonzero((count > 0) & (count == sizes[: len(count)]))
        block = int(fitting[np.argmax(sizes[fitting])]) if len(fitting) else used
        used = max(used, block + 1)
        of[number] = block
        sizes[block] += 1
    return of
