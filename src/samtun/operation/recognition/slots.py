"""Thanks in the menu, and on the desk when it is time."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.recognition.queries import wishes_certificate
from samtun.operation.volunteers.models import Volunteer
from samtun.work.todos.queries import Wording, register_wording

register_nav(NavItem("thanks", _("Thanks"), "heart", Permission.THANK_VOLUNTEERS, order=50))
register_wording(
    "thanks",
    Wording(
        {"thank_three": (_("Ring and say thank you to this week's names"), _("See who"))},
        address=lambda _id: reverse("thanks"),
    ),
)

register_wording(
    "volunteer",
    Wording(
        {"certificate_wished": (_("A volunteer would like a certificate"), _("Make it"))},
        address=lambda key: reverse("certificate", args=[key]),
    ),
)


def _on_volunteer(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    volunteer = slots.page_of(Volunteer)
    return Fragment("recognition/on_volunteer.html", {"volunteer": volunteer, "wished": wishes_certificate(volunteer)})


slots.register("volunteer", _on_volunteer, order=60)
acts.register(
    {
        "recognition.certificate": _("A certificate was made"),
        "recognition.certificate_wished": _("Asked for a certificate"),
        "recognition.card": _("A card of thanks was made"),
        "recognition.draw": _("Names to thank were drawn"),
        "recognition.rung": _("Was rung and thanked"),
        "recognition.words": _("Kind words were passed on"),
    },
    needs=Permission.MANAGE_VOLUNTEERS,
)
