"""The programme on paper: what is chosen as a poster, in large type and as text; and one activity's poster."""

import uuid
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.kernel import clock
from samtun.kernel.phones import spoken
from samtun.operation.activities import queries
from samtun.operation.activities.adapters import paper
from samtun.operation.activities.queries import Printed, Wanted
from samtun.operation.activities.web import tables
from samtun.operation.activities.web.views import printed
from samtun.partners.organisations.queries import organisation_of
from samtun.people.places.queries import village_names

TIMES = 5
MOST_DRAWN = 120
"""Sheets that one machine may have drawn in a quarter of an hour."""


@require_safe
@public
def choose(request: PageRequest) -> HttpResponse:
    """Offer the papers, with what is chosen in the filter."""
    wanted, rows, wrong = _asked(request)
    return _page(request, wanted, len(rows), wrong)


def _asked(request: PageRequest) -> tuple[Wanted, list[Printed], str]:
    """Return what is to be printed, and why it cannot be."""
    wanted, wrong = printed.chosen(request.GET, clock.today())
    rows = [] if wrong else queries.printed(wanted, most=printed.MOST + 1)
    if len(rows) > printed.MOST:
        wrong = _("That is more than %(most)d times, too much for a paper. Choose fewer days, or a place.") % {
            "most": printed.MOST
        }
    return wanted, rows, wrong


def _page(request: PageRequest, wanted: Wanted, number: int, wrong: str, *, status: int = 200) -> HttpResponse:
    query = tables.address_with(request.GET, ark="")
    here = {"here": reverse("programme_paper"), "days": printed.typed_days(request.GET)}
    context = {
        "number": number, "wrong": wrong, "period": printed.period(wanted), "query": "" if query == "?" else query,
        "large": tables.address_with(request.GET, ark="a3"),
        "filter": tables.choices(request.GET, village_names(clock.now())) | here,
    }  # fmt: skip
    return render(request, "activities/paper.html", context, status=status)


def _around(request: PageRequest, address: str, phone: str, scan: str) -> paper.Around:
    return paper.Around(
        language=get_language() or "nb", printed=_("Printed %(day)s") % {"day": date_format(clock.today(), "j. F Y")},
        page=_("Page"), address=request.build_absolute_uri(address), shown=request.get_host() + reverse("programme"),
        scan=scan, drawn=_("Code with the address of the page"),
        ring=_("Ring %(phone)s") % {"phone": spoken(phone)} if phone else "",
    )  # fmt: skip


def _programme(request: PageRequest, wanted: Wanted, rows: list[Printed]) -> paper.Programme:
    scan = _("Hold a telephone over the code to see everything that is on, and what has changed.")
    return paper.Programme(
        around=_around(request, reverse("programme"), request.municipality.phone, scan), title=_("What's on"),
        period=printed.period(wanted), none=_("Nothing is written down for this"), days=printed.days(rows),
    )  # fmt: skip


def _file(request: PageRequest, draw: Callable[[], bytes], name: str) -> HttpResponse:
    """Draw, where the same machine has not had hundreds drawn: setting a poster takes longer than a page."""
    limit("paper", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=MOST_DRAWN)
    answer = HttpResponse(draw(), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}-{clock.today():%Y-%m-%d}.pdf"'
    return answer


@require_safe
@public
def poster(request: PageRequest) -> HttpResponse:
    """Give what is chosen as a poster, on A4 or A3."""
    wanted, rows, wrong = _asked(request)
    if wrong:
        return _page(request, wanted, len(rows), wrong, status=422)
    sheet = request.GET.get("ark", "")
    return _file(request, lambda: paper.poster_pdf(_programme(request, wanted, rows), sheet=sheet), "program")


@require_safe
@public
def booklet(request: PageRequest) -> HttpResponse:
    """Give what is chosen as a booklet in large type."""
    wanted, rows, wrong = _asked(request)
    if wrong:
        return _page(request, wanted, len(rows), wrong, status=422)
    return _file(request, lambda: paper.booklet_pdf(_programme(request, wanted, rows)), "hefte")


@require_safe
@public
def text(request: PageRequest) -> HttpResponse:
    """Give what is chosen as plain text, for the parish magazine and the paper."""
    wanted, rows, wrong = _asked(request)
    if wrong:
        return _page(request, wanted, len(rows), wrong, status=422)
    around = _around(request, reverse("programme"), request.municipality.phone, "")
    ends = [part for part in (_("Everything that is on:"), around.address, around.ring) if part]
    said = printed.magazine(_("What's on"), printed.period(wanted), rows, ends)
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


@require_safe
@public
def of_time(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Give one time's poster, with a code to its page."""
    row = queries.open_occurrence(occurrence_id)
    it, when = row.activity, f"{tables.in_words(row.on)}, {printed.hours(row.at, row.to)}"
    off = f"{_('Called off')}: {row.note}" if row.state == "off" else row.note
    words = paper.Poster(
        around=_around(request, reverse("programme_time", args=[row.id]), it.meets_phone, _scan_one()),
        title=row.title, host=organisation_of(row.host_id).name, about=it.easy or it.about, off=off, times=[when],
        facts=printed.facts(it, row),
    )  # fmt: skip
    return _file(request, lambda: paper.activity_pdf(words, sheet=request.GET.get("ark", "")), "plakat")


@require_safe
@public
def of_activity(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Give an activity's poster with its next times, and a code to its page."""
    it = queries.open_activity(activity_id)
    times = printed.coming(queries.next_times(it.id, since=clock.today(), most=TIMES))
    words = paper.Poster(
        around=_around(request, reverse("programme_activity", args=[it.id]), it.meets_phone, _scan_one()),
        title=it.title, host=organisation_of(it.owner_id).name, about=it.easy or it.about, off="",
        times=times or [_("No time is set now.")], facts=printed.facts(it, None),
    )  # fmt: skip
    return _file(request, lambda: paper.activity_pdf(words, sheet=request.GET.get("ark", "")), "plakat")


def _scan_one() -> str:
    return _("Hold a telephone over the code to see more, and whether anything has changed.")
