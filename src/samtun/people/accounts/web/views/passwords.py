"""Logging in with password and app, and setting it up."""

import segno
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from pyotp import TOTP

from samtun.foundation import sessions
from samtun.foundation.access import PageRequest, logged_in, public
from samtun.foundation.limits import TooManyTries
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.people.accounts.actions import check_password, pending_secret, set_up
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import account_of
from samtun.people.accounts.rules import address_of
from samtun.people.accounts.web.forms import PasswordForm, SetUpForm
from samtun.people.accounts.web.views.door import (
    browser_of,
    inside,
    is_known,
    landing,
    let_in,
    remember_browser,
    wanted,
    with_then,
)


@public
@never_cache
def password(request: PageRequest) -> HttpResponse:
    """Log in with e-mail or number, password and six digits; one sentence for whatever is wrong."""
    form = PasswordForm(request.POST or None, initial={"then": wanted(request)})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            account, address = _checked(request, form)
        except TooManyTries as refusal:
            form.add_error(None, gettext(refusal.message))
            status = 429
        else:
            if account is not None:
                return let_in(
                    request, account, provider="password", second_factor=account.has_second_factor, address=address,
                    then=inside(request, form.cleaned_data["then"]), at=clock.now(),
                )  # fmt: skip
            form.add_error(None, gettext("That did not match. Check all three, and wait for new digits in the app."))
    then = inside(request, form["then"].value() or "")
    return render(request, "accounts/password.html", {"form": form, "then": then or "/"}, status=status)


def _checked(request: PageRequest, form: PasswordForm) -> tuple[Account | None, str]:
    way, address = address_of(form.cleaned_data["address"])
    account = check_password(
        way=way, address=address, password=form.cleaned_data["password"], code=form.cleaned_data["code"],
        remote=request.META["REMOTE_ADDR"], browser=browser_of(request), known=is_known(request, address),
        at=clock.now(),
    )  # fmt: skip
    return account, address


@logged_in
@never_cache
def second_factor(request: PageRequest) -> HttpResponse:
    """Choose a password and connect an app, once, right after having logged in."""
    at = clock.now()
    account = account_of(request.viewer.account)
    if account is None or account.has_second_factor:
        raise NotYours
    if not sessions.proved(request.session, at):
        return HttpResponseRedirect(with_then("prove", request.get_full_path()))
    secret, request.session["totp_pending"] = pending_secret(
        account=account, kept=request.session.get("totp_pending", "")
    )
    has_password = account.has_usable_password()
    form = SetUpForm(request.POST or None, initial={"then": wanted(request)}, has_password=has_password)
    if request.method == "POST" and form.is_valid() and _set_up(request, form, account, secret):
        return HttpResponseRedirect(inside(request, form.cleaned_data["then"]) or landing(request))
    uri = TOTP(secret).provisioning_uri(
        name=account.email or account.phone or "", issuer_name=request.municipality.shared_name
    )
    drawn = segno.make(uri, micro=False).svg_data_uri(scale=5, dark="#000", light="#fff", border=4)
    groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    context = {"form": form, "secret": groups, "qr": drawn, "has_password": has_password}
    return remember_browser(render(request, "accounts/second_factor.html", context), browser_of(request))


def _set_up(request: PageRequest, form: SetUpForm, account: Account, secret: str) -> bool:
    at = clock.now()
    try:
        set_up(
            account=account, password=form.cleaned_data.get("password", ""), secret=secret,
            code=form.cleaned_data["code"], by=request.viewer, at=at, current=request.session.session_key or "",
        )  # fmt: skip
    except ValidationError as weak:
        form.add_error("password" if "password" in form.fields else None, weak)
        return False
    except Refused as refusal:
        form.add_error("code", gettext(refusal.message))
        return False
    request.session.pop("totp_pending", None)
    request.session.pop("hats", None)
    sessions.prove(request.session, at, second_factor=True)
    return True
