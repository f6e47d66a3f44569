"""The map of the programme as SVG: roads, villages, and how much is on in each hall. No database, no words of its own.

Names never lie over each other: each is tried on all sides of its spot, and left out when there is room on none; the
table beside the map has them all. Halls too close to press are moved apart, with a line to where they are; more than
four in a heap are drawn as one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import cos, hypot, sin

from django.utils.html import format_html, format_html_join

from samtun.kernel.ground import Flat, Frame, Spot, simpler

WIDE, EDGE, LOW, HIGH = 360.0, 40.0, 280.0, 560.0
DISC, DOT = 14.0, 4.0
APART = 2 * DISC + 1
HEAP = 4
LETTER = 16.0
"""How high a name is; a letter is a little more than half as wide."""
SCALES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
GOLDEN = 2.399963


@dataclass(frozen=True, slots=True)
class Hall:
    """A place on the map: how many times something is on there, where its list is, and what is read aloud."""

    spot: Spot
    name: str
    number: int = 0
    step_free: bool = False
    url: str = ""
    said: str = ""
    village: str = ""


@dataclass(slots=True)
class Mark:
    """A hall, or a heap of them, where it is drawn; `true` is where it is."""

    true: Flat
    at: Flat
    name: str
    number: int
    step_free: bool
    url: str
    said: str


@dataclass(frozen=True, slots=True)
class Box:
    """Room that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two take the same room."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(slots=True)
class Taken:
    """What lies in the drawing already, and where a name can still stand."""

    frame: Frame
    boxes: list[Box] = field(default_factory=list)

    def around(self, at: Flat, radius: float) -> None:
        """Take the room around a mark."""
        self.boxes.append(Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius))

    def name(self, words: str, at: Flat, off: float) -> tuple[float, float, str] | None:
        """Find room for a name around a mark `off` wide: right, left, below, above, at its corners; None without."""
        wide, half = len(words) * LETTER * 0.56, LETTER * 0.5
        below, above, aside = at[1] + off + half + 2, at[1] - off - half - 2, off * 0.7
        for x, y, anchor in (
            (at[0] + off + 3, at[1], "start"), (at[0] - off - 3, at[1], "end"),
            (at[0], below, "middle"), (at[0], above, "middle"),
            (at[0] + aside, below, "end"), (at[0] - aside, below, "start"),
            (at[0] + aside, above, "end"), (at[0] - aside, above, "start"),
        ):  # fmt: skip
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            box = Box(left, y - half, left + wide, y + half)
            inside = box.left >= 2 and box.right <= self.frame.wide - 2 and 2 <= box.top <= self.frame.high - LETTER - 2
            if inside and not any(box.meets(other) for other in self.boxes):
                self.boxes.append(box)
                return x, y, anchor
        return None


def draw_map(
    roads: Iterable[tuple[int, Sequence[Spot]]], villages: Sequence[tuple[str, Spot]], halls: Sequence[Hall], *,
    label: str, heap: str, kilometres: Callable[[float], str],
) -> str:  # fmt: skip
    """Draw it; empty when nothing has a position.

    `label` names the map, `heap` is what several halls in one spot are called ("%d halls"), `kilometres` says
    what the scale is.
    """
    spots = [spot for _, spot in villages] + [hall.spot for hall in halls]
    if not spots:
        return ""
    frame = Frame.around(spots, wide=WIDE, edge=EDGE, low=LOW, high=HIGH)
    marks = marks_of([hall for hall in halls if hall.number], frame, heap)
    taken = Taken(frame)
    for mark in marks:
        taken.around(mark.at, DISC + 1)
    scale = _scale(frame, kilometres)
    taken.boxes.append(Box(0, frame.high - 26, 120, frame.high))
    quiet = [(hall.name, frame.place(hall.spot)) for hall in halls if not hall.number]
    for _, at in quiet:
        taken.around(at, DOT)
    names = [_village(name, frame.place(spot), taken) for name, spot in villages]
    drawn = [_mark(mark, taken) for mark in marks]
    dots = [_dot(name, at) for name, at in quiet]
    hidden = [*_roads(roads, frame), *dots, *names, scale]
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}"><g aria-hidden="true">{}</g>{}</svg>',
        f"{WIDE:g}", f"{frame.high:.0f}", label, _all(hidden), _all(drawn),
    )  # fmt: skip


CELLS = 9
"""How many squares there are across a drawing where one presses: forty wide, so that a finger finds one."""


