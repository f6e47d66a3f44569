"""Forums in the menu and on one's own page, what their acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.forums.queries import own_seats
from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording

register_nav(NavItem("forums", _("Forums"), "floors", Permission.REFER, order=65, floor=1))
register_nav(NavItem("forums", _("Forums"), "floors", Permission.SEE_DESK, order=65, floor=1))


def _on_own_page(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    seats = own_seats(ref.id, on=on)
    return Fragment("forums/on_own_page.html", {"seats": seats}) if seats else None


def _forum(forum_id: uuid.UUID) -> str:
    return reverse("forum", args=[forum_id])


def _item(item_id: uuid.UUID) -> str:
    return reverse("forum_item", args=[item_id])


slots.register("own_page", _on_own_page, order=30)
slots.register("forum", on_own, order=90)
slots.register("forum_meeting", on_own, order=90)
slots.register("forum_item", on_own, order=90)
register_wording(
    "forum",
    Wording(
        sentences={"term": (_("A term in the forum runs out: who sits there next?"), _("Look"))},
        address=_forum, by_hand=frozenset({"term"}),
    ),
)  # fmt: skip
register_wording(
    "forum_item",
    Wording(
        sentences={
            "answer": (_("An item waits for an answer"), _("Look")),
            "decision": (_("Something decided is due: say what has been done"), _("Look")),
        },
        address=_item,
    ),
)
acts.register(
    {
        "forums.make": _("The forum was made"),
        "forums.seat": _("Somebody was given a seat"),
        "forums.end_seat": _("A seat was ended"),
        "forums.end": _("The forum ended"),
        "forums.forget": _("Who sat there and its papers were erased"),
        "forums.plan_meeting": _("The meeting was planned"),
        "forums.call_meeting": _("The meeting was called"),
        "forums.move_meeting": _("The meeting was moved"),
        "forums.cancel_meeting": _("The meeting was cancelled"),
        "forums.hold_meeting": _("The meeting began"),
        "forums.approve_minutes": _("The minutes were approved"),
        "forums.propose": _("The item was proposed"),
        "forums.put_on_agenda": _("The item was put on the agenda"),
        "forums.put_off": _("The item was put off to the next meeting"),
        "forums.withdrawn": _("The item was withdrawn"),
        "forums.note_heard": _("Somebody was asked beforehand"),
        "forums.say_unheard": _("Why nobody was asked beforehand was written down"),
        "forums.stand_down": _("Somebody stood down"),
        "forums.decided": _("The item was decided"),
        "forums.turned_down": _("The item was turned down"),
        "forums.decision_done": _("What was decided is done"),
        "forums.write_minutes": _("Minutes were written"),
    }
)
