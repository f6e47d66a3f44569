"""Logging in with a one-time code or link. Every answer is the same whether the address is known or not."""

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import TooManyTries
from samtun.kernel import clock
from samtun.people.accounts.actions import ask_code, use_code, use_link
from samtun.people.accounts.models import LoginCode
from samtun.people.accounts.queries import address_typed, code_row
from samtun.people.accounts.rules import browser_hash, same
from samtun.people.accounts.web.forms import AddressForm, CodeForm
from samtun.people.accounts.web.views.door import (
    browser_of,
    inside,
    is_known,
    let_in,
    remember_browser,
    wanted,
    with_then,
)


@public
@never_cache
def login(request: PageRequest) -> HttpResponse:
    """Ask for an e-mail address or a number, and send a code to it."""
    form = AddressForm(request.POST or None, initial={"then": wanted(request)})
    status = 200
    if request.method == "POST" and form.is_valid():
        way, address = form.cleaned_data["address"]
        browser = browser_of(request)
        try:
            row = ask_code(
                way=way, address=address, browser=browser, remote=request.META["REMOTE_ADDR"],
                known=is_known(request, address), then=inside(request, form.cleaned_data["then"]), at=clock.now(),
            )  # fmt: skip
        except TooManyTries as refusal:
            form.add_error(None, gettext(refusal.message))
            status = 429
        else:
            return remember_browser(HttpResponseRedirect(reverse("login_code", args=[row.id])), browser)
    then = inside(request, form["then"].value() or "")
    return render(
        request, "accounts/login.html", {"form": form, "password": with_then("login_password", then)}, status=status
    )


@public
@never_cache
def code(request: PageRequest, code: uuid.UUID) -> HttpResponse:
    """Take the six digits."""
    if code_row(code) is None:
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        row = use_code(code=code, typed=form.cleaned_data["code"], browser=browser_of(request), at=at)
        if row is not None:
            return _let_in(request, row, "code")
        form.add_error(
            "code", gettext("That code did not work. Look at the last message you got, or ask for a new code.")
        )
    return render(request, "accounts/code.html", {"form": form})


@public
@never_cache
def link(request: PageRequest, code: uuid.UUID, token: str) -> HttpResponse:
    """Show a button; only pressing it logs in, so that a mail scanner that follows links uses nothing up."""
    row = code_row(code)
    here = row is not None and same(browser_hash(browser_of(request)), row.browser_hash)
    tried = request.method == "POST" and here
    if tried:
        used = use_link(code=code, token=token, browser=browser_of(request), at=clock.now())
        if used is not None:
            return _let_in(request, used, "link")
    return render(request, "accounts/link.html", {"here": here, "failed": tried})


def _let_in(request: PageRequest, row: LoginCode, provider: str) -> HttpResponse:
    assert row.account is not None, "a used code has an account"
    return let_in(
        request, row.account, provider=provider, second_factor=False, then=row.then, address=address_typed(row),
        at=clock.now(),
    )  # fmt: skip
