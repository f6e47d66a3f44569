"""Compile the engine's own searches to machine code (numba; Lam, Pitrou and Seibert 2015, doi:10.1145/2833157.2833162).

What is compiled is kept in a cache beside the source, so a worker that starts plans at once. With `NUMBA_DISABLE_JIT=1`
the same functions run as plain Python. The cache follows a function's own file, not the files of those it calls: after a
change in one of them, empty `__pycache__` of its package.
"""

from collections.abc import Callable
from typing import Any, cast

from numba import njit


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile `function` the first time it is called, and keep the result in a cache."""
    return cast("F", njit(cache=True)(function))


def lean[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that works on the arrays it is given and makes none: no references are counted.

    Counting them took a third of the time of a search that hands on dozens of arrays. What is asked for is numba's own
    switch for code without its memory manager; a function that would need it is refused when it is compiled.
    """
    return cast("F", njit(cache=True, _nrt=False, error_model="numpy")(function))
