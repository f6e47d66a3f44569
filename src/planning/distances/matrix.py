"""Seconds and metres between places."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planning.vocabulary.identity import Id

type Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """How long it takes and how far it is from each place to each other; `inf` where there is no way.

    Row and column follow `places`. Seconds and metres need not be the same in both directions. Raises ValueError for a
    place given twice, a table that is not square, a figure that is negative or no number, and a diagonal not zero.
    """

    places: tuple[Id, ...]
    seconds: Table
    metres: Table
    _rows: dict[Id, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows = {place: row for row, place in enumerate(self.places)}
        if len(rows) != len(self.places):
            raise ValueError("The same place stands twice in the matrix.")
        for name in ("seconds", "metres"):
            table = np.array(getattr(self, name), dtype=np.float64)
            if table.shape != (len(rows), len(rows)):
                raise ValueError(f"A matrix of {len(rows)} places has as many rows and columns, not {table.shape}.")
            if np.isnan(table).any() or (table < 0).any():
                raise ValueError(f"The {name} between two places are 0 or more.")
            if table.diagonal().any():
                raise ValueError(f"The {name} from a place to itself are 0.")
            table.setflags(write=False)
            object.__setattr__(self, name, table)
        object.__setattr__(self, "_rows", rows)

    def row(self, place: Id) -> int:
        """Which row and column `place` has. Raises ValueError for one that is not there."""
        try:
            return self._rows[place]
        except KeyError:
            raise ValueError(f"The matrix does not know the place {place!r}.") from None

    def rows(self, places: Sequence[Id]) -> NDArray[np.int64]:
        """Give the rows of several places, in their order."""
        return np.array([self.row(place) for place in places], dtype=np.int64)

    def seconds_between(self, begin: Id, end: Id) -> float:
        """Seconds from one place to another; `inf` where there is no way."""
        return float(self.seconds[self.row(begin), self.row(end)])

    def metres_between(self, begin: Id, end: Id) -> float:
        """Metres from one place to another; `inf` where there is no way."""
        return float(self.metres[self.row(begin), self.row(end)])

    def unreachable(self) -> tuple[tuple[Id, Id], ...]:
        """Name the pairs that there is no way between."""
        return tuple((self.places[a], self.places[b]) for a, b in np.argwhere(np.isinf(self.seconds)))

    def closed(self) -> "Matrix":
        """Give the metric closure: no way by another place is shorter (Floyd 1962, doi:10.1145/367766.368168).

        A search may then trust that leaving a stop out never makes a tour longer. Metres are those of the way that
        takes the fewest seconds where that is shorter than was said, else as they were.
        """
        seconds, metres = self.seconds.copy(), self.metres.copy()
        for by in range(len(self.places)):
            through = seconds[:, by, None] + seconds[None, by, :]
            shorter = through < seconds
            np.copyto(metres, metres[:, by, None] + metres[None, by, :], where=shorter)
            np.copyto(seconds, through, where=shorter)
        return Matrix(self.places, seconds, metres)
