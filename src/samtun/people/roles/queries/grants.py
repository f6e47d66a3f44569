"""Which municipality-wide roles a person has, and the hat everyone has: oneself."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samtun.foundation import exports, hats
from samtun.foundation.context import NavItem, register_nav
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel import clock
from samtun.people.persons.models import Person
from samtun.people.roles.models import Grant
from samtun.people.roles.rules import label, role_class


def standing_on(day: dt.date) -> Q:
    """Return the condition for what stands on a day: from the first, until the day it ends, which is outside."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gt=day))


def grants_standing(*, on: dt.date) -> QuerySet[Grant]:
    """Return municipality-wide roles that stand on a day."""
    return Grant.objects.filter(standing_on(on)).select_related("person", "owner").order_by("role", "starts")


def grant_for(viewer: Viewer, grant: uuid.UUID, *, on: dt.date) -> Grant | None:
    """Return a grant that stands, for one who may end it."""
    return grants_standing(on=on).filter(id=grant).first()


def hat_from(grant: Grant) -> Hat:
    """Return the hat a grant gives."""
    return Hat(
        key=f"grant:{grant.id}", role=Role(grant.role), label=label(grant.role, grant.owner.name),
        owners=frozenset({grant.owner_id}) if _has_rows(grant.role) else frozenset(),
        permissions=role_class(grant.role).permissions,
    )  # fmt: skip


def _has_rows(role: str) -> bool:
    """Tell whether a municipality-wide role acts for the municipality as an owner of rows: only who sets it up."""
    return role == Role.MUNICIPAL_ADMINISTRATOR


def _granted(person: uuid.UUID) -> list[Hat]:
    return [hat_from(g) for g in grants_standing(on=clock.today()).filter(person=person)]


def _one_granted(person: uuid.UUID, grant: uuid.UUID) -> Hat | None:
    found = grants_standing(on=clock.today()).filter(person=person, id=grant).first()
    return hat_from(found) if found else None


def _self(person: uuid.UUID) -> Hat:
    return Hat(
        key=f"self:{person}", role=Role.RESIDENT, label=label(Role.RESIDENT, ""),
        permissions=role_class(Role.RESIDENT).permissions,
    )  # fmt: skip


def _one_self(person: uuid.UUID, which: uuid.UUID) -> Hat | None:
    return _self(person) if which == person and Person.objects.filter(id=person).exists() else None


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    rows = list(Grant.objects.filter(owner=owner).select_related("person").order_by("id"))
    return [
        exports.Table(
            "grants", ("person", "person_id", "role", "starts", "ends"),
            [(g.person.full_name, g.person_id, g.role, g.starts, g.ends) for g in rows],
            frozenset(g.person_id for g in rows),
        )
    ]  # fmt: skip


exports.register("roles", _tables)
hats.register(hats.HatProvider("grant", _granted, _one_granted))
hats.register(hats.HatProvider("self", lambda person: [_self(person)], _one_self, follows_merges=False))
register_nav(NavItem(url_name="roles", label=_("Roles"), icon="users", needs=Permission.MANAGE_SETTINGS, order=90))
