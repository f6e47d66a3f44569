"""Recommendations are written, and become an idea, a service design or something to do."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.models import Recommendation, Workshop
from samtun.codesign.workshops.web.forms import IdeaForm, RecommendationForm
from samtun.codesign.workshops.web.views.common import WHY, attempt, form_page
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.forms import Form
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours

DONE: dict[str, str | Promise] = {
    "opplegg": _("It is a service design now. Ask the others in."),
    "gjeremal": _("It stands on the desk now, with a day."),
}


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def write(request: PageRequest, workshop_id: uuid.UUID, recommendation_id: uuid.UUID | None = None) -> HttpResponse:
    """Write what is recommended: what, who and how."""
    found = queries.workshop_for(request.viewer, workshop_id)
    old = _recommendation(found, recommendation_id) if recommendation_id else None
    cluster = queries.cluster_in(found, request.GET.get("fra", ""))
    what = old.what if old else cluster.name if cluster else ""
    first = {"what": what, "who": old.who if old else "", "how": old.how if old else ""}
    form = RecommendationForm(request.POST or None, initial=first)

    def do() -> None:
        who: dict[str, Any] = {"by": request.viewer, "at": clock.now()}
        if old:
            actions.rewrite(recommendation=old, **form.written, **who)
        else:
            actions.recommend(workshop=found, cluster=cluster, **form.written, **who)

    lead = _("Five to ten are enough for a day.")
    return form_page(
        request, found, form, do, title=_("A recommendation"), lead=lead, button=_("Save"), done=_("Saved."),
        back=f"{reverse('workshop_report', args=[found.id])}#tilraadingar",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_DESK, Permission.MANAGE_ORGANISATION, purpose=WHY)
def become(request: PageRequest, workshop_id: uuid.UUID, recommendation_id: uuid.UUID, act: str) -> HttpResponse:
    """Let it become something, in one press; a centre says first what exists nearby."""
    found = queries.workshop_for(request.viewer, workshop_id)
    chosen = _recommendation(found, recommendation_id)
    who: dict[str, Any] = {"recommendation": chosen, "by": request.viewer, "at": clock.now()}
    back = f"{reverse('workshop_report', args=[found.id])}#tilraadingar"
    if act == "ide":
        return _idea(request, found, chosen, back)
    if act not in DONE:
        raise NotYours
    if request.method == "POST":
        do = actions.make_design if act == "opplegg" else actions.make_todo
        attempt(request, lambda: do(**who), DONE[act])
        return redirect(back)
    title = _("Make it a service design") if act == "opplegg" else _("Make it something to do")
    return form_page(request, found, Form(), lambda: None, title=title, lead=chosen.what, button=title, done="",
                     back=back)  # fmt: skip


def _idea(request: PageRequest, found: Workshop, chosen: Recommendation, back: str) -> HttpResponse:
    form = IdeaForm(request.POST if request.method == "POST" else None)
    who: dict[str, Any] = {"recommendation": chosen, "by": request.viewer, "at": clock.now()}

    def do() -> None:
        actions.make_idea(near_words=form.written["near"], **who)

    return form_page(
        request, found, form, do, title=_("Make it an idea"), lead=chosen.what, button=_("Make it an idea"),
        done=_("It is an idea now. The one who answers, answers in time."), back=back,
    )  # fmt: skip


def _recommendation(workshop: Workshop, key: uuid.UUID) -> Recommendation:
    found = Recommendation.objects.filter(id=key, workshop=workshop).first()
    if found is None:
        raise NotYours
    return found
