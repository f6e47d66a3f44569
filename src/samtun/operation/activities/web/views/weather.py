"""All that is on a day, when the weather is bad: called off in one act, or those who hold it are asked."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.actions import answer
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.activities import queries
from samtun.operation.activities.actions import times
from samtun.operation.activities.models import Occurrence
from samtun.operation.activities.notices import ASKED
from samtun.operation.activities.web import tables
from samtun.operation.activities.web.forms import Several, WeatherForm
from samtun.operation.activities.web.views.desk import WHY


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def weather(request: PageRequest) -> HttpResponse:
    """Call off what is on a day, in one act, when the weather is bad; or ask those who hold it."""
    on = tables.day_of(request.GET.get("dag", ""), clock.today())
    rows = queries.on_that_day(request.viewer, on=on, village=tables.key_of(request.GET.get("stad", "")))
    form = WeatherForm(request.POST or None, initial={"times": [str(row.id) for row in rows if not row.asked_because]})
    form.part("times", Several).offer(rows, _named)
    if request.method == "POST" and form.is_valid():
        try:
            _settle(request, form.cleaned_data["times"], form.cleaned_data["because"])
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return redirect(request.get_full_path() if request.POST.get("act") == "ask" else "programme_own")
    context = {
        "form": form, "on": on, "day": tables.heading_of(on, clock.today()), "number": len(rows),
        "villages": tables.choices(request.GET, queries.villages_of(rows))["villages"],
    }  # fmt: skip
    return render(request, "activities/weather.html", context, status=422 if form.errors else 200)


def _named(row: Occurrence) -> str:
    words = f"{row.at:%H.%M} {row.title}, {row.place_name}"
    return _("%(what)s. They are asked.") % {"what": words} if row.asked_because else words


def _settle(request: PageRequest, rows: Sequence[Occurrence], because: str) -> None:
    """Do what was pressed to those that are ticked, and say so."""
    keys, by, at = [row.id for row in rows], request.viewer, clock.now()
    if request.POST.get("act") == "ask":
        number = len(times.ask_whether_held(occurrences=keys, because=because, by=by, at=at))
        said = ngettext(
            "Those who hold %(n)d time are asked. It stays as it is until they answer.",
            "Those who hold %(n)d times are asked. They stay as they are until they answer.", number,
        )  # fmt: skip
    else:
        number = len(times.call_off_many(occurrences=keys, because=because, by=by, at=at))
        said = ngettext(
            "%(n)d is called off. Those who are signed up hear of it.",
            "%(n)d are called off. Those who are signed up hear of it.", number,
        )  # fmt: skip
    messages.success(request, said % {"n": number})


@require_http_methods(["GET", "POST"])
@public
def held_or_not(request: PageRequest, token: str) -> HttpResponse:
    """Ask one who holds it whether it is held, from a link in a text. Opening answers nothing; one press does."""
    question = opened_by_link(
        request, token, {ASKED}, role=Role.ORGANISATION_REPRESENTATIVE, purpose="own activity", at=clock.now()
    )
    row = Occurrence.objects.filter(id=question.ref_id).first()
    if row is None:
        raise NotYours
    refused, given = "", request.POST.get("answer", "")
    if request.method == "POST" and given in {"yes", "no"} and row.asked_because:
        try:
            answer(question=question, answer=given, via="link", by=request.viewer, at=clock.now())
        except Refused as refusal:
            refused = _(refusal.message)
        else:
            return redirect("held_or_not", token)
    context = {"row": row, "refused": refused, "day": tables.heading_of(row.on, clock.today())}
    return render(request, "activities/held_or_not.html", context, status=422 if refused else 200)
