"""Pages for hats and roles."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from samtun.foundation import hats
from samtun.foundation.access import PageRequest, logged_in, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.people.accounts.actions import reset_second_factor
from samtun.people.roles.actions import change_hat, end_grant
from samtun.people.roles.queries import grant_for, grants_standing
from samtun.people.roles.rules import CLASSES, handles_roles, role_class
from samtun.people.roles.web.forms import ResetForm


@logged_in
def hats_page(request: PageRequest) -> HttpResponse:
    """List one's hats, each with its sentence; posting puts one on, and the session gets a new key."""
    if request.method == "POST":
        hat = change_hat(key=request.POST.get("hat", ""), by=request.viewer, at=clock.now())
        tenant = str(request.viewer.tenant)
        request.session["hats"] = request.session.get("hats", {}) | {tenant: hat.key}
        request.session.cycle_key()
        messages.success(request, gettext("You now act as: %(hat)s.") % {"hat": hat.label})
        return HttpResponseRedirect(_back(request))
    second = request.session.get("second_factor", False) or not settings.SECOND_FACTOR_REQUIRED
    mine = hats.hats_of(request.viewer.person) if request.viewer.person else []
    rows = [
        {"hat": h, "sentence": role_class(h.role).sentence, "worn": h.key == request.viewer.hat.key,
         "locked": h.role in hats.STRONG and not second}
        for h in mine
    ]  # fmt: skip
    return render(request, "roles/hats.html", {"rows": rows})


def _back(request: PageRequest) -> str:
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else reverse("hats")


@needs(Permission.MANAGE_SETTINGS, purpose=gettext_noop("Giving and taking away roles"))
def roles_page(request: PageRequest) -> HttpResponse:
    """Show every role with its sentence, and who has those that hold for the whole municipality."""
    if not handles_roles(request.viewer):
        raise NotYours
    return _show(request, ResetForm())


def _show(request: PageRequest, form: ResetForm) -> HttpResponse:
    grants = list(grants_standing(on=clock.today()))
    request.scope.saw(*(g.person_id for g in grants), how="listed")
    rows = [{"grant": g, "name": role_class(g.role).name, "person": g.person.full_name} for g in grants]
    return render(request, "roles/roles.html", {"rows": rows, "classes": CLASSES.values(), "form": form})


@needs(Permission.MANAGE_SETTINGS, purpose=gettext_noop("Giving and taking away roles"))
@require_POST
def end(request: PageRequest, grant: uuid.UUID) -> HttpResponse:
    """Take a municipality-wide role away."""
    found = grant_for(request.viewer, grant, on=clock.today())
    if found is None:
        raise NotYours
    end_grant(grant=found, by=request.viewer, at=clock.now())
    messages.success(request, gettext("The role is taken away. It holds from now on."))
    return HttpResponseRedirect(reverse("roles"))


@needs(Permission.MANAGE_SETTINGS, purpose=gettext_noop("Letting a person set up the login anew"))
@require_POST
def reset(request: PageRequest) -> HttpResponse:
    """Let somebody who has lost the app set it up anew; the person's open sessions end."""
    if not handles_roles(request.viewer):
        raise NotYours
    form = ResetForm(request.POST)
    if form.is_valid():
        try:
            reset_second_factor(account=form.cleaned_data["account"], by=request.viewer, at=clock.now())
        except Refused as refusal:
            form.add_error("account", gettext(refusal.message))
        else:
            messages.success(request, gettext("The next login asks for a new password and app."))
            return HttpResponseRedirect(reverse("roles"))
    return _show(request, form)
