"""Solomon's sets with windows, in their classic table and in the TSPLIB-like form; Gehring and Homberger's table.

Solomon (1987), doi:10.1287/opre.35.2.254; Gehring and Homberger (1999), the same table with 200 stops and more.
"""

import re
from collections.abc import Iterator

from planning.formats.trouble import FileError, number, whole
from planning.vocabulary.tours import Node, ToursProblem

COLUMNS = ("CUST NO.", "XCOORD.", "YCOORD.", "DEMAND", "READY TIME", "DUE DATE", "SERVICE TIME")
HEADS = ("DIMENSION", "VEHICLES", "CAPACITY", "SERVICE_TIME")
SECTIONS = {"NODE_COORD_SECTION": 3, "DEMAND_SECTION": 2, "TIME_WINDOW_SECTION": 3}

type Rows = dict[int, tuple[int, list[str]]]
"""The words of each node's line and which line it is."""


def read_table(text: str) -> ToursProblem:
    """Read the classic table: name, vehicles and capacity, then a line a node, the depot first."""
    lines = list(_filled(text))
    if not lines:
        raise FileError("The file is empty.")
    name = lines[0][1]
    rows = [(line, words.split()) for line, words in lines[1:] if re.match(r"[-+.\d]", words)]
    if not rows or len(rows[0][1]) != 2:
        raise FileError("NUMBER and CAPACITY of the vehicles are missing.", line=rows[0][0] if rows else None)
    line, (vehicles, capacity) = rows[0]
    nodes = []
    for at, words in rows[1:]:
        if len(words) != len(COLUMNS):
            raise FileError(f"A node has {len(COLUMNS)} columns, not {len(words)}.", line=at, field="CUSTOMER")
        nodes.append(_node(at, words))
    return _problem(name, nodes, whole(vehicles, line, "NUMBER"), number(capacity, line, "CAPACITY"), line)


def read_sections(text: str) -> ToursProblem:
    """Read the TSPLIB-like form: heads, then a section each of places, demands and windows; the depot is named last."""
    heads: dict[str, tuple[int, str]] = {}
    tables: dict[str, Rows] = {name: {} for name in SECTIONS}
    section, depot = "", (0, "1")
    for line, words in _filled(text):
        if ":" in words:
            key, value = words.split(":", 1)
            heads[key.strip()] = (line, value.strip())
        elif words == "EOF":
            break
        elif not re.match(r"[-+.\d]", words):
            section = words
        elif section in tables:
            _add_row(tables[section], section, line, words.split())
        elif section == "DEPOT_SECTION" and words != "-1":
            depot = (line, words)
    if missing := [name for name in HEADS if name not in heads]:
        raise FileError("is missing.", field=missing[0])
    at, wanted = heads["DIMENSION"]
    size = whole(wanted, at, "DIMENSION")
    for name, table in tables.items():
        if len(table) != size:
            raise FileError(f"The file says {size} nodes, and {len(table)} are here.", line=at, field=name)
    return _from_sections(heads, tables, whole(depot[1], depot[0], "DEPOT_SECTION"))


def _add_row(table: Rows, section: str, line: int, words: list[str]) -> None:
    if len(words) != SECTIONS[section]:
        raise FileError(f"A line has {SECTIONS[section]} columns here, not {len(words)}.", line=line, field=section)
    table[whole(words[0], line, section)] = (line, words[1:])


def _from_sections(heads: dict[str, tuple[int, str]], tables: dict[str, Rows], depot: int) -> ToursProblem:
    """Put the sections together, the depot first."""
    spots, demands, windows = tables.values()
    if depot not in spots:
        raise FileError(f"There is no node {depot}.", field="DEPOT_SECTION")
    at, service = heads["SERVICE_TIME"]
    nodes = []
    for one in sorted(spots, key=lambda each: (each != depot, each)):
        for name, table in (("DEMAND_SECTION", demands), ("TIME_WINDOW_SECTION", windows)):
            if one not in table:
                raise FileError(f"Node {one} is missing.", field=name)
        words = [str(one), *spots[one][1], *demands[one][1], *windows[one][1], "0" if one == depot else service]
        nodes.append(_node(spots[one][0], words))
    line, vehicles = heads["VEHICLES"]
    there, capacity = heads["CAPACITY"]
    name = heads.get("NAME", (0, ""))[1]
    return _problem(name, nodes, whole(vehicles, line, "VEHICLES"), number(capacity, there, "CAPACITY"), at)


def _node(line: int, words: list[str]) -> Node:
    figures = [number(word, line, field) for word, field in zip(words[1:], COLUMNS[1:], strict=True)]
    try:
        x, y, demand, ready, due, service = figures
        return Node(whole(words[0], line, COLUMNS[0]), x, y, demand, ready, due, service)
    except FileError:
        raise
    except ValueError as wrong:
        raise FileError(str(wrong), line=line) from None


def _problem(name: str, nodes: list[Node], vehicles: int, capacity: float, line: int) -> ToursProblem:
    try:
        return ToursProblem(name, tuple(nodes), vehicles, capacity)
    except ValueError as wrong:
        raise FileError(str(wrong), line=line) from None


def _filled(text: str) -> Iterator[tuple[int, str]]:
    """Lines that hold something, with their numbers."""
    for line, words in enumerate(text.splitlines(), start=1):
        if words.strip():
            yield line, words.strip()
