"""Parties are asked, answer, write what they gain, and leave."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.models import Party
from samtun.codesign.designs.queries.designs import other_owners
from samtun.codesign.designs.web.forms import GainForm, LeaveForm, NotedForm, OwnerForm
from samtun.codesign.designs.web.views.common import WHY, attempt, form_page, posted, to_write
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours

ACTS: dict[str, tuple[Any, Any, Any]] = {
    "ja": (actions.join, _("Yes, we take part"), _("Written down: yes.")),
    "nei": (actions.decline, _("No thank you"), _("Written down: no. Thank you for answering.")),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def ask(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Ask somebody to make it together."""
    found = to_write(request.viewer, design_id).design
    form = OwnerForm(posted(request), owners=other_owners(found))

    def do() -> None:
        actions.ask_party(design=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    title, lead = _("Ask somebody to take part"), _("They are told, and say yes or no. A no needs no reason.")
    return form_page(request, found, form, do, title=title, lead=lead, button=_("Ask them"), done=_("Asked."))


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def say(request: PageRequest, party_id: uuid.UUID, act: str) -> HttpResponse:
    """Say something for a party: yes, no thank you, or what it gains; or write down who said it."""
    party, own = _party(request, party_id)
    who: dict[str, Any] = {"party": party, "by": request.viewer, "at": clock.now()}
    if act == "gevinst":
        gain = GainForm(posted(request), own=own, initial={"gain": party.gain})
        title = _("What %(name)s gains") % {"name": party.owner.name}
        facts: dict[str, Any] = {"title": title, "button": _("Save"), "done": _("Saved.")}
        return form_page(
            request, party.design, gain, lambda: actions.write_gain(**who, **gain.cleaned_data), **facts
        )  # fmt: skip
    if act not in ACTS:
        raise NotYours
    do, words, done = ACTS[act]
    form = NotedForm(posted(request), own=own)
    back = "" if act == "ja" or not own else reverse("designs")
    lead = party.owner.name
    return form_page(
        request, party.design, form, lambda: do(**who, **form.cleaned_data), title=words, lead=lead, button=words,
        done=done, back=back,
    )  # fmt: skip


def _party(request: PageRequest, party_id: uuid.UUID) -> tuple[Party, bool]:
    """Return a party, and whether it is the viewer's own; NotYours for one who reads only."""
    found = Party.objects.filter(id=party_id, left_at=None).select_related("design", "owner").first()
    if found is None:
        raise NotYours
    reading = queries.design_for(request.viewer, found.design_id)
    own = reading.own is not None and reading.own.id == found.id
    if not own and not reading.joined:
        raise NotYours
    return found, own


@require_POST
@needs(Permission.OWN_PAGE, purpose=WHY)
def draw(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Say that it is being drawn."""
    found = to_write(request.viewer, design_id).design
    attempt(
        request, lambda: actions.draw(design=found, by=request.viewer, at=clock.now()),
        _("Now it is being drawn. Write the parts in any order."),
    )  # fmt: skip
    return redirect("design", found.id)


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=WHY)
def leave(request: PageRequest, design_id: uuid.UUID) -> HttpResponse:
    """Leave it."""
    found = to_write(request.viewer, design_id).design
    form = LeaveForm(posted(request))

    def do() -> None:
        actions.leave(design=found, by=request.viewer, at=clock.now(), **form.cleaned_data)

    title, lead = _("Step out of it"), _("Nobody is held. The others go on without you, and are told.")
    return form_page(
        request, found, form, do, title=title, lead=lead, button=_("Step out of it"), done=_("You have left."),
        back=reverse("designs"),
    )  # fmt: skip
