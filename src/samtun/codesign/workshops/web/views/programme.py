"""The list, a new workshop from the template, its programme, and calling it off."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.enums import STANDING
from samtun.codesign.workshops.models import Question, Workshop
from samtun.codesign.workshops.rules import ABOUT, BERGEN, MOST_GROUPS
from samtun.codesign.workshops.web.forms import CancelForm, NewForm, QuestionForm, WorkshopForm, facts_of
from samtun.codesign.workshops.web.views.common import WHY, attempt, form_page
from samtun.foundation import refs
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def workshops(request: PageRequest) -> HttpResponse:
    """Show the workshops of own owners: those to come or going on, and those held."""
    rows = list(queries.workshops_visible_to(request.viewer)[:200])
    context = {
        "standing": [row for row in rows if row.state in STANDING][::-1],
        "over": [row for row in rows if row.state not in STANDING], "plans": bool(queries.leads_for(request.viewer)),
    }  # fmt: skip
    return render(request, "workshops/workshops.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def new(request: PageRequest) -> HttpResponse:
    """Plan one from the template, perhaps about a need, an idea or a design."""
    owners = queries.leads_for(request.viewer)
    if not owners:
        raise NotYours
    about, name = _about(request)
    form = NewForm(request.POST or None, owners=owners, today=clock.today(), initial={"title": name[:120]})
    if request.method == "POST" and form.is_valid():
        questions = [replace(one, words=_(one.words)) for one in BERGEN]
        data = form.written
        try:
            made = actions.plan(
                owner=data["owner"], facts=form.facts, groups=data["groups"], questions=questions, by=request.viewer,
                at=clock.now(), about=about,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Planned. The programme is filled in: change the questions as you like."))
            return redirect("workshop", made.id)
    context = {"form": form, "name": name}
    return render(request, "workshops/new.html", context, status=422 if form.errors else 200)


def _about(request: PageRequest) -> tuple[Ref | None, str]:
    """Return what a workshop is to be about, when the viewer may see it, and what that is called."""
    try:
        ref = Ref.parse(request.GET.get("om", ""))
    except ValueError:
        return None, ""
    seen = refs.describe(request.viewer, ref) if ref.kind in ABOUT else None
    return (ref, seen[0]) if seen else (None, "")


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def change(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Change what it is called, when and where, and add tables."""
    found = queries.workshop_for(request.viewer, workshop_id)
    number = len(queries.groups_of(found))
    form = WorkshopForm(request.POST or None, today=min(clock.today(), found.day), initial=facts_of(found, number))
    form.fields["groups"].help_text = _("Tables can be added, up to %(most)s.") % {"most": MOST_GROUPS}

    def do() -> None:
        actions.change(
            workshop=found, facts=form.facts, groups=form.written["groups"], by=request.viewer, at=clock.now()
        )

    return form_page(
        request, found, form, do, title=gettext_lazy("When, where and what"), button=gettext_lazy("Save"),
        done=gettext_lazy("Saved."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def question(request: PageRequest, workshop_id: uuid.UUID, question_id: uuid.UUID | None = None) -> HttpResponse:
    """Write a question of the programme, with its minutes."""
    found = queries.workshop_for(request.viewer, workshop_id)
    old = _question(found, question_id) if question_id else None
    form = QuestionForm(request.POST or None, question=old)

    def do() -> None:
        actions.write_question(workshop=found, planned=form.planned, question=old, by=request.viewer, at=clock.now())

    title = gettext_lazy("A question of the programme") if old else gettext_lazy("One more question")
    return form_page(request, found, form, do, title=title, button=gettext_lazy("Save"), done=gettext_lazy("Saved."))


def _question(workshop: Workshop, question_id: uuid.UUID) -> Question:
    found = Question.objects.filter(id=question_id, workshop=workshop).first()
    if found is None:
        raise NotYours
    return found


@require_POST
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def question_out(request: PageRequest, workshop_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """Take a question out of the programme."""
    found = queries.workshop_for(request.viewer, workshop_id)
    old = _question(found, question_id)
    attempt(
        request, lambda: actions.drop_question(question=old, by=request.viewer, at=clock.now()),
        gettext_lazy("Taken out of the programme."),
    )  # fmt: skip
    return redirect("workshop", found.id)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def cancel(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Call it off."""
    found = queries.workshop_for(request.viewer, workshop_id)
    form = CancelForm(request.POST or None)

    def do() -> None:
        actions.cancel(workshop=found, words=form.cleaned_data["why"], by=request.viewer, at=clock.now())

    return form_page(
        request, found, form, do, title=gettext_lazy("Cancel the workshop"), button=gettext_lazy("Cancel it"),
        done=gettext_lazy("Cancelled. The addresses say so."),
        lead=gettext_lazy("Those who were invited outside Samtun, you tell yourself."),
    )  # fmt: skip
