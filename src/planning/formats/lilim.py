"""Li and Lim's sets: pickup and delivery with windows (Li and Lim 2001, doi:10.1109/ICTAI.2001.974461)."""

from dataclasses import replace

from planning.formats.trouble import FileError, number, whole
from planning.vocabulary.tours import Node, ToursProblem

COLUMNS = ("task", "x", "y", "demand", "earliest", "latest", "service", "pickup", "delivery")


def read_lilim(text: str) -> ToursProblem:
    """Read vehicles, capacity and speed, then a line a task, the depot first; 0 for a partner means none."""
    rows = [(line, words.split()) for line, words in enumerate(text.splitlines(), start=1) if words.strip()]
    if not rows:
        raise FileError("The file is empty.")
    line, head = rows[0]
    if len(head) != 3:
        raise FileError("The first line is vehicles, capacity and speed.", line=line)
    nodes, partners = [], []
    for at, words in rows[1:]:
        if len(words) != len(COLUMNS):
            raise FileError(f"A task has {len(COLUMNS)} columns, not {len(words)}.", line=at)
        nodes.append(_node(at, words))
        partners.append([(at, whole(word, at, field)) for word, field in zip(words[7:], COLUMNS[7:], strict=True)])
    places = {node.number: place for place, node in enumerate(nodes)}
    joined = [_join(node, pair, places) for node, pair in zip(nodes, partners, strict=True)]
    try:
        return ToursProblem("", tuple(joined), whole(head[0], line, "vehicles"), number(head[1], line, "capacity"))
    except ValueError as wrong:
        raise FileError(str(wrong), line=line) from None


def _node(line: int, words: list[str]) -> Node:
    figures = [number(word, line, field) for word, field in zip(words[1:7], COLUMNS[1:7], strict=True)]
    try:
        x, y, demand, ready, due, service = figures
        return Node(whole(words[0], line, "task"), x, y, demand, ready, due, service, partner=0)
    except FileError:
        raise
    except ValueError as wrong:
        raise FileError(str(wrong), line=line) from None


def _join(node: Node, pair: list[tuple[int, int]], places: dict[int, int]) -> Node:
    """Give a node its partner: the pickup of a delivery, the delivery of a pickup."""
    (line, pickup), (_, delivery) = pair
    other = pickup or delivery
    if other and other not in places:
        raise FileError(f"Task {node.number} belongs with {other}, which is not there.", line=line)
    return replace(node, partner=places[other] if other else None)
