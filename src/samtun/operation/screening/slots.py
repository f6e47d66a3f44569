"""What is noted about suitability, on the volunteer's page."""

import datetime as dt

from samtun.foundation import slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref
from samtun.operation.screening.queries import noted
from samtun.operation.volunteers.queries import hosted_for


def _on_volunteer(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    volunteer = hosted_for(viewer, ref.id)
    return Fragment(
        "screening/on_volunteer.html",
        {"volunteer": volunteer, "noted": noted(volunteer.person_id, volunteer.host_id)},
    )


slots.register("volunteer", _on_volunteer, order=30)
