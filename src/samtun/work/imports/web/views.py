"""A spreadsheet on its way in: chosen, letters and sheet asked about, columns mapped, tried, taken in, undone."""

import uuid
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy, gettext_noop, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.foundation import exports
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.imports.registry import importer_called, importers_for
from samtun.foundation.limits import limit
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.work.imports import actions, queries
from samtun.work.imports.models import ImportRun
from samtun.work.imports.rules import AT_ONCE, KEPT, importer_of
from samtun.work.imports.web.forms import FileForm, MapForm, SheetForm
from samtun.work.imports.web.tables import counts_of, named_columns, row_of, run_row, summary, used_rows

A_PAGE = 50
State = ImportRun.State
WORDS = {
    State.TRYING: gettext_lazy("Looking through the rows"), State.RUNNING: gettext_lazy("Taking in the rows"),
    State.UNDOING: gettext_lazy("Taking the rows out again"),
}  # fmt: skip
ASKING = {State.SHEET: "import_sheet", State.COLUMNS: "import_map"}
takes_in = needs(
    Permission.HANDLE_REQUESTS, Permission.MANAGE_VOLUNTEERS, Permission.MANAGE_SETTINGS,
    purpose=gettext_noop("taking in a list"),
)  # fmt: skip


@require_safe
@takes_in
def imports(request: PageRequest) -> HttpResponse:
    """Say what can be taken in, and what has been."""
    kinds = importers_for(request.viewer)
    if not kinds:
        raise NotYours
    rows = [run_row(run) for run in queries.runs_for(request.viewer)]
    several = len(request.viewer.owners) > 1
    return render(request, "imports/imports.html", {"kinds": kinds, "rows": rows, "several": several})


