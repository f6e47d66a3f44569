"""Min-cost flow by OR-Tools: exact, and nearly linear in the number of offers."""

import numpy as np
from ortools.graph.python import min_cost_flow

from planning.solvers.offers import Numbers, Offers


def by_flow(offers: Offers) -> Numbers:
    """Give the offers to take, by number: the cheapest where each person takes one of a block and keeps to the rooms.

    Goldberg's cost-scaling push-relabel (1997, doi:10.1006/jagm.1995.0805). Each unit flows from a request by an offer,
    the person's block and the bin of their ceiling to the person, and out by a step that costs more for each further
    task; a rising cost makes the steps fill in order. What a flow cannot say (links, two together, clashes between
    blocks) it leaves out, so its cost is a bound, and where it breaks none of them it is the optimum.
    """
    count, people = len(offers.seats), len(offers.load)
    size = int(offers.block.max(initial=-1)) + 1
    blocks, of_block = np.unique(offers.person * max(1, size) + offers.block[offers.request], return_inverse=True)
    first = np.zeros(len(blocks), np.int64)
    first[of_block] = np.arange(len(of_block))
    person = offers.person[first]
    bins = np.where(offers.months.of_offer >= 0, offers.months.of_offer + len(offers.weeks.room), offers.weeks.of_offer)
    bins = _kept_in_block(bins, of_block, len(blocks))
    rooms = np.concatenate((offers.weeks.room, offers.months.room))
    # Nodes: requests, blocks of a person, bins, persons, and the end.
    at_block, at_bin, at_person = count, count + len(blocks), count + len(blocks) + len(rooms)
    end = at_person + people
    bin_person = np.zeros(len(rooms), np.int64)
    bin_person[bins[bins >= 0]] = person[bins >= 0]
    steps, step_costs = offers.steps(np.bincount(person, minlength=people))
    none = np.zeros
    arcs = (
        (offers.request, at_block + of_block, np.ones_like(offers.request), offers.cost),
        (at_block + np.arange(len(blocks)), np.where(bins >= 0, at_bin + bins, at_person + person),
         np.ones(len(blocks), np.int64), none(len(blocks), np.int64)),
        (at_bin + np.arange(len(rooms)), at_person + bin_person, rooms, none(len(rooms), np.int64)),
        (at_person + steps, np.full(len(steps), end), np.ones(len(steps), np.int64), step_costs),
        (np.arange(count), np.full(count, end), offers.seats, offers.open_cost),
    )  # fmt: skip
    tails, heads, capacities, costs = (np.concatenate(part).astype(np.int64) for part in zip(*arcs, strict=True))
    network = min_cost_flow.SimpleMinCostFlow()
    numbers = network.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    network.set_nodes_supplies(np.arange(count), offers.seats)
    network.set_node_supply(end, -int(offers.seats.sum()))
    status = network.solve()
    if status != network.OPTIMAL:  # every unit can flow by its open seat, so this cannot be
        raise RuntimeError(f"The flow ended with {status}.")
    return np.flatnonzero(network.flows(numbers[: len(offers.request)])).astype(np.int64)


def _kept_in_block(bins: Numbers, of_block: Numbers, count: int) -> Numbers:
    """Give each block the bin of its offers, or none where they fall in several."""
    low, high = np.full(count, np.iinfo(np.int64).max), np.full(count, -1)
    np.minimum.at(low, of_block, bins)
    np.maximum.at(high, of_block, bins)
    return np.where(low == high, high, -1)
