"""Draw routes on a map, and rounds along the day. Text in the drawing is what it is given, escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, EDGE, ROW = 900, 30, 26
COLOURS = ("#0b6e4f", "#b5442e", "#2f5d9b", "#8a6d1f", "#7a3e8e", "#3d7f86", "#9c3d63", "#56672b", "#40424e", "#a35f16")

type Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a drawing of the day: a name, from when to when, and the moments something happens in it."""

    name: str
    begin: float
    end: float
    marks: tuple[float, ...] = ()


def draw_map(title: str, spots: Sequence[Spot], routes: Sequence[Sequence[Spot]]) -> str:
    """Draw each route as a line through its spots, and every spot as a dot; north is up."""
    every = [*spots, *(spot for route in routes for spot in route)] or [(0.0, 0.0)]
    left, low = min(x for x, _ in every), min(y for _, y in every)
    wide = max(max(x for x, _ in every) - left, max(y for _, y in every) - low) or 1.0
    scale = (WIDTH - 2 * EDGE) / wide

    def at(spot: Spot) -> str:
        return f"{EDGE + (spot[0] - left) * scale:.1f},{WIDTH - EDGE - (spot[1] - low) * scale:.1f}"

    lines = [
        f'<polyline points="{" ".join(map(at, route))}" fill="none" stroke="{COLOURS[n % len(COLOURS)]}" '
        f'stroke-width="2"><title>{n + 1}</title></polyline>'
        for n, route in enumerate(routes)
    ]
    for spot in spots:
        x, y = at(spot).split(",")
        lines.append(f'<circle cx="{x}" cy="{y}" r="3" fill="#222"/>')
    return _whole(title, WIDTH, lines)


def draw_hours(title: str, bars: Sequence[Bar]) -> str:
    """Draw each bar along the same clock, an hour apart the lines; times are seconds after midnight."""
    first = min((bar.begin for bar in bars), default=0) // 3600 * 3600
    last = -(-max((bar.end for bar in bars), default=3600) // 3600) * 3600
    scale = (WIDTH - 150 - EDGE) / max(last - first, 3600)

    def x(at: float) -> float:
        return 150 + (at - first) * scale

    height = 2 * EDGE + ROW * len(bars)
    lines = []
    for hour in range(int(first // 3600), int(last // 3600) + 1):
        here = x(hour * 3600)
        lines.append(f'<line x1="{here:.1f}" x2="{here:.1f}" y1="{EDGE}" y2="{height - EDGE}" stroke="#ccc"/>')
        lines.append(f'<text x="{here:.1f}" y="{height - 10}" text-anchor="middle">{hour:02}</text>')
    for n, bar in enumerate(bars):
        top = EDGE + n * ROW
        lines.append(f'<text x="8" y="{top + 17}">{escape(bar.name)}</text>')
        lines.append(
            f'<rect x="{x(bar.begin):.1f}" y="{top + 4}" width="{(bar.end - bar.begin) * scale:.1f}" height="16" '
            f'fill="{COLOURS[n % len(COLOURS)]}"/>'
        )
        lines += (f'<circle cx="{x(at):.1f}" cy="{top + 12}" r="4" fill="#fff"/>' for at in bar.marks)
    return _whole(title, height, lines)


def _whole(title: str, height: float, lines: list[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>{escape(title)}</title>'
        f'<rect width="{WIDTH}" height="{height:g}" fill="#fff"/>'
    )
    return "\n".join([head, *lines, "</svg>", ""])
