"""Draw how cost grows from build/bench/planning.json, beside published figures, into docs/explanation.

`python -m tests.planning.bench.drawing [JSON] [SVG]`. The colours stand on light and on dark paper.
"""

import json
import sys
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Any

from tests.planning.bench.runner import OUT

PICTURE = Path("docs/explanation/planning-growth.svg")
WIDE, HIGH, LEFT, TOP, BETWEEN = 300, 230, 62, 64, 90
LONG = 60
"""Seconds of the longest search of a whole run."""
DRAWN = (2, 10, 20)
"""Seconds of search whose gaps are drawn against trips."""
PUBLISHED = (
    ("a", 7.4, 0.002, "Malheiros et al. 2021", (7, 4)),
    ("b", 30.6, 0.01, "Braekers et al. 2014", (7, 4)),
    ("R", 83.0, 0.81, "Braekers et al. 2014", (4, -8)),
    ("R", 51.0, 0.93, "Gschwind & Drexl 2019", (-150, -8)),
    ("R", 200.0, 0.55, "Gschwind & Drexl 2019", (-110, 18)),
)
"""Set, seconds and mean gap in percent as their authors give them, each on a machine of its own; where its words go."""
STYLE = """<style>
text { font: 12px Inter, system-ui, sans-serif; fill: var(--ink); }
.small { font-size: 10.5px; } .title { font-weight: 600; font-size: 13px; }
.axis { stroke: var(--line); } .grid { stroke: var(--line); stroke-opacity: .35; }
.ours { fill: var(--fjord); stroke: var(--fjord); } .other { fill: none; stroke: var(--copper); stroke-width: 1.6; }
.way { fill: none; stroke: var(--fjord); stroke-width: 2; }
.thin { fill: none; stroke: var(--line); stroke-width: 2; stroke-dasharray: 5 4; }
.first { fill: none; stroke: var(--copper); stroke-width: 2; }
svg { --ink: #12262b; --line: #5d7074; --fjord: #0c5460; --copper: #a8501f; }
@media (prefers-color-scheme: dark) { svg { --ink: #e8eeef; --line: #93a5a9; --fjord: #6fc3d1; --copper: #f2a46b; } }
</style>"""


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where an axis goes, what stands along it, and how far each value is along it from 0 to 1."""

    low: float
    high: float
    words: str
    marks: tuple[float, ...]
    even: bool = False

    def share(self, value: float) -> float:
        """What is below the axis stands on it. Tenfold is always as far, but on an even axis."""
        if self.even:
            return (value - self.low) / (self.high - self.low)
        return log10(max(value, self.low) / self.low) / log10(self.high / self.low)


class Panel:
    """One diagram with two axes."""

    def __init__(self, corner: tuple[int, int], wide: int, title: str, across: Axis, up: Axis) -> None:
        (self.left, self.top), self.wide, self.across, self.up = corner, wide, across, up
        foot, end = self.top + HIGH, self.left + wide
        self.parts = [
            f'<text class="title" x="{self.left}" y="{self.top - 34}">{title}</text>',
            f'<text class="small" x="{self.left}" y="{self.top - 16}">{up.words}</text>',
            f'<text class="small" text-anchor="end" x="{end}" y="{foot + 34}">{across.words}</text>',
            f'<path class="axis" fill="none" d="M{self.left} {self.top}V{foot}H{end}"/>',
        ]
        for value in across.marks:
            here = self.x(value)
            self.parts.append(f'<path class="grid" d="M{here} {self.top}V{foot}"/>')
            self.parts.append(f'<text class="small" text-anchor="middle" x="{here}" y="{foot + 16}">{value:g}</text>')
        for value in up.marks:
            here = self.y(value)
            self.parts.append(f'<path class="grid" d="M{self.left} {here}H{end}"/>')
            self.parts.append(
                f'<text class="small" text-anchor="end" x="{self.left - 6}" y="{here + 4}">{value:g}</text>'
            )

    def x(self, value: float) -> float:
        """Where a value stands across."""
        return round(self.left + self.wide * self.across.share(value), 1)

    def y(self, value: float) -> float:
        """Where a value stands up."""
        return round(self.top + HIGH - HIGH * self.up.share(value), 1)

    def point(self, x: float, y: float, kind: str, words: str, beside: tuple[int, int] = (7, 4)) -> None:
        """Put a named point; its words begin so far to the right and below."""
        across, up = self.x(x), self.y(y)
        self.parts.append(f'<circle class="{kind}" cx="{across}" cy="{up}" r="4"/>')
        self.parts.append(
            f'<text class="small" x="{round(across + beside[0], 1)}" y="{round(up + beside[1], 1)}">{words}</text>'
        )

    def line(self, points: list[tuple[float, float]], kind: str, words: str) -> None:
        """Draw a line through points and name it at its end."""
        way = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in points)
        x, y = points[-1]
        self.parts.append(f'<polyline class="{kind}" points="{way}"/>')
        self.parts.append(f'<text class="small" x="{self.x(x) + 6}" y="{self.y(y) + 4}">{words}</text>')


TRIPS = Axis(20, 900, "trips", (25, 50, 100, 200, 400, 800))


def drawn(figures: list[dict[str, Any]]) -> str:
    """Draw all three diagrams from the figures that are there."""
    rows = [
        (int(one["name"].split()[0]), one["detail"])
        for one in figures
        if one["part"] == "growth" and "within 1 %, s" in one["detail"]
    ]
    panels = (_seconds(rows), _gaps(rows), _published(figures))
    body = "\n".join(part for panel in panels for part in panel.parts)
    wide, high = LEFT + 2 * WIDE + BETWEEN + 40, 2 * (TOP + HIGH + 50)
    told = "How ride plans grow: seconds and gaps by trips, and gaps to the best known cost beside published ones"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" aria-label="{told}">'
    return f"{head}\n<title>{told}</title>\n{STYLE}\n{body}\n</svg>\n"


def _seconds(rows: list[tuple[int, dict[str, Any]]]) -> Panel:
    """Seconds until a first plan and until one within a percent of the best that was found, by trips."""
    up = Axis(0.001, 100, "processor seconds", (0.001, 0.01, 0.1, 1, 10, 100))
    panel = Panel((LEFT, TOP), WIDE, "Seconds by the trips of a day", TRIPS, up)
    # A quick run has no long search to be near to.
    near = [(trips, row["within 1 %, s"]) for trips, row in rows if max(map(float, row["gaps"])) >= LONG]
    if near:
        panel.line(near, "way", "within 1 %")
    if rows:
        panel.line([(trips, row["first plan, s"]) for trips, row in rows], "first", "first plan")
    return panel


def _gaps(rows: list[tuple[int, dict[str, Any]]]) -> Panel:
    """How far from the best that was found a search is after some seconds, by trips."""
    up = Axis(0, 10, "gap to the best found in 60 s, %", (0, 2, 4, 6, 8, 10), even=True)
    panel = Panel((LEFT + WIDE + BETWEEN, TOP), WIDE, "Gap by the trips of a day", TRIPS, up)
    for seconds, kind in zip(DRAWN, ("thin", "way", "first"), strict=True):
        points = [(trips, gap) for trips, row in rows for at, gap in row["gaps"].items() if round(float(at)) == seconds]
        if points:
            panel.line(points, kind, f"{seconds} s")
    return panel


def _published(figures: list[dict[str, Any]]) -> Panel:
    """Mean gap of each published set by seconds, ours filled, others' open."""
    across = Axis(1, 300, "seconds", (1, 10, 100))
    up = Axis(0.001, 10, "mean gap, %", (0.001, 0.01, 0.1, 1, 10))
    title = "Published sets: gap to the best known cost"
    panel = Panel((LEFT, 2 * TOP + HIGH + 50), 2 * WIDE + BETWEEN, title, across, up)
    for one in figures:
        if one["part"] == "rides" and "-set, mean gap" in one["name"]:
            letter, seconds = one["name"][0], float(one["name"].split(", ")[-1].removesuffix(" s"))
            panel.point(
                seconds,
                one["value"],
                "ours",
                f"{letter}, ours",
                (7, {("a", 10): -3, ("b", 10): 13}.get((letter, seconds), 4)),
            )
    for letter, seconds, gap, who, beside in PUBLISHED:
        panel.point(seconds, gap, "other", f"{letter}, {who}", beside)
    return panel


if __name__ == "__main__":
    source, target = [*map(Path, sys.argv[1:]), *(OUT, PICTURE)[len(sys.argv) - 1 :]]
    target.write_text(drawn(json.loads(source.read_text(encoding="utf-8"))["figures"]), encoding="utf-8")
