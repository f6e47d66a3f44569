"""The list of volunteers, and one volunteer, for their host."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.operation.volunteers import queries
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.web.tables import done_rows, row_of, state_of
from samtun.people.persons.queries import shown_address

A_PAGE = 50
STATES = {"": "", "ledig": "free", "pause": "paused"}


@require_safe
@needs(Permission.MANAGE_VOLUNTEERS, purpose="following up volunteers")
def volunteers(request: PageRequest) -> HttpResponse:
    """Own hosts' volunteers, narrowed by kind of help and by who may be asked today."""
    on, state, kind = clock.today(), request.GET.get("vis", ""), _uuid(request.GET.get("slag", ""))
    rows = queries.list_of(request.viewer, on=on, kind=kind, state=STATES.get(state, ""))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("side"))
    shown = list(page.object_list)
    request.scope.saw(*(v.person_id for v in shown), how="listed")
    kinds = [t for t in task_types() if not t.is_declined]
    context = {
        "rows": [row_of(v, on=on) for v in shown], "page": page, "narrowed": bool(state or kind),
        "several_hosts": len(request.viewer.owners) > 1, "states": _states(state),
        "kinds": [
            {"value": "", "label": _("All kinds"), "on": kind is None},
            *({"value": str(t.id), "label": in_language(t.name), "on": t.id == kind} for t in kinds),
        ],
        "kept": "".join(f"&{k}={v}" for k, v in (("vis", state), ("slag", kind)) if v and state in STATES),
    }  # fmt: skip
    only_list = bool(request.headers.get("HX-Request"))
    return render(request, "volunteers/volunteers.html#list" if only_list else "volunteers/volunteers.html", context)


def _states(state: str) -> list[dict[str, Any]]:
    words = {"": _("All"), "ledig": _("Can be asked today"), "pause": _("Paused")}
    return [{"value": value, "label": label, "on": value == state} for value, label in words.items()]


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_safe
@needs(Permission.MANAGE_VOLUNTEERS, purpose="following up a volunteer")
def volunteer(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """One volunteer: what they want, how often, when; what the host must know; what they have done for us."""
    found, on = queries.hosted_for(request.viewer, volunteer_id), clock.today()
    profile, person = queries.profile_of(found.person_id), found.person
    absences = queries.absences_ahead(found.person_id, on=on)
    quiet = bool(profile and profile.quiet_until and profile.quiet_until >= on)
    words, color, icon = state_of(found, on=on, is_away=any(a.starts <= on for a in absences), is_quiet=quiet)
    kinds = found.willing.select_related("task_type")
    context = {
        "volunteer": found, "person": person, "words": words, "color": color, "icon": icon, "absences": absences,
        "address": shown_address(request.viewer, person), "ceiling": queries.ceiling_words(profile),
        "kinds": sorted(in_language(w.task_type.name) for w in kinds), "has_car": bool(profile and profile.has_car),
        "times": queries.time_words(queries.weekly_times(found.person_id)),
        "has_left": found.state == Volunteer.State.LEFT,
        "is_paused": found.state == Volunteer.State.PAUSED,
        "done": done_rows(queries.done_by(request.viewer, found.person_id)[:20]),
        "slots": fragments(request.viewer, Ref("volunteer", found.id), on=on, of=found),
    }  # fmt: skip
    return render(request, "volunteers/volunteer.html", context)
