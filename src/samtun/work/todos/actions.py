"""Verbs on to-dos: other rooms' actions write them, a person closes them or puts them off."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import is_closed_by_hand, open_for

LONGEST = dt.timedelta(days=60)


class DoneAlready(Refused):
    """Someone has seen to this already."""


class DayWrong(Refused):
    """Choose a day after today, at most two months ahead."""


class ClosesItself(Refused):
    """This goes away by itself when it is done. Open it, and do what it asks for."""


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


def put_off(*, todo: uuid.UUID, until: dt.date, by: Viewer, at: dt.datetime) -> Todo:
    """Take a line off the desk until a day; on a day when nobody is there, until the next one when somebody is.

    It stays due when it was due, and can be found under what is put off. Whoever has the same desk sees who did it.
    """
    today = wall(at).date()
    if not today < until <= today + LONGEST:
        raise DayWrong
    with transaction.atomic():
        row = _lock(todo, by)
        morning = dt.datetime.combine(until, dt.time.min, tzinfo=wall(at).tzinfo)
        opens = opening_hours_of(row.owner_id).next_opening(morning)
        row.put_off_until = max(until, opens.date()) if opens else until
        row.put_off_by = by.name[:160] or by.hat.label[:160]
        row.save(update_fields=["put_off_until", "put_off_by"])
        record(
            "todos.put_off", Ref(row.ref_kind, row.ref_id), by=by, at=at, reason=row.reason,
            until=row.put_off_until.isoformat(),
        )  # fmt: skip
    return row


def take_up_again(*, todo: uuid.UUID, by: Viewer, at: dt.datetime) -> Todo:
    """Bring a line that was put off back to the desk."""
    with transaction.atomic():
        row = _lock(todo, by)
        row.put_off_until, row.put_off_by = None, ""
        row.save(update_fields=["put_off_until", "put_off_by"])
        record("todos.take_up_again", Ref(row.ref_kind, row.ref_id), by=by, at=at, reason=row.reason)
    return row


def finish(*, todo: uuid.UUID, by: Viewer, at: dt.datetime) -> Todo:
    """Write down that a person has done what no act in here can see, as a call; the rest closes by the act itself."""
    with transaction.atomic():
        row = _lock(todo, by)
        if not is_closed_by_hand(row):
            raise ClosesItself
        row.done_at, row.done_by = at, by.name[:160]
        row.save(update_fields=["done_at", "done_by"])
        record("todos.done", Ref(row.ref_kind, row.ref_id), by=by, at=at, reason=row.reason)
    return row


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


def _lock(todo: uuid.UUID, by: Viewer) -> Todo:
    row = Todo.objects.select_for_update(of=("self",)).filter(id=todo).first()
    if row is None or not open_for(by, done=True).filter(id=row.id).exists():
        raise NotYours
    if row.done_at is not None:
        raise DoneAlready
    return row


def wait_until_open(*, owner: uuid.UUID, at: dt.datetime) -> int:
    """Move what is due on a day when nobody is there to the next one when somebody is (R114); return how many.

    Only what is not late yet, and only later: what has been promised stays promised.
    """
    hours, moved = opening_hours_of(owner), 0
    with transaction.atomic():
        rows = Todo.objects.select_for_update(of=("self",)).filter(owner=owner, done_at=None, due__gt=at)
        for row in rows.order_by("id"):
            due = wall(row.due)
            if not hours.on(due.date()) and hours.week:
                row.due = hours.after_days(due, 0)
                row.save(update_fields=["due"])
                moved += 1
    return moved


def still_todos(
    *, refs: Collection[Ref], by: Viewer, at: dt.datetime, reasons: tuple[str, ...] = ()
) -> list[uuid.UUID]:
    """Close what is due about these things, all or by reason; return what was closed, so that it can be reopened."""
    which = Q()
    for kind in {ref.kind for ref in refs}:
        which |= Q(ref_kind=kind, ref_id__in=[ref.id for ref in refs if ref.kind == kind])
    if not which:
        return []
    rows = Todo.objects.filter(which, done_at=None)
    if reasons:
        rows = rows.filter(reason__in=reasons)
    keys = list(rows.order_by("id").values_list("id", flat=True))
    Todo.objects.filter(id__in=keys).update(done_at=at, done_by=by.name[:160])
    return keys


def reopen_todos(*, todos: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Open again what was closed by mistake, unless the same is due already; return what was opened."""
    opened = set()
    for todo in Todo.objects.filter(id__in=todos, done_at__isnull=False).order_by("id"):
        same = Todo.objects.filter(ref_kind=todo.ref_kind, ref_id=todo.ref_id, reason=todo.reason, done_at=None)
        if not same.exists():
            todo.done_at, todo.done_by = None, ""
            todo.save(update_fields=["done_at", "done_by"])
            opened.add(todo.id)
    return opened
