"""The year as a wheel: what has a day, what is pencilled in, and last year's, which one press makes into drafts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.operation.activities import queries
from samtun.operation.activities.actions import yearly
from samtun.operation.activities.web import tables
from samtun.operation.activities.web.views.desk import WHY


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def year(request: PageRequest) -> HttpResponse:
    """Show the year, and pencil in again what was held: one, or all that are chosen."""
    today = clock.today()
    if request.method == "POST":
        return _again(request)
    feasts = queries.year_of(request.viewer, on=today)
    rows = [(tables.heading_of(one.on, today), one) for one in feasts]
    context: dict[str, Any] = {
        "wheel": tables.wheel(feasts, today), "rows": rows,
        "number": len(feasts), "missing": sum(one.stands == "again" for one in feasts),
    }  # fmt: skip
    return render(request, "activities/year.html", context)


def _again(request: PageRequest) -> HttpResponse:
    chosen, done = set(request.POST.getlist("one")), 0
    for it in queries.not_yet(request.viewer, on=clock.today()):
        if str(it.id) in chosen:
            try:
                yearly.again(activity=it, by=request.viewer, at=clock.now())
                done += 1
            except Refused as refusal:
                messages.error(request, f"{it.title}: {_(refusal.message)}")
    if done:
        messages.success(
            request, ngettext("%(n)d is pencilled in.", "%(n)d are pencilled in.", done) % {"n": done}
        )  # fmt: skip
    elif not chosen:
        messages.error(request, _("Choose at least one."))
    return redirect("programme_year")
