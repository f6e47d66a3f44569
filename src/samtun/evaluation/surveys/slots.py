"""What this room's acts are called; how it was, on the page of a time; whom to ring."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.evaluation.surveys.models import Answer
from samtun.foundation import acts, slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref
from samtun.operation.registrations.queries import time_told
from samtun.operation.registrations.queries.door import may_see
from samtun.work.todos.queries import Wording, register_wording


def _how_it_was(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page behind of a time that somebody has answered about: the way to what they said, for who may read it."""
    if not Answer.objects.filter(question="how_was_it", ref_kind="occurrence", ref_id=ref.id).exists():
        return None
    time = time_told(ref.id)
    if time is None or not may_see(viewer, time):
        return None
    return Fragment("surveys/slot_time.html", {"url": reverse("how_it_was", args=[ref.id])})


def _address(answer_id: uuid.UUID) -> str:
    return reverse("how_it_was", args=[Answer.objects.values_list("ref_id", flat=True).get(id=answer_id)])


slots.register("occurrence", _how_it_was, order=20)
register_wording(
    "how_was_it",
    Wording(
        sentences={"ring_me": (_("Was at something, and would like to be rung"), _("Look"))}, address=_address,
        by_hand=frozenset({"ring_me"}),
    ),
)  # fmt: skip

acts.register(
    {
        "surveys.went_well": _("Answered how it went"),
        "surveys.how_was_it": _("Somebody answered how it was"),
        "surveys.forget": _("Who answered a year ago was erased"),
    }
)
