"""Questions about imports, always for someone."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from samtun.foundation import exports, refs
from samtun.foundation.audit import saw
from samtun.foundation.imports.letters import with_letters
from samtun.foundation.imports.registry import SOURCE_ID, BadCell, Importer, Known, Row, Said, importers_for
from samtun.foundation.imports.registry import Trace as TraceOf
from samtun.foundation.keys import keyed_hash
from samtun.foundation.progress import how_far
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.work.imports.models import Identity, ImportRow, ImportRun, Trace
from samtun.work.imports.rules import UNDOABLE, handles, importer_of

REMARK = "remark"
"""Not an outcome: rows that come in, with something said about them."""
BY_WORDS = ""
"""The source of rows in lists without numbers of their own: they are known by what they say."""
OPEN = (
    ImportRun.State.LETTERS, ImportRun.State.SHEET, ImportRun.State.COLUMNS, ImportRun.State.TRYING,
    ImportRun.State.TRIED, ImportRun.State.RUNNING, ImportRun.State.FAILED,
)  # fmt: skip


@dataclass(slots=True)
class Read:
    """One row as its cells were read: facts, what is wrong, and by what it is known again."""

    number: int
    facts: dict[str, Any]
    wrong: list[Said]
    source: str = BY_WORDS
    source_id: str = ""


def runs_for(viewer: Viewer) -> list[ImportRun]:
    """Return the owner's latest runs of kinds that the viewer may take in, newest first."""
    kinds = [i.key for i in importers_for(viewer)]
    rows = ImportRun.objects.filter(owner__in=viewer.owners, importer__in=kinds).exclude(
        state=ImportRun.State.ABANDONED
    )
    return list(rows.select_related("owner").order_by("-made_at")[:30])


def run_for(viewer: Viewer, run_id: uuid.UUID) -> ImportRun:
    """Return one run; NotYours when out of sight. That its list is read is logged on the run itself."""
    run = ImportRun.objects.filter(id=run_id).select_related("owner").first()
    if run is None or not handles(viewer, run):
        raise NotYours
    if run.state in OPEN:
        saw(run.id, how="listed")
    return run


def taken_before(run: ImportRun) -> ImportRun | None:
    """Return the latest run that took in the very same sheet for the same owner; None when there is none."""
    same = ImportRun.objects.filter(
        owner=run.owner_id, importer=run.importer, digest=run.digest, sheet=run.sheet, state=ImportRun.State.DONE
    )
    return same.exclude(id=run.id).order_by("-done_at").first()


def last_source(run: ImportRun) -> str:
    """Return what the owner called such a list the last time; empty when there is none."""
    rows = ImportRun.objects.filter(owner=run.owner_id, importer=run.importer, state=ImportRun.State.DONE)
    found = rows.exclude(source="").order_by("-done_at").values_list("source", flat=True).first()
    return found or ""


def rows_of(run: ImportRun, *, outcome: str = "") -> QuerySet[ImportRow]:
    """Return the rows of a file that waits in its order, with one outcome, or those we say something about."""
    rows = ImportRow.objects.filter(run=run).order_by("number")
    if outcome == REMARK:
        return rows.exclude(outcome="wrong").exclude(said=[])
    return rows.filter(outcome=outcome) if outcome else rows


def wrong_rows(run: ImportRun) -> exports.Table:
    """Return the rows with something wrong as they were given, each after its number and what is wrong with it.

    In the language in use. That the list was taken away is logged on the run itself.
    """
    saw(run.id, how="exported")
    rows = rows_of(run, outcome="wrong").values_list("number", "said", "cells")
    return exports.Table(
        "wrong", (gettext("Row"), gettext("What is wrong"), *run.headings),
        [(number, sentences(said), *cells) for number, said, cells in rows.iterator()],
    )  # fmt: skip


def sentences(said: Sequence[Sequence[Any]]) -> str:
    """Return what is said about a row in the language in use; numbers of rows and the like are set in."""
    return " ".join(str(Said(text, values)) for text, values in said)


def examples(run: ImportRun, *, most: int = 3) -> list[list[str]]:
    """Return the first few different contents of each column."""
    found: list[dict[str, None]] = [{} for _ in run.headings]
    for cells in ImportRow.objects.filter(run=run).order_by("number").values_list("cells", flat=True)[:60]:
        for own, cell in zip(found, cells, strict=False):
            if cell and len(own) < most:
                own[cell] = None
    return [list(own) for own in found]


