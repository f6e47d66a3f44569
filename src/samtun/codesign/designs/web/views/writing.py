"""What a design holds is written, a part at a time."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.anchoring.responsibilities.queries import task_types
from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.web.forms import WRITES, LegalForm, PlaceForm, TaskForm
from samtun.codesign.designs.web.views.common import WHY, attempt, form_page, posted, to_write
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.partners.organisations.queries import members_of, organisation_of

SAVE, SAVED = _("Save"), _("Saved.")
TITLES = {
    "kva": _("What it is"), "nesten": _("Who nearly does this already"),
    "hoyrt": _("How those it is for are heard"), "sporsmal": _("The three questions"),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def write(request: PageRequest, design_id: uuid.UUID, part: str) -> HttpResponse:
    """Write some of its words."""
    found = to_write(request.viewer, design_id).design
    if part not in WRITES:
        raise NotYours
    form = WRITES[part](posted(request), design=found)

    def do() -> None:
        data = form.cleaned_data
        actions.write_words(
            design=found, texts=form.texts, edition=data["edition"], why=data.get("why", ""), by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    return form_page(request, found, form, do, title=TITLES[part], button=SAVE, done=SAVED)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def legal(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Go through the points of law."""
    found = to_write(request.viewer, design_id).design
    form = LegalForm(posted(request), design=found, points=list(found.points.all()))

    def do() -> None:
        data = form.cleaned_data
        actions.write_legal(
            design=found, points=form.points, edition=data["edition"], why=data.get("why", ""), by=request.viewer,
            at=clock.now(),
        )  # fmt: skip

    title, lead = _("The points of law"), _("For each: not relevant here, settled and how, or still open.")
    return form_page(request, found, form, do, title=title, lead=lead, button=SAVE, done=SAVED)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def place(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Write down who took part."""
    reading = to_write(request.viewer, design_id)
    found, own = reading.design, reading.own
    assert own is not None  # who may write is a party
    people = [m.person for m in members_of(organisation_of(own.owner_id), on=clock.today())]
    request.scope.saw(*(person.id for person in people), how="listed")
    owners = [party.owner for party in queries.joined(found.id)]
    started = found.started_at is not None
    form = PlaceForm(posted(request), owners=owners, people=people, started=started)

    def do() -> None:
        actions.add_place(design=found, by=request.viewer, at=clock.now(), **form.facts)

    title, lead = _("Who took part?"), _("One line for each: at the table, asked, or told.")
    return form_page(
        request, found, form, do, title=title, lead=lead, button=_("Write it down"), done=_("Written down.")
    )


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def place_out(request: PageRequest, design_id: uuid.UUID, place_id: uuid.UUID) -> HttpResponse:
    """Take out a line that was written by mistake."""
    found = to_write(request.viewer, design_id).design
    row = found.places.filter(id=place_id).first()
    if row is None:
        raise NotYours
    why = request.POST.get("why", "") or str(_("Written by mistake"))
    attempt(request, lambda: actions.drop_place(place=row, why=why, by=request.viewer, at=clock.now()), _("Taken out."))
    return redirect("design", found.id)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def task(request: PageRequest, design_id: uuid.UUID, task_id: uuid.UUID | None = None) -> HttpResponse:
    """Divide a task among the parties, a new one or one that stands."""
    found = to_write(request.viewer, design_id).design
    stands = next((t for t in queries.tasks_of(found) if t.id == task_id), None)
    if task_id and stands is None:
        raise NotYours
    owners = [party.owner for party in queries.joined(found.id)]
    types = [t for t in task_types() if not t.is_declined]
    started = found.started_at is not None
    form = TaskForm(posted(request), owners=owners, types=types, task=stands, started=started)

    def do() -> None:
        actions.divide(design=found, task=stands, by=request.viewer, at=clock.now(), **form.facts)

    title = _("Change the task") if stands else _("A new task")
    return form_page(request, found, form, do, title=title, button=SAVE, done=SAVED)


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def task_out(request: PageRequest, design_id: uuid.UUID, task_id: uuid.UUID) -> HttpResponse:
    """Take a task out."""
    found = to_write(request.viewer, design_id).design
    row = found.tasks.filter(id=task_id).first()
    if row is None:
        raise NotYours
    why = str(_("“%(task)s” is not done any more") % {"task": row.words})
    attempt(request, lambda: actions.drop_task(task=row, why=why, by=request.viewer, at=clock.now()), _("Taken out."))
    return redirect("design", found.id)
