"""What can be borrowed: open to everyone; and one's own, to change."""

import uuid
from collections.abc import Collection

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from samtun.foundation import refs
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.lending.enums import Kind
from samtun.operation.lending.models import Lendable
from samtun.operation.lending.rules import sees_lent
from samtun.people.places.queries import Norwegian

ACCESS = ("step_free", "hearing_loop", "toilet")
RELATED = ("owner", "village")
BY_KIND = Case(*(When(kind=k, then=Value(n)) for n, k in enumerate(Kind)), output_field=IntegerField())
"""Halls first, as the kinds are listed."""


def offered(
    *, kind: str = "", village: uuid.UUID | None = None, seats: int = 0, access: Collection[str] = ()
) -> QuerySet[Lendable]:
    """Return what everyone sees that can be borrowed, by name; in one statement."""
    rows = Lendable.objects.filter(is_offered=True, owner__left_on__isnull=True).select_related(*RELATED)
    wanted = Q()
    if kind:
        wanted &= Q(kind=kind)
    if village:
        wanted &= Q(village=village)
    if seats:
        wanted &= Q(seats__gte=seats)
    for fact in access:
        if fact in ACCESS:
            wanted &= Q(**{fact: True})
    return rows.filter(wanted).order_by(BY_KIND, Norwegian("name"), "id")


def one_offered(lendable: uuid.UUID) -> Lendable:
    """Return one that everyone may see; NotYours for what is not lent out."""
    rows = Lendable.objects.filter(id=lendable, is_offered=True, owner__left_on__isnull=True)
    found = rows.select_related(*RELATED).first()
    if found is None:
        raise NotYours
    return found


def things_of(viewer: Viewer) -> list[Lendable]:
    """Return what the hat lends out, what is put away last."""
    rows = Lendable.objects.filter(owner__in=viewer.owners).select_related(*RELATED)
    return list(rows.order_by("-is_offered", BY_KIND, Norwegian("name"), "id"))


def lendable_for(viewer: Viewer, lendable: uuid.UUID) -> Lendable:
    """Return one of one's own; NotYours otherwise."""
    found = Lendable.objects.filter(id=lendable).select_related(*RELATED).first()
    if found is None or not sees_lent(viewer, found.owner_id):
        raise NotYours
    return found


def _find(viewer: Viewer, lendable: uuid.UUID) -> tuple[str, str] | None:
    found = Lendable.objects.filter(id=lendable).first()
    if found is None:
        return None
    if sees_lent(viewer, found.owner_id):
        return found.name, reverse("lending_thing", args=[found.id])
    return (found.name, reverse("lendable", args=[found.id])) if found.is_offered else None


refs.register(refs.RefKind("lendable", _find))
