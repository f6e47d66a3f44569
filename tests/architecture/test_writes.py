"""Actions are the only writers: no other furniture changes a row (house C, convention 4)."""

import ast
from pathlib import Path

from tests.architecture.source import SAMTUN, python_files, rel, tree

# Names that only the ORM's rows, managers and querysets have.
ALWAYS = {
    "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "asave", "acreate", "aupdate",
    "adelete", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create",
}  # fmt: skip
# Names that dictionaries, sets and others have as well: a write when what they are called on comes from the ORM.
SOMETIMES = {"create", "update", "delete"}
# Where SQL is written by hand outside the ground floor, and why. A new one is a decision (docs/adr) first.
RAW_SQL = {
    "src/samtun/config/embedded.py": "makes roles and databases before Django is loaded",
    "src/samtun/config/live.py": "listens on a connection of its own; reads no table (ADR 0032)",
    "src/samtun/demo/management/commands/demo_reset.py": "empties the demo's database",
    "src/samtun/operation/help_requests/planner.py": "who can be asked, in two statements (ADR 0014)",
}
ORM_WORDS = {"objects", "unscoped", "filter", "exclude", "select_for_update", "all", "order_by", "get", "first", "last"}


def is_allowed(path: Path) -> bool:
    """Whether a file may write: actions of a room, the ground floor, migrations, and the generator of invented people.

    The demo is not installed in real use, and makes hundreds of municipalities in bulk for measuring.
    """
    parts = path.relative_to(SAMTUN).parts
    return (
        parts[0] in {"foundation", "demo"} or path.name == "actions.py" or "actions" in parts or "migrations" in parts
    )


def words_of(node: ast.AST) -> set[str]:
    """Every attribute name inside an expression."""
    return {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def writes(module: ast.Module) -> list[tuple[int, str]]:
    """Line and name of each call that writes."""
    from_orm = {
        target.id
        for node in ast.walk(module)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value
        and words_of(node.value) & {"objects", "unscoped"}
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(module):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, on = node.func.attr, node.func.value
        orm = bool(words_of(on) & ORM_WORDS) or (isinstance(on, ast.Name) and on.id in from_orm)
        manager = isinstance(on, ast.Attribute) and name == "create"
        if name == "save" and node.args:
            continue  # a picture or a document saved to somewhere; a row is saved to its own place
        if name in ALWAYS or (name in SOMETIMES and (orm or manager)):
            found.append((node.lineno, name))
    return found


def test_only_actions_write():
    found = [
        f"{rel(path)}:{line} .{name}()"
        for path in python_files(SAMTUN)
        if not is_allowed(path)
        for line, name in writes(tree(path))
    ]
    assert found == []


def test_a_write_outside_is_seen():
    sample = ast.parse(
        "def view(request):\n"
        "    person = Person.objects.get(id=1)\n"
        "    person.delete()\n"
        "    person.save()\n"
        "    Person.objects.filter(a=1).update(b=2)\n"
        "    Person.objects.create(a=1)\n"
        "    person.known.create(owner=1)\n"
        "    words = {}\n"
        "    words.update(a=1)\n"
        "    seen.update({1})\n"
        "    picture.save(buffer)\n"
    )
    assert sorted(writes(sample)) == [(3, "delete"), (4, "save"), (5, "update"), (6, "create"), (7, "create")]


def test_no_raw_sql_outside_the_ground_floor():
    found = [
        f"{rel(path)}:{node.lineno}"
        for path in python_files(SAMTUN)
        if "foundation" not in path.relative_to(SAMTUN).parts and rel(path) not in RAW_SQL
        for node in raw_sql(tree(path))
    ]
    assert found == []


def raw_sql(module: ast.Module) -> list[ast.Call]:
    """Calls that send SQL as text."""
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in {"execute", "executemany", "raw", "extra"})
            or (isinstance(node.func, ast.Name) and node.func.id in {"RawSQL"})
        )
    ]


def test_raw_sql_is_seen():
    assert len(raw_sql(ast.parse("cursor.execute('x')\nPerson.objects.raw('x')\nRawSQL('x', [])\nplan.run()"))) == 3
