"""No count under five can be worked out from what is told: not from sums, nor from that something is not told."""

import itertools

import pytest

from samtun.kernel.small import Told, tell, too_few


def tables(rows, columns):
    """Every table with these sums of its rows."""

    def split(number, parts):
        if parts == 1:
            yield (number,)
            return
        for first in range(number + 1):
            for rest in split(number - first, parts - 1):
                yield (first, *rest)

    return itertools.product(*(list(split(row, columns)) for row in rows))


def can_be_found(tell, rows, columns):
    """Return a table in which whoever knows the sums of the rows, and how it is told, finds a small count."""
    same = {}
    for table in tables(rows, columns):
        same.setdefault(repr(tell(table)), []).append(table)
    for told, possible in same.items():
        for r, c in itertools.product(range(len(rows)), range(columns)):
            found = {table[r][c] for table in possible}
            if len(found) == 1 and too_few(found.pop()):
                return told, possible[0]
        for c in range(columns):
            found = {sum(row[c] for row in table) for table in possible}
            if len(found) == 1 and too_few(found.pop()):
                return told, possible[0]
    return None


SIZES = [
    *((row,) for row in range(1, 14)),
    *((a, b) for a in range(1, 13) for b in range(1, a + 1)),
]


@pytest.mark.rule("R80")
@pytest.mark.parametrize("columns", [2, 3])
def test_nothing_small_can_be_worked_out(columns):
    sizes = [rows for rows in SIZES if columns == 2 or sum(rows) <= 13]
    found = {rows: can_be_found(tell, rows, columns) for rows in sizes}
    assert {rows: what for rows, what in found.items() if what} == {}


@pytest.mark.rule("R80")
def test_three_times_nor():
    assert [rows for rows in [(1, 5, 6), (5, 5, 5), (2, 2, 6), (1, 1, 1)] if can_be_found(tell, rows, 2)] == []


def only_the_cells(table):
    """What hides each small cell and nothing else."""
    return [[None if too_few(cell) else cell for cell in row] for row in table], [
        sum(column) for column in zip(*table, strict=True)
    ]


def by_the_cells(table):
    """What tells columns when they are not small, and never looks at what the rows say with them."""
    columns = [sum(column) for column in zip(*table, strict=True)]
    return None if any(map(too_few, columns)) else columns


def test_control_what_hides_less_is_found_out():
    assert can_be_found(only_the_cells, (5,), 2)
    assert can_be_found(by_the_cells, (6, 1), 2)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([[5, 6], [7, 0]], Told(18, [11, 7], [12, 6], [[5, 6], [7, 0]])),
        ([[3, 6], [7, 2]], Told(18, [9, 9], [10, 8], None)),
        ([[9, 1]], Told(10, [10], None, None)),
        ([[6, 0], [1, 0]], Told(7, None, None, None)),
        ([[1, 1], [1, 0]], Told(None, None, None, None)),
        ([[0, 0]], Told(0, [0], [0, 0], [[0, 0]])),
    ],
)
def test_what_is_told(table, told):
    assert tell(table) == told
