"""The files of Cordeau & Laporte, and the result in their numbers."""

import pytest

from planning.formats.cordeau import as_result, read_cordeau
from planning.formats.trouble import FileError
from planning.problems.rides import plan_rides
from planning.stopping import Budget

TINY = """1 4 480 2 30
0 0 0 0 0 0 480
1 3 4 1 1 10 20
2 3 4 1 1 10 20
3 6 8 1 -1 0 480
4 6 8 1 -1 0 480
"""


@pytest.mark.parametrize("text", [TINY, TINY + "5 0 0 0 0 0 480\n"])
def test_a_tiny_file_is_planned_in_its_own_numbers(text):
    problem = read_cordeau(text)
    plan = plan_rides(problem, Budget(iterations=50), seed=3)
    result = as_result(problem, plan)
    assert result["cost"] == 20
    assert result["judge"] == {"ok": True, "reasons": []}
    assert result["seed"] == 3
    route = result["routes"][0]
    assert (route["vehicle"], route["nodes"][0], route["nodes"][-1]) == (0, 0, 5)
    assert sorted(route["nodes"][1:3]) == [1, 2]
    assert len(route["start"]) == 6


BROKEN = {
    "empty": ("\n", 1, "vehicles"),
    "word": (TINY.replace("480 2", "480 two"), 1, "places"),
    "short line": (TINY.replace("1 3 4 1 1 10 20", "1 3 4 1 1 10"), 3, "latest"),
    "no trips": ("1 4 480 2 30\n0 0 0 0 0 0 480\n", 2, "nodes"),
    "wrong number": (TINY.replace("2 3 4 1 1 10 20", "7 3 4 1 1 10 20"), 4, "number"),
    "no service": (TINY.replace("2 3 4 1 1 10 20", "2 3 4 -1 1 10 20"), 4, "service"),
    "half a place": (TINY.replace("2 3 4 1 1 10 20", "2 3 4 1 0.5 10 20"), 4, "load"),
    "without end": (TINY.replace("2 3 4 1 1 10 20", "2 3 4 1 1 10 inf"), 4, "latest"),
    "late before early": (TINY.replace("2 3 4 1 1 10 20", "2 3 4 1 1 30 20"), 4, "latest"),
    "no vehicle": (TINY.replace("1 4 480", "0 4 480"), 1, "vehicles"),
}


@pytest.mark.parametrize(("text", "line", "field"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_by_line_and_field(text, line, field):
    with pytest.raises(FileError) as told:
        read_cordeau(text)
    assert (told.value.line, told.value.field) == (line, field)
