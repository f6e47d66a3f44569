"""The line of sight: what a thing rests on above it, and what rests on it below, across the three floors (ADR 27).

Rooms tie what they make to what it rests on, in the same transaction, and say in words what their things are. Ties of
what there is much of, as a request and its kind of help, are not written: such a room registers a `Crowd`.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import connection

from samtun.foundation.models import Tie
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref

DEEP = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on the line, for one viewer: its name, its page ("" when they may not open it), its state in words.

    `place`: among others of its kind, from the top; those in the same place stand by name.
    """

    ref: Ref
    title: str
    url: str = ""
    state: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that stands on the line.

    `floor`: 1 anchoring, 2 co-design, 3 operation. `order`: within its floor, from the top. `rows(viewer, ids)` gives
    what the viewer may know of them in one statement or two; what is left out is out of their sight. `rests_on` is for
    kinds there are too many of to tie: what one of them rests on, by its own fields.
    """

    kind: str
    floor: int
    order: int
    rows: Callable[[Viewer, Collection[uuid.UUID]], Collection[Seen]]
    rests_on: Callable[[uuid.UUID], Collection[Ref]] = lambda _id: ()


@dataclass(frozen=True, slots=True)
class Crowd:
    """Many things under one on the line, told by their number: "14 requests"; `url` opens the rows it is made of.

    `name` says what is counted, as a plural, translated when it is shown; `small` is True when it is too few to tell.
    """

    under: Ref
    name: str
    number: int
    url: str = ""
    words: str = ""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is on its way in the house now: on a floor, going up from it or down to those below; `url` opens its rows.

    `name` says what is counted, after its number, in the viewer's language.
    """

    floor: int
    way: str  # "here", "up", "down"
    name: str
    number: int
    url: str


type Moving = Callable[[Viewer, dt.datetime], Collection[Traffic]]
type Counted = Callable[[Viewer, Collection[Ref], dt.datetime], Collection[Crowd]]

_kinds: dict[str, Kind] = {}
_crowds: list[Counted] = []
_moving: list[Moving] = []


def register(kind: Kind) -> None:
    """Make a kind of thing known to the line; twice is a programming error."""
    if kind.kind in _kinds:
        raise ValueError(f"{kind.kind} stands on the line of sight twice.")
    _kinds[kind.kind] = kind


def register_crowd(counted: Counted) -> None:
    """Make a room's numbers known: `counted(viewer, refs, at)` gives those under any of the things on the line."""
    _crowds.append(counted)


def register_traffic(moving: Moving) -> None:
    """Make known what a room has on its way between the floors, for a viewer."""
    _moving.append(moving)


def tie(*, lower: Ref, upper: Ref, at: dt.datetime) -> None:
    """Say that one thing rests on another; a second time changes nothing. ValueError when they are the same.

    Foundation writes it for an action of the room of the lower thing, in that action's transaction.
    """
    if lower == upper:
        raise ValueError("A thing cannot rest on itself.")
    Tie.objects.bulk_create(
        [Tie(lower_kind=lower.kind, lower_id=lower.id, upper_kind=upper.kind, upper_id=upper.id, made_at=at)],
        ignore_conflicts=True,
    )


def untie(*, lower: Ref, upper: Ref, at: dt.datetime) -> None:
    """Say that one thing does not rest on another any more; it stays in what has been."""
    Tie.objects.filter(
        lower_kind=lower.kind, lower_id=lower.id, upper_kind=upper.kind, upper_id=upper.id, ended_at=None
    ).update(ended_at=at)


def uppers(ref: Ref, kind: str) -> list[uuid.UUID]:
    """Return the things of one kind that this one rests on, nearest step only, in the order they were tied."""
    rows = Tie.objects.filter(lower_kind=ref.kind, lower_id=ref.id, upper_kind=kind, ended_at=None)
    return list(rows.order_by("id").values_list("upper_id", flat=True))


def lowers(ref: Ref, kind: str) -> list[uuid.UUID]:
    """Return the things of one kind that rest on this one, nearest step only, in the order they were tied."""
    rows = Tie.objects.filter(upper_kind=ref.kind, upper_id=ref.id, lower_kind=kind, ended_at=None)
    return list(rows.order_by("id").values_list("lower_id", flat=True))


_WALK = """
with recursive up(kind, id, deep) as (
    select %(kind)s::varchar, %(id)s::uuid, 0
    union
    select t.upper_kind, t.upper_id, up.deep + 1
    from up join foundation_tie t
      on t.tenant_id = %(tenant)s and t.lower_id = up.id and t.lower_kind = up.kind and t.ended_at is null
    where up.deep < %(most)s
), down(kind, id, deep) as (
    select %(kind)s::varchar, %(id)s::uuid, 0
    union
    select t.lower_kind, t.lower_id, down.deep + 1
    from down join foundation_tie t
      on t.tenant_id = %(tenant)s and t.upper_id = down.id and t.upper_kind = down.kind and t.ended_at is null
    where down.deep < %(most)s
)
select 1, kind, id from up where deep > 0 union select -1, kind, id from down where deep > 0
"""


def line_of(ref: Ref) -> tuple[set[Ref], set[Ref]]:
    """Return all that a thing rests on, and all that rests on it, at most eight steps away; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WALK, {"kind": ref.kind, "id": ref.id, "tenant": current_tenant(), "most": DEEP})
        found = [(way, Ref(kind, key)) for way, kind, key in cursor.fetchall()]
    above = {one for way, one in found if way == 1} - {ref}
    return above, {one for way, one in found if way == -1} - {ref} - above


def describe(viewer: Viewer, refs: Collection[Ref]) -> list[Seen]:
    """Return what the viewer may know of things on the line, from the top floor down; a statement or two a kind."""
    by_kind: dict[str, set[uuid.UUID]] = defaultdict(set)
    for ref in refs:
        by_kind[ref.kind].add(ref.id)
    found = [
        (kind.floor, kind.order, one.place, one.title, one)
        for name, ids in by_kind.items()
        if (kind := _kinds.get(name))
        for one in kind.rows(viewer, ids)
    ]
    return [one for *_, one in sorted(found, key=lambda row: row[:4])]


def beneath(ref: Ref) -> tuple[Ref, ...]:
    """Return what a thing rests on by its own fields, without a tie."""
    kind = _kinds.get(ref.kind)
    return tuple(kind.rests_on(ref.id)) if kind else ()


def floor_of(kind: str) -> int:
    """Return the floor a kind stands on; 3 for what is not on the line itself."""
    return _kinds[kind].floor if kind in _kinds else 3


def crowds(viewer: Viewer, refs: Collection[Ref], at: dt.datetime) -> list[Crowd]:
    """Return what the rooms count under these things."""
    return [one for counted in _crowds for one in counted(viewer, refs, at)]


def traffic(viewer: Viewer, at: dt.datetime) -> list[Traffic]:
    """Return what is on its way in the house for this viewer; what there is none of is left out."""
    return [one for moving in _moving for one in moving(viewer, at) if one.number]
