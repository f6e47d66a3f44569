"""Kinds of help: for those who work here, for those who decide, and for everyone."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samtun.anchoring.responsibilities import actions, queries
from samtun.anchoring.responsibilities.enums import STANDARD_KINDS
from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.rules import may_manage
from samtun.anchoring.responsibilities.web.forms import ClearForm, NewTypeForm, TypeForm
from samtun.anchoring.responsibilities.web.tables import ASKING, CLASSES, clearance_rows, requirements, row_of
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.models import Owner
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref

LOOK = (Permission.SEE_DESK, Permission.MANAGE_TASK_TYPES, Permission.MANAGE_ORGANISATION)


@public
@require_safe
def what_we_do(request: PageRequest) -> HttpResponse:
    """Say what volunteers here do and do not do, with the way on."""
    cleared = queries.cleared_by_municipality()
    types = list(queries.task_types())
    context = {
        "does": [row_of(t, []) for t in types if not t.is_declined and t.id in cleared],
        "asks_first": [row_of(t, []) for t in types if not t.is_declined and t.id not in cleared],
        "does_not": [row_of(t, []) for t in types if t.is_declined],
    }
    return render(request, "responsibilities/what_we_do.html", context)


@require_safe
@needs(*LOOK, purpose="looking up a kind of help")
def task_types(request: PageRequest) -> HttpResponse:
    """List kinds of help: class, limits, who cleared them, the way on."""
    types = list(queries.task_types())
    said = queries.clearances_seen(request.viewer, [t.id for t in types])
    context = {
        "does": [row_of(t, said.get(t.id, [])) for t in types if not t.is_declined],
        "does_not": [row_of(t, []) for t in types if t.is_declined],
        "unused": [row_of(t, []) for t in queries.out_of_use(request.viewer)], "may_change": may_manage(request.viewer),
        "ordinary": [queries.in_language(k.name) for k in STANDARD_KINDS],
    }  # fmt: skip
    return render(request, "responsibilities/task_types.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_TASK_TYPES, purpose="making a kind of help")
def new(request: PageRequest) -> HttpResponse:
    """Make a kind of help; until somebody has said yes to it, each request is looked at for itself."""
    form = NewTypeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_task_type(by=request.viewer, at=clock.now(), **form.facts())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            rest = "" if made.is_declined else _("Now say whether volunteers may do it without asking each time.")
            messages.success(request, "\n".join(part for part in (_("The kind of help is made."), rest) if part))
            return redirect("task_type", made.id)
    return render(request, "responsibilities/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["POST"])
@needs(Permission.MANAGE_TASK_TYPES, purpose="making kinds of help")
def begin(request: PageRequest) -> HttpResponse:
    """Begin with the ordinary kinds, where there are none."""
    made = actions.begin_with_ordinary(by=request.viewer, at=clock.now())
    words = ngettext("%(n)d kind of help is made.", "%(n)d kinds of help are made.", made) % {"n": made}
    rest = _("Change them as you agree here. Nobody has said yes to them yet.")
    messages.success(request, f"{words}\n{rest}")
    return redirect("task_types")


@require_safe
@needs(*LOOK, purpose="looking up a kind of help")
def task_type(request: PageRequest, task_type_id: uuid.UUID) -> HttpResponse:
    """One kind of help on one page."""
    found = queries.task_type_for(request.viewer, task_type_id)
    return _page(request, found, ClearForm(owners=_clearing(request.viewer)))


def _page(request: PageRequest, found: TaskType, form: ClearForm, status: int = 200) -> HttpResponse:
    said = queries.clearances_seen(request.viewer, [found.id]).get(found.id, [])
    words, color, icon = CLASSES[found.task_class]
    professional = found.task_class == TaskType.TaskClass.PROFESSIONAL
    context = {
        "task_type": found, "name": queries.in_language(found.name), "limits": queries.in_language(found.limits),
        "way_on": queries.in_language(found.way_on), "class": words, "color": color, "icon": icon,
        "clearances": clearance_rows(said), "requirements": requirements(found),
        "asking": dict(ASKING)[found.asking], "may_change": may_manage(request.viewer),
        "may_clear": bool(_clearing(request.viewer)) and not professional, "form": form,
        "no_municipality": not any(c.owner.kind == Owner.Kind.MUNICIPALITY for c in said),
        "events": queries.what_happened(request.viewer, found),
        "slots": fragments(request.viewer, Ref("task_type", found.id), on=clock.today(), of=found),
    }  # fmt: skip
    return render(request, "responsibilities/task_type.html", context, status=status)


def _clearing(viewer: Viewer) -> list[Owner]:
    """Return the owners for whom the viewer may say yes or no."""
    if not (viewer.may(Permission.MANAGE_ORGANISATION) or may_manage(viewer)):
        return []
    return list(Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name"))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_TASK_TYPES, purpose="changing a kind of help")
def change(request: PageRequest, task_type_id: uuid.UUID) -> HttpResponse:
    """Change words, limits, asking and requirements. Changed by another meanwhile: both versions are shown."""
    found = queries.task_type_for(request.viewer, task_type_id)
    form = TypeForm(request.POST if request.method == "POST" else None, task_type=found)
    conflict: list[tuple[str, str, str]] = []
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            made = actions.change_limits(
                task_type=found, version=form.cleaned_data["version"], by=request.viewer, at=clock.now(), **form.facts()
            )
        except actions.ChangedMeanwhile:
            conflict, status = form.differences() or [("", "", "")], 409
            form.take_version()
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            fell = made.most_minutes > found.most_minutes or (found.is_declined and not made.is_declined)
            rest = _("It is wider than before, so each must say yes to it again.") if fell else ""
            messages.success(request, "\n".join(part for part in (_("Saved."), rest) if part))
            return redirect("task_type", found.id)
    context = {"task_type": found, "name": queries.in_language(found.name), "form": form, "conflict": conflict}
    return render(request, "responsibilities/change.html", context, status=status)


@require_http_methods(["POST"])
@needs(Permission.MANAGE_ORGANISATION, Permission.MANAGE_TASK_TYPES, purpose="clearing a kind of help")
def clear(request: PageRequest, task_type_id: uuid.UUID) -> HttpResponse:
    """Say yes or no beforehand, for one's own."""
    found = queries.task_type_for(request.viewer, task_type_id)
    owners = _clearing(request.viewer)
    if not owners:
        raise NotYours
    form = ClearForm(request.POST, owners=owners)
    if form.is_valid():
        actions.clear(
            task_type=found, owner=form.chosen_owner, cleared=form.cleaned_data["cleared"] == "yes",
            by_words=form.cleaned_data["by_words"], by=request.viewer, at=clock.now(),
        )  # fmt: skip
        messages.success(request, _("Noted, with who decided it."))
        return redirect("task_type", found.id)
    return _page(request, found, form, 422)
