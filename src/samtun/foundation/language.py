"""Choosing a language on any page: a cookie for the browser, nothing stored about the person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samtun.foundation.access import public
from samtun.foundation.middleware import LANGUAGE_COOKIE, LANGUAGES


@public(scope=False)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language for a year and go back to where one was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    language = request.POST.get("language", "")
    if language in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=365 * 86400, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
