"""An arrangement opened from a text: who and where behind a code, and that one cannot come this time (decisions 19)."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.queries import read_token
from samtun.operation.arrangements import actions, queries
from samtun.operation.arrangements.enums import ArrangementState
from samtun.operation.arrangements.models import Visit
from samtun.operation.arrangements.web.forms import CodeForm
from samtun.operation.help_requests.actions import send_door_code
from samtun.operation.help_requests.rules import door_code_fits
from samtun.partners.organisations.queries import organisation_of

REMEMBERED = dt.timedelta(hours=12)
RELATED = ("arrangement__owner", "arrangement__task_type", "term__volunteer")


def _opened(request: PageRequest, token: str) -> Visit:
    """Return the date behind a token, for the one who comes; 404, the same for wrong and over."""
    limit("link", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=200)
    question = read_token(token, at=clock.now())
    if question is None or question.kind != "visit":
        raise Http404
    found = Visit.objects.select_related(*RELATED).filter(id=question.ref_id).first()
    if found is None or found.term.volunteer.person_id != question.to_person:
        raise Http404
    hat = Hat(key="link", role=Role.VOLUNTEER, label=_("by link"))
    request.viewer = request.scope.viewer = Viewer(
        tenant=request.municipality.id, hat=hat, person=question.to_person, purpose="own task", via="link"
    )
    request.private = True
    return found


@require_http_methods(["GET", "POST"])
@public
def visit_link(request: PageRequest, token: str) -> HttpResponse:
    """Show the next dates; say that one cannot one of them; open the door to name and address with the code."""
    found = _opened(request, token)
    form = CodeForm(request.POST if request.POST.get("act") == "code" else None)
    if request.method == "POST" and form.is_bound:
        if _code_fits(request, found, form):
            response = redirect("visit_link", token)
            return _keep(response, "door", found, str(found.arrangement_id), REMEMBERED, token)
    elif request.method == "POST":
        _say(request, found)
        return redirect("visit_link", token)
    now = clock.now()
    coming = [
        c for c in queries.coming_of(request.viewer, on=clock.today()) if c.arrangement.id == found.arrangement_id
    ]
    stands = bool(coming) and found.arrangement.state == ArrangementState.RUNNING
    context = {
        "token": token, "row": queries.coming_row(coming[0], now=now) if stands else None, "form": form,
        "open_door": _cookie(request, "door", found, REMEMBERED) == str(found.arrangement_id),
        "code_sent": bool(_cookie(request, "code", found, dt.timedelta(minutes=15))),
        "organisation": organisation_of(found.arrangement.owner_id),
    }  # fmt: skip
    return render(request, "arrangements/link.html", context, status=422 if form.errors else 200)


def _say(request: PageRequest, found: Visit) -> None:
    """Take a “cannot” about one of the arrangement's dates."""
    try:
        key = uuid.UUID(request.POST.get("visit", ""))
    except ValueError:
        return
    visit = Visit.objects.select_related(*RELATED).filter(id=key, arrangement=found.arrangement_id).first()
    if visit is None:
        return
    try:
        actions.cannot_come(visit=visit, via="link", by=request.viewer, at=clock.now())
    except NotYours:
        return
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
    else:
        messages.success(request, _("Thank you for telling us.") + "\n" + _("The rest stands as before."))


def _code_fits(request: PageRequest, found: Visit, form: CodeForm) -> bool:
    limit("door_try", str(found.id), at=clock.now(), most=8)
    code = _cookie(request, "code", found, dt.timedelta(minutes=15))
    if form.is_valid() and code and door_code_fits(uuid.UUID(code), form.cleaned_data["code"], at=clock.now()):
        return True
    if not form.errors:
        form.add_error("code", _("That is not the code, or it is older than ten minutes. Ask for a new one."))
    return False


@public
@require_POST
def send_code(request: PageRequest, token: str) -> HttpResponse:
    """Send six digits to the number we have."""
    found = _opened(request, token)
    if found.arrangement.state != ArrangementState.RUNNING:
        raise Http404
    response = redirect("visit_link", token)
    try:
        code = send_door_code(
            person=found.term.volunteer.person_id, owner=found.arrangement.owner_id, by=request.viewer, at=clock.now()
        )
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return response
    return _keep(response, "code", found, str(code), dt.timedelta(minutes=15), token)


def _cookie(request: PageRequest, what: str, found: Visit, lasts: dt.timedelta) -> str:
    name, age = f"samtun_{what}_{found.id.hex[-8:]}", int(lasts.total_seconds())
    try:
        return request.get_signed_cookie(name, salt=what, max_age=age) or ""
    except (KeyError, signing.BadSignature):
        return ""


def _keep(response: HttpResponse, what: str, found: Visit, value: str, lasts: dt.timedelta, token: str) -> HttpResponse:
    """Remember on this device, for this link only."""
    response.set_signed_cookie(
        f"samtun_{what}_{found.id.hex[-8:]}", value, salt=what, max_age=int(lasts.total_seconds()), httponly=True,
        samesite="Lax", path=f"/svar/fast/{token}/",
    )  # fmt: skip
    return response
