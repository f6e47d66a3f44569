"""The note in the pocket: twenty seconds, one hand, with coverage or without."""

import datetime as dt
import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.keys import keyed_hash
from samtun.foundation.templatetags.ui import initials
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.clinical import clinical_words
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.operation.referrals import actions, queries
from samtun.operation.referrals.models import PocketNote
from samtun.operation.referrals.rules import POCKET_MARK
from samtun.operation.referrals.web.forms import NoteForm

ASSETS = (
    "css/theme.css", "vendor/designsystemet.css", "app.css", "vendor/htmx.js", "js/app.js", "js/kept.js",
    "js/pocket.js", "vendor/fonts/inter-latin.woff2", "img/favicon.svg",
)  # fmt: skip
TOO_OLD = int(queries.NOTE_LASTS.total_seconds())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose="remembering a word until the person has been asked")
def pocket(request: PageRequest) -> HttpResponse:
    """Keep a note, and show those that wait for the person's yes."""
    at = clock.now()
    by_script = request.headers.get("X-Pocket") == "1"
    author = keyed_hash(str(request.viewer.person), purpose="pocket-author")
    form = NoteForm(request.POST or None, initial={"key": uuid7()}, asks=not by_script)
    if request.method == "POST" and by_script and request.POST.get("author") != author:
        return HttpResponse(status=409)  # somebody else's note, on a telephone that two share
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        written = at - dt.timedelta(seconds=min(said["age"] or 0, TOO_OLD))
        try:
            actions.keep_note(
                words=said["words"], sent_key=said["key"] or uuid7(), written_at=written, by=request.viewer, at=at
            )
        except Refused as refusal:
            if by_script and isinstance(refusal, actions.LainTooLong):
                return HttpResponse(status=410)
            form.add_error("words", _(refusal.message))
        else:
            if by_script:
                return HttpResponse(status=204)
            messages.success(request, _("Kept, for you alone."))
            return redirect("pocket")
    notes = [_row(note, at) for note in queries.notes_of(request.viewer, at=at)]
    context = {"form": form, "notes": notes, "language": translation.get_language(), "author": author}
    answer = render(request, "referrals/pocket.html", context, status=422 if form.errors else 200)
    answer.set_cookie(
        POCKET_MARK, f"{author}.{quote(initials(request.viewer.name))}", path=reverse("pocket"), max_age=TOO_OLD,
        samesite="Strict", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


def _row(note: PocketNote, at: dt.datetime) -> dict[str, Any]:
    """Return a note with what is left of its days, and the question about a word of illness, if it has one."""
    found = clinical_words(note.words)
    asks = _("You wrote “%(words)s”. Does whoever helps need to know? Take it out, or keep it.")
    return {
        "note": note, "days": -((at - note.made_at - queries.NOTE_LASTS) // dt.timedelta(days=1)),
        "asks": asks % {"words": ", ".join(found)} if found else "",
    }  # fmt: skip


@require_POST
@needs(Permission.HANDLE_REQUESTS, purpose="remembering a word until the person has been asked")
def forget(request: PageRequest, note_id: uuid.UUID) -> HttpResponse:
    """Forget a note of one's own."""
    actions.forget_note(note_id=note_id, by=request.viewer, at=clock.now())
    messages.success(request, _("Forgotten."))
    return redirect("pocket")


@public
def outside(request: PageRequest, language: str) -> HttpResponse:
    """The same page without coverage or login: only the empty field; what is written stays locked on the telephone."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return render(request, "referrals/pocket_outside.html", {"form": NoteForm()})


@public
def worker(request: PageRequest) -> HttpResponse:
    """The script that keeps the empty page on the telephone."""
    shells = [reverse("pocket_outside", args=[code]) for code, _name in settings.LANGUAGES]
    context = {"shells": shells, "assets": [static(name) for name in ASSETS], "page": reverse("pocket")}
    answer = render(request, "referrals/pocket_worker.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
