"""What a problem asks of whoever measured the ways: seconds and metres between places."""

from collections.abc import Sequence
from typing import Any, Protocol

from planning.vocabulary.identity import Id


class Roads(Protocol):
    """Seconds and metres between places, `[row, row]`: a `planning.distances.Matrix`."""

    @property
    def places(self) -> Sequence[Id]:
        """The places, in the order of rows and columns."""

    @property
    def seconds(self) -> Any:
        """Seconds from row to column; `inf` where there is no way."""

    @property
    def metres(self) -> Any:
        """Metres from row to column; `inf` where there is no way."""

    def row(self, place: Id) -> int:
        """Which row and column `place` has; raises ValueError for one that is not there."""
