"""Workshops for those who lead them, by the code on the wall, and by a participant's own key."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from samtun.codesign.workshops.enums import STANDING, Became, WorkshopState
from samtun.codesign.workshops.models import Group, Participant, Question, Recommendation, Workshop
from samtun.codesign.workshops.queries.taking_out import tables
from samtun.codesign.workshops.rules import code_hash, hash_of, is_open, leads
from samtun.foundation import exports, live, refs, sight
from samtun.foundation.models import Owner
from samtun.foundation.sight import Seen, Traffic
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref

ON_THE_LINE = frozenset({Became.IDEA, Became.DESIGN})


@dataclass(frozen=True, slots=True)
class Table:
    """A table, how many have come to it by their own telephone, and who leads and writes, if they gave a name."""

    group: Group
    number: int
    leader: str
    scribe: str


def leads_for(viewer: Viewer) -> list[Owner]:
    """Return the owners the viewer leads workshops for."""
    rows = Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name")
    return [owner for owner in rows if leads(viewer, owner.id)]


def workshops_visible_to(viewer: Viewer) -> QuerySet[Workshop]:
    """Return the workshops of the viewer's own owners, the newest day first."""
    mine = [owner for owner in viewer.owners if leads(viewer, owner)]
    return Workshop.objects.filter(owner__in=mine).select_related("owner").order_by("-day", "-made_at", "id")


def workshop_for(viewer: Viewer, workshop_id: uuid.UUID) -> Workshop:
    """Return a workshop for one who leads it; NotYours otherwise."""
    found = Workshop.objects.select_related("owner", "question").filter(id=workshop_id).first()
    if found is None or not leads(viewer, found.owner_id):
        raise NotYours
    return found


def by_code(code: str) -> Workshop | None:
    """Return the workshop that a code on the wall belongs to."""
    return Workshop.objects.select_related("owner", "question").filter(code_hash=code_hash(code)).first()


def by_key(key: str) -> Participant | None:
    """Return the participant whose own address ends with this key, with the workshop as it stands; one statement."""
    rows = Participant.objects.select_related("workshop", "workshop__question", "workshop__owner", "group")
    return rows.filter(key_hash=hash_of(key)).first()


def questions_of(workshop: Workshop) -> list[Question]:
    """Return the programme."""
    return list(Question.objects.filter(workshop=workshop).order_by("number"))


def groups_of(workshop: Workshop) -> list[Group]:
    """Return the tables."""
    return list(Group.objects.filter(workshop=workshop).order_by("number"))


def tables_of(workshop: Workshop) -> list[Table]:
    """Return the tables with who is there; two statements."""
    there = Participant.objects.filter(workshop=workshop, is_table=False).order_by("joined_at", "id")
    rows = list(there.values_list("group", "part", "name"))
    named = {(group, part): name or "✓" for group, part, name in rows if part}
    return [
        Table(g, sum(row[0] == g.id for row in rows), named.get((g.id, "leader"), ""), named.get((g.id, "scribe"), ""))
        for g in groups_of(workshop)
    ]


def recommendations_of(workshop: Workshop) -> list[Recommendation]:
    """Return what is recommended."""
    return list(Recommendation.objects.filter(workshop=workshop).order_by("number"))


def outcomes_of(viewer: Viewer, recommendations: Collection[Recommendation]) -> dict[uuid.UUID, Seen]:
    """Return what recommendations became, by their keys, where the viewer may know of it; a few statements for all."""
    wanted = {Ref(r.became, r.became_id): r.id for r in recommendations if r.became_id and r.became in ON_THE_LINE}
    return {wanted[seen.ref]: seen for seen in sight.describe(viewer, list(wanted))}


def about(viewer: Viewer, workshop: Workshop) -> tuple[str, str] | None:
    """Return what a workshop is about, as (title, address), for one who may see it."""
    if workshop.about_id is None:
        return None
    return refs.describe(viewer, Ref(workshop.about_kind, workshop.about_id))


def people_in(workshop: Workshop) -> int:
    """Return how many have come with their own telephone."""
    return Participant.objects.filter(workshop=workshop, is_table=False).count()


def _find(viewer: Viewer, workshop_id: uuid.UUID) -> tuple[str, str] | None:
    found = Workshop.objects.filter(id=workshop_id).first()
    if found is None or not leads(viewer, found.owner_id):
        return None
    return found.title, reverse("workshop", args=[found.id])


def _seen(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[Seen]:
    """Return workshops on the line of sight: that one was held is for everyone to know, its page for who leads it."""
    found = []
    for row in Workshop.objects.filter(id__in=ids).order_by("id"):
        own = leads(viewer, row.owner_id)
        if own or row.state == WorkshopState.ENDED:
            url = reverse("workshop", args=[row.id]) if own else ""
            found.append(Seen(Ref("workshop", row.id), row.title, url, row.get_state_display()))
    return found


def _moving(viewer: Viewer, at: dt.datetime) -> list[Traffic]:
    rows = workshops_visible_to(viewer).order_by()
    number = rows.filter(state__in=STANDING).count()
    waits = rows.filter(state=WorkshopState.ENDED).aggregate(
        n=Count("recommendations", filter=Q(recommendations__became=""))
    )["n"]
    return [
        Traffic(2, "here", ngettext("workshop is planned", "workshops are planned", number), number,
                reverse("workshops")),
        Traffic(2, "here", ngettext("recommendation has become nothing yet", "recommendations have become nothing yet",
                waits), waits, reverse("workshops")),
    ]  # fmt: skip


def _holder(group_id: uuid.UUID, key: str) -> str:
    """Return who at a table a participant's own key stands for."""
    found = Participant.objects.filter(group=group_id, key_hash=hash_of(key)).values_list("id", flat=True).first()
    return str(found or "")


def _look_at_table(viewer: Viewer, group_id: uuid.UUID, holder: str) -> int | None:
    """Return the workshop's version for one who sits at the table, while the addresses are open."""
    if not holder:
        return None
    rows = Workshop.objects.filter(groups=group_id, participants=uuid.UUID(holder), participants__group=group_id)
    return next((row.version for row in rows if is_open(row, at=clock.now())), None)


def _look(viewer: Viewer, workshop_id: uuid.UUID, holder: str) -> int | None:
    """Return the version for who leads it."""
    found = Workshop.objects.filter(id=workshop_id).first()
    return found.version if found and leads(viewer, found.owner_id) else None


live.register("workshop", _look)
live.register("workshop_table", _look_at_table, _holder)
exports.register("workshops", tables)
refs.register(refs.RefKind("workshop", _find))
sight.register(sight.Kind("workshop", 2, 25, _seen))
sight.register_traffic(_moving)
