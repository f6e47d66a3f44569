"""Designs, who are parties to them, and who may read them."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samtun.anchoring.forums.models import Item
from samtun.anchoring.forums.rules import acts_for, part_of
from samtun.codesign.designs.enums import STANDING, WAITING, DesignState
from samtun.codesign.designs.models import Change, Design, DividedTask, Party, TablePlace, TaskPart
from samtun.codesign.designs.queries.taking_out import tables
from samtun.foundation import exports, refs, sight
from samtun.foundation.audit import saw
from samtun.foundation.models import Owner
from samtun.foundation.sight import Seen, Traffic
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.people.persons.models import AccountLink
from samtun.people.roles.queries import standing_on
from samtun.people.roles.rules import CLASSES

STATES = {
    DesignState.IDEA: _("An idea"),
    DesignState.DRAWING: _("Being drawn"),
    DesignState.TRIAL: _("On trial"),
    DesignState.OPERATION: _("Runs"),
    DesignState.TAKEN_OVER: _("Taken over"),
    DesignState.ENDED: _("Ended"),
}
ACTING = [
    role for role, row in CLASSES.items() if row.permissions & {Permission.SEE_DESK, Permission.MANAGE_ORGANISATION}
]


@dataclass(frozen=True, slots=True)
class Reading:
    """A design as one viewer has it: `own` is their party, if they are one, and `joined` tells that it takes part."""

    design: Design
    own: Party | None

    @property
    def joined(self) -> bool:
        """Tell whether the viewer acts for a party that has said yes."""
        return self.own is not None and self.own.joined_at is not None


def designs_visible_to(viewer: Viewer) -> QuerySet[Design]:
    """Return the designs that the viewer's own owners take part in or are asked to, what stands first."""
    if not (viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)):
        return Design.objects.none()
    mine = Party.objects.filter(design=OuterRef("pk"), owner__in=viewer.owners, left_at=None)
    return Design.objects.filter(Exists(mine)).select_related("owner").order_by("ended_at", "-made_at", "id")


def design_for(viewer: Viewer, design_id: uuid.UUID) -> Reading:
    """Return a design for a party, or for one in a forum that deals with it, opened and logged; NotYours otherwise."""
    found = Design.objects.filter(id=design_id).select_related("owner", "taken_by").first()
    own = party_of(viewer, found) if found else None
    if found is None or not (own or _read_in_a_forum(viewer, found.id)):
        raise NotYours
    places = TablePlace.objects.filter(design=found, person__isnull=False)
    saw(*places.values_list("person", flat=True))
    return Reading(found, own)


def party_of(viewer: Viewer, design: Design) -> Party | None:
    """Return the party that the viewer acts for, asked or joined; one that takes part before one that is asked."""
    rows = Party.objects.filter(design=design, left_at=None).select_related("owner").order_by("joined_at", "id")
    return next((row for row in rows if acts_for(viewer, row.owner_id) and not viewer.is_system), None)


def _read_in_a_forum(viewer: Viewer, design_id: uuid.UUID) -> bool:
    """Tell whether the viewer calls, or has a seat in, a forum that was asked to take it up."""
    items = Item.objects.filter(id__in=sight.uppers(Ref("design", design_id), "forum_item")).select_related("forum")
    return any(part_of(viewer, item.forum, on=clock.today()) for item in items)


def public_design(design_id: uuid.UUID) -> Design:
    """Return one that its parties have opened to everyone; NotYours otherwise."""
    found = Design.objects.filter(id=design_id, public_at__isnull=False).select_related("owner", "taken_by").first()
    if found is None:
        raise NotYours
    return found


def parties_of(design: Design) -> list[Party]:
    """Return those who take part or are asked, in the order they were asked."""
    rows = Party.objects.filter(design=design, left_at=None).select_related("owner")
    return list(rows.order_by("asked_at", "id"))


def joined(design_id: uuid.UUID) -> list[Party]:
    """Return those who take part, in the order they were asked."""
    rows = Party.objects.filter(design=design_id, left_at=None, joined_at__isnull=False).select_related("owner")
    return list(rows.order_by("asked_at", "id"))


