"""How a person is reached, on the person's page."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.people.persons.models import Person
from samtun.people.preferences.queries import reached


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    if not viewer.may(Permission.SEE_PERSONS):
        return None
    channel, chosen = reached(slots.page_of(Person))
    return Fragment(
        "preferences/on_person.html",
        {
            "person_id": ref.id, "channel": channel, "chosen": chosen,
            "changes": viewer.may(Permission.HANDLE_REQUESTS),
        },
    )  # fmt: skip


slots.register("person", _on_person, order=10)

acts.register(
    {
        "preferences.set": _("How to be reached was changed"),
    }
)
