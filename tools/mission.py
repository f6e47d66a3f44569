"""Which rules and which practices have tests: `make mission` prints it and writes build/mission.json.

A marker is a claim that the test fails when the rule or the practice is broken; this only counts claims.
"""

import contextlib
import io
import json
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "rules.md"
RULES = [f"R{number:02}" for number in range(1, 115)]
PRACTICES = [
    "levels", "workshop", "verdighet", "legal", "lom", "drammen", "aksjonssenter", "vennesla", "arendal", "policy",
    "nav", "alta", "kristiansund", "levanger", "nissedal", "strand", "tromso", "vefsn", "instruments", "distrikt",
    "inkludering", "lag",
]  # fmt: skip


class Collector:
    """A pytest plugin that notes the markers of every collected test."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[str]]] = {"rule": defaultdict(list), "practice": defaultdict(list)}
        self.errors: list[str] = []

    def pytest_collection_modifyitems(self, items: list) -> None:
        """Note each test's markers."""
        for item in items:
            for kind, names in self.found.items():
                for marker in item.iter_markers(kind):
                    for name in marker.args:
                        names[name].append(item.nodeid)

    def pytest_collectreport(self, report: object) -> None:
        """Note what could not be collected: its claims would be missing."""
        if getattr(report, "failed", False):
            self.errors.append(str(getattr(report, "nodeid", "")))


def collect() -> Collector:
    """Collect all tests of every kind, without running them."""
    import pytest  # inline: slow to import

    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ["SAMTUN_JOURNEYS"] = "all"
    collector = Collector()
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", str(ROOT / "tests")], plugins=[collector])
    return collector


def unknown(found: dict[str, dict[str, list[str]]]) -> list[str]:
    """Names that are no rule or practice: a slip of the pen would else look like a test that is missing."""
    known = {"rule": set(RULES), "practice": set(PRACTICES)}
    return sorted(f"{kind} {name}" for kind, names in found.items() for name in set(names) - known[kind])


def report(found: dict[str, dict[str, list[str]]]) -> str:
    """Return the summary for people."""
    lines = []
    for title, kind, known in (("Rules", "rule", RULES), ("Practices", "practice", PRACTICES)):
        names = found[kind]
        there = [n for n in known if names.get(n)]
        lines.append(f"{title} with tests: {len(there)} of {len(known)}")
        lines += [f"  {n:<14} {len(names[n])}" for n in there]
        lines.append("  without: " + (" ".join(n for n in known if n not in there) or "none"))
    return "\n".join(lines)


def rules_page() -> str:
    """Return docs/reference/rules.md with its column of files as the markers in the tests' source say it."""
    files: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        name = path.relative_to(ROOT / "tests").as_posix().removeprefix("samtun/")
        for rule in re.findall(r"""mark\.rule\(["'](R\d{2,3})""", path.read_text(encoding="utf-8")):
            files[rule].add(name)
    lines = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        row = re.match(r"(\| (R\d{2,3}) \|[^|]*\|)", line)
        lines.append(f"{row[1]} {', '.join(f'`{name}`' for name in sorted(files[row[2]]))} |" if row else line)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report, write the file, and bring the page of the rules up to date."""
    PAGE.write_text(rules_page(), encoding="utf-8")
    collector = collect()
    if collector.errors:
        sys.exit("Some tests could not be collected, so the report would be wrong:\n" + "\n".join(collector.errors))
    if strange := unknown(collector.found):
        sys.exit("Markers that name nothing we know: " + ", ".join(strange))
    target = ROOT / "build" / "mission.json"
    target.parent.mkdir(exist_ok=True)
    written = {
        f"{kind}s": {name: collector.found[kind][name] for name in known if collector.found[kind].get(name)}
        for kind, known in (("rule", RULES), ("practice", PRACTICES))
    }
    target.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n")
    print(report(collector.found))


if __name__ == "__main__":
    main()
