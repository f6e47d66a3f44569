"""Courses, on the volunteer's page."""

import datetime as dt

from samtun.foundation import slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref
from samtun.operation.training.queries import noted
from samtun.operation.volunteers.queries import hosted_for


def _on_volunteer(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    volunteer = hosted_for(viewer, ref.id)
    courses = [
        {"course": row.course.replace("-", " "), "held_on": row.held_on, "expires_on": row.expires_on,
         "is_over": row.expires_on is not None and row.expires_on < on}
        for row in noted(volunteer.person_id, volunteer.host_id)
    ]  # fmt: skip
    return Fragment("training/on_volunteer.html", {"volunteer": volunteer, "courses": courses})


slots.register("volunteer", _on_volunteer, order=40)
