"""The measuring itself."""

import json
import time

import pytest

from samtun.foundation.models import Owner
from samtun.foundation.scope import open_scope
from tests.bench import measure


@pytest.mark.journey
def test_the_slower_is_seen_as_slower_and_rounds_are_interleaved():
    order = []

    def work(name, seconds):
        return lambda: (order.append(name), time.sleep(seconds))

    timings = measure.interleaved({"a": work("a", 0.001), "b": work("b", 0.004)}, times=3, rounds=2)
    assert order == ["a", "b", *"aaa", *"bbb", *"aaa", *"bbb"]
    assert 1 <= timings["a"].median < 4 <= timings["b"].median
    assert len(timings["a"].rounds) == 2


def test_statements_are_counted_beside_transaction_control(municipality):
    with measure.listening() as asked, open_scope(municipality.id):
        list(Owner.objects.all())
        Owner.objects.count()
    assert len(asked.statements) == 2
    assert all("foundation_owner" in sql for sql in asked.statements)


def test_buffers_grow_with_the_rows_read(municipality):
    with open_scope(municipality.id):
        Owner.objects.bulk_create(Owner(kind="centre", name=f"{n:0110}") for n in range(2000))
        with measure.listening() as one:
            list(Owner.objects.order_by("id")[:1])
        with measure.listening() as all_:
            list(Owner.objects.all())
        assert measure.cost(all_).buffers > 5 * measure.cost(one).buffers > 0
        assert (measure.cost(one).rows, measure.cost(all_).rows) == (1, 2000)


def test_rows_passed_over_are_read_too(municipality):
    with open_scope(municipality.id):
        Owner.objects.bulk_create(Owner(kind="centre", name=f"{n}") for n in range(50))
        with measure.listening() as asked:
            list(Owner.objects.filter(name="7"))
        cost = measure.cost(asked)
        assert (cost.rows, cost.read) == (1, 50)


@pytest.mark.usefixtures("db")
def test_figures_are_written_with_their_goal_and_nothing_about_whose_machine_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(measure, "ROOT", tmp_path)
    figures = {"desk": measure.Timing(1.5, 2.0, (1.5,)), "statements": 12}
    path = measure.write("pages", figures, goal="at most 15 statements", reached=True)
    assert path == tmp_path / "build" / "bench" / "pages.json"
    written = json.loads(path.read_text())
    machine = written.pop("machine")
    assert written == {
        "name": "pages", "goal": "at most 15 statements", "reached": True,
        "figures": {"desk": {"median_ms": 1.5, "p95_ms": 2.0, "rounds_ms": [1.5]}, "statements": 12},
    }  # fmt: skip
    assert set(machine) == {"cores", "load", "python", "django", "postgresql"}
