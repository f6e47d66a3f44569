"""Workshops in the house, on the pages they can be about, what their acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.codesign.workshops.models import Recommendation
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording

register_nav(NavItem("workshops", _("Workshops"), "users", Permission.MANAGE_ORGANISATION, order=65, floor=2))
register_nav(NavItem("workshops", _("Workshops"), "users", Permission.SEE_DESK, order=65, floor=2))


def _begin_from(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a need, an idea or a design: the way to a workshop about it."""
    if not (viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)):
        return None
    return Fragment("workshops/slot_begin.html", {"url": f"{reverse('workshop_new')}?om={ref}"})


def _address(recommendation_id: uuid.UUID) -> str:
    workshop = Recommendation.objects.values_list("workshop", flat=True).get(id=recommendation_id)
    return f"{reverse('workshop_report', args=[workshop])}#tilraadingar"


slots.register("need", _begin_from, order=62)
slots.register("idea", _begin_from, order=62)
slots.register("design", _begin_from, order=62)
slots.register("workshop", on_own, order=90)
register_wording(
    "recommendation",
    Wording(
        sentences={"follow_up": (_("A workshop recommended this"), _("Look"))}, address=_address,
        by_hand=frozenset({"follow_up"}),
    ),
)  # fmt: skip
acts.register(
    {
        "workshops.plan": _("The workshop was planned"),
        "workshops.change": _("What was planned was changed"),
        "workshops.write_programme": _("The programme was changed"),
        "workshops.start": _("The workshop began"),
        "workshops.go": _("It went on to another phase"),
        "workshops.minute": _("A minute more was given"),
        "workshops.rest": _("The clock was stopped"),
        "workshops.resume": _("The clock went on"),
        "workshops.end": _("The workshop ended"),
        "workshops.cancel": _("The workshop was cancelled"),
        "workshops.take_off": _("A note was taken off the cloth"),
        "workshops.recommend": _("A recommendation was written"),
        "workshops.became": _("A recommendation became something"),
        "workshops.erase": _("Names and what was not shared were erased"),
    }
)
