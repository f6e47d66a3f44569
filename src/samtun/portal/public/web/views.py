"""Who we are, how to ask, how to lend a hand."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samtun.anchoring.responsibilities.queries import in_language, task_types
from samtun.foundation.access import PageRequest, public
from samtun.foundation.personal import declarations
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.partners.organisations.queries import opening_hours_of, organisation_of, receiving_owner


@public
def front(request: PageRequest) -> HttpResponse:
    """Show the front page; whoever works here and is logged in goes to their own."""
    if request.viewer.may(Permission.SEE_DESK) and "forside" not in request.GET:
        return redirect("desk")
    owner = receiving_owner()
    wall = clock.wall(clock.now())
    hours = opening_hours_of(owner.id) if owner else None
    types = [t for t in task_types() if not t.is_declined][:8]
    context = {
        "centre": organisation_of(owner.id) if owner else None,
        "is_open": bool(hours and hours.is_open(wall)),
        "next_opening": hours.next_opening(wall) if hours else None,
        "kinds": [{"name": in_language(t.name), "limits": in_language(t.limits)} for t in types],
    }
    return render(request, "public/front.html", context)


@public
def privacy(request: PageRequest) -> HttpResponse:
    """Say what is kept about people, why, and how long: read from the tables themselves."""
    rows = [d for d in declarations() if d.personal and d.purpose]
    seen = {_(d.purpose): _(d.retention) for d in rows}
    return render(request, "public/privacy.html", {"rows": sorted(seen.items())})
