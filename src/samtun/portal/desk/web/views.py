"""What needs a hand today: at most ten lines, and the rows behind each count."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop

from samtun.foundation import visits
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.opening import DEFAULT_HOURS, OpeningHours
from samtun.partners.organisations.queries import covers_of, opening_hours_of
from samtun.portal.desk.queries import news_since, was_away, wishes_since
from samtun.portal.desk.web import tables
from samtun.work.todos.queries import all_due_for, counts_for, due_for

ON_A_PAGE = 50
at_the_desk = needs(Permission.SEE_DESK, purpose=gettext_noop("seeing what is due"))


@at_the_desk
def desk(request: PageRequest) -> HttpResponse:
    """Show what is due for the hat worn: the late first, then by due date; the rest as one count."""
    at, today, hours = clock.now(), clock.today(), _hours(request)
    lines, counts = due_for(request.viewer, at=at), counts_for(request.viewer, at=at)
    since = visits.note(request.viewer, "desk", at=at, was_away=lambda last: was_away(hours, last, at))
    context = {
        "rows": tables.rows_of(lines, reverse("desk")), "counts": counts, "more": counts.open - len(lines),
        "first_name": request.viewer.name.split(" ")[0], "today": today, "days": tables.other_days(hours, today),
        "since": tables.since_words(news_since(request.viewer, since), since, at, counts.open) if since else None,
        "handles": request.viewer.may(Permission.HANDLE_REQUESTS), "covers": covers_of(request.viewer, on=today),
    }  # fmt: skip
    return render(request, "desk/desk.html", context)


@at_the_desk
def everything(request: PageRequest) -> HttpResponse:
    """Show the rows behind a count: all that is open, the late, or what is put off."""
    at, which = clock.now(), request.GET.get("vis", "")
    counts = counts_for(request.viewer, at=at)
    total = {"late": counts.late, "later": counts.later}.get(which, counts.open)
    after = int(fra) if (fra := request.GET.get("fra", "")).isdecimal() and len(fra) < 6 else 0
    lines = all_due_for(request.viewer, at=at, which=which, after=after, most=ON_A_PAGE)
    context: dict[str, Any] = {
        "rows": tables.rows_of(lines, request.get_full_path()), "which": which, "total": total,
        "days": tables.other_days(_hours(request), clock.today()),
        "today": clock.today(), "pages": tables.pages_of(which, after, total, ON_A_PAGE),
    }  # fmt: skip
    return render(request, "desk/all.html", context)


@at_the_desk
def news(request: PageRequest) -> HttpResponse:
    """Show the rows behind what came in, or was done, since a moment."""
    moment, which = tables.read_moment(request.GET.get("t", "")), request.GET.get("vis", "")
    if moment is None:
        return redirect("desk")
    rows = wishes_since(request.viewer, moment, done=which == "done")
    context = {"rows": rows, "which": which, "day": tables.since_day(moment, clock.now())}
    return render(request, "desk/since.html", context)


def _hours(request: PageRequest) -> OpeningHours:
    own = sorted(request.viewer.owners)
    hours = opening_hours_of(own[0]) if own else DEFAULT_HOURS
    return hours if hours.week else DEFAULT_HOURS
