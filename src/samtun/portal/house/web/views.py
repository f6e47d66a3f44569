"""The house of three floors, and one thing's line through it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.portal.house import queries

NAMES: dict[int, tuple[str | Promise, str | Promise, str | Promise]] = {
    1: (
        _("Decided and agreed"), _("Who has decided, and who answers."),
        _("Nobody has decided or agreed on this yet."),
    ),
    2: (
        _("Made together"), _("What should be made, with whom."),
        _("No need, idea or service design stands behind this yet."),
    ),
    3: (_("Carried out"), _("What happens, and what people say about it."), _("Nothing is done under this yet.")),
}  # fmt: skip


@require_safe
@needs(Permission.SEE_DESK, Permission.REFER, Permission.MANAGE_ORGANISATION, purpose="looking over the three floors")
def house(request: PageRequest) -> HttpResponse:
    """Show the three floors with what is on its way up and down."""
    floors = [_named(f.number) | {"floor": f} for f in queries.house_for(request.viewer, clock.now())]
    lit = [f["number"] for f in floors if f["floor"].here or f["floor"].up or f["floor"].down]
    return render(request, "house/house.html", {"floors": floors, "lit": lit})


@require_safe
@public
def line(request: PageRequest, kind: str, ref_id: uuid.UUID) -> HttpResponse:
    """Show what a thing rests on and what rests on it; for a visitor, what is for everyone to know."""
    found = queries.line_for(request.viewer, Ref(kind, ref_id), clock.now())
    floors = [_named(n) | {"steps": found.steps[n]} for n in queries.FLOORS]
    base = "ui/desk.html" if request.viewer.account else "ui/public.html"
    return render(request, "house/line.html", {"line": found, "floors": floors, "base": base})


def _named(number: int) -> dict[str, Any]:
    name, what, none = NAMES[number]
    return {"number": number, "name": name, "what": what, "none": none}
