"""What is shown to the whole room, and the cards on the tables."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samtun.codesign.workshops import queries
from samtun.codesign.workshops.enums import Phase, QuestionKind
from samtun.codesign.workshops.models import Workshop
from samtun.codesign.workshops.rules import code_of, table_key
from samtun.codesign.workshops.web.views.common import WHY, is_same, nothing_new, qr, ticking
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def wall(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Show it on the wall: big and dark, the question, the clock and what is on the cloths. It changes by itself."""
    found = queries.workshop_for(request.viewer, workshop_id)
    return render(request, "workshops/wall.html", _on_the_wall(request, found))


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def wall_now(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """What is new on the wall."""
    found = queries.workshop_for(request.viewer, workshop_id)
    if is_same(request, found):
        return nothing_new()
    return render(request, "workshops/parts/wall_now.html", _on_the_wall(request, found))


def _on_the_wall(request: PageRequest, found: Workshop) -> dict[str, Any]:
    """Return what the wall shows: nothing of a cloth while each thinks alone, how many have come before it begins."""
    moment = queries.moment_of(found, queries.questions_of(found))
    context: dict[str, Any] = ticking(found, moment) | {"found": found}
    if moment is None or moment.phase == Phase.EVALUATE:
        code = code_of(found.id)
        address = request.build_absolute_uri(reverse("workshop_join", args=[code]))
        find = request.get_host() + reverse("workshop_find")
        context |= {"code": code, "qr": qr(address), "find": find, "people": queries.people_in(found)}
        context["recommendations"] = queries.recommendations_of(found)
    elif moment.question is not None and moment.phase != Phase.ALONE:
        cloths = queries.cloths_of(found, moment.question)
        context["cloths"] = [cloth for cloth in cloths if cloth.notes]
        if moment.question.kind == QuestionKind.ADVICE:
            context["recommendations"] = queries.recommendations_of(found)
    return context


@require_safe
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def cards(request: PageRequest, workshop_id: uuid.UUID) -> HttpResponse:
    """Show a card for each table to be printed: the address for own telephones, and the table's own."""
    found = queries.workshop_for(request.viewer, workshop_id)
    code = code_of(found.id)
    join = request.build_absolute_uri(reverse("workshop_join", args=[code]))
    rows = []
    for group in queries.groups_of(found):
        own = request.build_absolute_uri(reverse("workshop_own", args=[table_key(group.id)]))
        rows.append({"group": group, "table_qr": qr(own), "table_address": own})
    context = {
        "found": found, "code": code, "join_qr": qr(join), "rows": rows, "printed_on": clock.today(),
        "find": request.get_host() + reverse("workshop_find"),
    }  # fmt: skip
    return render(request, "workshops/cards.html", context)
