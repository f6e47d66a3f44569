"""Items: what is proposed, what became of it, and who is affected by it."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.anchoring.forums.enums import ItemState
from samtun.anchoring.forums.models import Beside, Forum, ForumDecision, Hearing, Item, Meeting, PutOff, Seat, StandDown
from samtun.anchoring.forums.queries.forums import forums_visible_to
from samtun.anchoring.forums.rules import acts_for, affected, part_of, sits_on
from samtun.foundation import refs, sight
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.models import Membership
from samtun.partners.organisations.queries import who_answers_for
from samtun.people.roles.queries import standing_on

LATELY = dt.timedelta(days=90)
MOST = 40


@dataclass(frozen=True, slots=True)
class Came:
    """What has become of an item, for those who proposed it: in which forum, where it is, in words, by when."""

    item: uuid.UUID
    forum: str
    title: str
    state: str
    words: str
    meets_on: dt.date | None
    answers: str
    due: dt.date | None
    done_words: str


def item_for(viewer: Viewer, item_id: uuid.UUID, *, on: dt.date) -> tuple[Item, str]:
    """Return an item with the viewer's part; those who proposed it see it too, with no part. NotYours otherwise."""
    found = _whole().filter(id=item_id).first()
    part = part_of(viewer, found.forum, on=on) if found else ""
    if found is None or not (part or acts_for(viewer, found.from_owner_id)):
        raise NotYours
    saw(*_persons(found))
    return found, part


def agenda_of(meeting: Meeting) -> list[Item]:
    """Return what stands on a meeting's agenda, in the order it was put there; logged."""
    found = list(_whole().filter(meeting=meeting).order_by("on_agenda_at", "id"))
    saw(*(person for item in found for person in _persons(item)))
    return found


def _whole() -> QuerySet[Item]:
    decisions = ForumDecision.objects.select_related("owner", "seat__person")
    down = StandDown.objects.select_related("seat__person").order_by("said_at", "id")
    return Item.objects.select_related("forum__owner", "from_owner", "about_owner", "meeting").prefetch_related(
        Prefetch("decisions", decisions),
        Prefetch("stand_downs", down),
        Prefetch("hearings", Hearing.objects.order_by("noted_at", "id")),
        Prefetch("beside", Beside.objects.filter(settled_at=None).order_by("written_at", "id")),
        Prefetch("put_offs", PutOff.objects.select_related("meeting").order_by("made_at", "id")),
    )


def _persons(item: Item) -> list[uuid.UUID]:
    answers = [d.seat.person_id for d in item.decisions.all() if d.seat]
    return answers + [s.seat.person_id for s in item.stand_downs.all()]


def beside_of(item: Item) -> list[Beside]:
    """Return the texts that wait beside the minutes of an item."""
    return list(Beside.objects.filter(item=item, settled_at=None).order_by("written_at", "id"))


def waiting_in(forum: Forum) -> list[Item]:
    """Return the items that wait for a meeting, those to be answered first."""
    rows = Item.objects.filter(forum=forum, state=ItemState.PROPOSED).select_related("from_owner")
    return list(rows.order_by("answer_by", "id"))


def items_proposed_by(viewer: Viewer, *, most: int = 30) -> list[Item]:
    """Return what the viewer's own owners have proposed, newest first."""
    owners = [owner for owner in viewer.owners if acts_for(viewer, owner)]
    rows = Item.objects.filter(from_owner__in=owners).select_related("forum", "meeting")
    return list(rows.order_by("-proposed_at", "-id")[:most])


def decided_items(viewer: Viewer, *, on: dt.date) -> list[Item]:
    """Return what is decided in forums the viewer reads, or was proposed by their own; newest first (R12)."""
    own = [owner for owner in viewer.owners if acts_for(viewer, owner)]
    mine = Q(forum__in=forums_visible_to(viewer, on=on).values("id")) | Q(from_owner__in=own)
    rows = Item.objects.filter(mine, state=ItemState.DECIDED).select_related("forum")
    return list(rows.order_by("-settled_at", "-id")[:MOST])


def item_of(ref: Ref) -> Item | None:
    """Return the latest item about a thing, in whatever forum."""
    rows = Item.objects.filter(ref_kind=ref.kind, ref_id=ref.id).select_related("forum", "meeting")
    return rows.order_by("-proposed_at", "-id").first()


@dataclass(frozen=True, slots=True)
class ForumSaid:
    """An item about a thing: its key, what came of it, and the day it was settled."""

    item: uuid.UUID
    came: Came
    on: object


def said_about(keys: Collection[uuid.UUID]) -> list[ForumSaid]:
    """Return what came of items, with the day each was settled, newest first; at most three statements."""
    if not keys:
        return []
    rows = _settled().filter(id__in=keys).order_by("-proposed_at", "-id")
    return [ForumSaid(item.id, _came(item), item.settled_at) for item in rows]


def what_came_of(item_id: uuid.UUID) -> Came | None:
    """Return what has become of an item, in the words written; None when there is none."""
    item = _settled().filter(id=item_id).first()
    return _came(item) if item else None


def _settled() -> QuerySet[Item]:
    return Item.objects.select_related("forum", "meeting").prefetch_related(
        Prefetch("decisions", ForumDecision.objects.select_related("owner")),
        Prefetch("put_offs", PutOff.objects.order_by("made_at", "id")),
    )


