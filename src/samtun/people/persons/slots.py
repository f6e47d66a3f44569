"""Persons in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Permission

register_nav(NavItem("persons", _("People"), "user", Permission.SEE_PERSONS, order=30))
