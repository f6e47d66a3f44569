"""A picture of what one does there: put up, with a yes from everyone in it, taken away; and the file itself."""

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.limits import limit
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.operation.activities import queries
from samtun.operation.activities.actions import pictures
from samtun.operation.activities.models import Activity, Picture
from samtun.operation.activities.queries import Own
from samtun.operation.activities.web.forms import DownForm, PictureForm, PublishForm, YesForm
from samtun.operation.activities.web.views.desk import WHY

FRESH = 300
"""Seconds that a browser may show a picture without asking again: so long after a yes is taken back, at most."""
MOST_SENT = 60


@require_safe
@public
def wide(request: PageRequest, mark: str) -> HttpResponse:
    """Give the picture as it is shown on a screen."""
    return _file(request, mark, "wide")


@require_safe
@public
def narrow(request: PageRequest, mark: str) -> HttpResponse:
    """Give the picture as it is shown on a telephone."""
    return _file(request, mark, "narrow")


def _file(request: PageRequest, mark: str, size: str) -> HttpResponse:
    answer = HttpResponse(queries.file_of(mark, size=size), content_type="image/webp")
    answer["Cache-Control"] = f"public, max-age={FRESH}, must-revalidate"
    answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = etag = f'"{mark}-{size}"'
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
@needs(Permission.PUBLISH, purpose=WHY)
def preview(request: PageRequest, activity_id: uuid.UUID, picture_id: uuid.UUID) -> HttpResponse:
    """Give a picture to those who put it up, before anyone else sees it."""
    return HttpResponse(queries.own_file(request.viewer, activity_id, picture_id), content_type="image/webp")


class Sheet(NamedTuple):
    """The page as it was sent: the activity, its pictures, and the forms, of which one at most is filled in."""

    it: Activity
    own: Own
    put: PictureForm
    yes: YesForm
    publish: PublishForm
    down: DownForm


@require_http_methods(["GET", "POST"])
@needs(Permission.PUBLISH, purpose=WHY)
def picture(request: PageRequest, activity_id: uuid.UUID) -> HttpResponse:
    """Put a picture on an activity, see who has said yes to it, take it away."""
    sheet, names = _sheet(request, activity_id), None
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "names":
            names = pictures.read_names(picture=_chosen(request, sheet.own), by=request.viewer, at=clock.now())
        elif act in ACTS:
            answer = ACTS[act](request, sheet)
            if answer:
                return answer
            sheet = sheet._replace(own=queries.pictures_for(request.viewer, activity_id)[1])
        else:
            raise NotYours
    forms = (sheet.put, sheet.yes, sheet.publish, sheet.down)
    context = {
        **sheet._asdict(), "names": names, "key": uuid.uuid4(),
        "is_centre": queries.is_centre(request.viewer),
        "asks_people": bool(sheet.own.waits and sheet.own.waits.recognisable and sheet.own.waits.shows),
    }  # fmt: skip
    wrong = any(form.is_bound and form.errors for form in forms)
    return render(request, "activities/picture.html", context, status=422 if wrong else 200)


def _sheet(request: PageRequest, activity_id: uuid.UUID) -> Sheet:
    it, own = queries.pictures_for(request.viewer, activity_id)
    act, data = request.POST.get("act", ""), request.POST
    waits = own.waits
    initial = {"recognisable": "yes" if waits and waits.recognisable else "no", "shows": waits.shows if waits else ""}
    return Sheet(
        it, own,
        PictureForm(
            data if act == "put" else None, request.FILES if act == "put" else None, initial=initial,
            has_one=waits is not None, answers=own.answers,
        ),
        YesForm(data if act == "yes" else None, initial={"key": uuid.uuid4()}),
        PublishForm(data if act == "publish" else None), DownForm(data if act == "down" else None),
    )  # fmt: skip


def _chosen(request: PageRequest, own: Own) -> Picture:
    """Return the picture that was pressed on."""
    for row in (own.stands, own.waits):
        if row and str(row.id) == request.POST.get("picture"):
            return row
    raise pictures.ChangedMeanwhile