def _came(item: Item) -> Came:
    decision = next(iter(item.decisions.all()), None)
    put_off = list(item.put_offs.all())
    words = decision.words if decision else item.settled_words
    if item.state == ItemState.PROPOSED and put_off:
        words = put_off[-1].words
    return Came(
        item=item.id, forum=item.forum.name, title=item.title, state=item.state, words=words,
        meets_on=item.meeting.on if item.meeting else None, answers=decision.owner.name if decision else "",
        due=decision.due if decision else None, done_words=decision.done_words if decision else "",
    )  # fmt: skip


def proposers(item: Item, *, on: dt.date) -> list[uuid.UUID]:
    """Return who hears of an item: who answers for those who proposed it; where nobody does, who sits for them."""
    found = who_answers_for(item.from_owner_id, on=on)
    if found:
        return found
    seats = Seat.objects.filter(sits_on(on), forum=item.forum_id, on_behalf=item.from_owner_id)
    return list(dict.fromkeys(seats.order_by("starts", "id").values_list("person", flat=True)))


def concerned_by(item: Item) -> frozenset[uuid.UUID]:
    """Return the owners that an item is about, as what it is about tells: the parties of a design, say."""
    own = {item.about_owner_id} if item.about_owner_id else set()
    return refs.concerned(Ref(item.ref_kind, item.ref_id)) | own if item.ref_id else frozenset(own)


def affected_by(
    item: Item, seats: list[Seat], *, on: dt.date, about: Collection[uuid.UUID] | None = None
) -> list[Seat]:
    """Return the seats affected by an item, by what else each holder acts for that day (R15)."""
    persons = {seat.person_id for seat in seats}
    hats: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    members = Membership.objects.filter(standing_on(on), person__in=persons)
    for person, owner in members.values_list("person", "organisation__owner"):
        hats[person].add(owner)
    elsewhere: dict[uuid.UUID, list[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(list)
    for key, person, owner in Seat.objects.filter(sits_on(on), person__in=persons).values_list(
        "id", "person", "on_behalf"
    ):
        elsewhere[person].append((key, owner))
    others = {
        seat.id: hats[seat.person_id] | {owner for key, owner in elsewhere[seat.person_id] if key != seat.id}
        for seat in seats
    }
    return affected(item, seats, others, concerned_by(item) if about is None else about)


def _find(viewer: Viewer, item_id: uuid.UUID) -> tuple[str, str] | None:
    found = Item.objects.filter(id=item_id).select_related("forum").first()
    if found is None:
        return None
    if not (part_of(viewer, found.forum, on=clock.today()) or acts_for(viewer, found.from_owner_id)):
        return None
    return found.title, reverse("forum_item", args=[found.id])


def _parents(item_id: uuid.UUID) -> tuple[Ref, ...]:
    found = Item.objects.filter(id=item_id).first()
    return (Ref("forum", found.forum_id),) if found else ()


def _on_line(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    """Tell of items on the line of sight: to those who sit there, and those who proposed them."""
    on = clock.today()
    rows = Item.objects.filter(id__in=ids).select_related("forum__owner", "meeting")
    parts: dict[uuid.UUID, str] = {}
    seen = []
    for row in rows:
        if row.forum_id not in parts:
            parts[row.forum_id] = part_of(viewer, row.forum, on=on)
        if parts[row.forum_id] or acts_for(viewer, row.from_owner_id):
            url = reverse("forum_item", args=[row.id])
            seen.append(sight.Seen(Ref("forum_item", row.id), row.title, url, f"{row.forum.name} · {where_it_is(row)}"))
    return seen


def where_it_is(item: Item) -> str:
    """Return in words how far an item is, with the day of its meeting."""
    words = {
        ItemState.PROPOSED: _("waits for a meeting"), ItemState.ON_AGENDA: _("on the agenda"),
        ItemState.DECIDED: _("decided"), ItemState.TURNED_DOWN: _("turned down"), ItemState.WITHDRAWN: _("taken back"),
    }[ItemState(item.state)]  # fmt: skip
    return f"{words}, {date_format(item.meeting.on, 'j. F Y')}" if item.meeting else words


def _moving(viewer: Viewer, at: dt.datetime) -> list[sight.Traffic]:
    """Tell what waits in the forums that the viewer's owners call, and what they have proposed elsewhere."""
    own = [owner for owner in viewer.owners if acts_for(viewer, owner)]
    live = Q(state__in=[ItemState.PROPOSED, ItemState.ON_AGENDA])
    rows = Item.objects.filter(live | Q(state=ItemState.DECIDED, settled_at__gte=at - LATELY))
    # Two ways in, each by its index: what was settled long ago is most of them, and is not read through.
    called = rows.filter(forum__in=Forum.objects.filter(owner__in=own).values("id")).values_list("id", "state")
    n = Counter(state for _id, state in called.union(rows.filter(from_owner__in=own).values_list("id", "state")))
    waits, agenda, settled = n[ItemState.PROPOSED], n[ItemState.ON_AGENDA], n[ItemState.DECIDED]
    url = reverse("forums")
    told = (
        ("here", waits, ngettext("item waits for a meeting", "items wait for a meeting", waits)),
        ("here", agenda, ngettext("item is on an agenda", "items are on an agenda", agenda)),
        ("down", settled, ngettext("item was decided lately", "items were decided lately", settled)),
    )
    return [sight.Traffic(1, way, name, number, url) for way, number, name in told]


refs.register(refs.RefKind("forum_item", _find, _parents))
sight.register(sight.Kind("forum_item", 1, 30, _on_line))
sight.register_traffic(_moving)
