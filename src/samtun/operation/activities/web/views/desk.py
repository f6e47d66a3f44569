"""What somebody publishes: the list, and one activity with its times and what can be done with it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.slots import fragments
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities import queries
from samtun.operation.activities.actions import keeping, making
from samtun.operation.activities.actions.borrowing import waited_for
from samtun.operation.activities.models import Activity
from samtun.operation.activities.web import tables
from samtun.operation.activities.web.forms import DownForm
from samtun.partners.catalogue.queries import reports_of

WHY = gettext_noop("Publishes what is on")
EACH, NEXT = 40, 12


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def activities(request: PageRequest) -> HttpResponse:
    """Show what one publishes, the nearest first."""
    today, ended = clock.today(), request.GET.get("vis") == "slutt"
    found = queries.activities_for(request.viewer, on=today, ended=ended)
    page = Paginator(found, EACH).get_page(request.GET.get("side"))
    rows = [(one, tables.heading_of(day, today) if day else "") for one, day in queries.with_next(page.object_list)]
    return render(request, "activities/activities.html", {"page": page, "rows": rows, "ended": ended})


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def activity(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """One activity: how it stands, its coming times, and what can be done."""
    it = queries.activity_for(request.viewer, activity_id)
    form = DownForm(request.POST if request.POST.get("act") == "down" else None)
    if request.method == "POST":
        answer = _act(request, it, form)
        if answer:
            return answer
    today, is_centre = clock.today(), queries.is_centre(request.viewer)
    times = queries.times_for(request.viewer, it, on=today)
    reports = reports_of(request.viewer, Ref("programme", it.id)) if is_centre else []
    context = {
        "it": it, "times": [(tables.heading_of(one.on, today), one) for one in times[:NEXT]], "number": times.count(),
        "form": form, "is_centre": is_centre,
        "taken": [(tables.heading_of(on, today), name) for name, on in waited_for(it, at=clock.now())],
        "reports": reports, "to_look_at": any(one.seen_at is None for one in reports),
        "is_old": it.true_until is not None and it.true_until < today,
        "slots": fragments(request.viewer, Ref("programme", it.id), on=today),
    }  # fmt: skip
    return render(request, "activities/activity.html", context, status=422 if form.errors else 200)


def _act(request: PageRequest, it: Activity, form: DownForm) -> HttpResponse | None:
    """Do what was pressed; None when the page is to be shown again with what is wrong."""
    at, act = clock.now(), request.POST.get("act", "")
    if act == "down":
        if not form.is_valid():
            return None
        return _done(
            request, it, lambda: making.take_down(
                activity=it, because=form.cleaned_data["because"], by=request.viewer, at=at
            ), _("It is taken down, and its owner can read why."),
        )  # fmt: skip
    acts: dict[str, tuple[Callable[[], Activity], str]] = {
        "open": (lambda: making.open_it(activity=it, by=request.viewer, at=at), _("It is open to everyone.")),
        "end": (lambda: making.end(activity=it, by=request.viewer, at=at), _("It is ended. What has been stays.")),
        "stand": (
            lambda: keeping.let_stand(activity=it, words="", by=request.viewer, at=at),
            _("It stands. It is off the desk."),
        ),
        "true": (
            lambda: keeping.confirm(activity=it, by=request.viewer, at=at),
            _("Thank you. We ask again in half a year."),
        ),
    }  # fmt: skip
    if act not in acts:
        raise NotYours
    return _done(request, it, *acts[act])


def _done(request: PageRequest, it: Activity, act: Callable[[], Activity], said: str) -> HttpResponse:
    try:
        made = act()
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        waits = made.state == "waiting"
        messages.success(
            request, _("It opens by itself when the centre has seen who you are, within one opening day.")
            if waits else said,
        )  # fmt: skip
    return redirect("programme_one", it.id)
