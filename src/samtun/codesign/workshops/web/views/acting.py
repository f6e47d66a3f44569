"""What one's own page can do, read from what was posted: each is one action."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samtun.codesign.workshops import actions, queries
from samtun.codesign.workshops.actions import NeedsWords, NotSharedYet, Written
from samtun.codesign.workshops.enums import NoteVia, Part
from samtun.codesign.workshops.models import Cluster, Note, Participant, Question
from samtun.codesign.workshops.web.forms import AnswerForm, NoteForm
from samtun.foundation.access import PageRequest
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours


@dataclass(frozen=True, slots=True)
class Told:
    """What to say afterwards, where on the page it happened, and a form that must be mended."""

    words: str = ""
    anchor: str = ""
    form: AnswerForm | None = None


type Act = Callable[[PageRequest, Participant, Viewer, dt.datetime], Told]


def act(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    """Do what was pressed; NotYours for what there is no button for."""
    does = ACTS.get(request.POST.get("act", ""))
    if does is None:
        raise NotYours
    return does(request, me, by, at)


def _write(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    form = NoteForm(request.POST)
    if not form.is_valid():
        if "note" in form.errors:
            raise NeedsWords
        raise NotYours
    data = form.cleaned_data
    question = Question.objects.filter(id=data["question"], workshop=me.workshop_id).first()
    if question is None:
        raise NotYours
    written = Written(data["key"], data["note"], data["share"], data["side"], data["on"])
    if data["via"] == "paper":
        actions.write_down(group=me.group, question=question, written=written, scribe=me, by=by, at=at)
    else:
        via = {"via": NoteVia.TABLE} if me.is_table else {}
        actions.write_note(participant=me, question=question, written=written, by=by, at=at, **via)
    return Told(anchor="#skriv")


def _share(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    note = request.POST.get("note_id", "")
    actions.share(participant=me, note_id=uuid.UUID(note) if note else None, by=by, at=at)
    return Told(_("Shared with the table."), "#duk")


def _off(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    actions.take_off(note=_note(request, me), participant=me, by=by, at=at)
    return Told(_("Taken away."), "#duk")


def _gather(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    name = request.POST.get("name", "").strip() or request.POST.get("cluster_name", "")
    actions.gather(note=_note(request, me), name=name, participant=me, by=by, at=at)
    return Told(anchor="#duk")


def _dot(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    put = actions.put_dot if request.POST["act"] == "dot" else actions.take_dot
    if request.POST.get("cluster_id"):
        put(participant=me, cluster=_cluster(request, me), by=by, at=at)
    else:
        put(participant=me, note=_note(request, me), by=by, at=at)
    return Told(anchor="#duk")


def _part(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    part = request.POST.get("part", "")
    if part not in Part.values:
        raise NotYours
    actions.take_part(participant=me, part=part, by=by, at=at)
    return Told()


def _move(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    groups = {str(g.number): g for g in queries.groups_of(me.workshop)}
    if request.POST.get("group", "") not in groups:
        raise NotYours
    moved = actions.move(participant=me, group=groups[request.POST["group"]], by=by, at=at)
    return Told(_("You are at table %(number)s now.") % {"number": moved.group.number})


def _answer(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return Told(form=form)
    data = form.cleaned_data
    actions.answer(participant=me, heard=data["heard"], useful=data["useful"], words=data["more"], by=by, at=at)
    return Told(_("Thank you. That helps the next time."))


def _recommend(request: PageRequest, me: Participant, by: Viewer, at: dt.datetime) -> Told:
    what, who, how = (request.POST.get(name, "") for name in ("what", "who", "how"))
    actions.recommend(workshop=me.workshop, what=what, who=who, how=how, scribe=me, by=by, at=at)
    return Told(_("The recommendation is written down."), "#tilraadingar")


def _note(request: PageRequest, me: Participant) -> Note:
    found = queries.note_in(me.workshop, request.POST.get("note_id", ""))
    if found is None:
        raise NotSharedYet
    return found


def _cluster(request: PageRequest, me: Participant) -> Cluster:
    found = queries.cluster_in(me.workshop, request.POST.get("cluster_id", ""))
    if found is None:
        raise NotSharedYet
    return found


ACTS: dict[str, Act] = {
    "note": _write, "share": _share, "off": _off, "gather": _gather, "dot": _dot, "undot": _dot, "part": _part,
    "move": _move, "answer": _answer, "recommend": _recommend,
}  # fmt: skip
