"""What the pages share: a design for one who may write in it, and a form on a page of its own."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samtun.codesign.designs import queries
from samtun.codesign.designs.models import Design, Party
from samtun.codesign.designs.queries.designs import Reading
from samtun.foundation.access import PageRequest
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused

WHY = gettext_noop("Makes a service together with others")


def to_write(viewer: Viewer, design_id: uuid.UUID) -> Reading:
    """Return a design for one who acts for a party that takes part; NotYours otherwise."""
    found = queries.design_for(viewer, design_id)
    if not found.joined:
        raise NotYours
    return found


def to_answer_for(reading: Reading, parties: Iterable[Party]) -> list[tuple[Party, bool]]:
    """Return parties, each with whether the reader may write for it: their own, or one where nobody has a login."""
    own = reading.own.id if reading.own else None
    return [
        (party, party.id == own or (reading.joined and not queries.can_log_in(party.owner_id, on=clock.today())))
        for party in parties
    ]


def posted(request: PageRequest) -> QueryDict | None:
    """Return what was posted, also when the form has nothing to fill in; None when nothing was."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: PageRequest, design: Design, form: Form, do: Callable[[], Any], *, title: str | Promise,
    button: str | Promise, done: str | Promise, lead: str | Promise = "", back: str = "",
) -> HttpResponse:  # fmt: skip
    """Show a form on a page of its own, do what it says, and come back. What is refused stands on the page."""
    there = back or reverse("design", args=[design.id])
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, str(done))
            return redirect(there)
    context = {"found": design, "form": form, "title": title, "button_words": button, "lead": lead, "back": there}
    return render(request, "designs/write.html", context, status=422 if form.errors else 200)


def attempt(request: PageRequest, do: Callable[[], Any], done: str | Promise) -> None:
    """Do what one press does, and say how it went."""
    try:
        do()
        messages.success(request, str(done))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
