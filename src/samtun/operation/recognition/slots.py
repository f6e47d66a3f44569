"""Thanks in the menu, and on the desk when it is time."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission
from samtun.work.todos.queries import Wording, register_wording

register_nav(NavItem("thanks", _("Thanks"), "heart", Permission.THANK_VOLUNTEERS, order=50))
register_wording(
    "thanks",
    Wording(
        {"thank_three": (_("Ring and say thank you to this week's names"), _("See who"))},
        address=lambda _id: reverse("thanks"),
    ),
)
