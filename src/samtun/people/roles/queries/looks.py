"""Who has looked at a person (R78)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from samtun.foundation.models import AccessEntry, Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.people.persons.models import KnownTo, Person
from samtun.people.persons.queries import merged_into
from samtun.people.roles.rules import read_label

MOST_LOOKS = 500


@dataclass(frozen=True, slots=True)
class Look:
    """One time somebody was shown a person. `name` is empty unless the reader may know it."""

    at: dt.datetime
    hat: str
    purpose: str
    how: str
    name: str = ""


def looks_at(viewer: Viewer, person: uuid.UUID) -> list[Look]:
    """Return who has been shown a person, newest first; NotYours when it is not the viewer's to know.

    A person reads role and organisation of each, not names: whoever looked did so as a hat, and the organisation
    answers. The privacy officer sees names as well. Who coordinates gets what was looked at under the own organisation
    only, to give to a person who asks (R78, R112). One's own looking at oneself is left out.
    """
    if person != viewer.person and not _may_read(viewer, person):
        raise NotYours
    same = [person, *merged_into(person)]
    rows = AccessEntry.objects.filter(tenant=current_tenant(), persons__overlap=same).exclude(person__in=same)
    named = viewer.may(Permission.READ_ACCESS_LOG)
    if person != viewer.person and not named:
        own = set(Owner.objects.filter(id__in=viewer.owners).values_list("name", flat=True))
        found = [r for r in rows.order_by("-at") if read_label(r.hat)[1] in own]
    else:
        found = list(rows.order_by("-at")[:MOST_LOOKS])
    names = _names([r.person for r in found if r.person]) if named else {}
    return [
        Look(at=r.at, hat=r.hat, purpose=r.purpose, how=r.how, name=names.get(r.person, "") if r.person else "")
        for r in found[:MOST_LOOKS]
    ]  # fmt: skip


def _may_read(viewer: Viewer, person: uuid.UUID) -> bool:
    if viewer.may(Permission.READ_ACCESS_LOG):
        return Person.objects.filter(id=person).exists()
    known = KnownTo.objects.filter(person=person, owner__in=viewer.owners)
    return viewer.may(Permission.SEE_PERSONS) and known.exists()


def _names(persons: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {p.id: p.full_name for p in Person.objects.filter(id__in=set(persons))}
