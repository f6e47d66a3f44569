"""Forums and who sits in them."""

import datetime as dt
import uuid

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from samtun.anchoring.forums.models import Forum, Item, Seat
from samtun.anchoring.forums.queries.taking_out import tables
from samtun.anchoring.forums.rules import acts_for, part_of, sits_on
from samtun.foundation import exports, refs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours


def forums_visible_to(viewer: Viewer, *, on: dt.date) -> QuerySet[Forum]:
    """Return the forums that the viewer calls, or has a seat in."""
    mine = Q(pk__in=[])
    if viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION):
        mine |= Q(owner__in=viewer.owners)
    if viewer.person:
        mine |= Q(Exists(Seat.objects.filter(sits_on(on), forum=OuterRef("pk"), person=viewer.person)))
    return Forum.objects.filter(mine).select_related("owner").order_by("ended_at", "name", "id")


def reads(viewer: Viewer, forum: Forum, *, on: dt.date) -> str:
    """Return the viewer's part in the forum; NotYours without one."""
    part = part_of(viewer, forum, on=on)
    if not part:
        raise NotYours
    return part


def forum_for(viewer: Viewer, forum_id: uuid.UUID, *, on: dt.date) -> tuple[Forum, str]:
    """Return a forum with the viewer's part in it; NotYours when out of sight."""
    found = Forum.objects.filter(id=forum_id).select_related("owner").first()
    if found is None:
        raise NotYours
    return found, reads(viewer, found, on=on)


def seats_of(forum: Forum, *, on: dt.date) -> list[Seat]:
    """Return the seats that stand on a day or later: who leads, who writes, then the others; logged."""
    rows = Seat.objects.filter(sits_on(on) | Q(starts__gt=on, ended_at=None, person__death_known_at=None), forum=forum)
    found = list(rows.select_related("person", "on_behalf").order_by("starts", "id"))
    saw(*(s.person_id for s in found))
    order = {"leads": 0, "writes": 1, "member": 2}
    return sorted(found, key=lambda s: (order[s.part], s.person.full_name))


def reachable(forum: Forum, *, on: dt.date) -> list[uuid.UUID]:
    """Return the persons who sit in the forum on a day: whom a call goes to."""
    rows = Seat.objects.filter(sits_on(on), forum=forum).order_by("id")
    return list(dict.fromkeys(rows.values_list("person", flat=True)))


def own_seats(person: uuid.UUID, *, on: dt.date) -> list[Seat]:
    """Return one's own seats."""
    rows = Seat.objects.filter(sits_on(on), person=person, forum__ended_at=None)
    return list(rows.select_related("forum", "on_behalf").order_by("forum__name", "id"))


def counts_by_owner(forum: Forum) -> list[tuple[str, int]]:
    """Return whose items come up: how many each has proposed, most first."""
    rows = Item.objects.filter(forum=forum).values("from_owner__name").annotate(n=Count("id"))
    return [(row["from_owner__name"], row["n"]) for row in rows.order_by("-n", "from_owner__name")]


def forums_to_propose_to(viewer: Viewer) -> list[Forum]:
    """Return the forums the viewer may propose an item to: all that stand, for one who acts for an owner or sits there.

    That a forum is there, what it is for and who calls it is no secret; its papers are.
    """
    standing = Forum.objects.filter(ended_at=None, owner__left_on=None).select_related("owner").order_by("name", "id")
    if any(acts_for(viewer, owner) for owner in viewer.owners) or viewer.is_system:
        return list(standing)
    if viewer.person is None:
        return []
    mine = Seat.objects.filter(sits_on(clock.today()), forum=OuterRef("pk"), person=viewer.person)
    return list(standing.filter(Exists(mine)))


def _find(viewer: Viewer, forum_id: uuid.UUID) -> tuple[str, str] | None:
    found = Forum.objects.filter(id=forum_id).first()
    if found is None or not part_of(viewer, found, on=clock.today()):
        return None
    return found.name, reverse("forum", args=[found.id])


exports.register("forums", tables)
refs.register(refs.RefKind("forum", _find))
