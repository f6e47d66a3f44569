"""The forms of the public sets are read, and a broken file is told of by line and field."""

import pytest

from planning.formats.lilim import read_lilim
from planning.formats.solomon import read_sections, read_table
from planning.formats.trouble import FileError
from tests.planning.formats.files import LILIM, SECTIONS, TABLE


def test_both_forms_say_the_same():
    table, sections = read_table(TABLE), read_sections(SECTIONS)
    assert [one.number for one in table.nodes] == [0, 1, 2]
    assert [one.number for one in sections.nodes] == [1, 2, 3], "numbers are those of the file"
    for one, other in zip(table.nodes, sections.nodes, strict=True):
        assert (one.x, one.y, one.demand, one.ready, one.due, one.service) == (
            other.x, other.y, other.demand, other.ready, other.due, other.service)  # fmt: skip
    assert (table.vehicles, table.capacity, table.name) == (sections.vehicles, sections.capacity, sections.name)
    assert not table.paired


def test_a_file_may_end_without_saying_so():
    assert read_sections(SECTIONS.replace("EOF\n", "")) == read_sections(SECTIONS)


def test_pickups_know_their_deliveries():
    problem = read_lilim(LILIM)
    assert [one.partner for one in problem.nodes] == [None, 2, 1]
    assert problem.paired


BROKEN = {
    "empty": (read_table, "", "empty"),
    "no vehicles": (read_table, "TINY\n", "NUMBER and CAPACITY"),
    "columns": (read_table, TABLE.replace("25          2", "25"), "line 11, CUSTOMER: A node has 7 columns, not 6"),
    "word": (read_table, TABLE.replace("3          4  ", "x          4  "), "line 11, XCOORD.: 'x' is not a number"),
    "half a number": (read_table, TABLE.replace("  1          10", "  1.5        10"), "line 5, NUMBER"),
    "window": (read_table, TABLE.replace("20         60", "70         60"), "line 12: The window of node 2 closes"),
    "no stop": (read_table, "\n".join(TABLE.splitlines()[:10]), "at least one stop"),
    "node number": (read_table, TABLE.replace("    2      6", "  2.5      6"), "line 12, CUST NO."),
    "too much": (read_table, TABLE.replace("8          5", "8         50"), "a vehicle holds"),
    "head": (read_sections, SECTIONS.replace("VEHICLES : 1\n", ""), "VEHICLES: is missing"),
    "dimension": (read_sections, SECTIONS.replace("DIMENSION : 3", "DIMENSION : 4"), "line 3, NODE_COORD_SECTION"),
    "row": (read_sections, SECTIONS.replace("2 3 4", "2 3"), "line 10, NODE_COORD_SECTION: A line has 3 columns"),
    "depot": (read_sections, SECTIONS.replace("SECTION\n1\n-1", "SECTION\n9\n-1"), "There is no node 9"),
    "no demand": (read_sections, SECTIONS.replace("3 5\nTIME", "4 5\nTIME"), "DEMAND_SECTION: Node 3 is missing"),
    "empty pairs": (read_lilim, "", "empty"),
    "first line": (read_lilim, "1 10\n", "line 1: The first line"),
    "task": (read_lilim, LILIM.replace("25 2 0 2", "25 2 0"), "line 3: A task has 9 columns"),
    "no partner": (read_lilim, LILIM.replace("2 0 2", "2 0 7"), "line 3: Task 1 belongs with 7"),
    "amounts": (read_lilim, LILIM.replace("-5", "-4"), "is not what its partner takes"),
    "task window": (read_lilim, LILIM.replace("0 25 2", "60 25 2"), "line 3: The window"),
    "task number": (read_lilim, LILIM.replace("\n1 3", "\n1.5 3"), "line 3, task"),
}  # fmt: skip


@pytest.mark.parametrize(("read", "text", "says"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_told_of(read, text, says):
    with pytest.raises(FileError, match=says.replace("(", r"\(")):
        read(text)
