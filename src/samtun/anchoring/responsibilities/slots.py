"""Kinds of help in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission

register_nav(NavItem("task_types", _("Kinds of help"), "floors", Permission.SEE_DESK, order=60))
