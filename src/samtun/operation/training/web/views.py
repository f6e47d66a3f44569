"""Noting a course held."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.anchoring.responsibilities.queries import courses_asked_for
from samtun.foundation.access import PageRequest, needs
from samtun.foundation.viewer import Permission
from samtun.kernel import clock
from samtun.operation.training import actions
from samtun.operation.training.web.forms import CourseForm
from samtun.operation.volunteers.queries import hosted_for


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_VOLUNTEERS, purpose="noting what a task asks of a volunteer")
def course(request: PageRequest, volunteer_id: uuid.UUID) -> HttpResponse:
    """Note a course held."""
    found = hosted_for(request.viewer, volunteer_id)
    posted = request.POST if request.method == "POST" else None
    form = CourseForm(posted, courses=courses_asked_for(), today=clock.today())
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        try:
            actions.note_course(
                person=found.person, owner=found.host, course=data["course"], held_on=data["held_on"],
                expires_on=data["expires_on"], by=request.viewer, at=clock.now(),
            )  # fmt: skip
        except actions.RunsOutFirst as refusal:
            form.add_error("expires_on", _(refusal.message))
        else:
            messages.success(request, _("Noted."))
            return redirect("volunteer", found.id)
    context = {"form": form, "person": found.person, "back": reverse("volunteer", args=[found.id])}
    return render(request, "training/course.html", context, status=422 if form.errors else 200)
