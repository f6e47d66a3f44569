"""One's own login: where one is logged in, another address, showing again who one is, a form kept, logging out."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from samtun.foundation import sessions
from samtun.foundation.access import PageRequest, logged_in, public
from samtun.foundation.keeping import drop_kept_form, kept_form
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.people.accounts import actions
from samtun.people.accounts.models import Account
from samtun.people.accounts.queries import account_of, address_typed
from samtun.people.accounts.rules import masked
from samtun.people.accounts.web.forms import AddressForm, CodeForm, ProveForm
from samtun.people.accounts.web.views.door import browser_of, inside, is_known, remember_browser, wanted, with_then

TYPED, NEW = "address_typed", "address_asked"  # in the session: what was written, and the code that went there
WRONG = gettext_noop("That code did not work. Look at the last message you got, or ask for a new code.")


def _own(request: PageRequest) -> Account:
    account = account_of(request.viewer.account)
    if account is None:
        raise NotYours
    return account


@public
@require_POST
def logout(request: PageRequest) -> HttpResponse:
    """Log out: the session is gone from the database, and the browser forgets the pages."""
    actions.logged_out(by=request.viewer, at=clock.now())
    request.session.flush()
    messages.success(request, gettext("You are logged out."))
    response = HttpResponseRedirect("/")
    response["Clear-Site-Data"] = '"cache"'
    sessions.forget_marks(response)
    return response


@logged_in
@never_cache
def standing(request: PageRequest) -> HttpResponse:
    """Show where one is logged in, and end what one does not know."""
    account, at, key = _own(request), clock.now(), request.session.session_key or ""
    if request.method == "POST":
        handle = request.POST.get("handle", "")
        others = {"handle": handle} if handle else {"but": key}
        ended = actions.end_logins(account=account.id, by=request.viewer, at=at, **others)
        messages.success(
            request, ngettext("%(n)d login has been ended.", "%(n)d logins have been ended.", ended) % {"n": ended}
        )
        return HttpResponseRedirect(reverse("sessions"))
    return render(request, "accounts/sessions.html", {"standing": sessions.standing(account.id, at=at, current=key)})


@logged_in
@never_cache
def prove(request: PageRequest) -> HttpResponse:
    """Show again who one is: password and digits, or a code to the address one has."""
    account = _own(request)
    then = inside(request, request.POST.get("then", "") or wanted(request)) or "/"
    return _by_password(request, account, then) if account.has_second_factor else _by_code(request, account, then)


def _by_password(request: PageRequest, account: Account, then: str) -> HttpResponse:
    form = ProveForm(request.POST or None, initial={"then": then})
    if request.method == "POST" and form.is_valid():
        at, (way, address) = clock.now(), ("email", account.email) if account.email else ("phone", account.phone or "")
        try:
            right = actions.check_password(
                way=way, address=address or "", password=form.cleaned_data["password"], at=at,
                code=form.cleaned_data["code"], remote=request.META["REMOTE_ADDR"], browser=browser_of(request),
                known=is_known(request, address or ""),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, gettext(refusal.message))
        else:
            if right is not None:
                sessions.prove(request.session, at, second_factor=True)
                return HttpResponseRedirect(then)
            form.add_error(None, gettext("That did not match. Check both, and wait for new digits in the app."))
    return render(request, "accounts/prove.html", {"form": form, "then": then, "sent": True})


def _by_code(request: PageRequest, account: Account, then: str) -> HttpResponse:
    at, browser, sent = clock.now(), browser_of(request), request.session.get("proof", "")
    if request.method == "POST" and "send" in request.POST:
        request.session["proof"] = str(actions.ask_proof(account=account, browser=browser, at=at).id)
        return remember_browser(HttpResponseRedirect(with_then("prove", then)), browser)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and sent and form.is_valid():
        row = actions.use_code(code=uuid.UUID(sent), typed=form.cleaned_data["code"], browser=browser, at=at)
        if row is not None and row.account_id == account.id:
            request.session.pop("proof", None)
            sessions.prove(request.session, at, second_factor=False)
            return HttpResponseRedirect(then)
        form.add_error("code", gettext(WRONG))
    where = masked(account.phone or account.email or "")
    return render(request, "accounts/prove.html", {"form": form, "then": then, "sent": bool(sent), "where": where})


@logged_in
@never_cache
def address(request: PageRequest) -> HttpResponse:
    """Ask what one wants to log in with; a code goes there, and what is typed outlives showing who one is."""
    account, at, browser = _own(request), clock.now(), browser_of(request)
    if not sessions.proved(request.session, at):
        if request.method == "POST":
            request.session[TYPED] = request.POST.get("address", "")[:200]
        return HttpResponseRedirect(with_then("prove", reverse("login_address")))
    form = AddressForm(request.POST or None, initial={"address": request.session.get(TYPED, "")})
    if request.method == "POST" and form.is_valid():
        way, new = form.cleaned_data["address"]
        try:
            row = actions.ask_new_address(
                account=account, way=way, address=new, browser=browser, proved=True, by=request.viewer, at=at
            )
        except Refused as refusal:
            form.add_error("address", gettext(refusal.message))
        else:
            request.session[TYPED], request.session[NEW] = request.POST["address"], str(row.id)
            return remember_browser(HttpResponseRedirect(reverse("login_address_code")), browser)
    now = [masked(a) for a in (account.email, account.phone) if a]
    return render(request, "accounts/address.html", {"form": form, "now": now})


@logged_in
@never_cache
def address_code(request: PageRequest) -> HttpResponse:
    """Take the code that went to the new address, and only then log in with it."""
    account, at, asked = _own(request), clock.now(), request.session.get(NEW, "")
    if not asked:
        return HttpResponseRedirect(reverse("login_address"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.change_address(
                account=account, code=uuid.UUID(asked), typed=form.cleaned_data["code"], browser=browser_of(request),
                by=request.viewer, at=at,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, gettext(refusal.message))
        else:
            if row is not None:
                new = masked(address_typed(row))
                messages.success(request, gettext("From now on you log in with %(address)s.") % {"address": new})
                del request.session[NEW], request.session[TYPED]
                return HttpResponseRedirect(reverse("sessions"))
            form.add_error("code", gettext(WRONG))
    return render(request, "accounts/address_code.html", {"form": form, "address": request.session.get(TYPED, "")})


@logged_in
@never_cache
def kept(request: PageRequest, key: uuid.UUID) -> HttpResponse:
    """Show what was about to be sent when the session ran out, to send it now or leave it."""
    found = kept_form(key=key, account=_own(request).id, at=clock.now())
    if found is None:
        raise NotYours
    if request.method == "POST":
        drop_kept_form(key)
        messages.info(request, gettext("What you had written was not sent, and is forgotten."))
        return HttpResponseRedirect("/")
    path, fields = found
    shown = [value for _name, value in fields if value.strip() and not _is_key(value)]
    return render(request, "accounts/kept.html", {"path": path, "fields": fields, "shown": shown})


def _is_key(value: str) -> bool:
    """Tell whether a value is a key that says nothing to a reader."""
    try:
        uuid.UUID(value)
    except ValueError:
        return value.startswith("/")
    return True
