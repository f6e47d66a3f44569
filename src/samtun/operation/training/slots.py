"""Courses, on the volunteer's page."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.training.queries import noted
from samtun.operation.volunteers.models import Volunteer


def _on_volunteer(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    volunteer = slots.page_of(Volunteer)
    courses = [
        {"course": row.course.replace("-", " "), "held_on": row.held_on, "expires_on": row.expires_on,
         "is_over": row.expires_on is not None and row.expires_on < on}
        for row in noted(volunteer.person_id, volunteer.host_id)
    ]  # fmt: skip
    return Fragment("training/on_volunteer.html", {"volunteer": volunteer, "courses": courses})


slots.register("volunteer", _on_volunteer, order=40)

acts.register(
    {
        "training.note": _("A course was written down"),
    },
    needs=Permission.MANAGE_VOLUNTEERS,
)
