"""What is noted about suitability, on the volunteer's page."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.screening.queries import noted
from samtun.operation.volunteers.models import Volunteer


def _on_volunteer(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    volunteer = slots.page_of(Volunteer)
    return Fragment(
        "screening/on_volunteer.html",
        {"volunteer": volunteer, "noted": noted(volunteer.person_id, volunteer.host_id)},
    )


slots.register("volunteer", _on_volunteer, order=30)

acts.register(
    {
        "screening.declaration": _("The duty of confidentiality was signed"),
        "screening.forget": _("What was kept about suitability was erased"),
        "screening.police": _("A police certificate was shown"),
        "screening.suitability": _("A first talk was held"),
    },
    needs=Permission.MANAGE_VOLUNTEERS,
)
