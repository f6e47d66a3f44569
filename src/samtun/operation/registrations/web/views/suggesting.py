"""For employees of the municipality: suggest something ordinary to somebody, and see what one's own unit suggested."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.actions import give_up, mark_called, mark_letters_sent, send_again
from samtun.notifications.messages.models import Message
from samtun.notifications.messages.queries import letters_pdf, one_call
from samtun.operation.activities.queries import open_occurrence
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import suggesting
from samtun.operation.registrations.actions.suggesting import Whom
from samtun.operation.registrations.rules import may_suggest
from samtun.operation.registrations.web.forms import SuggestForm

WHY = gettext_noop("Suggests something to come along to, with a yes")


SAID = {
    "sms": gettext_noop("They get a text about it. Only your unit knows that you suggested it."),
    "email": gettext_noop("They get an e-mail about it. Only your unit knows that you suggested it."),
    "letter": gettext_noop("Print the letter and post it. Only your unit knows that you suggested it."),
    "call": gettext_noop("It stands among those you ring. Only your unit knows that you suggested it."),
}
FIELDS = {
    suggesting.AskFirst: "said_yes", suggesting.NoWay: "phone", suggesting.WriteWho: "name",
    suggesting.WriteAddress: "address", suggesting.OtherAddress: "address", suggesting.LetterTooLate: "way",
}  # fmt: skip
"""Beside which field each refusal is said."""


@require_safe
@needs(Permission.REFER, purpose=WHY)
def suggestions(request: PageRequest) -> HttpResponse:
    """What one's own unit has suggested to whom."""
    rows = queries.suggested(request.viewer)
    request.scope.saw(*(told.suggestion.person_id for told in rows), how="listed")
    return render(request, "registrations/suggestions.html", {"rows": rows, "today": clock.today()})


@require_http_methods(["GET", "POST"])
@needs(Permission.REFER, purpose=WHY)
def suggest(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Suggest a time that is open to everyone. Whoever holds it does not hear of it."""
    if not may_suggest(request.viewer):
        raise NotYours
    time = open_occurrence(occurrence_id)
    form = SuggestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        way = "" if data["way"] == "own" else data["way"]
        whom = Whom(data["name"], data["phone"], said_yes=data["said_yes"], way=way, address=data["address"])
        try:
            made = suggesting.suggest(
                occurrence=time, whom=whom, sent_key=data["key"], by=request.viewer, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(FIELDS.get(type(refusal)), _(refusal.message))
        else:
            messages.success(request, _(SAID[queries.channel_of(made)]))
            return redirect("registration_suggestions")
    context = {"form": form, "row": time}
    return render(request, "registrations/suggest.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.REFER, purpose=WHY)
def tell(request: PageRequest, suggestion_id: uuid.UUID) -> HttpResponse:
    """Ring, or print and post the letter, for what one's own unit has suggested."""
    told = queries.one_suggested(request.viewer, suggestion_id)
    message = told.message
    call = one_call(request.viewer, message.id) if message else None
    if message is None or call is None:
        messages.info(request, _("This is not needed any more."))
        return redirect("registration_suggestions")
    if request.method != "POST":
        return render(request, "registrations/tell.html", {"call": call})
    if request.POST.get("act") == "letter":
        return _letter(request, message.id)
    try:
        messages.success(request, _done(request, message))
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    return redirect("registration_suggestions")


def _letter(request: PageRequest, message: uuid.UUID) -> HttpResponse:
    """Make the letter. Posted, so that no address with a key is left in the browser."""
    pdf = letters_pdf(request.viewer, [message], today=clock.today())
    if pdf is None:
        messages.info(request, _("This is not needed any more."))
        return redirect("registration_suggestions")
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="brev.pdf"'
    return answer


def _done(request: PageRequest, message: Message) -> str:
    act, by, at = request.POST.get("act", ""), request.viewer, clock.now()
    if act in {"told", "not_home"}:
        mark_called(message=message, outcome=act, by=by, at=at)
        return _("Noted. Thank you for ringing.") if act == "told" else _("Noted: no answer. Try again later.")
    if act == "posted":
        mark_letters_sent(messages=[message.id], by=by, at=at)
        return _("It is noted that the letter is posted.")
    if act == "ring":
        send_again(message=message, by=by, at=at, channel="call")
        return _("It now stands among the calls.")
    if act == "let_be":
        give_up(message=message, by=by, at=at)
        return _("Left as it is. Nothing more is sent.")
    raise NotYours
