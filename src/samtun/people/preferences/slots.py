"""How a person is reached, on the person's page."""

import datetime as dt

from samtun.foundation import slots
from samtun.foundation.slots import Fragment
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.refs import Ref
from samtun.people.preferences.queries import preference_of, recipient


def _on_person(viewer: Viewer, ref: Ref, on: dt.date) -> Fragment | None:
    if not viewer.may(Permission.SEE_PERSONS):
        return None
    now, chosen = recipient(ref.id), preference_of(ref.id)
    return Fragment(
        "preferences/on_person.html",
        {
            "person_id": ref.id, "channel": now.channel if now else "", "chosen": chosen,
            "changes": viewer.may(Permission.HANDLE_REQUESTS),
        },
    )  # fmt: skip


slots.register("person", _on_person, order=10)
