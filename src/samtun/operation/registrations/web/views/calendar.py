"""One's own calendar: an address to subscribe to, that one asks for and stops."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.operation.activities.adapters.calendar import Entry, calendar
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import subscribing


@require_POST
@needs(Permission.OWN_PAGE, purpose="looking at one's own")
def mine(request: PageRequest) -> HttpResponse:
    """Make an address, or stop it."""
    if request.POST.get("act") == "stop":
        subscribing.stop_calendar(by=request.viewer, at=clock.now())
        messages.success(request, _("The address is stopped. It shows nothing any more."))
    else:
        subscribing.open_calendar(by=request.viewer, at=clock.now())
        messages.success(request, _("The address stands below. Whoever has it sees what you are signed up for."))
    return redirect("home")


@require_safe
@public
def feed(request: PageRequest, token: str) -> HttpResponse:
    """Give what somebody is signed up for. An address of nobody is no page."""
    request.private, at = True, clock.now()
    limit("own_calendar", request.META.get("REMOTE_ADDR", ""), at=at, most=200)
    host = request.get_host().split(":")[0]
    entries = [
        Entry(
            uid=f"{one.row.id}@{host}", starts_at=one.row.starts_at, ends_at=one.row.ends_at,
            title=_("The meeting") if one.is_hidden else one.row.title,
            where="" if one.is_hidden else one.row.place_name, url=request.build_absolute_uri(one.path),
            changed_at=one.row.changed_at, version=one.row.version, is_off=one.row.state == "off",
        )
        for one in queries.calendar_times(token, on=clock.wall(at).date())
    ]  # fmt: skip
    text = calendar(request.municipality.shared_name, entries)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")
