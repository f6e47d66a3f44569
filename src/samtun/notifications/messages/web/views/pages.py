"""The list of what a person must see to, and the door that links in texts lead to."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.replies import question_kind
from samtun.foundation.viewer import Permission
from samtun.foundation.ways import came_from
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages import actions, queries
from samtun.notifications.messages.models import Inbound, Message

OPENED = {"call": "messages/call.html", "letter": "messages/letter.html", "trouble": "messages/trouble.html"}
handles_messages = needs(Permission.HANDLE_MESSAGES, purpose="reaching people")


@public
@require_safe
def open_link(request: PageRequest, token: str) -> HttpResponse:
    """Lead from the short address in a text to the page of what was asked. Opening does nothing else."""
    at = clock.now()
    limit("link", request.META.get("REMOTE_ADDR", ""), at=at, most=200)
    question = queries.read_token(token, at=at)
    if question is None:
        return render(request, "messages/link_over.html", status=404)
    return redirect(reverse(question_kind(question.kind).page, args=[token]))


@handles_messages
@require_safe
def messages_page(request: PageRequest) -> HttpResponse:
    """Show calls to make, letters to print, messages that did not arrive, texts to read."""
    return _page(request)


def _page(request: PageRequest, *, status: int = 200) -> HttpResponse:
    viewer, at = request.viewer, clock.now()
    context = {
        "calls": queries.calls_to_make(viewer, at=at),
        "letters": queries.letters_to_print(viewer),
        "troubled": queries.needing_a_person(viewer),
        "texts": queries.inbound_texts(viewer),
    }
    return render(request, "messages/messages.html", context, status=status)


@handles_messages
@require_safe
def call_page(request: PageRequest, message_id: uuid.UUID) -> HttpResponse:
    """Show one call, letter or message in trouble: to whom, what it says, and what can be done."""
    call = queries.one_call(request.viewer, message_id)
    if call is None:
        messages.info(request, _("This is not needed any more."))
        return redirect("messages")
    return render(request, OPENED[call.kind], {"call": call, "row": call.row})


def _do(request: PageRequest, act: Callable[[], str]) -> HttpResponse:
    """Run one act; a refusal comes back as a sentence, and nothing was written."""
    try:
        with transaction.atomic():
            sentence = act()
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
    else:
        messages.success(request, sentence)
    return redirect(came_from(request) or "messages")


def _message(message_id: uuid.UUID) -> Message:
    message = Message.objects.filter(id=message_id).first()
    if message is None:
        raise Http404
    return message


@handles_messages
@require_POST
def called(request: PageRequest, message_id: uuid.UUID) -> HttpResponse:
    """Write down how the call went."""
    outcome = request.POST.get("outcome", "")

    def act() -> str:
        actions.mark_called(message=_message(message_id), outcome=outcome, by=request.viewer, at=clock.now())
        if outcome == "not_home":
            return _("Noted: no answer. The call comes back in two hours.")
        return _("Noted. Thank you for ringing.")

    return _do(request, act)


@handles_messages
@require_POST
def again(request: PageRequest, message_id: uuid.UUID) -> HttpResponse:
    """Send once more, or turn it into a call."""
    channel = "call" if request.POST.get("channel") == "call" else ""

    def act() -> str:
        actions.send_again(message=_message(message_id), by=request.viewer, at=clock.now(), channel=channel)
        return _("It now stands among the calls.") if channel else _("It is being sent again.")

    return _do(request, act)


@handles_messages
@require_POST
def let_be(request: PageRequest, message_id: uuid.UUID) -> HttpResponse:
    """Leave a message as it is."""

    def act() -> str:
        actions.give_up(message=_message(message_id), by=request.viewer, at=clock.now())
        return _("Left as it is. Nothing more is sent.")

    return _do(request, act)


def _chosen(request: PageRequest) -> list[uuid.UUID]:
    found = []
    for text in request.POST.getlist("letter"):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


@handles_messages
@require_POST
def letters(request: PageRequest) -> HttpResponse:
    """Make one PDF of the letters ticked. Posted, so that no address with keys is left in the browser."""
    pdf = queries.letters_pdf(request.viewer, _chosen(request), today=clock.today())
    if pdf is None:
        messages.warning(request, _("Tick the letters you want to print."))
        return redirect("messages")
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="brev.pdf"'
    return answer


@handles_messages
@require_POST
def letters_sent(request: PageRequest) -> HttpResponse:
    """Note that the letters ticked have been posted."""
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Tick the letters you have posted."))
        return redirect("messages")

    def act() -> str:
        count = actions.mark_letters_sent(messages=chosen, by=request.viewer, at=clock.now())
        return ngettext("%d letter is noted as posted.", "%d letters are noted as posted.", count) % count

    return _do(request, act)


@handles_messages
@require_http_methods(["GET", "HEAD", "POST"])
def text_read(request: PageRequest, inbound_id: uuid.UUID) -> HttpResponse:
    """Show a text that came in; posted to, note that it has been read and seen to."""
    if request.method != "POST":
        return render(request, "messages/text.html", {"text": queries.one_text(request.viewer, inbound_id)})

    def act() -> str:
        inbound = Inbound.objects.filter(id=inbound_id).first()
        if inbound is None:
            raise NotYours
        actions.finish_inbound(inbound=inbound, by=request.viewer, at=clock.now())
        return _("Noted as seen to. The words are erased.")

    return _do(request, act)
