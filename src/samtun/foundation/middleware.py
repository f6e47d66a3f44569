"""From host name to municipality, from session to viewer, and one scope around each view."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from samtun.foundation import hats
from samtun.foundation.access import Access, PageRequest, access_of
from samtun.foundation.audit import write_access
from samtun.foundation.hats import STRONG
from samtun.foundation.keeping import keep_form
from samtun.foundation.live import QUIET
from samtun.foundation.models.tenancy import Municipality
from samtun.foundation.scope import Scope, open_scope, retrying
from samtun.foundation.sessions import ABSOLUTE, IDLE, is_covered
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.kept import Kept

log = logging.getLogger("samtun.web")
METHODS = ("GET", "HEAD", "POST")
LANGUAGES = {"nb", "nn", "en"}
LANGUAGE_COOKIE = "samtun_language"

type GetResponse = Callable[[PageRequest], HttpResponse]

_municipalities: Kept[str, Municipality] = Kept(
    lambda host: Municipality.objects.filter(host=host).first(), lasts=dt.timedelta(seconds=30)
)
"""By host name, without port."""


class TenantMiddleware:
    """Sets `request.municipality`; an unknown host gets a plain page that says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        """Find the municipality; health pages need none."""
        if request.path.startswith("/-/"):
            return self.get_response(request)
        host = request.get_host().rsplit(":", 1)[0]
        found = _municipalities.of(settings.HOST_ALIASES.get(host, host), clock.now())
        if found is None:
            return render(request, "ui/no_municipality.html", {"host": host}, status=404)
        request.municipality = found
        language = request.COOKIES.get(LANGUAGE_COOKIE, "")
        request.chosen_language = language if language in LANGUAGES else ""
        with translation.override(request.chosen_language or found.language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ("Cookie",))
        return response


class ScopeMiddleware:
    """Last of all: opens the scope around the view, so that an exception rolls back (not only an answer)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        """Pass on; the work is in `process_view`. Pages are read and posted to, nothing else."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = self.get_response(request)
        if getattr(request, "private", False):
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: PageRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        """Run the view inside its scope, once permitted."""
        access = access_of(view)
        if access is None:
            if view.__module__.startswith("django."):
                return view(request, *args, **kwargs)
            raise Http404
        if not access.scope:
            return view(request, *args, **kwargs)
        try:
            return retrying(lambda: self._run(request, access, view, args, kwargs))
        except NotYours as error:
            raise Http404 from error
        except Refused as refusal:
            return refused(request, refusal)

    def _run(
        self, request: PageRequest, access: Access, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        at = clock.now()
        tenant: uuid.UUID = request.municipality.id
        with open_scope(tenant, Viewer.anonymous(tenant)) as scope:
            scope.viewer = viewer_of(request, access, at)
            request.viewer, request.scope = scope.viewer, scope
            request.private = scope.viewer.account is not None
            if not access.public:
                closed = self._closed(request, access, scope)
                if closed is not None:
                    return closed
            language = request.chosen_language or scope.viewer.language or request.municipality.language
            with translation.override(language):
                request.LANGUAGE_CODE = language
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and not response.is_rendered:
                    response.render()
            write_access(scope, at=at, ref=request.path)
            return response

    def _closed(self, request: PageRequest, access: Access, scope: Scope) -> HttpResponse | None:
        viewer = scope.viewer
        if viewer.account is None:
            return to_login(request)
        if is_covered(request.session):
            return to_cover(request)
        if access.needs and not any(viewer.may(p) for p in access.needs):
            log.info("refused", extra={"path_name": request.resolver_match and request.resolver_match.view_name})
            return render(request, "403.html", status=403)
        return None


def refused(request: PageRequest, refusal: Refused) -> HttpResponse:
    """Answer a refusal that a view did not handle: the sentence, and the way back. Nothing was written."""
    with translation.override(getattr(request, "LANGUAGE_CODE", None) or translation.get_language()):
        context = {"sentence": translation.gettext(refusal.message), "back": request.META.get("HTTP_REFERER", "/")}
        return render(request, "409.html", context, status=409)


def to_login(request: PageRequest) -> HttpResponse:
    """Send to the login page; what was posted is kept an hour for the same account."""
    target = reverse("login") + "?next=" + quote(request.get_full_path() if request.method == "GET" else "/")
    if request.method == "POST" and (account := request.session.get("expired_account")):
        kept = keep_form(account=uuid.UUID(account), path=request.path, body=request.POST, at=clock.now())
        target = reverse("login") + f"?kept={kept}"
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=200)
        response.headers["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)


def to_cover(request: PageRequest) -> HttpResponse:
    """Send to the neutral page: somebody has hidden the screen, and nothing opens by any other way."""
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=200)
        response.headers["HX-Redirect"] = reverse("cover")
        return response
    return HttpResponseRedirect(reverse("cover"))


def viewer_of(request: PageRequest, access: Access, at: dt.datetime) -> Viewer:
    """Return who is looking: the session's account, if it still stands, wearing the hat it last chose."""
    tenant: uuid.UUID = request.municipality.id
    account = live_account(request, at)
    who = hats.identify(account) if account else None
    if who is None:
        return Viewer.anonymous(tenant)
    hat = None
    second = request.session.get("second_factor", False) or not settings.SECOND_FACTOR_REQUIRED
    if who.person:
        chosen = request.session.get("hats", {}).get(str(tenant), "")
        hat = hats.hat_of(who.person, chosen) if chosen else None
        if hat is None:
            hat = hats.worn_first(hats.hats_of(who.person, who.merged), second_factor=second)
            if hat:
                request.session["hats"] = request.session.get("hats", {}) | {str(tenant): hat.key}
    if hat is None:
        hat = Viewer.anonymous(tenant).hat
    if hat.role in STRONG and not second:
        hat = type(hat)(key=hat.key, role=hat.role, label=hat.label)
    return Viewer(
        tenant=tenant, hat=hat, account=who.account, person=who.person, name=who.name, language=who.language,
        purpose=access.purpose,
    )  # fmt: skip


def live_account(request: PageRequest, at: dt.datetime) -> uuid.UUID | None:
    """Return the session's account unless idle or too old; the session then ends, remembering only who it was."""
    session = request.session
    account = session.get("account")
    if not account:
        return None
    seen, began = session.get("seen", 0), session.get("began", 0)
    now = at.timestamp()
    if now - seen > IDLE.total_seconds() or now - began > ABSOLUTE.total_seconds():
        worn = session.get("hats", {})
        session.flush()
        session["expired_account"], session["expired_hats"] = account, worn
        session.set_expiry(3600)
        messages.info(
            request, translation.gettext("You were away for a while, so we logged you out. Log in again to go on.")
        )
        return None
    if now - seen > 60 and QUIET not in request.headers:
        session["seen"] = now
    return uuid.UUID(account)
