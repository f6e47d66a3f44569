"""Every act that is recorded has words for the timeline, and nothing has words that nobody records."""

import ast
import functools
import re

from samtun.foundation import acts
from tests.architecture.source import SAMTUN, python_files, rel, tree

# Functions that record an act they are given, by file: their own callers write the act out.
PASS_ON = {
    "src/samtun/notifications/messages/actions/handling.py": "_save",
    "src/samtun/notifications/messages/actions/receiving.py": "_audit",
}
ACT = re.compile(r"[a-z_]+\.[a-z_]+")


def calls(module: ast.Module, names: set[str]) -> list[ast.Call]:
    """Calls of functions by these names."""
    return [
        n
        for n in ast.walk(module)
        if isinstance(n, ast.Call) and (getattr(n.func, "id", "") in names or getattr(n.func, "attr", "") in names)
    ]


def recorded(module: ast.Module, passes_on: str = "") -> tuple[set[str], int]:
    """The acts written out in a module, and how many `record` calls take theirs from somewhere else."""
    found, given = set(), 0
    for call in calls(module, {"record"}):
        if call.args and isinstance(call.args[0], ast.Constant):
            found.add(call.args[0].value)
        elif len(call.args) == 2:
            given += 1
    for call in calls(module, {passes_on} if passes_on else set()):
        words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        found |= {w for w in words if ACT.fullmatch(w)}
    return found, given


@functools.cache
def everywhere() -> set[str]:
    found = set()
    for path in python_files(SAMTUN):
        if rel(path) != "src/samtun/foundation/audit.py":
            found |= recorded(tree(path), PASS_ON.get(rel(path), ""))[0]
    return {act for act in found if not act.startswith("demo.")}


def test_every_act_has_words():
    assert len(everywhere()) > 60
    assert sorted(everywhere() - acts.known()) == [], "word them: acts.register({...}) in the room's slots.py"


def test_no_words_for_what_nobody_does():
    assert sorted(acts.known() - everywhere()) == []


def test_acts_are_written_out_where_they_are_recorded():
    given = {rel(p): recorded(tree(p))[1] for p in python_files(SAMTUN)}
    assert {path for path, number in given.items() if number} == set(PASS_ON)


def test_a_forgotten_act_is_seen():
    sample = ast.parse("record('room.verb', ref, by=by)\nrecord(act, ref, by=by)\n_save(row, 'room.other', 'told')")
    assert recorded(sample, "_save") == ({"room.verb", "room.other"}, 1)
