"""Help requests in the menu and on the desk."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission
from samtun.work.todos.queries import Wording, register_wording


def _address(request_id: uuid.UUID) -> str:
    return reverse("help_request", args=[request_id])


register_nav(NavItem("ask_for_help", _("Ask for help"), "hands", order=10))
register_nav(NavItem("help_requests", _("Wishes"), "hands", Permission.HANDLE_REQUESTS, order=12))
register_wording(
    "help_request",
    Wording(
        sentences={
            "new": (_("A new wish: is it all right?"), _("Look")),
            "whose_task": (_("Whose task is it?"), _("Say whose")),
            "waits_for_proof": (_("From the web: ring back"), _("Ring")),
            "waits_for_consent": (_("Asked for by another: ring and hear"), _("Ring")),
            "find_someone": (_("Find someone"), _("Find")),
            "nobody_answered": (_("Nobody has answered: ring, or ask more"), _("Find")),
            "nobody_can": (_("Nobody could: ask others"), _("Find")),
            "pick_one": (_("Someone said yes: choose"), _("Choose")),
            "dropped_out": (_("The volunteer cannot come: find another"), _("Find")),
            "time_has_passed": (_("The time has passed: what became of it?"), _("Look")),
            "ring_me": (_("Wants to be rung about how it went"), _("Ring")),
        },
        address=_address,
    ),
)
