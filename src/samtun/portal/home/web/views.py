"""One's own page, as the hat that is worn: a volunteer's, or that of one who asks for help. Never both in one list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.queries import comes_to, coming_of, coming_row
from samtun.operation.volunteers import queries as volunteers
from samtun.operation.volunteers.models import Volunteer
from samtun.portal.home import queries
from samtun.portal.home.web.tables import assignment_row, when_words, wish_row


@require_safe
@needs(Permission.OWN_PAGE, purpose="looking at one's own")
def home(request: PageRequest) -> HttpResponse:
    """Show what one has said yes to, or what one has asked for: the hat decides (R68)."""
    viewer = request.viewer
    volunteer = queries.volunteer_worn(viewer)
    if volunteer:
        return render(request, "home/volunteer.html", _helping(request, volunteer))
    on = clock.today()
    context = {
        "slots": fragments(viewer, Ref("own_page", viewer.person), on=on) if viewer.person else [],
        "wishes": [wish_row(w) for w in queries.wishes_of(viewer)], "first_name": _first_name(request),
        "comes": [coming_row(c, now=clock.now()) for c in comes_to(viewer, on=on)],
    }  # fmt: skip
    return render(request, "home/resident.html", context)


def _helping(request: PageRequest, volunteer: Volunteer) -> dict[str, Any]:
    on, viewer = clock.today(), request.viewer
    found = queries.helping_of(viewer, volunteer, on=on)
    profile = volunteers.profile_of(volunteer.person_id)
    resting = not volunteer.paused_until or volunteer.paused_until >= on
    kinds = volunteer.willing.select_related("task_type")
    return {
        "volunteer": volunteer, "first_name": found.person.given_name, "mentor": found.mentor,
        "mentored": found.mentored,
        "assignments": [
            assignment_row(a) | {"slots": fragments(viewer, Ref("match", a.match.id), on=on)} for a in found.assignments
        ],
        "lately": [
            {"kind": in_language(m.request.task_type.name), "when": when_words(m.request)}
            | {"slots": fragments(viewer, Ref("match", m.id), on=on)} for m in found.lately
        ],
        "regular": [coming_row(c, now=clock.now()) for c in coming_of(viewer, on=on)],
        "asks": [{"kind": in_language(a.request.task_type.name), "when": when_words(a.request)} for a in found.asks],
        "kinds": sorted(in_language(w.task_type.name) for w in kinds), "ceiling": volunteers.ceiling_words(profile),
        "times": volunteers.time_words(volunteers.weekly_times(volunteer.person_id)),
        "absences": volunteers.absences_ahead(volunteer.person_id, on=on),
        "is_paused": volunteer.state == Volunteer.State.PAUSED and resting,
        "year": on.year, "minutes": (minutes := volunteers.minutes_in_year(viewer, volunteer.person_id, on.year)),
        "hours": volunteers.hours_words(minutes),
    }  # fmt: skip


def _first_name(request: PageRequest) -> str:
    return request.viewer.name.split(" ")[0]
