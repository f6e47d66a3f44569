"""The telephones beside the page: what would have gone out, and writing back."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samtun.anchoring.responsibilities.queries import in_language
from samtun.demo import actions, queries
from samtun.foundation.access import PageRequest, public
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission
from samtun.kernel import clock


@public
def telephones(request: PageRequest) -> HttpResponse:
    """Show the telephones. Asked again with an unchanged `stamp`, answer with nothing: what is typed stays."""
    now = queries.stamp()
    polled = request.headers.get("HX-Request") == "true"
    if polled and request.GET.get("stamp") == now:
        return HttpResponse(status=204)
    template = "demo/telephone.html#phones" if polled else "demo/telephone.html"
    return render(request, template, _page(request, request.GET.get("hvem", ""), now))


def _page(request: PageRequest, slug: str, stamp: str) -> dict[str, object]:
    at = clock.now()
    waiting, first = queries.held_back(at=at)
    return {
        "handsets": queries.handsets(slug, base=request.build_absolute_uri("/"), at=at), "slug": slug, "stamp": stamp,
        "everyone": queries.everyone(), "letters": queries.post("letter"), "emails": queries.post("email"),
        "meetings": [{"it": m, "kind": in_language(m.kind)} for m in queries.meetings()],
        "waiting": waiting, "first": first, "makes_calls": request.viewer.may(Permission.HANDLE_MESSAGES),
        "again": f"{reverse('demo_telephone')}?{urlencode({'hvem': slug, 'stamp': stamp})}",
    }  # fmt: skip


def _back(request: PageRequest) -> HttpResponse:
    slug = request.POST.get("hvem", "")
    known = slug and queries.person_of(slug)
    return redirect(reverse("demo_telephone") + (f"?{urlencode({'hvem': slug})}" if known else ""))


@public
@require_POST
def reply(request: PageRequest) -> HttpResponse:
    """Send what was written on a telephone, as if it had come through the gateway."""
    person = queries.person_of(request.POST.get("fra", ""))
    if person is None:
        raise Http404
    text = (request.POST.get("answer") or request.POST.get("text", "")).strip()
    if text:
        actions.write_back(number=person.phone, text=text, at=clock.now())
    else:
        messages.warning(request, gettext("Nothing was sent: write something first."))
    return _back(request)


@public
@require_POST
def send_held_back(request: PageRequest) -> HttpResponse:
    """Let the texts that wait for the morning come now."""
    defer("demo.send_held_back")
    messages.success(request, gettext("They come in a moment."))
    return _back(request)


@public
@require_POST
def day_before(request: PageRequest, match_id: uuid.UUID) -> HttpResponse:
    """Let it be the day before something agreed."""
    if not queries.is_agreed(match_id):
        raise Http404
    defer("demo.day_before", match_id=match_id)
    messages.success(request, gettext("The reminder comes in a moment."))
    return _back(request)


@public
@require_POST
def be_over(request: PageRequest, match_id: uuid.UUID) -> HttpResponse:
    """Let the agreed time pass."""
    if not queries.is_agreed(match_id):
        raise Http404
    defer("demo.be_over", match_id=match_id)
    messages.success(request, gettext("The time has passed. Receipt and question come in a moment."))
    return _back(request)
