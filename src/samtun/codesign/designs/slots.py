"""Service designs in the menu and on the pages they begin from, what their acts are called, and what is due."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.codesign.designs.models import Party
from samtun.codesign.designs.queries import designs_on
from samtun.foundation import acts, refs, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.work.todos.queries import Wording, register_wording

register_nav(NavItem("designs", _("Service designs"), "pencil", Permission.MANAGE_ORGANISATION, order=64, floor=2))
register_nav(NavItem("designs", _("Service designs"), "pencil", Permission.SEE_DESK, order=64, floor=2))


def _begin_from(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a need or an idea: the way to a service design that answers it."""
    if not (viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)):
        return None
    return Fragment("designs/slot_begin.html", {"url": f"{reverse('design_new')}?fra={ref}"})


def _on_kind(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    """On the page of a kind of help: what it is part of."""
    rows = [(one, refs.describe(viewer, Ref("design", one.id))) for one in designs_on(ref.id)]
    return Fragment("designs/slot_kind.html", {"designs": rows}) if rows else None


def _address(party_id: uuid.UUID) -> str:
    return reverse("design", args=[Party.objects.values_list("design", flat=True).get(id=party_id)])


slots.register("need", _begin_from, order=60)
slots.register("idea", _begin_from, order=60)
slots.register("task_type", _on_kind, order=40)
slots.register("design", on_own, order=90)
slots.register("design_change", on_own, order=90)
register_wording(
    "design_party",
    Wording(
        sentences={
            "asked": (_("You are asked to make something together"), _("Look")),
            "approve": (_("A larger change waits for your yes or no"), _("Look")),
            "objected": (_("A party has said no to the change you proposed"), _("Look")),
            "change": (_("A change is proposed: say what becomes of it"), _("Look")),
            "trial_ends": (_("A trial ends: go on, change or stop"), _("Look")),
            "decided": (_("A forum has decided: see what follows"), _("Look")),
        },
        address=_address, by_hand=frozenset({"objected", "decided"}),
    ),
)  # fmt: skip
acts.register(
    {
        "designs.begin": _("It was begun"),
        "designs.draw": _("The drawing began"),
        "designs.write": _("Something was written"),
        "designs.ask_party": _("Somebody was asked to take part"),
        "designs.join": _("Somebody said yes to take part"),
        "designs.decline": _("Somebody said no thank you"),
        "designs.leave": _("A party left"),
        "designs.write_gain": _("A party wrote what it gains"),
        "designs.place": _("Who took part was written down"),
        "designs.drop_place": _("A line about who took part was taken out"),
        "designs.divide": _("A task was divided"),
        "designs.drop_task": _("A task was taken out"),
        "designs.write_legal": _("The points of law were gone through"),
        "designs.version": _("A new version was written"),
        "designs.propose_larger": _("A larger change was proposed"),
        "designs.make_larger": _("A larger change was made: all had said yes"),
        "designs.propose_change": _("The change was proposed"),
        "designs.was_proposed": _("A change was proposed"),
        "designs.change_planned": _("It will be made"),
        "designs.change_was_made": _("A proposed change was made"),
        "designs.settle_change": _("The change was settled"),
        "designs.say_yes": _("A party said yes"),
        "designs.say_no": _("A party said no"),
        "designs.to_forum": _("It was taken up with a forum"),
        "designs.forum_moved": _("The forum has moved the item"),
        "designs.forum_settled": _("The forum has decided"),
        "designs.end": _("It ended"),
        "designs.rest_on": _("It was written down which agreement it rests on"),
        "designs.rest_no_more": _("It does not rest on an agreement any more"),
        "designs.serve": _("It was written down which goal it serves"),
        "designs.serve_no_more": _("It does not serve a goal any more"),
    }
)
