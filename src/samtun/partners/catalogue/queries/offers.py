"""Standing offers for everyone, for their own owners, and for the centre that looks at what is reported."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from samtun.foundation import exports, refs, search
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.catalogue.enums import Category, Group, OfferState, Shelf
from samtun.partners.catalogue.models import Offer, Report, StillRightAsked
from samtun.partners.catalogue.queries.publishers import checks
from samtun.partners.catalogue.rules import is_grey, publishes_for
from samtun.people.places.models import Village

REF = "offer"
MOST = 300


@dataclass(frozen=True, slots=True)
class Row:
    """An offer as everyone sees it: `grey` when nobody has confirmed it for too long; where, in names."""

    offer: Offer
    grey: bool
    where: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for among the offers. Empty: all."""

    village: uuid.UUID | None = None
    group: str = ""
    category: str = ""
    free: bool = False
    text: str = ""


def open_offers(asked: Asked, *, on: dt.date, villages: Collection[Village]) -> list[tuple[Shelf, list[Row]]]:
    """Return what is open, on its shelves in their order; empty shelves are left out."""
    rows = Offer.objects.filter(state=OfferState.OPEN).select_related("owner")
    if asked.village:
        rows = rows.filter(Q(villages=[]) | Q(villages__contains=[asked.village]))
    if asked.group in Group.values:
        rows = rows.filter(Q(groups__contains=[asked.group]) | Q(groups=[]) | Q(groups__contains=[Group.EVERYONE]))
    if asked.category in Category.values:
        rows = rows.filter(category=asked.category)
    if asked.free:
        rows = rows.filter(is_free=True)
    if asked.text.strip():
        rows = rows.filter(id__in=found_by(asked.text))
    found = rows_of(rows.order_by("shelf", "title", "id")[:MOST], on=on, villages=villages)
    return [(shelf, own) for shelf in Shelf if (own := [row for row in found if row.offer.shelf == shelf])]


def found_by(text: str) -> list[uuid.UUID]:
    """Return the open offers whose words begin with every word typed."""
    owners = list(Owner.objects.filter(left_on=None).values_list("id", flat=True))
    return search.find(REF, text[:80], owners=owners, limit=MOST)


def rows_of(offers: Collection[Offer] | QuerySet[Offer], *, on: dt.date, villages: Collection[Village]) -> list[Row]:
    """Return offers with where they are, in names."""
    names = {village.id: village.name for village in villages}
    return [
        Row(one, is_grey(one.ask_from, on), ", ".join(names[key] for key in one.villages if key in names))
        for one in offers
    ]


def open_offer(offer: uuid.UUID) -> Offer:
    """Return one for everyone: open, or ended, so that an old address says so. NotYours for what is not open yet."""
    states = [OfferState.OPEN, OfferState.ENDED]
    found = Offer.objects.select_related("owner").filter(id=offer, state__in=states).first()
    if found is None:
        raise NotYours
    return found


def publishing_owners(viewer: Viewer) -> list[Owner]:
    """Return the owners somebody publishes for."""
    rows = Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name")
    return [owner for owner in rows if publishes_for(viewer, owner.id)]


def own_offers(viewer: Viewer) -> list[Offer]:
    """Return what one's own owners have on offer, what stands first."""
    owners = [owner.id for owner in publishing_owners(viewer)]
    rows = list(Offer.objects.filter(owner__in=owners).select_related("owner").order_by("title", "id"))
    order = list(OfferState)
    return sorted(rows, key=lambda one: order.index(OfferState(one.state)) if one.state != OfferState.OPEN else -1)


def own_offer(viewer: Viewer, offer: uuid.UUID) -> Offer:
    """Return one of one's own; NotYours otherwise."""
    found = Offer.objects.select_related("owner").filter(id=offer).first()
    if found is None or not publishes_for(viewer, found.owner_id):
        raise NotYours
    return found


def could_take_over(viewer: Viewer, offer: Offer) -> list[Owner]:
    """Return who could answer for an offer instead, for one who publishes for its owner."""
    if not publishes_for(viewer, offer.owner_id):
        raise NotYours
    return list(Owner.objects.filter(left_on=None).exclude(id=offer.owner_id).order_by("name"))


def offer_to_look_at(viewer: Viewer, offer: uuid.UUID) -> Offer:
    """Return an offer for one who looks at what is reported; NotYours otherwise."""
    found = Offer.objects.select_related("owner").filter(id=offer).first()
    if found is None or not checks(viewer):
        raise NotYours
    return found


