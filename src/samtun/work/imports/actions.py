"""Verbs on imports: stage a file, settle its letters or sheet, map its columns, try, run, undo, give up."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from itertools import batched
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from samtun.foundation.audit import record
from samtun.foundation.imports.letters import Doubt
from samtun.foundation.imports.reading import read
from samtun.foundation.imports.registry import SOURCE_ID, Importer, Outcome, Said, guess
from samtun.foundation.imports.tables import BrokenFile, Sheets, Table
from samtun.foundation.jobs import defer
from samtun.foundation.keys import open_secret, seal_secret
from samtun.foundation.models import Owner
from samtun.foundation.progress import begin
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.work.imports.models import Identity, ImportRow, ImportRun, Trace
from samtun.work.imports.queries import Read, known_as, last_source, may_be_undone, read_rows, traces_of, used_since
from samtun.work.imports.rules import AT_ONCE, KEPT, UNDOABLE, handles, importer_of

BATCH = 500
ROWS_AT_ONCE = 2_000
State = ImportRun.State

type Tell = Callable[[int], None]


class ColumnsMissing(Refused):
    """Say what the columns hold before you go on."""


class ChosenTwice(Refused):
    """Two columns are said to hold the same. Choose one of them, and leave the other out."""


class StillWrong(Refused):
    """There is something wrong with some rows. Nothing is taken in before they are mended: all, or nothing."""


class NotNow(Refused):
    """This list has moved on since you opened the page. Look at where it stands now."""


class TooLate(Refused):
    """It is more than thirty days since, or it has been undone already. It stands."""


class UsedSince(Refused):
    """Somebody has used what this list brought, so it cannot be undone."""


class NoLonger(Refused):
    """You no longer act for this organisation, so the list was not taken in."""


class Broke(Refused):
    """Something went wrong here, not in your file. Nothing was taken in. Try again, or ring us."""


class _TakenBack(Exception):
    """Rolls a trial back."""


def stage(
    *, importer: Importer, owner: Owner, file_name: str, content: bytes, by: Viewer, at: dt.datetime, language: str = ""
) -> ImportRun:
    """Read a file and keep its rows until they are taken in or given up, a week at most. BrokenFile when it cannot.

    `language` is the one of the page, when there is one: what jobs say of the rows is in it.
    """
    if not importer.may(by) or owner.id not in by.owners:
        raise NotYours
    found = read(content)
    with transaction.atomic():
        run = ImportRun.objects.create(
            owner=owner, importer=importer.key, state=State.LETTERS, file_name=PurePath(file_name).name[:120],
            digest=hashlib.sha256(content).hexdigest(), made_at=at, account=by.account, person=by.person,
            hat=by.hat.key, name=by.name, language=(language or by.language or "nb")[:2],
        )  # fmt: skip
        if isinstance(found, Doubt):
            run.readings = [asdict(r) for r in found.readings]
            run.content = seal_secret(content, **_place(run))
            run.save(update_fields=["readings", "content"])
        elif isinstance(found, Sheets):
            run.state, run.sheets = State.SHEET, [asdict(s) for s in found.sheets]
            run.content = seal_secret(content, **_place(run))
            run.save(update_fields=["state", "sheets", "content"])
        else:
            _keep(run, *found)
        record("imports.stage", Ref("import", run.id), by=by, at=at, kind=importer.key, file=run.file_name)
        defer("imports.forget", run_id=run.id, schedule_in=int(KEPT.total_seconds()))
    return run


def _place(run: ImportRun) -> dict[str, Any]:
    return {"tenant": run.tenant_id, "table": "importrun", "column": "content", "row": run.id}


def _keep(run: ImportRun, table: Table, encoding: str) -> None:
    run.encoding, run.readings = encoding, []
    run.content = run.content if run.sheets else None
    run.headings, run.rows = list(table.headings), len(table.rows)
    run.sheet, run.unread_sheets = table.sheet[:120], list(table.unread_sheets)[:10]
    run.mapping = {str(n): key for n, key in guess(importer_of(run), run.headings).items()}
    run.source = last_source(run)
    run.state = State.COLUMNS
    run.save()
    ImportRow.objects.bulk_create(
        (ImportRow(run=run, number=number, cells=cells) for number, cells in table.rows), batch_size=ROWS_AT_ONCE
    )


def _locked(run: ImportRun, by: Viewer, *states: str) -> ImportRun:
    if not handles(by, run):
        raise NotYours
    now = ImportRun.objects.select_for_update(of=("self",)).select_related("owner").get(id=run.id)
    if now.state not in states:
        raise NotNow
    return now


def choose_letters(*, run: ImportRun, encoding: str, by: Viewer, at: dt.datetime) -> ImportRun:
    """Read the file with the letters a person has said are right."""
    with transaction.atomic():
        run = _locked(run, by, State.LETTERS)
        if run.content is None or encoding not in {r["encoding"] for r in run.readings}:
            raise NotNow
        found = read(open_secret(bytes(run.content), **_place(run)), encoding=encoding)
        if not isinstance(found, tuple):
            raise BrokenFile
        _keep(run, *found)
        record("imports.choose_letters", Ref("import", run.id), by=by, at=at, encoding=encoding)
    return run


def choose_sheet(*, run: ImportRun, name: str, by: Viewer, at: dt.datetime) -> ImportRun:
    """Read the sheet that is meant; another may be chosen until the columns are. BrokenFile when it cannot be read."""
    with transaction.atomic():
        run = _locked(run, by, State.SHEET, State.COLUMNS)
        if run.content is None or name not in {s["name"] for s in run.sheets}:
            raise NotNow
        found = read(open_secret(bytes(run.content), **_place(run)), sheet=name)
        if not isinstance(found, tuple):
            raise BrokenFile
        ImportRow.objects.filter(run=run).delete()
        _keep(run, *found)
        record("imports.choose_sheet", Ref("import", run.id), by=by, at=at)
    return run


def map_columns(*, run: ImportRun, mapping: Mapping[int, str], source: str, by: Viewer, at: dt.datetime) -> ImportRun:
    """Say what each column holds, and try: few rows at once, many in a job."""
    with transaction.atomic():
        run = _locked(run, by, State.COLUMNS, State.TRIED, State.FAILED)
        importer = importer_of(run)
        chosen = [key for key in mapping.values() if key]
        if set(chosen) - {c.key for c in importer.columns} - {SOURCE_ID}:
            raise NotNow
        if len(chosen) != len(set(chosen)):
            raise ChosenTwice
        if missing := importer.missing(set(chosen)):
            raise ColumnsMissing(str(missing))
        run.mapping = {str(n): key for n, key in mapping.items() if key}
        run.source = " ".join(source.split())[:80] or PurePath(run.file_name).stem[:80]
        run.state, run.problem, run.content = State.TRYING, "", None
        run.save(update_fields=["mapping", "source", "state", "problem", "content"])
        record("imports.map_columns", Ref("import", run.id), by=by, at=at)
        if run.rows <= AT_ONCE:
            try_out(run=run, by=by, at=at, tell=_silent)
        else:
            begin(str(run.id), at)
            defer("imports.try_out", run_id=run.id)
    return run


def try_out(*, run: ImportRun, by: Viewer, at: dt.datetime, tell: Tell) -> None:
    """Do what the run would do, note what became of each row, and take it all back."""
    with transaction.atomic():
        run = _locked(run, by, State.TRYING)
        outcomes: list[Outcome] = []
        try:
            with transaction.atomic():
                outcomes, _reads = _take(run, by, at, tell)
                raise _TakenBack
        except _TakenBack:
            _note(run, outcomes)
        run.counts = dict(Counter(o.kind for o in outcomes))
        run.state = State.TRIED
        run.save(update_fields=["counts", "state"])


def start(*, run: ImportRun, by: Viewer, at: dt.datetime) -> ImportRun:
    """Take the list in for good: few rows at once, many in a job."""
    with transaction.atomic():
        run = _locked(run, by, State.TRIED)
        if run.counts.get("wrong"):
            raise StillWrong
        run.state = State.RUNNING
        run.save(update_fields=["state"])
        if run.rows <= AT_ONCE:
            carry_out(run=run, by=by, at=at, tell=_silent)
            run.refresh_from_db()
        else:
            begin(str(run.id), at)
            defer("imports.carry_out", run_id=run.id)
    return run


def carry_out(*, run: ImportRun, by: Viewer, at: dt.datetime, tell: Tell) -> None:
    """Take all rows in, in one transaction. A row that has become wrong since the trial stops all of it."""
    with transaction.atomic():
        run = _locked(run, by, State.RUNNING)
        outcomes: list[Outcome] = []
        try:
            with transaction.atomic():
                outcomes, reads = _take(run, by, at, tell)
                if any(o.kind == "wrong" for o in outcomes):
                    raise _TakenBack
                _remember(run, outcomes, reads)
        except _TakenBack:
            _note(run, outcomes)
            run.state = State.TRIED
        else:
            ImportRow.objects.filter(run=run).delete()
            run.state, run.done_at = State.DONE, at
            defer("imports.let_stand", run_id=run.id, schedule_in=int(UNDOABLE.total_seconds()))
            record("imports.run", Ref("import", run.id), by=by, at=at, kind=run.importer, rows=run.rows)
        run.counts = dict(Counter(o.kind for o in outcomes))
        run.save(update_fields=["state", "done_at", "counts"])


def _silent(_done: int) -> None:
    """Few rows: nobody waits long enough to be told."""


def _take(run: ImportRun, by: Viewer, at: dt.datetime, tell: Tell) -> tuple[list[Outcome], list[Read]]:
    """Read and write all rows; those that cannot be read, or are said twice in the file, are not written."""
    importer = importer_of(run)
    outcomes: list[Outcome] = []
    reads: list[Read] = []
    met: dict[Any, int] = {}
    above: dict[tuple[str, str], Read] = {}
    done = 0
    for batch in batched(read_rows(run, known=importer.known(by, at.date())), BATCH, strict=False):
        fresh = []
        for row in batch:
            first = above.setdefault((row.source, row.source_id), row) if not row.wrong else row
            if row.wrong:
                outcomes.append(Outcome(row.number, "wrong", said=tuple(row.wrong)))
            elif first is row:
                fresh.append(row)
            else:
                outcomes.append(_said_above(importer, row, first))
        taken = importer.take(known_as(run, fresh), run.owner, by, at) if fresh else []
        outcomes += [_unless_met(o, met) for o in taken]
        reads += fresh
        done += len(batch)
        tell(done)
    return outcomes, reads


def _said_above(importer: Importer, row: Read, first: Read) -> Outcome:
    """A row with the same number or the same words as one above: the same, unless the name is another."""
    if importer.name_of(row.facts).casefold() != importer.name_of(first.facts).casefold():
        said = Said(
            gettext_noop("The same number stands in row %(row)d, with another name. Give each its own."),
            {"row": first.number},
        )
        return Outcome(row.number, "wrong", said=(said,))
    return Outcome(
        row.number, "again", said=(Said(gettext_noop("The same as row %(row)d: counted once."), {"row": first.number}),)
    )


def _unless_met(outcome: Outcome, met: dict[Any, int]) -> Outcome:
    """A row about somebody met higher up in the file is not news about them."""
    if outcome.kind == "wrong" or outcome.ref is None:
        return outcome
    first = met.setdefault(outcome.ref, outcome.number)
    if first == outcome.number or outcome.made:
        return outcome
    said = Said(gettext_noop("The same as row %(row)d: counted once."), {"row": first})
    return Outcome(outcome.number, "again", outcome.ref, (said,))


def _note(run: ImportRun, outcomes: list[Outcome]) -> None:
    by_number = {o.number: o for o in outcomes}
    rows = list(ImportRow.objects.filter(run=run).only("id", "number", "tenant"))
    for row in rows:
        own = by_number[row.number]
        row.outcome, row.said = own.kind, [[s.text, dict(s.values)] for s in own.said]
    ImportRow.objects.bulk_update(rows, ["outcome", "said"], batch_size=ROWS_AT_ONCE)


def _remember(run: ImportRun, outcomes: list[Outcome], reads: list[Read]) -> None:
    """Keep what each row is known by, and what was made of it."""
    kind, refs = importer_of(run).kind, {o.number: o.ref for o in outcomes if o.ref}
    Identity.objects.bulk_create(
        (
            Identity(owner=run.owner, kind=kind, source=r.source, source_id=r.source_id, ref_id=refs[r.number], run=run)
            for r in reads
            if r.number in refs
        ),
        batch_size=ROWS_AT_ONCE, ignore_conflicts=True,
    )  # fmt: skip
    Trace.objects.bulk_create(
        (Trace(run=run, number=o.number, ref_id=o.ref, made=o.made) for o in outcomes if o.made and o.ref),
        batch_size=ROWS_AT_ONCE,
    )


def undo(*, run: ImportRun, by: Viewer, at: dt.datetime) -> ImportRun:
    """Take out again all that a run brought: few rows at once, many in a job."""
    with transaction.atomic():
        run = _locked(run, by, State.DONE)
        if not may_be_undone(run, at=at):
            raise TooLate
        run.state, run.problem = State.UNDOING, ""
        run.save(update_fields=["state", "problem"])
        if run.rows <= AT_ONCE:
            take_out(run=run, by=by, at=at, tell=_silent)
            run.refresh_from_db()
        else:
            begin(str(run.id), at)
            defer("imports.take_out", run_id=run.id)
    return run


def take_out(*, run: ImportRun, by: Viewer, at: dt.datetime, tell: Tell) -> None:
    """Take out again all that a run brought; refused when anything of it has been used."""
    with transaction.atomic():
        run = _locked(run, by, State.UNDOING)
        if used_since(run):
            raise UsedSince
        importer_of(run).undo(traces_of(run), run.owner, by, at)
        Identity.objects.filter(run=run).delete()
        Trace.objects.filter(run=run).delete()
        run.state, run.undone_at = State.UNDONE, at
        run.save(update_fields=["state", "undone_at"])
        record("imports.undo", Ref("import", run.id), by=by, at=at, rows=run.rows)


def give_up(*, run: ImportRun, by: Viewer, at: dt.datetime) -> None:
    """Forget a file that was not taken in."""
    with transaction.atomic():
        run = _locked(run, by, State.LETTERS, State.SHEET, State.COLUMNS, State.TRYING, State.TRIED, State.FAILED)
        _forget(run)
        record("imports.give_up", Ref("import", run.id), by=by, at=at)


def forget_stale(*, run: ImportRun, by: Viewer, at: dt.datetime) -> None:
    """Forget a file that nobody took in for a week."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(id=run.id)
        if run.state not in {State.DONE, State.UNDONE, State.UNDOING, State.RUNNING, State.ABANDONED}:
            _forget(run)
            record("imports.forget", Ref("import", run.id), by=by, at=at)


def _forget(run: ImportRun) -> None:
    ImportRow.objects.filter(run=run).delete()
    run.state, run.content, run.readings = State.ABANDONED, None, []
    run.save(update_fields=["state", "content", "readings"])


def let_stand(*, run: ImportRun, by: Viewer) -> None:
    """After a month a run can no longer be undone: what undoing needs goes."""
    if not by.is_system:
        raise NotYours
    Trace.objects.filter(run=run).delete()


def fail(*, run: ImportRun, problem: str, by: Viewer) -> None:
    """Say that a job could not be carried through. Nothing was taken in, or what was taken in stands."""
    if not by.is_system:
        raise NotYours
    after = {State.TRYING: State.FAILED, State.RUNNING: State.FAILED, State.UNDOING: State.DONE}
    with transaction.atomic():
        run = ImportRun.objects.select_for_update(of=("self",)).get(id=run.id)
        if found := after.get(State(run.state)):
            run.state, run.problem = found, gettext(problem)[:300]
            run.save(update_fields=["state", "problem"])
