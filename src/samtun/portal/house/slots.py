"""The house in the menu, and the way to the line of sight on the page of each thing that stands on it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import sight, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref


def _way(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """A small house with the floor lit: no question is asked of the database before somebody opens it."""
    url = reverse("line", args=[ref.kind, ref.id])
    return Fragment("house/slot.html", {"url": url, "floor": sight.floor_of(ref.kind)})


def _open(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment:
    """On the open page of a thing: the line as everyone may see it."""
    return _way(viewer, Ref(ref.kind.removeprefix("open_"), ref.id), on)


slots.register("task_type", _way, order=80)
slots.register("help_request", _way, order=80)
slots.register("feedback", _way, order=80)
slots.register("forum_item", _way, order=80)
slots.register("policy_goal", _way, order=80)
slots.register("agreement", _way, order=80)
slots.register("design", _way, order=80)
slots.register("idea", _way, order=80)
slots.register("need", _way, order=80)
slots.register("workshop", _way, order=80)
slots.register("arrangement", _way, order=80)
slots.register("call_out", _way, order=80)
slots.register("open_design", _open, order=80)
slots.register("open_idea", _open, order=80)
register_nav(NavItem("house", _("The house"), "floors", Permission.SEE_DESK, order=70))
register_nav(NavItem("house", _("The house"), "floors", Permission.REFER, order=70))
register_nav(NavItem("house", _("The house"), "floors", Permission.MANAGE_ORGANISATION, order=70))
