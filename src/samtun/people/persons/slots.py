"""Persons in the menu."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.timeline import on_shared
from samtun.foundation.viewer import Permission

register_nav(NavItem("persons", _("People"), "user", Permission.SEE_PERSONS, order=30))

acts.register(
    {
        "persons.change": _("What stands was changed"),
        "persons.do_not_contact": _("The wish about contact was changed"),
        "persons.link_account": _("Can log in from now on"),
        "persons.make_known": _("Became known to us"),
        "persons.register": _("Was written down here"),
        "persons.set_protection": _("Protection of the address was changed"),
        "persons.away": _("Is away for a while"),
        "persons.away_changed": _("The days away were changed"),
        "persons.back": _("Is back"),
        "persons.died": _("Noted as dead; everything was stopped"),
        "persons.death_taken_back": _("That was a mistake; what was stopped stands again"),
        "persons.merge": _("Was put together with another row about the same person"),
        "persons.merged": _("Was put together with another row about the same person"),
        "persons.say_different": _("Is somebody else than one who looked alike"),
        "persons.split": _("Was split again: two persons"),
    }
)

slots.register("person", on_shared, order=90)
