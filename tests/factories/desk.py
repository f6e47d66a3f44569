"""Owners, persons and viewers for tests of pages. Names are invented; each call makes something new."""

import datetime as dt
import itertools
import uuid
from typing import Any

from samtun.foundation.models import Owner
from samtun.foundation.viewer import Hat, Permission, Role, Viewer

_numbers = itertools.count(41000000)
DESK = frozenset({
    Permission.SEE_DESK, Permission.HANDLE_REQUESTS, Permission.SEE_PERSONS, Permission.MANAGE_VOLUNTEERS,
    Permission.THANK_VOLUNTEERS, Permission.OWN_PAGE, Permission.NOTE_DEATH,
})  # fmt: skip
AT = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)


def owner(name: str = "Frivilligsentralen", kind: str = Owner.Kind.CENTRE) -> Owner:
    """An owner and the organisation behind it, which has no opening hours of its own."""
    from samtun.partners.organisations.models import Organisation

    made = Owner.objects.create(name=name, kind=kind)
    Organisation.objects.create(owner=made, name=name, kind="association" if kind == "organisation" else kind)
    return made


def coordinator(*owners: Owner, permissions: frozenset[Permission] = DESK, **more: Any) -> Viewer:
    """Someone at a desk, acting for the owners."""
    tenant = owners[0].tenant_id
    hat = Hat(
        key="member:test", role=Role.COORDINATOR, label=owners[0].name, owners=frozenset(o.id for o in owners),
        permissions=permissions,
    )  # fmt: skip
    return Viewer(tenant=tenant, hat=hat, account=uuid.uuid4(), name="Turid Lunde", **more)


def oneself(person: Any, role: Role = Role.RESIDENT, key: str = "self:x") -> Viewer:
    """Someone who looks at their own."""
    hat = Hat(key=key, role=role, label="", permissions=frozenset({Permission.OWN_PAGE}))
    return Viewer(
        tenant=person.tenant_id, hat=hat, account=uuid.uuid4(), person=person.id, name=person.full_name, via="web"
    )


def person(known_to: Owner, given: str = "Solveig", family: str = "Nesheim", **facts: Any) -> Any:
    """A person known to an owner, with a number of their own."""
    from samtun.people.persons.actions import register_person

    facts.setdefault("phone", f"+47{next(_numbers)}")
    return register_person(
        owner=known_to, source="test", by=Viewer.system(known_to.tenant_id), at=AT, given_name=given,
        family_name=family, **facts,
    )  # fmt: skip
