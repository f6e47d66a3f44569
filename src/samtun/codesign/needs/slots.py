"""What acts on needs are called, and the timeline on a need's page."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.timeline import on_shared
from samtun.foundation.viewer import Permission

slots.register("need", on_shared, order=90)
register_nav(NavItem("needs", _("Needs"), "search", Permission.MANAGE_ORGANISATION, order=66, floor=2))
register_nav(NavItem("needs", _("Needs"), "search", Permission.REFER, order=66, floor=2))
register_nav(NavItem("needs", _("Needs"), "search", Permission.SEE_DESK, order=66, floor=2))
acts.register(
    {
        "needs.write": _("The need was written down"),
        "needs.change": _("The need was put right"),
        "needs.join": _("It was joined with another that says the same"),
        "needs.joined": _("Another that says the same was joined with it"),
        "needs.part": _("It stands by itself again"),
        "needs.parted": _("Another that was joined with it stands by itself again"),
        "needs.close": _("The need was closed"),
        "needs.open_again": _("The need stands again"),
        "needs.forget": _("Who wrote it down was erased"),
        "needs.move": _("Another keeps the need from now on"),
    }
)
