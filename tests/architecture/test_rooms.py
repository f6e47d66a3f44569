"""Every room has the same furniture, and no other (house C, convention 3)."""

import ast
from pathlib import Path

from tests.architecture.source import SAMTUN, rel, rooms, tree

MODULES = {
    "__init__", "apps", "admin", "tasks", "receivers", "importer", "slots", "planner", "actions", "notices", "queries",
    "rules", "models", "events", "enums",
}  # fmt: skip
FOLDERS = {"web", "actions", "queries", "models", "adapters", "management", "migrations", "templates", "__pycache__"}
WEB = {"__init__", "urls", "views", "forms", "tables"}
DOCSTRING = 8


def strange(room: Path) -> list[str]:
    """What does not belong in a room."""
    found = []
    for thing in sorted(room.iterdir()):
        if thing.is_dir():
            if thing.name not in FOLDERS:
                found.append(f"{thing.name}/")
        elif thing.suffix != ".py" or thing.stem not in MODULES:
            found.append(thing.name)
    web = room / "web"
    if web.is_dir():
        found += [
            f"web/{t.name}"
            for t in sorted(web.iterdir())
            if t.name != "__pycache__" and (t.stem not in WEB or (t.is_dir() and t.name not in {"views", "forms"}))
        ]
    for name in ("actions", "queries", "models", "web/views", "web/forms"):
        folder = room / name
        if folder.is_dir():
            found += [f"{name}/{t.name}/" for t in folder.iterdir() if t.is_dir() and t.name != "__pycache__"]
    return found


def docstring_fault(module: ast.Module) -> str:
    """What is wrong with a room's docstring; empty when nothing."""
    text = ast.get_docstring(module)
    if not text:
        return "has no docstring"
    return f"docstring of {len(text.splitlines())} lines" if len(text.splitlines()) > DOCSTRING else ""


def test_only_known_furniture():
    assert [f"{rel(room)}: {thing}" for room in rooms() for thing in strange(room)] == []


def test_rooms_say_what_they_are():
    faults = {rel(room): docstring_fault(tree(room / "__init__.py")) for room in rooms()}
    assert {k: v for k, v in faults.items() if v} == {}


def test_storeys_hold_rooms_and_nothing_else():
    found = [
        rel(thing)
        for storey in {room.parent for room in rooms()}
        for thing in storey.iterdir()
        if thing.is_file() and thing.name != "__init__.py"
    ]
    assert found == []


def test_every_room_is_installed():
    from django.conf import settings

    there = {f"{room.parent.name}.{room.name}" for room in rooms()}
    assert there == {r for r in settings.ROOMS if "." in r}


def test_strange_furniture_is_seen(tmp_path: Path):
    for name in ("__init__.py", "actions.py", "helpers.py", "style.css"):
        (tmp_path / name).touch()
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "utils.py").touch()
    assert strange(tmp_path) == ["helpers.py", "style.css", "web/utils.py"]


def test_a_missing_or_long_docstring_is_seen():
    assert docstring_fault(ast.parse("x = 1"))
    assert docstring_fault(ast.parse('"""' + "line\n" * 9 + '"""'))
    assert not docstring_fault(ast.parse('"""One line."""'))


def test_the_first_samtun_folder_is_the_house():
    assert SAMTUN.name == "samtun"
