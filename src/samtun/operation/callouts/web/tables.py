"""What the pages of call-outs show, ready to print."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samtun.operation.callouts.enums import CallOutState, TurnOut
from samtun.operation.callouts.models import Asked, CallOut

STATES: dict[str, tuple[str | Promise, str]] = {
    CallOutState.OPEN: (gettext_lazy("Hands are missing"), "warning"),
    CallOutState.FILLED: (gettext_lazy("Enough hands"), "success"),
    CallOutState.OVER: (gettext_lazy("Over"), "neutral"),
    CallOutState.CANCELLED: (gettext_lazy("Cancelled"), "neutral"),
}
SAID: dict[str, tuple[str | Promise, str]] = {
    TurnOut.SENT: (gettext_lazy("Has not answered"), "neutral"),
    TurnOut.YES: (gettext_lazy("Comes"), "success"),
    TurnOut.NO: (gettext_lazy("Cannot"), "neutral"),
    TurnOut.THANKED: (gettext_lazy("Thanked: enough"), "neutral"),
    TurnOut.DROPPED: (gettext_lazy("Cannot after all"), "warning"),
}


def row_of(call_out: CallOut, hands: int) -> dict[str, Any]:
    """Return a line of the list."""
    words, color = STATES[call_out.state]
    return {
        "call_out": call_out, "state": str(words), "color": color,
        "hands": _("%(hands)d of %(needed)d") % {"hands": hands, "needed": call_out.needed},
    }  # fmt: skip


def asked_rows(asked: list[Asked]) -> list[dict[str, Any]]:
    """Return those who were asked, those who come first; of the dead only those who came."""
    order = [TurnOut.YES, TurnOut.SENT, TurnOut.DROPPED, TurnOut.NO, TurnOut.THANKED]
    rows = []
    living = [a for a in asked if a.state == TurnOut.YES or not a.volunteer.person.is_dead]
    for one in sorted(living, key=lambda a: order.index(TurnOut(a.state))):
        words, color = SAID[one.state]
        group = (
            f"{one.group_name}, {ngettext('%d hand', '%d hands', one.counts) % one.counts}" if one.group_name else ""
        )
        rows.append({
            "one": one, "name": one.volunteer.person.full_name, "phone": one.volunteer.person.phone, "group": group,
            "along": one.along and one.along.full_name, "state": str(words), "color": color,
            "waits": one.state == TurnOut.SENT, "comes": one.state == TurnOut.YES,
        })  # fmt: skip
    return rows
