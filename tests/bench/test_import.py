"""A list of 20,000 people: read, tried, taken in, taken in again, undone."""

import time

import pytest

from samtun.foundation.imports.reading import read
from samtun.foundation.imports.registry import importer_called
from samtun.foundation.scope import open_scope
from samtun.kernel import clock
from samtun.people.persons.models import Person
from samtun.work.imports import actions
from samtun.work.imports.models import ImportRun
from tests.bench import measure
from tests.factories import broken_files, sheets

ROWS = 20_000
GOAL_SECONDS = 120


def people(number):
    """So many rows, each with a number of its own."""
    given, family = broken_files.GIVEN, broken_files.FAMILY
    return [
        (given[n % len(given)], family[n // 7 % len(family)], f"9{n:07}", f"p{n}@eksempel.test", "", n)
        for n in range(number)
    ]


@pytest.mark.bench
def test_import(tun):
    rows = [(*sheets.HEAD, "Medlemsnr"), *people(ROWS)]
    content = sheets.as_xlsx(rows)
    taken, asked = {}, {}

    def timed(name, work):
        with open_scope(tun.municipality.id, tun.viewer()), measure.listening() as heard:
            began = time.perf_counter()
            made = work()
            taken[name] = round(time.perf_counter() - began, 2)
        asked[name] = len(heard.statements)
        return made

    def stage():
        return actions.stage(
            importer=importer_called("volunteers"), owner=tun.centre, file_name="mange.xlsx", content=content,
            by=tun.viewer(), at=clock.now(),
        )  # fmt: skip

    def pass_through(run, prefix):
        how = {"by": tun.viewer(), "at": clock.now()}
        mapping = {int(n): key for n, key in run.mapping.items()}
        timed(f"{prefix}map", lambda: actions.map_columns(run=run, mapping=mapping, source="liste", **how))
        told = []
        job = how | {"tell": told.append}
        timed(f"{prefix}try", lambda: actions.try_out(run=run, **job))
        timed(f"{prefix}start", lambda: actions.start(run=run, **how))
        timed(f"{prefix}take_in", lambda: actions.carry_out(run=run, **job))
        assert told[-1] == ROWS
        with open_scope(tun.municipality.id):
            return ImportRun.objects.get(id=run.id)

    taken["read"] = round(_seconds(lambda: read(content)), 2)
    first = pass_through(timed("stage", stage), "")
    again = pass_through(timed("again_stage", stage), "again_")
    assert (first.counts, again.counts) == ({"new": ROWS}, {"known": ROWS})
    at = clock.now()
    timed("undo", lambda: actions.undo(run=first, by=tun.viewer(), at=at))
    timed("take_out", lambda: actions.take_out(run=first, by=tun.viewer(), at=at, tell=[].append))
    with open_scope(tun.municipality.id):
        left = Person.objects.filter(email__endswith="@eksempel.test").count()
    whole = taken["stage"] + taken["try"] + taken["take_in"]
    measure.write(
        "import-20000",
        {
            "rows": ROWS, "bytes": len(content), "seconds": taken, "statements": asked,
            "rows_a_second_taken_in": round(ROWS / taken["take_in"]),
        },
        goal=f"read, tried and taken in within {GOAL_SECONDS} s", reached=whole <= GOAL_SECONDS,
    )  # fmt: skip
    assert left == 0


def _seconds(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