def draw_to_press(
    frame: Frame, roads: Iterable[tuple[int, Sequence[Spot]]], villages: Sequence[tuple[str, Spot]],
    halls: Sequence[Hall], *, pin: Spot | None, address: Callable[[Spot], str], label: str,
    kilometres: Callable[[float], str],
) -> str:  # fmt: skip
    """Draw ground in squares that are links, each to what `address` says of its middle, with a pin where one stands.

    Nothing is read aloud but the label: who does not see it uses the buttons beside it.
    """
    taken = Taken(frame)
    taken.boxes.append(Box(0, frame.high - 26, 120, frame.high))
    inside = [(hall.name, at) for hall in halls if frame.holds(at := frame.place(hall.spot))]
    for _, at in inside:
        taken.around(at, DOT)
    names = [_village(name, at, taken) for name, spot in villages if frame.holds(at := frame.place(spot))]
    dots = [_dot(name, at) for name, at in inside]
    named = [_words("map-name", name, room) for name, at in inside if (room := taken.name(name, at, DOT))]
    needle = ""
    if pin is not None and frame.holds(at := frame.place(pin)):
        x, y = _tenths(at)
        shape = '<circle class="map-ring" cx="{}" cy="{}" r="9"/><circle class="map-true" cx="{}" cy="{}" r="3"/>'
        needle = format_html(shape, x, y, x, y)
    drawn = [*_roads(roads, frame), *dots, *names, *named, _scale(frame, kilometres), needle]
    return format_html(
        '<svg class="map map-press" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>',
        f"{frame.wide:g}", f"{frame.high:.0f}", label, _all(drawn), _all(_cells(frame, address)),
    )  # fmt: skip


def _cells(frame: Frame, address: Callable[[Spot], str]) -> list[str]:
    wide, down = frame.wide / CELLS, max(round(frame.high / frame.wide * CELLS), 1)
    high = frame.high / down
    shape = '<a href="{}" tabindex="-1" aria-hidden="true"><rect x="{}" y="{}" width="{}" height="{}"/></a>'
    return [
        format_html(
            shape, address(frame.spot(((x + 0.5) * wide, (y + 0.5) * high))), f"{x * wide:.1f}", f"{y * high:.1f}",
            f"{wide:.1f}", f"{high:.1f}",
        )
        for y in range(down) for x in range(CELLS)
    ]  # fmt: skip


def _roads(roads: Iterable[tuple[int, Sequence[Spot]]], frame: Frame) -> list[str]:
    """Draw roads by class, the least first; the two greatest have an edge, drawn under all of their class."""
    paths: dict[int, list[str]] = {}
    for level, spots in roads:
        line = [frame.place(spot) for spot in spots]
        if _is_seen(line, frame):
            first, *rest = simpler(line, 0.4)
            drawn = f"M{first[0]:.1f} {first[1]:.1f}L" + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest)
            paths.setdefault(level, []).append(drawn)
    found: list[str] = []
    for level in sorted(paths, reverse=True):
        d = "".join(paths[level])
        edge = format_html('<path class="road-edge-{}" d="{}"/>', level, d) if level < 3 else ""
        found.append(format_html('{}<path class="road-{}" d="{}"/>', edge, level, d))
    return found


def _is_seen(line: Sequence[Flat], frame: Frame) -> bool:
    """Whether any of it may lie inside: the box around it meets the drawing."""
    return Box(0, 0, frame.wide, frame.high).meets(
        Box(min(x for x, _ in line) - 1, min(y for _, y in line) - 1, max(x for x, _ in line) + 1,
            max(y for _, y in line) + 1)
    )  # fmt: skip


def marks_of(halls: Sequence[Hall], frame: Frame, heap: str) -> list[Mark]:
    """Put halls where they can be pressed: heaps of more than four as one, the others moved apart."""
    groups: list[list[Hall]] = []
    for hall in sorted(halls, key=lambda one: (-one.number, one.name)):
        at = frame.place(hall.spot)
        near = next((group for group in groups if _distance(frame.place(group[0].spot), at) < APART), None)
        if near is None:
            groups.append([hall])
        else:
            near.append(hall)
    marks = []
    for group in groups:
        if len(group) > HEAP:
            marks.append(_heap(group, frame, heap))
        else:
            marks += [_one(hall, frame) for hall in group]
    for mark, at in zip(marks, moved_apart([mark.true for mark in marks], frame), strict=True):
        mark.at = at
    return marks


