"""The programme in the menu; what its acts are called, and what is due."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission
from samtun.work.todos.queries import Wording, register_wording

register_nav(
    NavItem("programme", _("What's on"), "calendar", order=10),
    NavItem("programme", _("What's on"), "calendar", Permission.OWN_PAGE, order=34, unless=Permission.PUBLISH),
    NavItem("programme_own", _("The programme"), "list", Permission.PUBLISH, order=36),
)
slots.register("programme", on_own, order=90)
slots.register("occurrence", on_own, order=90)
acts.register(
    {
        "activities.write": _("It was written"),
        "activities.open": _("It was opened to everyone"),
        "activities.wait": _("It waits until the centre has seen who publishes"),
        "activities.change": _("It was put right"),
        "activities.end": _("It was ended"),
        "activities.let_stand": _("Looked at, and left to stand"),
        "activities.take_down": _("It was taken off the open pages"),
        "activities.go_on": _("Its times were made for the months ahead"),
        "activities.confirm": _("It was confirmed that it is still right"),
        "activities.back_to_draft": _("It is a draft again: nobody could see who publishes"),
        "activities.move": _("It was moved"),
        "activities.call_off": _("It was called off"),
        "activities.on_again": _("It is on again"),
        "activities.staff_host": _("It was noted who of the staff is there"),
        "activities.held": _("It was held"),
    }
)


def _one(activity: uuid.UUID) -> str:
    return reverse("programme_one", args=[activity])


register_wording(
    "programme",
    Wording(sentences={"reported": (_("Somebody says something in the programme is wrong"), _("Look"))}, address=_one),
)
