"""Small numbers: a count so low that somebody could be seen behind it is not told (decisions 29)."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5


def too_few(number: int) -> bool:
    """Tell whether a count must be hidden: from one up to four. None at all may be told."""
    return 0 < number < LEAST


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a table of counts; None is what may not. `cells` is a list for each row."""

    total: int | None
    rows: list[int] | None
    columns: list[int] | None
    cells: list[list[int]] | None


def tell(table: Sequence[Sequence[int]]) -> Told:
    """Return what may be told of a table of counts, so that no count under five can be worked out from it.

    A single hidden cell is found by taking the others from the sum, so a kind of sum is told whole or not at all: every
    row, every column, every cell. How many there are in each row may be known to others whatever is told here; columns
    are therefore told only when they leave open, together with the rows, what stands in each small cell. That is judged
    by the sums alone: that something is told, or is not, says nothing about the cells that the sums do not say.
    """
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    total = sum(rows)
    open_columns = not any(map(too_few, columns)) and not any(
        _is_found(row, column, total) for row in rows for column in columns
    )
    every_cell = open_columns and not any(too_few(cell) for row in table for cell in row)
    return Told(
        total=None if too_few(total) else total, rows=None if any(map(too_few, rows)) else rows,
        columns=columns if open_columns else None, cells=[list(row) for row in table] if every_cell else None,
    )  # fmt: skip


def _is_found(row: int, column: int, total: int) -> bool:
    """Tell whether a small cell can be worked out from the sums of its row and its column: one value fits alone."""
    least, most = max(0, row + column - total), min(row, column)
    return least == most and too_few(least)