def tasks_of(design: Design) -> list[DividedTask]:
    """Return the tasks, each with what the parties have with it."""
    parts = Prefetch("parts", TaskPart.objects.select_related("owner").order_by("does", "owner__name", "id"))
    rows = DividedTask.objects.filter(design=design).select_related("task_type").prefetch_related(parts)
    return list(rows.order_by("made_at", "id"))


def designs_on(task_type_id: uuid.UUID) -> list[Design]:
    """Return the designs in being that a kind of help rests on."""
    keys = sight.uppers(Ref("task_type", task_type_id), "design")
    return list(Design.objects.filter(id__in=keys, state__in=STANDING).order_by("title", "id"))


def can_log_in(owner_id: uuid.UUID, *, on: dt.date) -> bool:
    """Tell whether somebody who acts for an owner has a login: then they write what is theirs themselves."""
    members = Membership.objects.filter(standing_on(on), organisation__owner=owner_id, role__in=ACTING)
    return AccountLink.objects.filter(person__in=members.values("person")).exists()


def other_owners(design: Design) -> list[Owner]:
    """Return those who are no party yet, and could be asked."""
    there = Party.objects.filter(design=design, left_at=None).values("owner")
    return list(Owner.objects.filter(left_on=None).exclude(id__in=there).order_by("name", "id"))


def _seen(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[Seen]:
    acts = viewer.may(Permission.SEE_DESK) or viewer.may(Permission.MANAGE_ORGANISATION)
    own = Party.objects.filter(owner__in=viewer.owners if acts else [], design=OuterRef("pk"), left_at=None)
    found = []
    for row in Design.objects.filter(id__in=ids).annotate(mine=Exists(own)):
        if row.mine:
            url = reverse("design", args=[row.id])
        elif row.public_at is not None:
            url = reverse("design_public", args=[row.id])
        else:
            continue
        found.append(Seen(Ref("design", row.id), row.title, url, str(STATES[DesignState(row.state)])))
    return found


def _moving(viewer: Viewer, at: dt.datetime) -> list[Traffic]:
    """Tell what the viewer's designs are, and which changes wait in them."""
    mine = designs_visible_to(viewer).order_by()
    n = mine.aggregate(
        drawn=Count("id", filter=Q(state__in=(DesignState.IDEA, DesignState.DRAWING))),
        tried=Count("id", filter=Q(state=DesignState.TRIAL)), runs=Count("id", filter=Q(state=DesignState.OPERATION)),
    )  # fmt: skip
    waits = mine.filter(changes__state__in=WAITING).distinct().count()
    told = (
        (n["drawn"], ngettext("service design is being drawn", "service designs are being drawn", n["drawn"])),
        (n["tried"], ngettext("service design is on trial", "service designs are on trial", n["tried"])),
        (n["runs"], ngettext("service design runs", "service designs run", n["runs"])),
        (waits, ngettext("service design has a change that waits", "service designs have changes that wait", waits)),
    )
    return [Traffic(2, "here", name, number, reverse("designs")) for number, name in told]


def _find(viewer: Viewer, design_id: uuid.UUID) -> tuple[str, str] | None:
    found = Design.objects.filter(id=design_id).first()
    if found is None or not (party_of(viewer, found) or _read_in_a_forum(viewer, found.id)):
        return None
    return found.title, reverse("design", args=[found.id])


def _find_change(viewer: Viewer, change_id: uuid.UUID) -> tuple[str, str] | None:
    found = Change.objects.filter(id=change_id).first()
    there = _find(viewer, found.design_id) if found else None
    return (there[0], reverse("design_change", args=[change_id])) if there else None


def _parents(change_id: uuid.UUID) -> tuple[Ref, ...]:
    found = Change.objects.filter(id=change_id).first()
    return (Ref("design", found.design_id),) if found else ()


def _concerns(design_id: uuid.UUID) -> list[uuid.UUID]:
    return [party.owner_id for party in joined(design_id)]


def _change_concerns(change_id: uuid.UUID) -> list[uuid.UUID]:
    found = Change.objects.filter(id=change_id).first()
    return _concerns(found.design_id) if found else []


exports.register("designs", tables)
refs.register(refs.RefKind("design", _find, concerns=_concerns))
refs.register(refs.RefKind("design_change", _find_change, _parents, _change_concerns))
sight.register(sight.Kind("design", 2, 10, _seen))
sight.register_traffic(_moving)
