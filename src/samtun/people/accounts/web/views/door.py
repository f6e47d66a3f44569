"""What all ways of logging in share: the browser's cookie, where to go afterwards, and the beginning of a session."""

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from samtun.foundation import hats, sessions
from samtun.foundation.access import PageRequest
from samtun.foundation.context import first_of
from samtun.foundation.keys import keyed_hash
from samtun.foundation.viewer import Hat, Permission, Viewer
from samtun.people.accounts.actions import logged_in
from samtun.people.accounts.models import Account

PREFIX = "__Host-samtun" if settings.SESSION_COOKIE_SECURE else "samtun"
BROWSER = f"{PREFIX}-browser"
KNOWN = f"{PREFIX}-known"
YEAR = 365 * 86400


def browser_of(request: PageRequest) -> str:
    """Return the browser's own random text, new if it has none."""
    return request.COOKIES.get(BROWSER) or secrets.token_urlsafe(32)


def remember_browser(response: HttpResponse, browser: str) -> HttpResponse:
    """Give the browser its random text, until it is closed."""
    response.set_cookie(BROWSER, browser, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def is_known(request: PageRequest, address: str) -> bool:
    """Tell whether this browser has logged in with the address before."""
    return secrets.compare_digest(request.COOKIES.get(KNOWN, ""), keyed_hash(address, purpose="known-browser"))


def inside(request: PageRequest, path: str) -> str:
    """Return a path of this site; empty when it leads anywhere else."""
    good = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()})
    return path if good else ""


def wanted(request: PageRequest) -> str:
    """Return where to go after login: a kept form, or the page asked for."""
    try:
        return reverse("kept_form", args=[uuid.UUID(request.GET["kept"])])
    except (KeyError, ValueError):
        return inside(request, request.GET.get("next", ""))


def with_then(name: str, then: str) -> str:
    """Return a login page's address that remembers where to go."""
    return reverse(name) + (f"?{urlencode({'next': then})}" if then else "")


def let_in(
    request: PageRequest, account: Account, *, provider: str, second_factor: bool, then: str, address: str,
    at: dt.datetime,
) -> HttpResponse:  # fmt: skip
    """Begin the session, write it down, and send the person on."""
    sessions.begin(request, account=account.id, provider=provider, second_factor=second_factor, at=at)
    who = hats.identify(account.id)
    tenant: uuid.UUID = request.municipality.id
    nobody = Viewer.anonymous(tenant).hat
    person, name = (who.person, who.name) if who else (None, "")
    by = Viewer(tenant=tenant, hat=nobody, account=account.id, person=person, name=name)
    logged_in(account=account.id, way=provider, by=by, at=at)
    worn = hats.hats_of(person) if person else []
    response = HttpResponseRedirect(_next(request, account, worn, second_factor, then))
    sessions.forget_marks(response)
    known = keyed_hash(address, purpose="known-browser")
    response.set_cookie(
        KNOWN, known, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _next(request: PageRequest, account: Account, worn: list[Hat], second_factor: bool, then: str) -> str:
    strong = settings.SECOND_FACTOR_REQUIRED and any(h.role in hats.STRONG for h in worn)
    if strong and not second_factor:
        return with_then("login_password" if account.has_second_factor else "second_factor", then)
    hat = hats.worn_first(worn, second_factor=second_factor or not settings.SECOND_FACTOR_REQUIRED)
    return inside(request, then) or _first_page(hat)


def landing(request: PageRequest) -> str:
    """Return the first page of whoever has just shown all that their hats ask for."""
    worn = hats.hats_of(request.viewer.person) if request.viewer.person else []
    return _first_page(hats.worn_first(worn, second_factor=True))


def _first_page(hat: Hat | None) -> str:
    """Return the desk, one's own page, or what stands first in the hat's menu."""
    allowed = hat.permissions if hat else frozenset()
    first = first_of(allowed)
    home = (
        "desk" if Permission.SEE_DESK in allowed else "home" if Permission.OWN_PAGE in allowed or not first else first
    )
    try:
        return reverse(home)
    except NoReverseMatch:
        return "/"
