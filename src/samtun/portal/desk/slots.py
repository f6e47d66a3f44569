"""The desk in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission

register_nav(NavItem("desk", _("Today"), "home", Permission.SEE_DESK, order=10))
