"""Somebody sits down at the table: one press, and the screen shows what everyone may see."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samtun.foundation import sessions
from samtun.foundation.access import PageRequest, public
from samtun.foundation.ways import came_from
from samtun.kernel import clock


@public
@never_cache
def neutral(request: PageRequest) -> HttpResponse:
    """Show the neutral page; a post hides what is behind the login first."""
    if request.method == "POST":
        if request.session.get("account"):
            sessions.cover(request.session, clock.now())
        return HttpResponse(status=204) if "quiet" in request.POST else HttpResponseRedirect(reverse("cover"))
    context = {"wall": clock.wall(clock.now()), "covered": sessions.is_covered(request.session)}
    return render(request, "accounts/cover.html", context)


@public
@require_POST
def uncover(request: PageRequest) -> HttpResponse:
    """Go on where one was; after a long absence by logging in."""
    quiet = "quiet" in request.POST
    if not sessions.uncover(request.session, clock.now()):
        messages.info(request, gettext("You were away for a while, so we logged you out. Log in again to go on."))
        return HttpResponse(status=401) if quiet else HttpResponseRedirect(reverse("login"))
    return HttpResponse(status=204) if quiet else HttpResponseRedirect(came_from(request) or "/")
