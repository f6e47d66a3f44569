"""Who helps whom in a whole week: many requests and many volunteers at once.

The hard rules are those of `matching.fits`. What remains is handed out so that as many as possible get help, old pairs
stay, known faces and short ways come first, and nobody gets much while another gets little of what each has said they
can carry. Nobody is ranked: what a pair costs is metres and what counts as metres, and is never told.
"""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from planning.judge.assignment import judge_assignment
from planning.problems.assigning_offers import Week
from planning.problems.assigning_reasons import Explaining
from planning.solvers.flow import by_flow
from planning.solvers.milp import Limits, by_milp, regions
from planning.solvers.offers import Numbers, Offers
from planning.stopping import Budget
from planning.vocabulary.assignment import AssignChange, AssignmentPlan, AssignmentProblem, Pair
from planning.vocabulary.fingerprint import fingerprint
from planning.vocabulary.identity import Id, as_figure
from planning.vocabulary.plan import Change, Run, Status, WrongPlanError
from planning.vocabulary.reason import Figure

ENGINE = "min-cost flow and HiGHS"
MOST_OFFERS = 40_000
"""Offers in one region that HiGHS is given all of; above it the cheapest `FEW` of each request, and nothing proven."""
FEW = 20


def assign(
    problem: AssignmentProblem, budget: Budget, *, seed: int, previous: AssignmentPlan | None = None
) -> AssignmentPlan:
    """Hand out the requests of a week.

    A flow solves what a flow can say, exactly; where linked requests, duos or overlapping minutes make that break a
    rule, HiGHS solves that region, in at most `budget.iterations` nodes of its tree. Equals are drawn by lot from
    `seed`. Pairs of `previous` are kept unless what is gained is large. Raises WrongPlanError when the judge finds the
    plan wrong, which is an error of the engine.
    """
    running = budget.begin()
    week = Week(problem, seed, previous.pairs if previous else ())
    chosen, proven = handed_out(week.offers, budget)
    old = week.old
    if not proven and not week.offers.broken(old) and week.offers.value(old) <= week.offers.value(chosen):
        chosen = old
    pairs = week.pairs(chosen)
    given = Counter(pair.request for pair in pairs)
    left = [one.id for one in problem.requests if given[one.id] < problem.seats(one.id)]
    explaining = Explaining(week.crowd, pairs)
    plan = AssignmentPlan(
        status=Status.PARTIAL if left else (Status.OPTIMAL if proven else Status.FEASIBLE),
        pairs=pairs,
        open=tuple(explaining.why(one) for one in left),
        changes=changes(problem, pairs, previous),
        cost_m=week.cost_m(chosen),
        proven=proven,
        run=Run(ENGINE, seed, budget.iterations or 0, running.seconds, fingerprint(problem), cut_short=not proven),
    )
    if wrong := judge_assignment(problem, plan):
        raise WrongPlanError(f"{len(wrong)} wrong; the first: {wrong[0]}")
    return plan


def handed_out(offers: Offers, budget: Budget) -> tuple[Numbers, bool]:
    """Choose offers: by flow, and by HiGHS in the regions where that is not enough. Also whether it is proven best."""
    chosen = by_flow(offers)
    broken = offers.broken(chosen)
    if not broken:
        return chosen, True
    region = regions(offers)
    of_offer = region[offers.request]
    rich = np.unique(region[list(broken)])
    parts = [chosen[~np.isin(of_offer[chosen], rich)]]
    proven = True
    for number in rich.tolist():
        inside = np.flatnonzero(of_offer == number)
        fallback = chosen[(of_offer[chosen] == number) & ~np.isin(offers.request[chosen], broken)]
        kept = inside if len(inside) <= MOST_OFFERS else _cheapest(offers, inside, fallback)
        flags = np.zeros(len(offers.cost), np.bool_)
        flags[kept] = True
        place = np.cumsum(flags) - 1
        found, best = by_milp(offers.only(flags), Limits(budget.iterations, budget.seconds), place[fallback])
        parts.append(np.flatnonzero(flags)[found])
        proven = proven and best and len(kept) == len(inside)
    return np.sort(np.concatenate(parts)), proven


def _cheapest(offers: Offers, inside: Numbers, also: Numbers) -> Numbers:
    """Give the `FEW` cheapest offers of each request, and those in `also`."""
    order = inside[np.lexsort((offers.cost[inside], offers.request[inside]))]
    requests = offers.request[order]
    nth = np.arange(len(order)) - np.searchsorted(requests, requests)
    return np.union1d(order[nth < FEW], also)


def changes(problem: AssignmentProblem, pairs: Iterable[Pair], previous: AssignmentPlan | None) -> tuple[Change, ...]:
    """List what is different from the plan before, in the order of the requests."""
    if previous is None:
        return ()
    before, after = _helpers(previous.pairs), _helpers(pairs)
    found = []
    for request in problem.requests:
        gone = [one for one in before.get(request.id, ()) if one not in after.get(request.id, ())]
        come = [one for one in after.get(request.id, ()) if one not in before.get(request.id, ())]
        if gone or come:
            code = AssignChange.MOVED if gone and come else (AssignChange.LOST if gone else AssignChange.FOUND)
            figures: list[Figure] = [("from", _told(gone))] if gone else []
            found.append(Change(request.id, code, tuple(figures + ([("to", _told(come))] if come else []))))
    return tuple(found)


def _helpers(pairs: Iterable[Pair]) -> dict[Id, list[Id]]:
    helpers: dict[Id, list[Id]] = {}
    for pair in pairs:
        helpers.setdefault(pair.request, []).append(pair.volunteer)
    return helpers


def _told(names: list[Id]) -> str | int:
    """Give ids as a figure: a number stays one, two are told together."""
    return as_figure(names[0]) if len(names) == 1 else " + ".join(str(as_figure(one)) for one in names)
