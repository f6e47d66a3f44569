"""Driving times such that no way by another place is shorter (Floyd 1962, doi:10.1145/367766.368168)."""

from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import Reals


@lean
def shorten(seconds: Reals, metres: Reals) -> bool:
    """Put the shortest ways in place of longer ones; whether there were any."""
    size, changed = seconds.shape[0], False
    for by in range(size):
        for a in range(size):
            first = seconds[a, by]
            for b in range(size):
                if first + seconds[by, b] < seconds[a, b] - 1e-9:
                    seconds[a, b] = first + seconds[by, b]
                    metres[a, b] = metres[a, by] + metres[by, b]
                    changed = True
    return changed
