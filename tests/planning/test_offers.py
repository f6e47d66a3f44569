"""Cliques and blocks, against every clash of a small graph."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planning.solvers.offers import Clashes, blocks, cliques

PAIRS = list(combinations(range(7), 2))


@given(st.sets(st.sampled_from(PAIRS)), st.permutations(range(7)))
def test_cliques_cover_every_clash_and_blocks_part_the_requests(
    clashing: set[tuple[int, int]], order: list[int]
) -> None:
    ends = np.array(sorted(clashing), np.int64).reshape(-1, 2)
    clashes = Clashes.of_pairs(7, ends[:, 0], ends[:, 1])
    found = cliques(clashes, order)
    covered = {pair for clique in found for pair in combinations(clique, 2)}
    assert covered == clashing
    assert not any(set(one) < set(other) for one in found for other in found)
    parted = blocks(clashes, order)
    assert (parted >= 0).all()
    assert all((one, other) in clashing for one, other in PAIRS if parted[one] == parted[other])
    assert all(
        clashes.between(np.array([one]), np.array([other]))[0] == ((one, other) in clashing) for one, other in PAIRS
    )
