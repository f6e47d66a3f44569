"""Compile the engine's own searches to machine code (numba; Lam, Pitrou and Seibert 2015, doi:10.1145/2833157.2833162).

What is compiled is kept in a cache beside the source, so a worker that starts plans at once. With `NUMBA_DISABLE_JIT=1`
the same functions run as plain Python.
"""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

from numba import config, njit


def _kept_in() -> str:
    """Name the folder of the cache after all that is compiled.

    The cache itself looks at a function's own file only, and would keep on calling what another file said before it was
    changed.
    """
    here, made_of = Path(__file__).parent, blake2b(digest_size=8)
    for path in sorted(here.rglob("*.py")):
        made_of.update(path.read_bytes())
    return str(here / "__pycache__" / f"compiled-{made_of.hexdigest()}")


_numba = cast("Any", config)
_numba.CACHE_DIR = _numba.CACHE_DIR or _kept_in()


def lean[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that works on the arrays it is given and makes none: no references are counted.

    Counting them took a third of the time of a search that hands on dozens of arrays. What is asked for is numba's own
    switch for code without its memory manager; a function that would need it is refused when it is compiled.
    """
    switches: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}
    return cast("F", njit(cache=True, **switches)(function))
