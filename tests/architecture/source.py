"""The code as files and trees, for tests about the code."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
SAMTUN = SRC / "samtun"
STOREYS = (
    "kernel", "foundation", "notifications", "people", "partners", "work", "anchoring", "codesign", "operation",
    "evaluation", "portal", "api", "reporting", "demo", "config",
)  # fmt: skip
# Storeys that hold rooms; the others are packages of their own kind.
WITH_ROOMS = (
    "notifications",
    "people",
    "partners",
    "work",
    "anchoring",
    "codesign",
    "operation",
    "evaluation",
    "portal",
)


def rel(path: Path) -> str:
    """The path as it is written in lists and messages."""
    return str(path.relative_to(ROOT))


def python_files(*folders: Path, migrations: bool = False) -> Iterator[Path]:
    """Every Python file below the folders."""
    for folder in folders or (SRC,):
        for path in sorted(folder.rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file, read once."""
    return ast.parse(path.read_text())


def rooms() -> list[Path]:
    """Every room: a folder on a storey."""
    return [
        room
        for storey in WITH_ROOMS
        if (SAMTUN / storey).exists()
        for room in sorted((SAMTUN / storey).iterdir())
        if room.is_dir() and not room.name.startswith("__")
    ]


def templates(suffix: str = "*.html") -> list[Path]:
    """Every template."""
    return sorted(SAMTUN.rglob(f"templates/**/{suffix}"))


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function, inner ones too."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
