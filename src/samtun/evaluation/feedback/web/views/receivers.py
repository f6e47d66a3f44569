"""Who receives concerns for one's own organisation: among its own, and outside."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.evaluation.feedback.actions import receivers as actions
from samtun.evaluation.feedback.models import Receiver
from samtun.evaluation.feedback.queries import concerning as queries
from samtun.evaluation.feedback.web.forms import OutsideForm
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.partners.organisations.models import Organisation
from samtun.partners.organisations.queries import members_of, membership_for, organisation_for
from samtun.people.roles.rules import title


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_ORGANISATION, purpose="who receives concerns")
def receivers(request: PageRequest, organisation: uuid.UUID) -> HttpResponse:
    """See, choose and end who receives."""
    body, today = organisation_for(request.viewer, organisation), clock.today()
    form = OutsideForm(request.POST if request.POST.get("act") == "outside" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            _act(request, body, form)
        except (Refused, ValueError) as refusal:
            words = refusal.message if isinstance(refusal, Refused) else actions.NoLongerHere().message
            messages.warning(request, _(words))
        return redirect("concern_receivers", body.id)
    chosen = queries.receivers_set(body.owner)
    taken = {r.person_id for r in chosen}
    members = [m for m in members_of(body, on=today) if m.person_id not in taken]
    shown = list({m.person_id: m for m in members}.values())
    request.scope.saw(*taken, *(m.person_id for m in shown), how="listed")
    now, outside = queries.inside_receivers(body.owner, on=today), queries.outside_receivers(body.owner)
    request.scope.saw(*(n.person.id for n in [*now, *outside]), how="listed")
    context = {
        "body": body, "chosen": chosen, "form": form,
        "members": [{"row": m, "role": title(m.role)} for m in shown],
        "now": now, "outside": outside,
    }  # fmt: skip
    return render(request, "feedback/receivers.html", context, status=422 if form.errors else 200)


def _act(request: PageRequest, body: Organisation, form: OutsideForm) -> None:
    by, at, act = request.viewer, clock.now(), request.POST.get("act", "")
    if act == "inside":
        post = membership_for(by, uuid.UUID(request.POST.get("membership", "")), on=clock.today())
        actions.choose_receiver(membership=post, by=by, at=at)
    elif act == "outside":
        data = form.cleaned_data
        actions.choose_outside(
            owner=body.owner, who=form.who(), words=data["title"], address=data["address"], by=by, at=at
        )
    elif act == "end":
        found = Receiver.objects.filter(id=uuid.UUID(request.POST.get("receiver", "")), owner=body.owner).first()
        if found is None:
            raise NotYours
        actions.end_receiver(receiver=found, by=by, at=at)
