"""Kinds of help and the map in the menu, whose task it is on the pages of tasks, and what waits for an answer."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.models import MapAnswer
from samtun.anchoring.responsibilities.queries import row_of
from samtun.anchoring.responsibilities.rules import may_look
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording

register_nav(
    NavItem("what_we_do", _("What volunteers do"), "list", order=20),
    NavItem("task_types", _("Kinds of help"), "floors", Permission.SEE_DESK, order=60),
    NavItem("task_types", _("Kinds of help"), "floors", Permission.MANAGE_TASK_TYPES, order=60),
    NavItem("task_types", _("Kinds of help"), "floors", Permission.MANAGE_ORGANISATION, order=60),
    NavItem("responsibility_map", _("Whose task it is"), "list", Permission.SEE_DESK, order=63, floor=1),
    NavItem("responsibility_map", _("Whose task it is"), "list", Permission.MANAGE_TASK_TYPES, order=63, floor=1),
    NavItem("responsibility_map", _("Whose task it is"), "list", Permission.MANAGE_ORGANISATION, order=63, floor=1),
)


def _on_page(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a task: what the map says of it, and the way to its row."""
    return Fragment("responsibilities/slot_map.html", {"row": row_of(viewer, ref)}) if may_look(viewer) else None


def _row(answer_id: uuid.UUID) -> str:
    change = MapAnswer.objects.select_related("change").get(id=answer_id).change
    return reverse("responsibility_row", args=[change.ref_kind, change.ref_id])


slots.register("task_type", _on_page, order=30)
slots.register("design", _on_page, order=30)
register_wording(
    "map_answer",
    Wording(sentences={"answer": (_("Whose task is it? A change waits for your answer"), _("Look"))}, address=_row),
)

acts.register(
    {
        "responsibilities.change": _("A kind of help was changed"),
        "responsibilities.clear": _("A kind of help was cleared beforehand"),
        "responsibilities.describe": _("A kind of help was described"),
        "responsibilities.propose_change": _("It was proposed who is to do what"),
        "responsibilities.say_yes": _("A party said yes to who does what"),
        "responsibilities.say_no": _("A party said no to who does what"),
        "responsibilities.change_made": _("All had said yes to who does what"),
        "responsibilities.withdraw_change": _("The proposal about who does what was taken back"),
        "responsibilities.owner_left": _("Somebody who had a part in it has left Samtun"),
        "responsibilities.list_purpose": _("A purpose for police certificates was listed"),
    }
)
