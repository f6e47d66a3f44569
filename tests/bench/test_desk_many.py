"""The desk with 5,000 open to-dos: ten lines by one index, the rest as counts."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client

from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.ids import uuid7
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import due_for
from tests.bench import measure
from tests.factories.journey import log_in

MOST_STATEMENTS, GOAL_MS = 15, 100
REASONS = ("find_someone", "nobody_answered", "pick_one", "ring_me", "new")


def fill(tun, number):
    """Let the centre have so many things due, spread over a month; as many done, and as many of another's."""
    at, rows = clock.now(), []
    for n in range(number):
        for owner, done in ((tun.centre, None), (tun.centre, at), (tun.other, None)):
            due = at + dt.timedelta(minutes=n * 9 - 500)
            rows.append(
                Todo(
                    ref_kind="help_request", ref_id=uuid7(), reason=REASONS[n % 5], about="Snø på trappa · AS", due=due,
                    owner=owner, audience=Permission.HANDLE_REQUESTS, made_at=at, done_at=done,
                )
            )  # fmt: skip
    Todo.objects.bulk_create(rows, batch_size=2000)


def plan_of(asked):
    """How the ten lines are found, as the database explains it."""
    sql, values = next((s, v) for s, v in asked.queries if 'FROM "work_todos_todo"' in s and "LIMIT" in s)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", values)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.bench
@pytest.mark.parametrize("number", [10, 5_000])
def test_the_desk_with_many(tun, vacuumed, number):
    with open_scope(tun.municipality.id):
        fill(tun, number)
        client = Client()
        log_in(client, tun)
    vacuumed()
    headers = {"host": tun.municipality.host}
    assert client.get("/i-dag/", headers=headers).status_code == 200
    with measure.listening() as asked:
        assert client.get("/i-dag/", headers=headers).status_code == 200
    with open_scope(tun.municipality.id), measure.listening() as ten:
        assert len(due_for(tun.viewer(), at=clock.now())) == 10
    with open_scope(tun.municipality.id):
        cost, lines, plan = measure.cost(asked), measure.cost(ten), plan_of(ten)
    timings = measure.interleaved({"desk": lambda: client.get("/i-dag/", headers=headers)}, times=20)
    measure.write(
        f"desk-{number}",
        {
            "open": number, "desk": timings["desk"], "statements": len(asked.statements), "rows": cost.rows,
            "rows_read": cost.read, "buffers": cost.buffers, "ten_lines_rows_read": lines.read, "plan": plan,
        },
        goal=f"at most {MOST_STATEMENTS} statements; p95 at most {GOAL_MS} ms; the ten lines by index",
        reached=len(asked.statements) <= MOST_STATEMENTS and timings["desk"].p95 <= GOAL_MS,
    )  # fmt: skip
    assert len(asked.statements) <= MOST_STATEMENTS
    if number > 100:
        assert "todo_open_by_due" in plan, plan
        assert lines.read <= 40, "only the first lines are read"
