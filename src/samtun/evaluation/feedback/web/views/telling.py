"""*Si fra*: the form, the way back by code, and the same on paper. Whoever is logged in is not written down."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.evaluation.feedback.actions import concerning as actions
from samtun.evaluation.feedback.models import Concern
from samtun.evaluation.feedback.queries import concerning as queries
from samtun.evaluation.feedback.web.forms import CodeForm, ConcernForm, MoreForm
from samtun.foundation.access import PageRequest, public
from samtun.foundation.limits import limit
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.partners.organisations.models import Organisation

COOKIE, COOKIE_LASTS = "samtun_told", 900
BACK = "/si-fra/svar/"


def body_chosen(request: PageRequest) -> tuple[Organisation, list[Organisation]]:
    """Return the organisation it is about, and all there are; the centre when none is chosen."""
    bodies = queries.bodies_to_tell()
    wanted = request.POST.get("lag") or request.GET.get("lag", "")
    if not bodies:
        raise actions.NobodyReceives
    return next((b for b in bodies if str(b.id) == wanted), bodies[0]), bodies


def telling_of(form: ConcernForm) -> actions.Telling:
    """Return what was filled in."""
    data = form.cleaned_data
    to = data["to"] or "inside"
    return actions.Telling(
        kind=data["kind"], text=data["text"], about=data["about"], name=data["name"], phone=data["phone"],
        concerned=[uuid.UUID(key) for key in data["concerned"]], to_inside=to != "outside", to_outside=to != "inside",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@public
def si_fra(request: PageRequest) -> HttpResponse:
    """Tell that something is wrong, with a name or without."""
    at, request.private = clock.now(), True
    body, bodies = body_chosen(request)
    inside = queries.inside_receivers(body.owner, on=clock.today())
    outside = queries.outside_receivers(body.owner)
    form = ConcernForm(request.POST or None, inside=inside, outside=outside, initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            limit("si_fra", request.META.get("REMOTE_ADDR", ""), at=at, most=10)
            made, code = actions.raise_concern(
                owner=body.owner, telling=telling_of(form), sent_key=str(form.cleaned_data["key"]), via="web", at=at
            )
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            readers = queries.readers_of(made, on=clock.today())
            return render(request, "feedback/told_thanks.html", {"code": code, "found": made, "readers": readers})
    context = {
        "form": form, "body": body, "others": [b for b in bodies if b != body], "inside": inside, "outside": outside,
        "receives": queries.receives(request.viewer),
    }  # fmt: skip
    return render(request, "feedback/si_fra.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public
def come_back(request: PageRequest) -> HttpResponse:
    """Come back by the code: read answers, and add more. No account, and nothing in the address."""
    request.private = True
    concern = _remembered(request)
    if request.method == "POST" and "leave" in request.POST:
        response = redirect("si_fra_back")
        response.delete_cookie(COOKIE, path=BACK)
        return response
    if concern is None:
        return _ask_code(request)
    form = MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            limit("si_fra_more", str(concern.id), at=clock.now(), most=20)
            actions.add_words(concern=concern, text=form.cleaned_data["text"], at=clock.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return redirect("si_fra_back")
    context = {
        "found": concern, "form": form, "told": queries.told(concern),
        "remarks": queries.remarks_of(concern, shown_only=True), "outcome": concern.get_outcome_display(),
    }  # fmt: skip
    return render(request, "feedback/thread.html", context, status=422 if form.errors else 200)


def _ask_code(request: PageRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            limit("si_fra_code", request.META.get("REMOTE_ADDR", ""), at=clock.now(), most=8)
            limit("si_fra_codes", str(request.municipality.id), at=clock.now(), most=100)
        except Refused as refusal:
            form.add_error("code", _(refusal.message))
        else:
            if found := queries.concern_by_code(form.cleaned_data["code"]):
                response = redirect("si_fra_back")
                facts: dict[str, Any] = {"salt": COOKIE, "httponly": True, "samesite": "Lax", "path": BACK}
                response.set_signed_cookie(COOKIE, str(found.id), max_age=COOKIE_LASTS, **facts)
                return response
            form.add_error("code", _("We find nothing by that code. Look once more at the words and the number."))
    return render(request, "feedback/code.html", {"form": form}, status=422 if form.errors else 200)


def _remembered(request: PageRequest) -> Concern | None:
    value = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=COOKIE_LASTS)
    return queries.concern_remembered(value or "")


@public
@require_safe
def paper(request: PageRequest) -> HttpResponse:
    """The same form on paper, with who receives it."""
    body, _bodies = body_chosen(request)
    inside = queries.inside_receivers(body.owner, on=clock.today())
    outside = queries.outside_receivers(body.owner)
    context = {
        "body": body, "inside": inside, "outside": outside, "printed_on": clock.today(),
        "form": ConcernForm(inside=inside, outside=outside),
    }  # fmt: skip
    return render(request, "feedback/si_fra_paper.html", context)
