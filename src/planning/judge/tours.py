"""Are these tours right? Every rule of the public benchmark sets, walked through stop by stop."""

from collections import Counter
from itertools import pairwise

from planning.judge.suggestions import Breach
from planning.vocabulary.tours import Node, Tour, ToursPlan, ToursProblem

TOLERANCE = 1e-5
"""Times and sums of doubles may differ by this much, in the units of the file."""


def judge_tours(problem: ToursProblem, plan: ToursPlan) -> tuple[Breach, ...]:
    """Everything wrong with `plan` as an answer to `problem`; empty means that it is right."""
    by_number = {one.number: one for one in problem.nodes}
    driven = [number for tour in plan.tours for number in tour.nodes]
    if unknown := sorted({one for one in (*driven, *plan.left_out) if one not in by_number}):
        return tuple(Breach("is not a node of this problem", one) for one in unknown)
    wrong = _vehicles(problem, plan)
    times = Counter(number for tour in plan.tours for number in tour.nodes[1:-1]) + Counter(plan.left_out)
    for node in problem.nodes[1:]:
        if times[node.number] != 1:
            wrong.append(Breach(f"is visited or left out {times[node.number]} times", node.number))
    if plan.left_out:
        wrong.append(Breach(f"{len(plan.left_out)} stops are left out"))
    for tour in plan.tours:
        wrong += _tour(problem, tour, [by_number[number] for number in tour.nodes])
    cost = sum(by_number[a].to(by_number[b]) for tour in plan.tours for a, b in pairwise(tour.nodes))
    if abs(cost - plan.cost) > TOLERANCE * max(1.0, cost):
        wrong.append(Breach(f"the cost is said to be {plan.cost} and is {cost}"))
    return tuple(wrong)


def _vehicles(problem: ToursProblem, plan: ToursPlan) -> list[Breach]:
    used = [tour.vehicle for tour in plan.tours]
    wrong = [Breach("is not a vehicle of this problem", one) for one in used if not 0 <= one < problem.vehicles]
    return wrong + [Breach("drives two tours", one) for one, times in sorted(Counter(used).items()) if times > 1]


def _tour(problem: ToursProblem, tour: Tour, nodes: list[Node]) -> list[Breach]:
    """Find what is wrong with one tour, in the order it is driven."""
    depot = problem.nodes[0]
    if len(nodes) < 2 or nodes[0] is not depot or nodes[-1] is not depot or depot in nodes[1:-1]:
        return [Breach("does not begin and end at the depot, and nowhere else pass it", tour.vehicle)]
    if len(tour.start) != len(nodes):
        return [Breach("has not as many times as nodes", tour.vehicle)]
    wrong = []
    for node, at in zip(nodes, tour.start, strict=True):
        if not node.ready - TOLERANCE <= at <= node.due + TOLERANCE:
            wrong.append(Breach(f"is served at {at}, outside {node.ready} to {node.due}", node.number))
    for place in range(1, len(nodes)):
        before, node = nodes[place - 1], nodes[place]
        if not tour.start[place] >= tour.start[place - 1] + before.service + before.to(node) - TOLERANCE:
            wrong.append(Breach(f"is served before one can be there from {before.number}", node.number))
    return wrong + _loads(problem, tour, nodes)


def _loads(problem: ToursProblem, tour: Tour, nodes: list[Node]) -> list[Breach]:
    """Find what is too much at once, and what is delivered before it is picked up or by someone else."""
    wrong = []
    load = 0.0
    aboard: set[int] = set()
    for node in nodes[1:-1]:
        load += node.demand
        if load > problem.capacity + TOLERANCE:
            wrong.append(Breach(f"carries {load} from node {node.number}", tour.vehicle))
        if node.partner is not None:
            partner = problem.nodes[node.partner].number
            if node.demand >= 0 and partner not in aboard:
                aboard.add(node.number)
            elif partner in aboard:
                aboard.discard(partner)
            else:
                wrong.append(Breach("is delivered without being picked up before on the same tour", node.number))
    return wrong + [Breach("is picked up and not delivered on the same tour", one) for one in sorted(aboard)]
