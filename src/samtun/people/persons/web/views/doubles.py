"""Two rows that may be one human: found, compared, put together, split again."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.people.persons import actions, queries
from samtun.people.persons.rules import may_change, sees_address
from samtun.people.persons.web.forms import CompareForm
from samtun.people.persons.web.tables import WHY, effects_of

compares = needs(Permission.HANDLE_REQUESTS, purpose="finding out whether two are the same person")


@require_safe
@compares
def person_doubles(request: PageRequest) -> HttpResponse:
    """List pairs that may be one: initials until opened."""
    rows = [
        {
            "one": pair.one, "other": pair.other, "why": [WHY[w] for w in pair.why],
            "village": "" if pair.one.address_protected or not pair.one.village else pair.one.village.name,
        }
        for pair in queries.look_alikes(request.viewer)
    ]  # fmt: skip
    return render(request, "persons/doubles.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@compares
def person_compare(request: PageRequest, kept: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Show both side by side; put them together, field by field."""
    first, second = queries.pair_for(request.viewer, kept, other)
    viewer = request.viewer
    if not (may_change(viewer, first) and may_change(viewer, second)):
        raise NotYours
    sees = sees_address(viewer, first) and sees_address(viewer, second)
    both_log_in = len(queries.who_log_in([first.id, second.id])) > 1
    form = CompareForm(
        request.POST if request.method == "POST" else None, kept=first, other=second, sees_where=sees,
        owners=queries.own_owners(viewer), both_log_in=both_log_in,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            actions.merge_persons(
                kept=first, other=second, take=form.taken, owner=form.chosen_owner, by=viewer, at=clock.now(),
                knows_both_log_in=both_log_in,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            done = _("%(name)s is one person now.") % {"name": first.full_name}
            messages.success(request, done + "\n" + _("It can be split again from this page."))
            return redirect("person", first.id)
    context = {
        "kept": first, "other": second, "form": form, "sees": sees, "both_log_in": both_log_in,
        "effects": effects_of(first, second),
    }  # fmt: skip
    return render(request, "persons/compare.html", context, status=422 if form.errors else 200)


@require_POST
@compares
def person_different(request: PageRequest, kept: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Note that these are two."""
    first, second = queries.pair_for(request.viewer, kept, other)
    actions.say_different(one=first, other=second, by=request.viewer, at=clock.now())
    messages.success(request, _("Then they are two. We do not ask about them again."))
    return redirect("person_doubles")


@require_http_methods(["GET", "POST"])
@compares
def person_split(request: PageRequest, merge_id: uuid.UUID) -> HttpResponse:
    """Ask once more; then let two be two again."""
    merge = queries.merge_for(request.viewer, merge_id)
    if not may_change(request.viewer, merge.kept):
        raise NotYours
    if request.method == "POST":
        try:
            actions.split_persons(merge=merge, by=request.viewer, at=clock.now())
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        else:
            messages.success(request, _("They are two again. Everything stands where it stood before."))
        return redirect("person", merge.kept_id)
    context = {
        "title": _("Split %(name)s in two again?") % {"name": merge.kept.full_name}, "person": merge.kept,
        "effects": [
            _("%(name)s gets back what followed: requests, volunteering, agreements and messages.")
            % {"name": merge.other.full_name},
            _("What has come since stays with %(name)s.") % {"name": merge.kept.full_name},
        ],
        "here": request.path, "yes": _("Yes, split them"), "back": reverse("person", args=[merge.kept_id]),
    }  # fmt: skip
    return render(request, "persons/sure.html", context)
