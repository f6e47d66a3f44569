"""The mentor on the volunteer's page, and talks that have not been held on the desk."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.mentoring.queries import plan_of
from samtun.operation.volunteers.models import Volunteer
from samtun.work.todos.queries import Wording, register_wording


def _address(plan_id: uuid.UUID) -> str:
    return reverse("volunteer", args=[MentorPlan.objects.values_list("volunteer", flat=True).get(id=plan_id)])


def _on_volunteer(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    volunteer = slots.page_of(Volunteer)
    plan = plan_of(volunteer.id)
    if plan is None and volunteer.state not in {Volunteer.State.ACTIVE, Volunteer.State.PAUSED}:
        return None
    together = plan is not None and plan.together_until is not None and plan.together_until >= on
    late = plan is not None and plan.next_talk_on < on
    return Fragment(
        "mentoring/on_volunteer.html", {"volunteer": volunteer, "plan": plan, "together": together, "late": late}
    )


slots.register("volunteer", _on_volunteer, order=20)
register_wording(
    "mentor_plan",
    Wording(
        sentences={
            "mentor_talk": (_("A volunteer and the mentor have not talked: ask how it goes"), _("Look")),
            "mentor_gone": (_("A volunteer has lost the mentor: find another"), _("Find another")),
        },
        address=_address,
        parts={"mentor_talk": "mentor", "mentor_gone": "mentor"},
    ),
)
acts.register(
    {
        "mentoring.set": _("Mentor and plan were written down"),
        "mentoring.talked": _("The volunteer and the mentor talked"),
        "mentoring.end": _("The mentor's plan ended"),
    },
    needs=Permission.MANAGE_VOLUNTEERS,
)
