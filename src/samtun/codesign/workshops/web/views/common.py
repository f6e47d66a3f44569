"""What the pages share: who is nobody, a QR code, where a workshop is in words, and a form on a page of its own."""

from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samtun.codesign.workshops.models import Workshop
from samtun.codesign.workshops.queries.cloths import Moment
from samtun.foundation.access import PageRequest
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref

WHY = gettext_noop("Leads a workshop")


def as_nobody(request: PageRequest) -> Viewer:
    """Let an own address speak for itself: whoever else is logged in on this machine is nobody here."""
    request.private = True
    return Viewer.anonymous(request.municipality.id)


def qr(address: str) -> str:
    """Return an address as a picture to be held a telephone at."""
    return str(segno.make(address, micro=False).svg_data_uri(scale=8, dark="#000", light="#fff", border=2))


def ticking(workshop: Workshop, moment: Moment | None) -> dict[str, Any]:
    """Return what the clock on a page needs: when the phase ends, and the server's own now, in milliseconds.

    `is_told`: a live process tells the page when something is new, so that it asks by itself more seldom (ADR 32).
    """
    ends = int(workshop.phase_ends.timestamp() * 1000) if workshop.phase_ends else ""
    left = None if workshop.left is None else f"{workshop.left // 60}:{workshop.left % 60:02d}"
    return {
        "workshop": workshop, "moment": moment, "ends_ms": ends, "now_ms": int(clock.now().timestamp() * 1000),
        "left_words": left, "ref": Ref("workshop", workshop.id), "is_told": bool(settings.SAMTUN_LIVE_ORIGIN),
    }  # fmt: skip


def is_same(request: PageRequest, workshop: Workshop) -> bool:
    """Tell whether a page that polls has this version already."""
    return request.GET.get("v") == str(workshop.version)


def nothing_new() -> HttpResponse:
    """Answer one who has it already."""
    return HttpResponse(status=204)


def form_page(
    request: PageRequest, workshop: Workshop, form: Form, do: Callable[[], Any], *, title: str | Promise,
    button: str | Promise, done: str | Promise, lead: str | Promise = "", back: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form on a page of its own, do what it says, and come back. What is refused stands on the page."""
    there = back or reverse("workshop", args=[workshop.id])
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, str(done))
            return redirect(there)
    context = {"found": workshop, "form": form, "title": title, "button_words": button, "lead": lead, "back": there}
    return render(request, "workshops/write.html", context, status=422 if form.errors else 200)


def attempt(request: PageRequest, do: Callable[[], Any], done: str | Promise = "") -> None:
    """Do what one press does, and say how it went."""
    try:
        do()
        if done:
            messages.success(request, str(done))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
