"""Volunteers in the menu, and on the page of the person who is one."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.timeline import on_own
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.volunteers.queries import volunteers_of_person
from samtun.people.persons.models import Person


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    if not viewer.may(Permission.MANAGE_VOLUNTEERS):
        return None
    rows = volunteers_of_person(viewer, ref.id)
    if not rows and slots.page_of(Person).is_dead:
        return None
    return Fragment("volunteers/on_person.html", {"volunteers": rows, "person_id": ref.id})


register_nav(NavItem("volunteers", _("Volunteers"), "users", Permission.MANAGE_VOLUNTEERS, order=20))
slots.register("person", _on_person, order=20)

acts.register(
    {
        "volunteers.absence": _("Days away were written down"),
        "volunteers.absence_dropped": _("Days away were taken back"),
        "volunteers.ceiling": _("How often was changed"),
        "volunteers.choose": _("Kinds of help were changed"),
        "volunteers.come_back": _("Came back from the pause"),
        "volunteers.insurance": _("Was told about insurance"),
        "volunteers.leave": _("Stopped as a volunteer"),
        "volunteers.pause": _("Took a pause"),
        "volunteers.stands_again": _("Stands again as a volunteer"),
        "volunteers.stopped": _("Is not asked any more"),
        "volunteers.times": _("Times were changed"),
        "volunteers.welcome": _("Was welcomed as a volunteer"),
    }
)

slots.register("volunteer", on_own, order=90)
