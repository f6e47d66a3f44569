"""What is due, for someone: one query (decisions 9)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from samtun.foundation import exports
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.models import Todo


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the desk, ready to show: sentence, the one button, where it leads."""

    id: UUID
    ref: Ref
    reason: str
    about: str
    due: dt.datetime
    is_late: bool
    sentence: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How a room words its to-dos: the sentence and button for a reason, and the address for a thing."""

    sentences: Mapping[str, tuple[str | Promise, str | Promise]]
    address: Callable[[UUID], str]


_wordings: dict[str, Wording] = {}


def register_wording(kind: str, wording: Wording) -> None:
    """Set how to-dos about one kind of thing are worded."""
    _wordings[kind] = wording


def due_for(viewer: Viewer, *, at: dt.datetime, most: int = 50) -> list[Line]:
    """Return the open to-dos of the owners the viewer acts for, earliest due first."""
    rows = _open_for(viewer).order_by("due", "id")[:most]
    lines = []
    for todo in rows:
        wording = _wordings.get(todo.ref_kind)
        sentence, button = wording.sentences.get(todo.reason, (todo.reason, "")) if wording else (todo.reason, "")
        lines.append(
            Line(
                id=todo.id, ref=Ref(todo.ref_kind, todo.ref_id), reason=todo.reason, about=todo.about, due=todo.due,
                is_late=todo.due < at, sentence=str(sentence), button=str(button),
                url=wording.address(todo.ref_id) if wording else "",
            )
        )  # fmt: skip
    return lines


def count_due(viewer: Viewer) -> int:
    """Return how many to-dos are open for the viewer."""
    return _open_for(viewer).count()


def _open_for(viewer: Viewer) -> QuerySet[Todo]:
    """Return what the viewer may see: own owners'; for an assessor what waits to be assessed, whoever owns it."""
    mine = Q(owner__in=viewer.owners, audience__in=[p.value for p in viewer.hat.permissions])
    if viewer.may(Permission.ASSESS_REQUESTS):
        mine |= Q(audience=Permission.ASSESS_REQUESTS)
    return Todo.objects.filter(mine, done_at=None)


def _tables(owner: UUID) -> list[exports.Table]:
    columns = ("ref_kind", "ref_id", "reason", "about", "due", "made_at", "done_at", "done_by")
    return [
        exports.Table("todos", columns, list(Todo.objects.filter(owner=owner).order_by("id").values_list(*columns)))
    ]


exports.register("todos", _tables)
