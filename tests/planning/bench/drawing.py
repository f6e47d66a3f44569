"""Draw how cost grows from build/bench/planning.json, beside published figures, into docs/explanation.

`python -m tests.planning.bench.drawing [JSON] [SVG]`. The colours stand on light and on dark paper.
"""

import json
import sys
from math import log10
from pathlib import Path
from typing import Any

from tests.planning.bench.runner import OUT

PICTURE = Path("docs/explanation/planning-growth.svg")
WIDE, HIGH, LEFT, TOP = 300, 230, 62, 64
LONG = 60
"""Seconds of the longest search of a whole run."""
PUBLISHED = (
    ("a", 7.4, 0.002, "Malheiros et al. 2021"),
    ("b", 30.6, 0.01, "Braekers et al. 2014"),
    ("R", 83.0, 0.81, "Braekers et al. 2014"),
    ("R", 51.0, 0.93, "Gschwind & Drexl 2019"),
    ("R", 200.0, 0.55, "Gschwind & Drexl 2019"),
)
"""Set, seconds and mean gap in percent as their authors give them, each on a machine of its own."""
STYLE = """<style>
text { font: 12px Inter, system-ui, sans-serif; fill: var(--ink); }
.small { font-size: 10.5px; } .title { font-weight: 600; font-size: 13px; }
.axis { stroke: var(--line); } .grid { stroke: var(--line); stroke-opacity: .35; }
.ours { fill: var(--fjord); stroke: var(--fjord); } .other { fill: none; stroke: var(--copper); stroke-width: 1.6; }
.way { fill: none; stroke: var(--fjord); stroke-width: 2; }
.first { fill: none; stroke: var(--copper); stroke-width: 2; }
svg { --ink: #12262b; --line: #5d7074; --fjord: #0c5460; --copper: #a8501f; }
@media (prefers-color-scheme: dark) { svg { --ink: #e8eeef; --line: #93a5a9; --fjord: #6fc3d1; --copper: #f2a46b; } }
</style>"""


class Panel:
    """One diagram with two logarithmic axes."""

    def __init__(self, left: int, title: str, across: tuple[float, float, str], up: tuple[float, float, str]) -> None:
        self.left, self.across, self.up = left, across, up
        foot = TOP + HIGH
        self.parts = [
            f'<text class="title" x="{left}" y="{TOP - 34}">{title}</text>',
            f'<text class="small" x="{left}" y="{TOP - 16}">{up[2]}</text>',
            f'<text class="small" text-anchor="end" x="{left + WIDE}" y="{foot + 34}">{across[2]}</text>',
            f'<path class="axis" fill="none" d="M{left} {TOP}V{foot}H{left + WIDE}"/>',
        ]

    def x(self, value: float) -> float:
        """Where a value stands across."""
        low, high, _ = self.across
        return round(self.left + WIDE * log10(value / low) / log10(high / low), 1)

    def y(self, value: float) -> float:
        """Where a value stands up; what is below the axis stands on it."""
        low, high, _ = self.up
        return round(TOP + HIGH - HIGH * log10(max(value, low) / low) / log10(high / low), 1)

    def marks(self, across: tuple[float, ...], up: tuple[float, ...]) -> None:
        """Write numbers along both axes."""
        for value in across:
            here = self.x(value)
            self.parts.append(f'<path class="grid" d="M{here} {TOP}V{TOP + HIGH}"/>')
            self.parts.append(
                f'<text class="small" text-anchor="middle" x="{here}" y="{TOP + HIGH + 16}">{value:g}</text>'
            )
        for value in up:
            here = self.y(value)
            self.parts.append(f'<path class="grid" d="M{self.left} {here}H{self.left + WIDE}"/>')
            self.parts.append(
                f'<text class="small" text-anchor="end" x="{self.left - 6}" y="{here + 4}">{value:g}</text>'
            )

    def point(self, x: float, y: float, kind: str, words: str, below: bool = False) -> None:
        """Put a named point."""
        across, up = self.x(x), self.y(y)
        anchor, beside = ("end", -7) if across > self.left + WIDE / 2 else ("start", 7)
        down = 14 if below else 4
        self.parts.append(f'<circle class="{kind}" cx="{across}" cy="{up}" r="4"/>')
        self.parts.append(
            f'<text class="small" text-anchor="{anchor}" x="{across + beside}" y="{up + down}">{words}</text>'
        )

    def line(self, points: list[tuple[float, float]], kind: str, words: str) -> None:
        """Draw a line through points and name it at its end."""
        way = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in points)
        x, y = points[-1]
        self.parts.append(f'<polyline class="{kind}" points="{way}"/>')
        self.parts.append(f'<text class="small" text-anchor="end" x="{self.x(x)}" y="{self.y(y) - 8}">{words}</text>')


def drawn(figures: list[dict[str, Any]]) -> str:
    """Draw both diagrams from the figures that are there."""
    gaps, growth = _gaps(figures), _growth(figures)
    body = "\n".join([*gaps.parts, *growth.parts])
    wide, high = 2 * (LEFT + WIDE) + 40, TOP + HIGH + 50
    told = "How good and how costly ride plans are: gaps to the best known cost by seconds, and seconds by trips"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-label="{told}">'
    return f"{head}\n<title>{told}</title>\n{STYLE}\n{body}\n</svg>\n"


def _gaps(figures: list[dict[str, Any]]) -> Panel:
    """Mean gap of each published set by seconds, ours filled, others' open."""
    panel = Panel(LEFT, "Gap to the best known cost", (1, 300, "seconds"), (0.001, 10, "mean gap, %"))
    panel.marks((1, 10, 100), (0.001, 0.01, 0.1, 1, 10))
    for one in figures:
        if one["part"] == "rides" and "-set, mean gap" in one["name"]:
            letter, seconds = one["name"][0], float(one["name"].split(", ")[-1].removesuffix(" s"))
            panel.point(seconds, one["value"], "ours", f"{letter}, ours", below=letter == "b")
    for letter, seconds, gap, who in PUBLISHED:
        panel.point(seconds, gap, "other", f"{letter}, {who}")
    return panel


def _growth(figures: list[dict[str, Any]]) -> Panel:
    """Seconds until a first plan and until one within a percent of the best that was found, by trips."""
    rows = [
        (int(one["name"].split()[0]), one["detail"])
        for one in figures
        if one["part"] == "growth" and "within 1 %, s" in one["detail"]
    ]
    title = "How cost grows with the trips of a day"
    panel = Panel(2 * LEFT + WIDE + 30, title, (20, 1000, "trips"), (0.001, 100, "processor seconds"))
    panel.marks((25, 50, 100, 200, 400, 800), (0.001, 0.01, 0.1, 1, 10, 100))
    if rows:
        # A quick run has no long search to be near to.
        near = [(trips, row["within 1 %, s"]) for trips, row in rows if max(map(float, row["gaps"])) >= LONG]
        if near:
            panel.line(near, "way", "within 1 % of the best found")
        panel.line([(trips, row["first plan, s"]) for trips, row in rows], "first", "first plan of all trips")
    return panel


if __name__ == "__main__":
    source, target = [*map(Path, sys.argv[1:]), *(OUT, PICTURE)[len(sys.argv) - 1 :]]
    target.write_text(drawn(json.loads(source.read_text(encoding="utf-8"))["figures"]), encoding="utf-8")