def _put(request: PageRequest, sheet: Sheet) -> HttpResponse | None:
    """Put the picture up. One that is right is kept while the rest is put right, so that nobody has to find it anew."""
    form, by, at = sheet.put, request.viewer, clock.now()
    is_right = form.is_valid()
    file = form.cleaned_data.get("file")
    content = file.read() if file else None
    try:
        limit("picture", str(by.account), at=at, most=MOST_SENT)
        if not is_right:
            if content:
                pictures.take_in(activity=sheet.it, content=content, by=by, at=at)
            return None
        made = pictures.put(
            activity=sheet.it, content=content, shows=form.cleaned_data["shows"],
            recognisable=form.cleaned_data["recognisable"] == "yes", by=by, at=at,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("file", _(refusal.message))
        return None
    _say(request, sheet.it, stands=not made.recognisable)
    return redirect("programme_own_picture", sheet.it.id)


def _say(request: PageRequest, it: Activity, *, stands: bool) -> None:
    if not stands:
        said = _("We have the picture. Nobody sees it until everyone in it has said yes.")
    elif it.state == "open" and it.is_listed:
        said = _("The picture stands for everyone.")
    else:
        said = _("The picture is put up. Everyone sees it when this is open.")
    messages.success(request, said)


def _yes(request: PageRequest, sheet: Sheet) -> HttpResponse | None:
    """Write down one who has said yes."""
    form = sheet.yes
    if not form.is_valid():
        return None
    try:
        pictures.note_yes(
            picture=_chosen(request, sheet.own), yes=form.told(), sent_key=form.cleaned_data["key"],
            by=request.viewer, at=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, _(refusal.message))
        return None
    messages.success(request, _("It is written down."))
    return redirect("programme_own_picture", sheet.it.id)


def _publish(request: PageRequest, sheet: Sheet) -> HttpResponse | None:
    form = sheet.publish
    if not form.is_valid():
        return None
    try:
        pictures.publish(picture=_chosen(request, sheet.own), by=request.viewer, at=clock.now())
    except Refused as refusal:
        form.add_error(None, _(refusal.message))
        return None
    _say(request, sheet.it, stands=True)
    return redirect("programme_own_picture", sheet.it.id)


def _down(request: PageRequest, sheet: Sheet) -> HttpResponse | None:
    form = sheet.down
    if not form.is_valid():
        return None
    return _done(request, sheet, _("Only the picture is taken down, and those who put it up can read why."), lambda:
        pictures.take_down(
            picture=_chosen(request, sheet.own), because=form.cleaned_data["because"], by=request.viewer,
            at=clock.now(),
        ))  # fmt: skip


def _away(request: PageRequest, sheet: Sheet) -> HttpResponse:
    return _done(request, sheet, _("The picture is gone."), lambda: pictures.take_away(
        picture=_chosen(request, sheet.own), by=request.viewer, at=clock.now()
    ))  # fmt: skip


def _back(request: PageRequest, sheet: Sheet) -> HttpResponse:
    said = _("The picture is gone. That the yes was taken back stands written.")
    return _done(request, sheet, said, lambda: pictures.take_back(
        picture=_chosen(request, sheet.own), yes=_key(request), by=request.viewer, at=clock.now()
    ))  # fmt: skip


def _strike(request: PageRequest, sheet: Sheet) -> HttpResponse:
    return _done(request, sheet, _("It is taken out."), lambda: pictures.strike(
        picture=_chosen(request, sheet.own), yes=_key(request), by=request.viewer, at=clock.now()
    ))  # fmt: skip


def _key(request: PageRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("yes", ""))
    except ValueError as fault:
        raise NotYours from fault


def _done(request: PageRequest, sheet: Sheet, said: str, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, _(refusal.message))
    else:
        messages.success(request, said)
    return redirect("programme_own_picture", sheet.it.id)


ACTS: dict[str, Callable[[PageRequest, Sheet], HttpResponse | None]] = {
    "put": _put, "yes": _yes, "publish": _publish, "down": _down, "away": _away, "back": _back, "strike": _strike,
}  # fmt: skip
