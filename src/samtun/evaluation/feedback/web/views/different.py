"""«Something seemed different»: from a task, by link, with a login, or by a coordinator for one who rings."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samtun.evaluation.feedback.actions import differing as actions
from samtun.evaluation.feedback.queries import differing as queries
from samtun.evaluation.feedback.queries.differing import Task
from samtun.evaluation.feedback.web.forms import DifferentForm
from samtun.foundation.access import PageRequest, needs, public
from samtun.foundation.presence import there_words
from samtun.foundation.viewer import Permission, Role
from samtun.kernel import clock
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.queries import opened_by_link
from samtun.operation.help_requests.models import Match
from samtun.partners.organisations.queries import answering_owner, organisation_of, stands_in_for
from samtun.people.persons.queries import everyone_of

PURPOSE = "a word that something seemed different"


@require_http_methods(["GET", "POST"])
@public
def by_link(request: PageRequest, token: str) -> HttpResponse:
    """From the link in the volunteer's text."""
    kinds = {"ask", "still_ok", "call_out", "visit"}
    question = opened_by_link(request, token, kinds, role=Role.VOLUNTEER, purpose="own task", at=clock.now())
    if question.kind == "call_out":
        return _tell(request, queries.task_of_asked(question.ref_id), via="link")
    if question.kind == "visit":
        return _tell(request, queries.task_of_visit(question.ref_id, at=clock.now()), via="link")
    match = question.ref_id
    if question.kind == "ask":
        found = Match.objects.filter(ask=question.ref_id).order_by("-proposed_at").first()
        if found is None:
            raise NotYours
        match = found.id
    return _tell(request, queries.task_of_match(match), via="link")


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=PURPOSE)
def own_task(request: PageRequest, match_id: uuid.UUID) -> HttpResponse:
    """From the volunteer's own page."""
    task = queries.task_of_match(match_id)
    if request.viewer.person is None or task.sender.id not in everyone_of(request.viewer.person):
        raise NotYours
    return _tell(request, task, via="web")


@require_http_methods(["GET", "POST"])
@needs(Permission.OWN_PAGE, purpose=PURPOSE)
def own_regular(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """From the volunteer's own page, about somebody they come to regularly."""
    task = queries.task_of_arrangement(request.viewer, arrangement_id, own=True, at=clock.now())
    return _tell(request, task, via="web")


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def regular_on_behalf(request: PageRequest, arrangement_id: uuid.UUID) -> HttpResponse:
    """By a coordinator, for one who comes regularly and rings."""
    task = queries.task_of_arrangement(request.viewer, arrangement_id, own=False, at=clock.now())
    request.scope.saw(task.sender.id, task.about.id if task.about else None)
    return _tell(request, task, via="call")


@require_http_methods(["GET", "POST"])
@needs(Permission.HANDLE_REQUESTS, purpose=PURPOSE)
def on_behalf(request: PageRequest, request_id: uuid.UUID) -> HttpResponse:
    """By a coordinator, for a volunteer who rings."""
    task = queries.task_of_request(request.viewer, request_id)
    request.scope.saw(task.sender.id, task.about.id if task.about else None)
    return _tell(request, task, via="call")


def _tell(request: PageRequest, task: Task, *, via: str) -> HttpResponse:
    at = clock.now()
    form = DifferentForm(request.POST or None, initial={"key": uuid7()})
    if request.method == "POST" and form.is_valid():
        facts = {"ticked": form.cleaned_data["ticked"], "text": form.cleaned_data["words"]}
        try:
            actions.tell_different(task=task, via=via, by=request.viewer, at=at, key=form.cleaned_data["key"], **facts)
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Thank you for telling us."))
            return redirect(request.path)
    contact = queries.contact_of(task.about.id, task.owner.id) if task.about else None
    centre = organisation_of(task.owner.id)
    covers = stands_in_for(task.owner.id, on=clock.today())
    context = {
        "form": form, "contact": contact, "centre": centre, "newest": queries.newest_from(task), "task": task,
        "on_behalf": via == "call", "there": there_words(task.owner.id, at), "rings": covers[0].cover if covers else "",
    }  # fmt: skip
    return render(request, "feedback/different.html", context, status=422 if form.errors else 200)


@public
@require_safe
def paper(request: PageRequest) -> HttpResponse:
    """The same on paper, for the glove compartment: whom to ring when something seems different."""
    owner = answering_owner()
    context = {"centre": organisation_of(owner.id), "form": DifferentForm(), "printed_on": clock.today()}
    return render(request, "feedback/different_paper.html", context)