def _one(hall: Hall, frame: Frame) -> Mark:
    at = frame.place(hall.spot)
    return Mark(at, at, hall.name, hall.number, hall.step_free, hall.url, hall.said)


def _heap(group: Sequence[Hall], frame: Frame, words: str) -> Mark:
    spots = [frame.place(hall.spot) for hall in group]
    at = sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots)
    name, number = words % len(group), sum(hall.number for hall in group)
    said = f"{name}, {number}: {', '.join(hall.name for hall in group)}"
    return Mark(at, at, name, number, all(hall.step_free for hall in group), "#steder", said)


def moved_apart(spots: Sequence[Flat], frame: Frame) -> list[Flat]:
    """Push apart what lies closer than a disc is wide, a little at a time, the same way each time."""
    at = [_inside(spot, frame) for spot in spots]
    for _ in range(80):
        is_still = True
        for one, other in combinations(range(len(at)), 2):
            apart = _distance(at[one], at[other])
            if apart >= APART - 0.01:
                continue
            is_still = False
            turn = GOLDEN * (one + other)
            x, y = ((at[other][i] - at[one][i]) / apart for i in (0, 1)) if apart > 0.01 else (cos(turn), sin(turn))
            push = (APART - apart) / 2 + 0.05
            at[one] = _inside((at[one][0] - x * push, at[one][1] - y * push), frame)
            at[other] = _inside((at[other][0] + x * push, at[other][1] + y * push), frame)
        if is_still:
            break
    return at


def _inside(at: Flat, frame: Frame) -> Flat:
    edge = DISC + 4
    return min(max(at[0], edge), frame.wide - edge), min(max(at[1], edge), frame.high - edge)


def _distance(one: Flat, other: Flat) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _mark(mark: Mark, taken: Taken) -> str:
    """Draw a disc with its number and, where there is room, its name; all of it is one link."""
    (x, y), (a, b) = _tenths(mark.at), _tenths(mark.true)
    words = leader = ring = ""  # the name first, as it is read aloud: who speaks to the page says what stands there
    if room := taken.name(mark.name, mark.at, DISC):
        words = format_html("{} ", _words("map-name", mark.name, room))
    if _distance(mark.at, mark.true) > 3:
        leader = format_html(
            '<path class="map-leader" d="M{} {}L{} {}"/><circle class="map-true" cx="{}" cy="{}" r="2.5"/>',
            a, b, x, y, a, b,
        )  # fmt: skip
    if mark.step_free:
        ring = format_html('<circle class="map-ring" cx="{}" cy="{}" r="{}"/>', x, y, f"{DISC:g}")
    size = DISC - 3.5 if mark.step_free else DISC
    return format_html(
        '<a href="{}" aria-label="{}">{}{}<circle class="map-disc" cx="{}" cy="{}" r="{}"/>{}'
        '<text class="map-number" x="{}" y="{}">{}</text></a>',
        mark.url, mark.said, leader, ring, x, y, f"{size:g}", words, x, y, str(mark.number),
    )  # fmt: skip


def _words(kind: str, words: str, room: tuple[float, float, str]) -> str:
    x, y, anchor = room
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', kind, f"{x:.1f}", f"{y:.1f}", anchor, words
    )


def _all(parts: Iterable[str]) -> str:
    return format_html_join("", "{}", ((part,) for part in parts))


def _tenths(at: Flat) -> tuple[str, str]:
    return f"{at[0]:.1f}", f"{at[1]:.1f}"


def _dot(name: str, at: Flat) -> str:
    x, y = _tenths(at)
    shape = '<circle class="map-quiet" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'
    return format_html(shape, x, y, f"{DOT:g}", name)


def _village(name: str, at: Flat, taken: Taken) -> str:
    room = taken.name(name, at, DOT) or taken.name(name, at, DISC + 6) or taken.name(name, at, DISC * 2 + 4)
    return "" if room is None else _words("map-village", name, room)


def _scale(frame: Frame, words: Callable[[float], str]) -> str:
    """Draw how long a round number of metres is."""
    metres = max((m for m in SCALES if m * frame.metre <= WIDE / 4), default=SCALES[0])
    long, y = metres * frame.metre, frame.high - 8
    return format_html(
        '<path class="map-scale" d="M10 {}v4h{}v-4"/><text class="map-scale-words" x="{}" y="{}">{}</text>',
        f"{y - 4:.1f}", f"{long:.1f}", f"{14 + long:.1f}", f"{y - 3:.1f}", words(metres / 1000),
    )  # fmt: skip
