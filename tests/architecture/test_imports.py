"""Imports inside functions carry a reason; private furniture and cycles are import-linter's (`make check`)."""

import ast
import re
from pathlib import Path

from tests.architecture.source import ROOT, SRC, python_files, rel

# `# inline: <reason>`; words after the reason may say more.
REASONS = ("apps not ready", "slow to import", "optional", "comes with the wheel", "as above")
MARK = re.compile(r"inline: (" + "|".join(REASONS) + ")")


def unexplained(text: str) -> list[int]:
    """Lines that import inside a function without an allowed reason."""
    lines = text.splitlines()
    inside = {
        node.lineno
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    return sorted(n for n in inside if not MARK.search(lines[n - 1]))


def test_each_inline_import_has_an_allowed_reason():
    files = [*python_files(SRC), *python_files(ROOT / "tools")]
    assert [f"{rel(p)}:{n}" for p in files for n in unexplained(p.read_text())] == []


def test_an_inline_import_without_reason_is_seen():
    assert unexplained(
        "import a\ndef f():\n    import b\n    import c  # inline: slow to import\n    import d  # why\n"
    ) == [3, 5]


def test_every_folder_with_code_is_a_package():
    """A folder without `__init__.py` is invisible to import-linter: three rules could be broken in it unseen."""
    found = {rel(p.parent) for p in python_files(SRC, migrations=True) if not (p.parent / "__init__.py").exists()}
    assert found == set()


def test_a_folder_without_init_would_be_seen(tmp_path: Path):
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose" / "a.py").write_text("x = 1\n")
    assert [p for p in python_files(tmp_path) if not (p.parent / "__init__.py").exists()] != []
