"""Random numbers whose state is carried along, so that a run is the same in every process and thread.

Marsaglia, G. (2003) Xorshift RNGs, Journal of Statistical Software 8(14), doi:10.18637/jss.v008.i14.
"""

import numpy as np
from numpy.typing import NDArray

from planning.solvers.compiling import lean

type Bits = NDArray[np.uint64]

LEFT, RIGHT, AGAIN, DROP = np.uint64(13), np.uint64(7), np.uint64(17), np.uint64(11)
UNIT = 1.0 / (1 << 53)


def seeded(seed: int) -> Bits:
    """Begin a row of random numbers; never at zero, where this method would stay."""
    return np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)


@lean
def draw(rng: Bits) -> float:
    """Draw from 0 up to, not including, 1."""
    x = rng[0]
    x ^= x << LEFT
    x ^= x >> RIGHT
    x ^= x << AGAIN
    rng[0] = x
    return float(x >> DROP) * UNIT


@lean
def below(rng: Bits, limit: int) -> int:
    """Draw a whole number from 0 up to, not including, `limit`."""
    return int(draw(rng) * limit)
