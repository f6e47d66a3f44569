"""The door list: ticked on the page, on paper, and on a telephone that has no network for a while."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs
from samtun.foundation.keys import keyed_hash
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import attending, minimum, signing, single
from samtun.operation.registrations.models import Minimum
from samtun.operation.registrations.queries import Line
from samtun.operation.registrations.queries.single import spare
from samtun.operation.registrations.rules import count_token, is_late, is_whole
from samtun.operation.registrations.web.views.desk import WHY

CAME = {"yes": True, "no": False, "unknown": None}
SOON = {"soon": True, "not_soon": False}
OLDEST = 8
"""Digits in how many seconds old a tick is: more than any telephone keeps one."""


def _shown(request: PageRequest, occurrence_id: uuid.UUID) -> tuple[Occurrence, list[Line]]:
    time = queries.occurrence_at_door(request.viewer, occurrence_id)
    lines = queries.door(request.viewer, time)
    request.scope.saw(*(line.row.contact_id for line in lines), how="listed")
    return time, lines


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def door(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """Who comes, ticked as they arrive; the same tick sent twice says the same."""
    time, lines = _shown(request, occurrence_id)
    author = keyed_hash(str(request.viewer.person), purpose="door-author")
    if request.method == "POST" and request.headers.get("X-Door") == "1":
        return _from_telephone(request, time, lines, author)
    if request.method == "POST":
        try:
            _tick(request, time, lines)
        except Refused as refusal:
            messages.error(request, _(refusal.message))
        return redirect("registration_door", time.id)
    few = Minimum.objects.filter(occurrence=time, is_reached=False, runs_anyway=False).exists()
    path = reverse("registration_count", args=[time.id, count_token(time.id)])
    context = {
        "row": time, "it": time.activity, "lines": lines, "totals": queries.totals(lines), "is_few": few,
        "standing": queries.standing(time, at=clock.now()), "count_url": request.build_absolute_uri(path),
        "has_begun": time.starts_at <= clock.now(), "author": author, "spare": spare(time, at=clock.now()),
        "gear": queries.gear_to_bring(lines), "can_be_soon": not is_whole(time.activity),
        "is_late": is_late(None if is_whole(time.activity) else time.starts_at, clock.now()),
    }  # fmt: skip
    return render(request, "registrations/door.html", context)


def _from_telephone(request: PageRequest, time: Occurrence, lines: list[Line], author: str) -> HttpResponse:
    """Take a tick that was kept on a telephone without a network. What can no longer be noted is told so."""
    act, age = request.POST.get("act", ""), request.POST.get("age", "")
    if request.POST.get("author") != author:
        return HttpResponse(status=409)  # somebody else's tick, on a telephone that two share
    row = next((line.row.id for line in lines if str(line.row.id) == request.POST.get("row")), None)
    if row is None or act not in CAME:
        return HttpResponse(status=410)
    since = dt.timedelta(seconds=int(age)) if age.isdecimal() and len(age) < OLDEST else dt.timedelta()
    at = clock.now()
    attending.note_attendance(
        occurrence=time, registration=row, came=CAME[act], by=request.viewer, at=at, ticked_at=at - since
    )
    return HttpResponse(status=204)


def _tick(request: PageRequest, time: Occurrence, lines: list[Line]) -> None:
    act, by, at = request.POST.get("act", ""), request.viewer, clock.now()
    if act == "run":
        minimum.run_anyway(occurrence=time, by=by, at=at)
        messages.success(request, _("They hear that it will be held."))
        return
    try:
        key = uuid.UUID(request.POST.get("row", ""))
    except ValueError as fault:
        raise NotYours from fault
    group = next((line.row.group for line in lines if line.row.id == key), None)
    if group and act in SOON:
        signing.say_short_notice(group=group, said=SOON[act], by=by, at=at)
        messages.success(request, _("It is noted. They keep their place in line."))
    elif group and act == "accept":
        signing.accept_place(group=group, by=by, at=at)
        messages.success(request, _("They are on the list."))
    elif act == "offer":
        single.offer(occurrence=time, registration=key, by=by, at=at)
        messages.success(request, _("They are asked about this one time, and keep their place in line."))
    elif act == "off":
        signing.cancel(registrations=[key], by=by, at=at)
        messages.success(request, _("It is noted. The place goes to the next."))
    elif act in CAME:
        attending.note_attendance(occurrence=time, registration=key, came=CAME[act], by=by, at=at)


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def paper(request: PageRequest, occurrence_id: uuid.UUID) -> HttpResponse:
    """The door list on paper, large enough to read by the door."""
    time, lines = _shown(request, occurrence_id)
    context = {
        "row": time, "lines": lines, "totals": queries.totals(lines), "printed_on": clock.today(),
        "gear": queries.gear_to_bring(lines),
        "soon": [line for line in lines if line.row.state == "waiting" and line.row.at_short_notice],
    }  # fmt: skip
    return render(request, "registrations/paper.html", context)
