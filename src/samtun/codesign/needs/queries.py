"""Needs for someone: the list, one of them with what is being done, and what everyone may know."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import ngettext

from samtun.codesign.needs.enums import Group, NeedState
from samtun.codesign.needs.models import Need
from samtun.codesign.needs.rules import takes_part, told_number, writes_for
from samtun.foundation import exports, refs, sight
from samtun.foundation.models import Owner, Tie
from samtun.foundation.sight import Seen, Traffic
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import organisations_visible_to
from samtun.people.places.queries import villages


@dataclass(frozen=True, slots=True)
class Row:
    """A need as a viewer sees it: how many think so with those joined, or that they are few; what is being done."""

    need: Need
    number: int | None
    few: bool
    joined: int


@dataclass(frozen=True, slots=True)
class Standing:
    """For everyone: how many needs stand for a group, and how many of them something is being done about."""

    group: str
    standing: int
    begun: int


def needs_for(
    viewer: Viewer, *, village: uuid.UUID | None = None, group: str = "", text: str = "", which: str = "open"
) -> QuerySet[Need]:  # fmt: skip
    """Return what is needed, for one who takes part, newest first: those that stand, or are closed, by what is asked.

    NotYours for others.
    """
    if not takes_part(viewer):
        raise NotYours
    states = [NeedState.MET, NeedState.GONE] if which == "closed" else [NeedState.OPEN]
    rows = Need.objects.filter(state__in=states).select_related("owner", "village")
    if village:
        rows = rows.filter(village=village)
    if group in Group.values:
        rows = rows.filter(group=group)
    for word in text.split()[:6]:
        rows = rows.filter(words__icontains=word)
    return rows.order_by("-known_on", "-id")


def rows_of(viewer: Viewer, needs: Collection[Need]) -> list[Row]:
    """Return the needs as the viewer sees them; one statement more."""
    behind: dict[uuid.UUID, list[Need]] = {}
    for one in Need.objects.filter(joined_into__in=[n.id for n in needs]).order_by("id"):
        assert one.joined_into_id is not None  # by the filter
        behind.setdefault(one.joined_into_id, []).append(one)
    return [_row(viewer, need, behind.get(need.id, [])) for need in needs]


def _row(viewer: Viewer, need: Need, behind: list[Need]) -> Row:
    told = [n.number for n in (need, *behind) if n.number is not None]
    own = all(writes_for(viewer, n.owner_id) for n in (need, *behind))
    number, few = told_number(sum(told) if told else None, own=own)
    return Row(need, number, few, len(behind))


def need_for(viewer: Viewer, need_id: uuid.UUID) -> Need:
    """Return one need, for one who takes part; NotYours otherwise."""
    found = Need.objects.select_related("owner", "village", "joined_into").filter(id=need_id).first()
    if found is None or not takes_part(viewer):
        raise NotYours
    return found


def joined_with(need: Need) -> list[Need]:
    """Return the needs it speaks for, in the order they were written."""
    return list(Need.objects.filter(joined_into=need).select_related("owner", "village").order_by("made_at", "id"))


def may_be_joined_with(viewer: Viewer, need: Need) -> list[Need]:
    """Return the needs that could say the same: those that stand, of the same group or village first."""
    rows = needs_for(viewer).exclude(id=need.id)
    return sorted(rows[:200], key=lambda n: (n.group != need.group, n.village_id != need.village_id, n.words))


def being_done(viewer: Viewer, need: Need) -> list[Seen]:
    """Return what is being done about a need and those it speaks for: all that rests on them, on any floor."""
    below: set[Ref] = set()
    for one in (need, *joined_with(need)):
        below |= sight.line_of(Ref("need", one.id))[1]
    return sight.describe(viewer, [ref for ref in below if ref.kind != "need"])


def writes_down_for(viewer: Viewer) -> list[Owner]:
    """Return the owners the viewer writes needs down for."""
    return [
        o for o in Owner.objects.filter(id__in=viewer.owners, left_on=None).order_by("name") if writes_for(viewer, o.id)
    ]


def names_of_places(viewer: Viewer) -> list[str]:
    """Return names that point at no person: of villages and of those who take part."""
    bodies = organisations_visible_to(viewer).values_list("name", flat=True)
    return [*villages().values_list("name", flat=True), *bodies]


def for_everyone() -> list[Standing]:
    """Return, for each group, how many needs stand and how many of them something is being done about: no words."""
    whose = dict(Need.objects.filter(state=NeedState.OPEN).values_list("id", "group"))
    speaks = {row.id: row.joined_into_id or row.id for row in Need.objects.filter(joined_into__in=whose)}
    ties = Tie.objects.filter(upper_kind="need", upper_id__in=[*whose, *speaks], ended_at=None)
    begun = {speaks.get(key, key) for key in ties.values_list("upper_id", flat=True)}
    groups = list(whose.values())
    return [
        Standing(str(Group(g).label), groups.count(g), sum(whose[key] == g for key in begun))
        for g in Group
        if g in groups
    ]


def counts_by_village(viewer: Viewer) -> list[tuple[str, uuid.UUID | None, int]]:
    """Return how many needs stand in each village, in the order of the villages; the whole municipality first."""
    rows = needs_for(viewer).order_by().values("village").annotate(n=Count("id"))
    by_key: dict[uuid.UUID | None, int] = {row["village"]: row["n"] for row in rows}
    places: list[tuple[str, uuid.UUID | None]] = [("", None), *((v.name, v.id) for v in villages())]
    return [(name, key, by_key[key]) for name, key in places if key in by_key]


def _rows(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[Seen]:
    """Return what a viewer may know of needs on the line: who takes part reads the words, everyone whose it is."""
    reads = takes_part(viewer)
    rows = Need.objects.filter(id__in=ids).select_related("village")
    found = []
    for need in rows.order_by("id"):
        where = f", {need.village.name}" if need.village else ""
        title = Truncator(need.words).chars(90) if reads else f"{need.get_group_display()}{where}"
        url = reverse("need", args=[need.id]) if reads else ""
        found.append(Seen(Ref("need", need.id), title, url, need.get_state_display()))
    return found


def _moving(viewer: Viewer, at: dt.datetime) -> list[Traffic]:
    """Tell how many needs stand, for one who takes part."""
    if not takes_part(viewer):
        return []
    number = needs_for(viewer).count()
    return [Traffic(2, "here", ngettext("need stands", "needs stand", number), number, reverse("needs"))]


def _find(viewer: Viewer, need_id: uuid.UUID) -> tuple[str, str] | None:
    found = Need.objects.filter(id=need_id).first()
    if found is None or not takes_part(viewer):
        return None
    return Truncator(found.words).chars(60), reverse("need", args=[found.id])


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    columns = (
        "id", "words", "group", "village__name", "source", "known_on", "number", "state", "joined_into_id",
        "written_by", "made_at", "closed_at", "closed_words",
    )  # fmt: skip
    rows = Need.objects.filter(owner=owner).order_by("id").values_list(*columns)
    return [exports.Table("needs", columns, list(rows))]


exports.register("needs", _tables)
refs.register(refs.RefKind("need", _find))
sight.register(sight.Kind("need", 2, 30, _rows))
sight.register_traffic(_moving)
