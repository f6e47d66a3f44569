"""Verbs on to-dos: other rooms' actions write them, a person closes them."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.models import Todo


def open_todo(
    *, ref: Ref, reason: str, about: str, due: dt.datetime, owner: uuid.UUID, audience: Permission, at: dt.datetime
) -> Todo:
    """Note that something is due. Open already for the same thing and reason: the earlier due date stands."""
    with transaction.atomic():
        todo, fresh = Todo.objects.get_or_create(
            ref_kind=ref.kind, ref_id=ref.id, reason=reason, done_at=None,
            defaults={"about": about, "due": due, "owner_id": owner, "audience": audience, "made_at": at},
        )  # fmt: skip
        if not fresh and due < todo.due:
            todo.due = due
            todo.save(update_fields=["due"])
    return todo


def close_todos(*, ref: Ref, by: Viewer, at: dt.datetime, reasons: tuple[str, ...] = ()) -> int:
    """Close what was due about a thing, all or by reason; return how many."""
    rows = Todo.objects.filter(ref_kind=ref.kind, ref_id=ref.id, done_at=None)
    if reasons:
        rows = rows.filter(reason__in=reasons)
    return rows.update(done_at=at, done_by=by.name[:160])


def close_all_of(*, owner: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """Close all that is due for an owner that has left; return how many."""
    rows = Todo.objects.filter(owner=owner, owner__left_on__isnull=False, done_at=None)
    return rows.update(done_at=at, done_by=by.name[:160])
