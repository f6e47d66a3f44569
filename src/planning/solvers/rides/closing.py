"""Is a table of driving times such that no way by another place is shorter?"""

from planning.solvers.compiling import lean
from planning.solvers.rides.arrays import Reals


@lean
def is_closed(seconds: Reals) -> bool:
    """Whether the triangle inequality holds."""
    size = seconds.shape[0]
    for by in range(size):
        for a in range(size):
            first = seconds[a, by]
            for b in range(size):
                if first + seconds[by, b] < seconds[a, b] - 1e-9:
                    return False
    return True
