"""Policies in the menu and in the house, what their acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.policies.queries.goals import named_for
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_shared
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording

register_nav(
    NavItem("policies_public", _("Goals and plans"), "list", order=25),
    NavItem("policies", _("Goals and plans"), "list", Permission.SEE_DESK, order=62, floor=1),
    NavItem("policies", _("Goals and plans"), "list", Permission.MANAGE_ORGANISATION, order=62, floor=1),
)


def _on_own_page(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On one's own page: the goals one is named for."""
    goals = named_for(ref.id)
    return Fragment("policies/on_own_page.html", {"goals": goals}) if goals else None


def _goal(goal_id: uuid.UUID) -> str:
    return reverse("policy_goal", args=[goal_id])


slots.register("own_page", _on_own_page, order=32)
slots.register("policy", on_shared, order=90)
slots.register("policy_goal", on_shared, order=90)
register_wording(
    "policy_goal",
    Wording(
        sentences={
            "due": (_("A goal nears its day: how far has it come?"), _("Say it")),
            "person": (_("A goal has nobody who answers for it at your side"), _("Choose")),
        },
        address=_goal,
    ),
)
acts.register(
    {
        "policies.write": _("It was begun"),
        "policies.change": _("The words were changed"),
        "policies.open": _("It was opened to everyone"),
        "policies.end": _("It was said that it does not hold any more"),
        "policies.goal_set": _("A goal was set"),
        "policies.set_goal": _("It was set"),
        "policies.give_to": _("Another answers for it from now on"),
        "policies.name_person": _("It was said who answers for it"),
        "policies.say_state": _("How far it has come was said"),
        "policies.move_date": _("It got another date"),
        "policies.forget": _("Who answered for the goals was erased"),
        "policies.owner_left": _("Another keeps it: who had it has left Samtun"),
        "policies.owner_of_goal_left": _("Another answers for it: who did has left Samtun"),
    }
)