def names_with_letters(run: ImportRun) -> list[str]:
    """Return up to three names of the file with letters beyond a-z, for a person to see that they are right."""
    columns = [int(n) for n, key in run.mapping.items() if key in {"given_name", "family_name", "whole_name", "name"}]
    rows = ImportRow.objects.filter(run=run).order_by("number").values_list("cells", flat=True)
    return with_letters(" ".join(cells[n] for n in sorted(columns)).strip() for cells in rows.iterator())


def how_far_of(run: ImportRun) -> int:
    """Return how many rows of a running import are done."""
    return min(how_far(str(run.id)), run.rows)


def read_rows(run: ImportRun, *, known: Known, skip_wrong: bool = False) -> Iterator[Read]:
    """Yield each row of the file as its columns say; two rows of one source id with different names are wrong."""
    importer = importer_of(run)
    columns = {c.key: c for c in importer.columns}
    chosen = {int(n): key for n, key in run.mapping.items() if key}
    for number, cells in ImportRow.objects.filter(run=run).order_by("number").values_list("number", "cells"):
        facts: dict[str, Any] = {}
        wrong: list[Said] = []
        source_id = ""
        for n, key in chosen.items():
            cell = cells[n] if n < len(cells) else ""
            if not cell:
                continue
            if key == SOURCE_ID:
                source_id = cell[:80]
                continue
            try:
                facts[key] = columns[key].read(cell, known)
            except BadCell as bad:
                wrong.append(bad.said)
        wrong += importer.check(facts) if not wrong else []
        read = Read(number, facts, wrong)
        if not wrong:
            read.source, read.source_id = _known_by(run, importer, source_id, facts)
        yield read


def _known_by(run: ImportRun, importer: Importer, source_id: str, facts: dict[str, Any]) -> tuple[str, str]:
    if source_id:
        return run.source, source_id
    return BY_WORDS, keyed_hash(importer.same_as(facts), purpose=f"import-{importer.kind}")


def known_as(run: ImportRun, reads: Sequence[Read]) -> list[Row]:
    """Return rows with what earlier imports have made of the same ones."""
    kind = importer_of(run).kind
    found = {
        (source, key): ref
        for source, key, ref in Identity.objects.filter(
            owner=run.owner_id, kind=kind, source_id__in=[r.source_id for r in reads]
        ).values_list("source", "source_id", "ref_id")
    }
    return [Row(r.number, r.facts, found.get((r.source, r.source_id)), r.source != BY_WORDS) for r in reads]


def may_be_undone(run: ImportRun, *, at: dt.datetime) -> bool:
    """Tell whether a run is of the kind that can be undone: done, and not too long ago."""
    return run.state == ImportRun.State.DONE and bool(run.done_at and at - run.done_at < UNDOABLE)


def traces_of(run: ImportRun) -> list[TraceOf]:
    """Return what a run made, by row."""
    return [TraceOf(t.number, t.ref_id, t.made) for t in Trace.objects.filter(run=run).order_by("number")]


def used_since(run: ImportRun) -> dict[int, list[str]]:
    """Return which rows' things have been used since, and by what; empty when the run can be undone."""
    return importer_of(run).used(traces_of(run), run.owner)


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = ImportRun.objects.filter(owner=owner).order_by("made_at", "id")
    columns = ("importer", "file_name", "source", "state", "rows", "made_at", "done_at", "undone_at", "name")
    known = Identity.objects.filter(owner=owner).exclude(source=BY_WORDS).order_by("source", "source_id")
    return [
        exports.Table("runs", columns, list(rows.values_list(*columns))),
        exports.Table(
            "identities", ("kind", "source", "source_id", "ref_id"),
            list(known.values_list("kind", "source", "source_id", "ref_id")),
            frozenset(known.filter(kind="person").values_list("ref_id", flat=True)),
        ),
    ]  # fmt: skip


exports.register("imports", _tables)


def _find(viewer: Viewer, run_id: uuid.UUID) -> tuple[str, str] | None:
    run = ImportRun.objects.filter(id=run_id).first()
    if run is None or not handles(viewer, run):
        return None
    return run.file_name, reverse("import", args=[run.id])


refs.register(refs.RefKind("import", _find))
