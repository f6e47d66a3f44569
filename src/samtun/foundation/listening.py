"""Where a page asks for leave to listen (ADR 32), and how new a thing is when nothing can be listened to."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from samtun.foundation import live, sessions
from samtun.foundation.access import PageRequest, public
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.refs import Ref


def origin_of(request: HttpRequest) -> str:
    """Return the origin the browser has the page from."""
    return f"{request.scheme}://{request.get_host()}"


@public
@require_GET
def ticket(request: PageRequest, kind: str, ident: uuid.UUID) -> HttpResponse:
    """Answer the version of a thing, and the address of its stream: empty when there is none, and the page asks again.

    404 for whoever may not see it, and while the screen is hidden: also that something goes on is then nobody's.
    """
    ref, viewer = Ref(kind, ident), request.viewer
    login = _login(request, viewer)
    holder = live.holder_of(ref, request.GET.get("key", ""))
    version = live.version_for(viewer, ref, holder)
    if version is None:
        raise Http404
    stream = ""
    if settings.SAMTUN_LIVE_ORIGIN:
        given = live.ticket(viewer, ref, origin=origin_of(request), at=clock.now(), login=login, holder=holder)
        stream = f"{settings.SAMTUN_LIVE_ORIGIN}/live/{given}"
    return JsonResponse({"version": version, "stream": stream}, headers={"Cache-Control": "no-store"})


def _login(request: PageRequest, viewer: Viewer) -> str:
    if viewer.account is None:
        return ""
    if sessions.is_covered(request.session):
        raise Http404
    return sessions.handle_of(request.session.session_key or "")
