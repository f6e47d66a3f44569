"""Volunteers in the menu, and on the page of the person who is one."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from samtun.foundation import slots
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.operation.volunteers.queries import volunteers_of_person


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    if not viewer.may(Permission.MANAGE_VOLUNTEERS):
        return None
    return Fragment(
        "volunteers/on_person.html", {"volunteers": volunteers_of_person(viewer, ref.id), "person_id": ref.id}
    )


register_nav(NavItem("volunteers", _("Volunteers"), "users", Permission.MANAGE_VOLUNTEERS, order=20))
slots.register("person", _on_person, order=20)
