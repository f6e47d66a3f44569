"""Where a word comes in: at work, with the person's yes; or from a neighbour who worries."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.presence import there_words
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import Refused
from samtun.kernel.ids import uuid7
from samtun.operation.referrals import actions, queries
from samtun.operation.referrals.web import tables
from samtun.operation.referrals.web.forms import PassOnForm, WorryForm
from samtun.partners.organisations.queries import answering_owner, opening_hours_of, organisation_of


@require_http_methods(["GET", "POST"])
@needs(Permission.REFER, purpose="passing on a wish, with a yes")
def pass_on(request: PageRequest) -> HttpResponse:
    """Pass a wish on, and see what became of those before."""
    at, owner = clock.now(), answering_owner()
    form = PassOnForm(request.POST or None, initial={"key": uuid7()})
    if request.method == "POST" and form.is_valid():
        facts = {f: form.cleaned_data[f] for f in ("name", "phone", "words", "said_yes", "key")}
        try:
            actions.pass_on(to=owner, by=request.viewer, at=at, **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Passed on.") + "\n" + _("You will hear what becomes of it."))
            return redirect("pass_on")
    hours = opening_hours_of(owner.id)
    context = {
        "form": form, "centre": organisation_of(owner.id), "rings_by": hours.after_days(clock.wall(at), 0),
        "notes_death": request.viewer.may(Permission.NOTE_DEATH),
        "rows": [tables.passed_on_row(r) for r in queries.passed_on_by(request.viewer, at=at)],
    }  # fmt: skip
    return render(request, "referrals/pass_on.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@public
def worry(request: PageRequest) -> HttpResponse:
    """Take in that someone worries about another. First of all it asks whether it is urgent."""
    owner = answering_owner()
    form = WorryForm(request.POST or None, initial={"key": uuid7()})
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        by = Viewer.system(request.municipality.id, frozenset({owner.id}))
        facts = {f: form.cleaned_data[f] for f in form.cleaned_data if f != form.keep_as_written}
        try:
            limit("worry", request.META.get("REMOTE_ADDR", ""), at=at, most=10)
            actions.report_worry(to=owner, by=by, at=at, **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            return redirect("worry_thanks")
    context = {"form": form, "centre": organisation_of(owner.id)}
    return render(request, "referrals/worry.html", context, status=422 if form.errors else 200)


@public
def worry_thanks(request: PageRequest) -> HttpResponse:
    """Thank, say when somebody rings, and that what is said stays between the two."""
    owner = answering_owner()
    context = {"centre": organisation_of(owner.id), "there": there_words(owner.id, clock.now())}
    return render(request, "referrals/worry_thanks.html", context)
