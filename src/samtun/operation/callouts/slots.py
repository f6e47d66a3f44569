"""Call-outs in the menu, on the desk and on tomorrow's sheet."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.callouts.queries import on_day
from samtun.work.sheets.queries import Group, Part, Piece, Row, on_paper, register_part
from samtun.work.todos.queries import Wording, register_wording


def _address(call_out_id: uuid.UUID) -> str:
    return reverse("call_out", args=[call_out_id])


def _tomorrow(viewer: Viewer, day: dt.date) -> Piece | None:
    """Who comes to the call-outs of the day, and how many hands are missing; a group with the adult who answers."""
    found = on_day(viewer.owners, day)
    if not found:
        return None
    rows = [Row(what=f"{c.words} · {c.place}", when=f"{c.at:%H.%M}", more=tuple(_coming(c))) for c in found]
    coming = [a for c in found for a in c.asked.all()]
    persons = frozenset(p for a in coming for p in (a.volunteer.person_id, a.companion_id) if p)
    return Piece(Part(gettext("Call-outs"), [Group(rows)]), persons)


def _coming(call_out: CallOut) -> list[str]:
    coming = list(call_out.asked.all())
    missing = call_out.needed - sum(a.counts for a in coming)
    if missing <= 0:
        return [_comes(a) for a in coming]
    words = ngettext("%(n)d hand is missing still", "%(n)d hands are missing still", missing) % {"n": missing}
    return [*map(_comes, coming), words]


def _comes(one: Asked) -> str:
    name = on_paper(one.volunteer.person)
    if not one.group_name:
        if one.along:
            names = {"name": name, "mentor": on_paper(one.along)}
            return gettext("%(name)s comes, together with %(mentor)s") % names
        return gettext("%(name)s comes") % {"name": name}
    hands = ngettext("%d hand", "%d hands", one.counts) % one.counts
    return gettext("%(group)s comes, %(hands)s. %(name)s answers for them") % {
        "group": one.group_name, "hands": hands, "name": name,
    }  # fmt: skip


slots.register("call_out", on_own, order=90)
slots.register("friends_list", on_own, order=90)
register_part(_tomorrow, order=14)
register_nav(NavItem("call_outs", _("Call-outs"), "users", Permission.MANAGE_VOLUNTEERS, order=24))
register_wording(
    "call_out",
    Wording(
        sentences={
            "missing": (_("Hands are missing for a call-out: ask more"), _("Ask")),
            "not_back": (_("Stopped by mistake, and does not all stand again: look, and ring"), _("Look")),
            "dropped": (_("Someone cannot come to a call-out after all"), _("Look")),
        },
        address=_address,
        by_hand=frozenset({"not_back"}),
        parts={"missing": "title"},
    ),
)
acts.register(
    {
        "callouts.make_list": _("The list was made"),
        "callouts.add_friend": _("Someone was put on the list"),
        "callouts.remove_friend": _("Someone was taken off the list"),
        "callouts.call_out": _("Was called out"),
        "callouts.ask": _("Friends were asked"),
        "callouts.answer": _("A friend answered"),
        "callouts.drop": _("A friend could not come after all"),
        "callouts.stands_again": _("Stands again"),
        "callouts.state": _("Filled, opened again or closed"),
    }
)
