"""HiGHS by SciPy: exact for what a flow cannot say, one region at a time."""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array
from scipy.sparse.csgraph import connected_components

from planning.solvers.offers import Numbers, Offers, cliques


@dataclass(frozen=True, slots=True)
class Limits:
    """When HiGHS ends: after so many `nodes` of its tree (the same in every run) or `seconds` on the wall."""

    nodes: int | None = None
    seconds: float | None = None


@dataclass(slots=True)
class Model:
    """Variables from 0 to 1 with costs, and rows of coefficients between two bounds."""

    costs: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def variable(self, cost: float) -> int:
        """Add a variable and give its number."""
        self.costs.append(cost)
        return len(self.costs) - 1

    def row(self, terms: list[tuple[int, int]], low: float, high: float) -> None:
        """Add a row."""
        for column, value in terms:
            self.rows.append(len(self.low))
            self.columns.append(column)
            self.values.append(value)
        self.low.append(low)
        self.high.append(high)


def by_milp(offers: Offers, limits: Limits, before: Numbers) -> tuple[Numbers, bool]:
    """Give the offers to take, by number, and whether that is proven best; `before` where HiGHS finds nothing.

    HiGHS (Huangfu, Hall 2018, doi:10.1007/s12532-017-0130-5) by branch and cut.
    """
    model = Model()
    for cost in offers.cost.tolist():
        model.variable(cost)
    by_request: dict[int, list[int]] = {}
    by_person: dict[int, list[int]] = {}
    for offer, (request, person) in enumerate(zip(offers.request.tolist(), offers.person.tolist(), strict=True)):
        by_request.setdefault(request, []).append(offer)
        by_person.setdefault(person, []).append(offer)
    _fill(model, offers, by_request)
    _apart(model, offers, by_person)
    _under_ceilings(model, offers)
    _rising(model, offers, by_person)
    table = csc_array((model.values, (model.rows, model.columns)), shape=(len(model.low), len(model.costs)))
    options: dict[str, float] = {"mip_rel_gap": 0.0}
    if limits.nodes is not None:
        options["node_limit"] = limits.nodes
    if limits.seconds is not None:
        options["time_limit"] = limits.seconds
    result = milp(
        np.array(model.costs), constraints=LinearConstraint(table, model.low, model.high), bounds=Bounds(0, 1),
        integrality=np.ones(len(model.costs)), options=options,
    )  # fmt: skip
    if result.x is None:
        return before, False
    return np.flatnonzero(result.x[: len(offers.cost)] > 0.5).astype(np.int64), bool(result.status == 0)


def _fill(model: Model, offers: Offers, by_request: dict[int, list[int]]) -> None:
    """Each request has all its seats filled or none, a group by one person; of new persons as many as may be."""
    shared = {one: n for n, group in enumerate(offers.groups) for one in group}
    empty: dict[int, int] = {}
    for request, taking in by_request.items():
        seats, cost = int(offers.seats[request]), float(offers.open_cost[request] * offers.seats[request])
        if request in shared and shared[request] in empty:
            left = empty[shared[request]]
            model.costs[left] += cost
        else:
            left = model.variable(cost)
            empty[shared.get(request, -1 - request)] = left
        model.row([*((offer, 1) for offer in taking), (left, seats)], seats, seats)
        fresh = [(offer, 1) for offer in taking if offers.fresh[offers.person[offer]]]
        if len(fresh) > offers.fresh_room[request]:
            model.row(fresh, 0, float(offers.fresh_room[request]))
    for group in offers.groups:
        if any(one in by_request for one in group):
            _together(model, offers, group, by_request)


def _together(model: Model, offers: Offers, group: tuple[int, ...], by_request: dict[int, list[int]]) -> None:
    """Who takes the first of a group takes each of the others."""
    taking = [{int(offers.person[offer]): offer for offer in by_request.get(one, ())} for one in group]
    for other in taking[1:]:
        for person in sorted(taking[0].keys() | other.keys()):
            terms = [(one[person], sign) for one, sign in ((taking[0], 1), (other, -1)) if person in one]
            model.row(terms, 0, 0)


def _apart(model: Model, offers: Offers, by_person: dict[int, list[int]]) -> None:
    """Nobody takes two of a clique."""
    holding: dict[int, list[int]] = {}
    here = set(offers.request.tolist())
    for number, clique in enumerate(cliques(offers.clashes, [one for one in offers.order if one in here])):
        for request in clique:
            holding.setdefault(request, []).append(number)
    for mine in by_person.values():
        rows: dict[int, list[int]] = {}
        for offer in mine:
            for number in holding.get(int(offers.request[offer]), ()):
                rows.setdefault(number, []).append(offer)
        for row in dict.fromkeys(tuple(row) for row in rows.values() if len(row) > 1):
            model.row([(offer, 1) for offer in row], 0, 1)


def _under_ceilings(model: Model, offers: Offers) -> None:
    """No bin holds more than it has room for."""
    for bins in (offers.weeks, offers.months):
        inside: dict[int, list[tuple[int, int]]] = {}
        for offer in np.flatnonzero(bins.of_offer >= 0).tolist():
            inside.setdefault(int(bins.of_offer[offer]), []).append((offer, 1))
        for bin_, terms in inside.items():
            if len(terms) > bins.room[bin_]:
                model.row(terms, 0, float(bins.room[bin_]))


def _rising(model: Model, offers: Offers, by_person: dict[int, list[int]]) -> None:
    """Each further task of a person costs more: the steps fill in order, since each is dearer than the last."""
    most = np.bincount(offers.person, minlength=len(offers.load)).astype(np.int64)
    people, costs = offers.steps(most)
    steps: dict[int, list[int]] = {}
    for person, cost in zip(people.tolist(), costs.tolist(), strict=True):
        steps.setdefault(person, []).append(model.variable(cost))
    for person, mine in by_person.items():
        model.row([*((offer, 1) for offer in mine), *((step, -1) for step in steps[person])], 0, 0)


def regions(offers: Offers) -> Numbers:
    """Number the regions that have nothing to do with each other, and say for each request which it is in."""
    count, size = len(offers.seats), len(offers.seats) + len(offers.load)
    tails = [offers.request, *(np.full(len(group) - 1, group[0], np.int64) for group in offers.groups)]
    heads = [count + offers.person, *(np.array(group[1:], np.int64) for group in offers.groups)]
    tail, head = np.concatenate(tails), np.concatenate(heads)
    graph = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1][:count], np.int64)
