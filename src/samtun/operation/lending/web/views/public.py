"""The open pages: what can be borrowed, and when it is free. Never who has it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.foundation.access import PageRequest, public
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.operation.lending import queries
from samtun.operation.lending.enums import Kind
from samtun.operation.lending.rules import lends
from samtun.operation.lending.web import tables
from samtun.operation.lending.web.forms import ACCESS, FilterForm
from samtun.partners.organisations.queries import organisation_of
from samtun.people.places.queries import villages

EACH = 100


@require_safe
@public
def listing(request: PageRequest) -> HttpResponse:
    """Show what can be borrowed, by kind, place, room and access."""
    form = FilterForm(request.GET or None, villages=villages())
    chosen = form.cleaned_data if form.is_valid() else {}
    village = chosen.get("village")
    rows = queries.offered(
        kind=chosen.get("kind", ""), village=village.id if village else None, seats=chosen.get("seats") or 0,
        access=chosen.get("access", ()),
    )  # fmt: skip
    kinds: list[dict[str, Any]] = [{"value": "", "label": _("All"), "on": not chosen.get("kind")}]
    kinds += [{"value": k.value, "label": k.label, "on": chosen.get("kind") == k} for k in Kind]
    context = {
        "form": form, "kinds": kinds, "chosen": chosen, "rows": [(r, tables.access_of(r)) for r in rows[:EACH]],
        "access": [
            {"value": value, "label": label, "on": value in chosen.get("access", ())}
            for value, label in ACCESS
        ],
    }  # fmt: skip
    return render(request, "lending/list.html", context)


@require_safe
@public
def page(request: PageRequest, lendable_id: uuid.UUID) -> HttpResponse:
    """Show one thing: its rules, and a month of free and taken time."""
    found, today = queries.one_offered(lendable_id), clock.today()
    month = tables.month_of(request.GET.get("m", ""), today)
    first, end = tables.stretch(month, today)
    days = queries.days_of(found, first, (end - first).days)
    context = {
        "found": found, "centre": organisation_of(found.owner_id), "access": tables.access_of(found),
        "weeks": tables.weeks_of(days), "first": first, "last": days[-1].on, "today": today, "later": end,
        "earlier": tables.month_before(month) if month > today else None,
        "season": queries.open_season_of(found, on=today),
        "borrows": request.viewer.may(Permission.PUBLISH), "lends": lends(request.viewer, found.owner_id),
    }  # fmt: skip
    return render(request, "lending/thing.html", context)