@require_http_methods(["GET", "POST"])
@takes_in
def import_new(request: PageRequest, kind: str) -> HttpResponse:
    """Choose a file. What cannot be read is said with its row; nothing is kept of it."""
    importer = importer_called(kind)
    if importer is None or not importer.may(request.viewer):
        raise NotYours
    owners = list(Owner.objects.filter(id__in=request.viewer.owners, left_on=None).order_by("name"))
    is_sent = request.method == "POST"
    form = FileForm(request.POST if is_sent else None, request.FILES if is_sent else None, owners=owners)
    if is_sent and form.is_valid():
        limit("import", str(request.viewer.account), at=clock.now(), most=40)
        file = form.cleaned_data["file"]
        try:
            run = actions.stage(
                importer=importer, owner=form.chosen_owner, file_name=file.name, content=file.read(),
                by=request.viewer, at=clock.now(), language=get_language() or "",
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("file", _(refusal.message))
        else:
            return redirect("import", run.id)
    context = {"form": form, "importer": importer, "back": reverse(importer.back)}
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


@require_safe
@takes_in
def import_run(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """One list where it stands: letters, sheet, columns, bar, trial or result."""
    run = queries.run_for(request.viewer, run_id)
    if run.state in ASKING:
        return redirect(ASKING[State(run.state)], run.id)
    if run.state in WORDS:
        return _bar(request, run)
    if request.headers.get("HX-Request") and "bar" in request.GET:
        answer = HttpResponse(status=200)
        answer.headers["HX-Redirect"] = request.path
        return answer
    if run.state == State.LETTERS:
        return render(request, "imports/letters.html", _page_with_history(request, run) | {"readings": run.readings})
    return _trial(request, run) if run.state == State.TRIED else _result(request, run)


def _page(run: ImportRun) -> dict[str, Any]:
    importer = importer_of(run)
    return {"run": run, "importer": importer, "back": reverse(importer.back), "days": KEPT.days}


def _page_with_history(request: PageRequest, run: ImportRun) -> dict[str, Any]:
    shown = fragments(request.viewer, Ref("import", run.id), on=clock.today())
    return _page(run) | {"slots": shown}


def _bar(request: PageRequest, run: ImportRun) -> HttpResponse:
    context = _page(run) | {
        "words": WORDS[State(run.state)], "done": queries.how_far_of(run), "tries": run.state == State.TRYING,
        "undoes": run.state == State.UNDOING,
    }  # fmt: skip
    only_bar = bool(request.headers.get("HX-Request"))
    return render(request, "imports/bar.html#bar" if only_bar else "imports/bar.html", context)


def _trial(request: PageRequest, run: ImportRun) -> HttpResponse:
    remarks = queries.rows_of(run, outcome=queries.REMARK).count()
    chosen = request.GET.get("vis", "wrong" if run.counts.get("wrong") else "")
    chosen = chosen if (run.counts | {queries.REMARK: remarks}).get(chosen) else ""
    page = Paginator(queries.rows_of(run, outcome=chosen), A_PAGE).get_page(request.GET.get("side"))
    named = named_columns(run)
    context = _page_with_history(request, run) | {
        "page": page, "rows": [row_of(row, named) for row in page.object_list],
        "chips": counts_of(run, chosen, remarks), "kept": f"&vis={chosen}", "wrong": run.counts.get("wrong", 0),
        "letters": queries.names_with_letters(run), "before": queries.taken_before(run),
        "changes": run.counts.get("new", 0) + run.counts.get("filled", 0),
    }  # fmt: skip
    return render(request, "imports/trial.html", context)


def _result(request: PageRequest, run: ImportRun) -> HttpResponse:
    at = clock.now()
    context = _page_with_history(request, run) | {
        "summary": summary(run), "line": run_row(run), "may_undo": queries.may_be_undone(run, at=at),
        "was_in": run.state in (State.DONE, State.UNDONE), "failed": run.state == State.FAILED,
    }  # fmt: skip
    return render(request, "imports/result.html", context)


@require_POST
@takes_in
def import_letters(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Take the reading that a person says is right; none of them leads back to the file."""
    run = queries.run_for(request.viewer, run_id)
    chosen = request.POST.get("encoding", "")
    if chosen == "none":
        actions.give_up(run=run, by=request.viewer, at=clock.now())
        messages.info(
            request,
            _("Then the file must be saved anew.") + "\n"
            + _("Open it where the letters look right, save it as .xlsx, and choose that file."),
        )  # fmt: skip
        return redirect("import_new", run.importer)
    if run.state == State.LETTERS and chosen not in {r["encoding"] for r in run.readings}:
        context = _page_with_history(request, run) | {"readings": run.readings, "unchosen": True}
        return render(request, "imports/letters.html", context, status=422)
    try:
        actions.choose_letters(run=run, encoding=chosen, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("import", run.id)


@require_http_methods(["GET", "POST"])
@takes_in
def import_sheet(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Say which sheet of the workbook is meant; the first with a list in it is suggested."""
    run = queries.run_for(request.viewer, run_id)
    if run.state not in ASKING or run.content is None:
        return redirect("import", run.id)
    form = SheetForm(request.POST or None, sheets=run.sheets, initial={"sheet": run.sheet or run.sheets[0]["name"]})
    if form.is_bound and form.is_valid():
        try:
            actions.choose_sheet(run=run, name=form.cleaned_data["sheet"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error("sheet", _(refusal.message))
        else:
            return redirect("import", run.id)
    context = _page_with_history(request, run) | {"form": form}
    return render(request, "imports/sheet.html", context, status=422 if form.errors else 200)


@require_safe
@takes_in
def import_faults(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """The rows with something wrong, to take away: a spreadsheet that Norwegian programs open."""
    run = queries.run_for(request.viewer, run_id)
    if run.state != State.TRIED or not run.counts.get("wrong"):
        return redirect("import", run.id)
    answer = HttpResponse(exports.as_csv(queries.wrong_rows(run)), content_type="text/csv; charset=utf-8")
    stem = slugify(PurePath(run.file_name).stem)[:60] or "liste"
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}-feil.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@takes_in
def import_map(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Say what each column holds."""
    run = queries.run_for(request.viewer, run_id)
    if run.state not in (State.COLUMNS, State.TRIED, State.FAILED):
        return redirect("import", run.id)
    first = {f"col_{n}": key for n, key in run.mapping.items()} | {"source": run.source}
    form = MapForm(
        request.POST if request.method == "POST" else None, importer=importer_of(run), headings=run.headings,
        examples=queries.examples(run), initial=first,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            actions.map_columns(
                run=run, mapping=form.mapping, source=form.cleaned_data["source"], by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return redirect("import", run.id)
    context = _page_with_history(request, run) | {"form": form}
    return render(request, "imports/map.html", context, status=422 if form.errors else 200)


@require_POST
@takes_in
def import_start(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Take the list in."""
    run = queries.run_for(request.viewer, run_id)
    try:
        run = actions.start(run=run, by=request.viewer, at=clock.now())
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        if run.state == State.DONE:
            messages.success(request, _taken_in(run))
    return redirect("import", run.id)


def _taken_in(run: ImportRun) -> str:
    new = run.counts.get("new", 0)
    return ngettext("The list is in: %(n)d new.", "The list is in: %(n)d new.", new) % {"n": new}


@require_http_methods(["GET", "POST"])
@takes_in
def import_undo(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Ask once more; or say which rows have been used, and by what."""
    run = queries.run_for(request.viewer, run_id)
    at = clock.now()
    if not queries.may_be_undone(run, at=at):
        return redirect("import", run.id)
    if request.method == "POST":
        try:
            with transaction.atomic():
                run = actions.undo(run=run, by=request.viewer, at=at)
        except actions.UsedSince:
            run = queries.run_for(request.viewer, run_id)
        else:
            if run.state == State.UNDONE:
                messages.success(request, _("It is undone. What the list brought is gone again."))
            return redirect("import", run.id)
    used = used_rows(queries.used_since(run)) if run.rows <= AT_ONCE or run.problem else []
    return render(request, "imports/undo.html", _page(run) | {"used": used}, status=409 if used else 200)


@require_POST
@takes_in
def import_give_up(request: PageRequest, run_id: uuid.UUID) -> HttpResponse:
    """Forget the file."""
    run = queries.run_for(request.viewer, run_id)
    actions.give_up(run=run, by=request.viewer, at=clock.now())
    messages.success(request, _("The file is forgotten. Nothing was taken in."))
    return redirect("imports")
