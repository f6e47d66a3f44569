"""The programme on paper: posters and a booklet in large type, tagged PDF (PDF/UA-1) by typst."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import qr_svg, tagged_pdf

SHEETS = ("a4", "a3")


@dataclass(frozen=True, slots=True)
class Item:
    """One time: when and what, with what stands below. `off` says that it is called off, and why."""

    time: str
    title: str
    where: str
    ring: str
    marks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    off: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and what is on."""

    title: str
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands on every paper, in the reader's language. `address` becomes a QR code; `shown` can be typed."""

    language: str
    printed: str
    page: str
    address: str
    shown: str
    scan: str
    drawn: str
    ring: str


@dataclass(frozen=True, slots=True)
class Programme:
    """All words of the programme for some days."""

    around: Around
    title: str
    period: str
    none: str
    days: list[Day] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Poster:
    """All words of one activity's poster. `facts` are what and its answer; `off` stands over everything."""

    around: Around
    title: str
    host: str
    about: str
    off: str
    times: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)


def poster_pdf(programme: Programme, *, sheet: str) -> bytes:
    """Return some days as a poster on A4 or A3."""
    return _pdf("poster", programme, sheet)


def booklet_pdf(programme: Programme) -> bytes:
    """Return some days as a booklet in large type, on A4."""
    return _pdf("booklet", programme, "a4")


def activity_pdf(poster: Poster, *, sheet: str) -> bytes:
    """Return one activity's poster on A4 or A3."""
    return _pdf("activity", poster, sheet)


def _pdf(name: str, words: Programme | Poster, sheet: str) -> bytes:
    around = {"sheet": sheet if sheet in SHEETS else "a4", "qr": qr_svg(words.around.address, border=0)}
    return tagged_pdf(f"activities/{name}.typ", paper=asdict(words) | around)
