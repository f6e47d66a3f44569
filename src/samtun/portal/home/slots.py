"""My page in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission

register_nav(NavItem("home", _("My page"), "home", Permission.OWN_PAGE, order=90, unless=Permission.SEE_DESK))