def reported(viewer: Viewer) -> list[Offer]:
    """Return the offers that somebody has reported and nobody has looked at, and those taken down."""
    if not checks(viewer):
        raise NotYours
    waits = Report.objects.filter(seen_at=None, ref_kind="offer").values("ref_id")
    rows = Offer.objects.filter(Q(id__in=waits) | Q(state=OfferState.TAKEN_DOWN))
    return list(rows.select_related("owner").order_by(F("closed_at").asc(nulls_first=True), "title", "id")[:MOST])


def reported_elsewhere(viewer: Viewer) -> list[Report]:
    """Return the first unseen report of each thing of other rooms, the longest waiting first."""
    if not checks(viewer):
        raise NotYours
    rows = Report.objects.filter(seen_at=None).exclude(ref_kind="offer")
    firsts = rows.order_by("ref_kind", "ref_id", "made_at", "id").distinct("ref_kind", "ref_id")
    return sorted(firsts, key=lambda one: (one.made_at, one.id))[:MOST]


def reports_of(viewer: Viewer, ref: Ref) -> list[Report]:
    """Return what was said about a thing on offer, of any room, the newest first."""
    if not checks(viewer):
        raise NotYours
    return list(Report.objects.filter(ref_kind=ref.kind, ref_id=ref.id).order_by("-made_at", "-id")[:MOST])


def near(
    category: str, village: uuid.UUID | None, groups: Collection[str], *, on: dt.date, but: uuid.UUID | None = None,
    most: int = 6,
) -> list[Offer]:  # fmt: skip
    """Return who nearly does it already, before a centre makes something new (R98): open offers, the nearest first.

    The same sort of thing, or for the same people, there or everywhere. Those that have room in this very
    month stand first among equals: a business has it in the low season (R108).
    """
    alike = Q(category=category)
    if wanted := [g for g in groups if g != Group.EVERYONE]:
        alike |= Q(groups__overlap=wanted)
    rows = Offer.objects.filter(alike, state=OfferState.OPEN).exclude(owner=but).select_related("owner")
    if village:
        rows = rows.filter(Q(villages=[]) | Q(villages__contains=[village]))

    def nearness(one: Offer) -> tuple[bool, bool, int, bool, str]:
        return (
            one.category != category, village not in one.villages, -len(set(one.groups) & set(wanted)),
            on.month not in one.months, one.title,
        )  # fmt: skip

    return sorted(rows[:MOST], key=nearness)[:most]


def with_room(month: int) -> list[Offer]:
    """Return the open offers that name the months they have room in, and have it in this one (R108)."""
    return list(
        Offer.objects.filter(state=OfferState.OPEN, months__contains=[month]).select_related("owner").order_by("title")
    )


def to_ask(on: dt.date) -> list[Offer]:
    """Return the open offers whose day to be asked about has come, without those that are being asked about."""
    waiting = StillRightAsked.objects.filter(ref_kind=REF, answered_at=None).values("ref_id")
    rows = Offer.objects.filter(state=OfferState.OPEN, ask_from__lte=on).exclude(id__in=waiting)
    return list(rows.select_related("owner").order_by("ask_from", "id")[:MOST])


def _find(viewer: Viewer, offer: uuid.UUID) -> tuple[str, str] | None:
    found = Offer.objects.filter(id=offer).first()
    if found is None:
        return None
    if publishes_for(viewer, found.owner_id):
        return found.title, reverse("own_offer", args=[found.id])
    return (found.title, reverse("offer", args=[found.id])) if found.state == OfferState.OPEN else None


def offer_table(owner: uuid.UUID) -> exports.Table:
    """Return an owner's offers, for taking out."""
    columns = (
        "id", "title", "about", "easy", "shelf", "category", "groups", "transport", "is_free", "price", "step_free",
        "hearing_loop", "toilet", "companion", "place", "phone", "hours", "answers", "url", "languages", "competence",
        "months", "sponsor", "state", "why", "made_at", "written_by", "confirmed_on", "closed_at",
    )  # fmt: skip
    return exports.Table(
        "offers", columns, list(Offer.objects.filter(owner=owner).order_by("id").values_list(*columns))
    )


refs.register(refs.RefKind(REF, _find))
