"""Help requests in the menu, on the desk, and on the page of the person who asked."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.enums import OPEN_STATES
from samtun.operation.help_requests.queries import requests_of_person
from samtun.work.todos.queries import Wording, register_wording


def _address(request_id: uuid.UUID) -> str:
    return reverse("help_request", args=[request_id])


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """What the person has asked the viewer's own owners for; never for those who only look after volunteers (R68)."""
    if not viewer.may(Permission.HANDLE_REQUESTS):
        return None
    rows = [
        {"id": r.id, "kind": in_language(r.task_type.name), "on": r.on, "is_open": r.state in OPEN_STATES}
        for r in requests_of_person(viewer, ref.id)
    ]
    return Fragment("help_requests/on_person.html", {"requests": rows})


slots.register("person", _on_person, order=30)
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
