"""Kinds of help in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission

register_nav(
    NavItem("what_we_do", _("What volunteers do"), "list", order=20),
    NavItem("task_types", _("Kinds of help"), "floors", Permission.SEE_DESK, order=60),
    NavItem("task_types", _("Kinds of help"), "floors", Permission.MANAGE_TASK_TYPES, order=60),
    NavItem("task_types", _("Kinds of help"), "floors", Permission.MANAGE_ORGANISATION, order=60),
)

acts.register(
    {
        "responsibilities.change": _("A kind of help was changed"),
        "responsibilities.clear": _("A kind of help was cleared beforehand"),
        "responsibilities.describe": _("A kind of help was described"),
        "responsibilities.list_purpose": _("A purpose for police certificates was listed"),
    }
)
