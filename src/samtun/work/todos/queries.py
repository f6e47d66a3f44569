"""What is due, for someone: one query (decisions 9)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from samtun.foundation import exports
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref
from samtun.work.todos.models import Todo

DESK_LINES = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the desk, ready to show: sentence, the one button, where it leads.

    `post` is where the button posts when the act can be done from the desk; `by_hand` when a person may say it is done.
    """

    id: UUID
    ref: Ref
    reason: str
    about: str
    due: dt.datetime
    is_late: bool
    sentence: str
    button: str
    url: str
    post: str = ""
    by_hand: bool = False
    put_off_until: dt.date | None = None
    put_off_by: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines there are: on the desk now, of them late, and put off to a later day."""

    open: int
    late: int
    later: int


@dataclass(frozen=True, slots=True)
class Wording:
    """How a room words its to-dos: the sentence and button for a reason, and the address for a thing.

    `acts` names, by reason, the URL that the button posts to, where one press does it. `parts` names, by reason, the
    part of the page where it is done. `by_hand` are the reasons that close when a person says so.
    """

    sentences: Mapping[str, tuple[str | Promise, str | Promise]]
    address: Callable[[UUID], str]
    acts: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()
    addresses: Mapping[str, Callable[[UUID], str]] = field(default_factory=dict)


_wordings: dict[str, Wording] = {}


def register_wording(kind: str, wording: Wording) -> None:
    """Set how to-dos about one kind of thing are worded."""
    _wordings[kind] = wording


def is_closed_by_hand(todo: Todo) -> bool:
    """Tell whether a person may say that this is done."""
    wording = _wordings.get(todo.ref_kind)
    return wording is None or todo.reason in wording.by_hand


def due_for(viewer: Viewer, *, at: dt.datetime, most: int = DESK_LINES) -> list[Line]:
    """Return the desk: the open to-dos of the owners the viewer acts for, the late ones first, then by due date.

    What is put off to a later day is not among them.
    """
    return _lines(_now(viewer, at).order_by("due", "id")[:most], at)


def counts_for(viewer: Viewer, *, at: dt.datetime) -> Counts:
    """Return how much there is, in one statement."""
    later = Q(put_off_until__gt=wall(at).date())
    found = open_for(viewer).aggregate(
        later=Count("due", filter=later), open=Count("due", filter=~later | Q(put_off_until=None)),
        late=Count("due", filter=(~later | Q(put_off_until=None)) & Q(due__lt=at)),
    )  # fmt: skip
    return Counts(**found)


def all_due_for(viewer: Viewer, *, at: dt.datetime, which: str = "", after: int = 0, most: int = 50) -> list[Line]:
    """Return the rows behind a count: `late`, `later` (put off), else all that is open; from row `after` on."""
    rows = _now(viewer, at)
    if which == "later":
        rows = open_for(viewer).filter(put_off_until__gt=wall(at).date())
    elif which == "late":
        rows = rows.filter(due__lt=at)
    return _lines(rows.order_by("due", "id")[after : after + most], at)


def due_by(viewer: Viewer, at: dt.datetime, *, most: int, but: tuple[str, str] = ("", "")) -> list[Line]:
    """Return what is due by a moment and not put off past it, of the viewer's own owners only.

    What another must assess, and one kind of thing for one reason, are left out.
    """
    kind, reason = but
    own = _now(viewer, at).filter(due__lte=at, owner__in=viewer.owners).exclude(audience=Permission.ASSESS_REQUESTS)
    rows = own.exclude(ref_kind=kind, reason=reason)
    return _lines(rows.order_by("due", "id")[:most], at)


def is_due(ref: Ref, reason: str) -> bool:
    """Tell whether something is due about a thing, on whosever desk."""
    return Todo.objects.filter(ref_kind=ref.kind, ref_id=ref.id, reason=reason, done_at=None).exists()


def count_due(viewer: Viewer) -> int:
    """Return how many to-dos are open for the viewer."""
    return open_for(viewer).count()


def open_for(viewer: Viewer, *, done: bool = False) -> QuerySet[Todo]:
    """Return what the viewer may see: own owners'; for an assessor what waits to be assessed, whoever owns it.

    `done` takes those that are closed along.
    """
    mine = Q(owner__in=viewer.owners, audience__in=[p.value for p in viewer.hat.permissions])
    if viewer.may(Permission.ASSESS_REQUESTS):
        mine |= Q(audience=Permission.ASSESS_REQUESTS)
    rows = Todo.objects.filter(mine)
    return rows if done else rows.filter(done_at=None)


def _now(viewer: Viewer, at: dt.datetime) -> QuerySet[Todo]:
    return open_for(viewer).filter(Q(put_off_until=None) | Q(put_off_until__lte=wall(at).date()))


def _lines(rows: QuerySet[Todo], at: dt.datetime) -> list[Line]:
    return [_line(todo, at) for todo in rows]


def _line(todo: Todo, at: dt.datetime) -> Line:
    wording = _wordings.get(todo.ref_kind)
    shared: dict[str, Any] = {
        "id": todo.id, "ref": Ref(todo.ref_kind, todo.ref_id), "reason": todo.reason, "about": todo.about,
        "due": todo.due, "is_late": todo.due < at, "put_off_until": todo.put_off_until, "put_off_by": todo.put_off_by,
    }  # fmt: skip
    if wording is None:
        return Line(**shared, sentence=todo.reason, button="", url="", by_hand=True)
    sentence, button = wording.sentences.get(todo.reason, (todo.reason, ""))
    address = wording.addresses.get(todo.reason, wording.address)(todo.ref_id)
    act, part = wording.acts.get(todo.reason, ""), wording.parts.get(todo.reason, "")
    return Line(
        **shared, sentence=str(sentence), button=str(button), url=f"{address}#{part}" if part else address,
        post=reverse(act, args=[todo.ref_id]) if act else "", by_hand=todo.reason in wording.by_hand,
    )  # fmt: skip


def _tables(owner: UUID) -> list[exports.Table]:
    columns = (
        "ref_kind",
        "ref_id",
        "reason",
        "about",
        "due",
        "made_at",
        "done_at",
        "done_by",
        "put_off_until",
        "put_off_by",
    )
    return [
        exports.Table("todos", columns, list(Todo.objects.filter(owner=owner).order_by("id").values_list(*columns)))
    ]


exports.register("todos", _tables)
