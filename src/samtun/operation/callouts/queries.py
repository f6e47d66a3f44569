"""Call-outs and lists of friends, always for someone."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import cleared_types
from samtun.foundation import exports, recipients, refs, sight
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.callouts.enums import LIVE, TurnOut
from samtun.operation.callouts.models import Asked, CallOut, Friend, FriendsList
from samtun.operation.callouts.rules import Able, has_rested
from samtun.operation.plans.queries import fitting, reason_words
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.queries import volunteers_visible_to

STANDS = Q(volunteer__person__death_known_at=None) & ~Q(volunteer__state=Volunteer.State.LEFT)
"""Who stands on a list: the rows of those who died stay, in case it was a mistake, and are shown to nobody."""


def starts_at(call_out: CallOut) -> dt.datetime:
    """Return when it begins, UTC."""
    return at_wall(call_out.on, call_out.at)


def ends_at(call_out: CallOut) -> dt.datetime:
    """Return when it is over, UTC."""
    return starts_at(call_out) + dt.timedelta(minutes=call_out.minutes)


def call_outs_visible_to(viewer: Viewer) -> QuerySet[CallOut]:
    """Return the call-outs of own owners."""
    if not viewer.may(Permission.MANAGE_VOLUNTEERS):
        return CallOut.objects.none()
    return CallOut.objects.filter(owner__in=viewer.owners)


def list_of(viewer: Viewer, *, most: int = 50) -> list[tuple[CallOut, int]]:
    """Return call-outs, newest day first, each with how many hands have been promised."""
    yes = Sum("asked__counts", filter=Q(asked__state=TurnOut.YES), default=0)
    rows = call_outs_visible_to(viewer).annotate(promised=yes).order_by("-on", "-id")[:most]
    return [(row, row.promised) for row in rows]


def call_out_for(viewer: Viewer, call_out_id: uuid.UUID) -> CallOut:
    """Return one with those asked, opened and logged; NotYours when out of sight."""
    asked = Asked.objects.select_related("volunteer__person", "companion")
    asked = asked.order_by("answered_at", "asked_at", "id")
    rows = call_outs_visible_to(viewer).select_related("friends_list", "task_type", "owner")
    found = rows.filter(id=call_out_id).prefetch_related(Prefetch("asked", asked)).first()
    if found is None:
        raise NotYours
    saw(*(p for a in found.asked.all() for p in (a.volunteer.person_id, a.companion_id)))
    return found


def lists_of(viewer: Viewer) -> list[FriendsList]:
    """Return own owners' lists of friends, by name, with `hands`: how many they count in all."""
    if not viewer.may(Permission.MANAGE_VOLUNTEERS):
        return []
    standing = Q(friends__volunteer__person__death_known_at=None) & ~Q(friends__volunteer__state=Volunteer.State.LEFT)
    hands = Sum("friends__counts", filter=standing, default=0)
    rows = FriendsList.objects.filter(owner__in=viewer.owners).annotate(hands=hands)
    return list(rows.order_by("name", "id"))


def list_for(viewer: Viewer, list_id: uuid.UUID) -> FriendsList:
    """Return one list with its friends, opened and logged; NotYours when out of sight."""
    friends = Friend.objects.filter(STANDS).select_related("volunteer__person")
    friends = friends.order_by("volunteer__person__given_name", "id")
    rows = FriendsList.objects.filter(owner__in=viewer.owners) if viewer.may(Permission.MANAGE_VOLUNTEERS) else None
    found = rows and rows.filter(id=list_id).prefetch_related(Prefetch("friends", friends)).first()
    if not found:
        raise NotYours
    saw(*(f.volunteer.person_id for f in found.friends.all()))
    return found


def not_on(viewer: Viewer, friends_list: FriendsList) -> list[Volunteer]:
    """Return the owner's volunteers who do not stand on the list, by name."""
    on_it = Friend.objects.filter(friends_list=friends_list, volunteer=OuterRef("id"))
    rows = volunteers_visible_to(viewer).filter(host=friends_list.owner_id).exclude(Exists(on_it))
    found = list(rows.select_related("person").order_by("person__given_name", "id"))
    saw(*(v.person_id for v in found), how="listed")
    return found


def hands(call_out: CallOut) -> int:
    """Return how many hands have been promised."""
    total: int = Asked.objects.filter(call_out=call_out, state=TurnOut.YES).aggregate(n=Sum("counts", default=0))["n"]
    return total


@dataclass(frozen=True, slots=True)
class Left:
    """Those on the list who have not been asked: who may be asked now, and of the others why not, in words."""

    able: list[Able]
    not_now: dict[uuid.UUID, str]


def left_to_ask(call_out: CallOut, viewer: Viewer, *, on: dt.date) -> Left:
    """Judge those who have not been asked by the rules of all asks, and by when they were asked last."""
    found = fitting("call_out", call_out.id, viewer, on=on)
    friends = Friend.objects.filter(friends_list=call_out.friends_list_id, volunteer__in=found.able)
    counts = dict(friends.values_list("volunteer", "counts"))
    rested = {key for key, last in found.able.items() if has_rested(last, today=on)}
    lately = {key: _("Was asked less than a week ago") for key in found.able if key not in rested}
    lacking = {key: ", ".join(dict.fromkeys(map(reason_words, why))) for key, why in found.refused.items()}
    able = [Able(key, counts[key], found.able[key]) for key in found.able if key in rested]
    return Left(able, lately | lacking)


def not_asked(viewer: Viewer, why: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
    """Return the names of one's own volunteers who cannot be asked just now, each with why, by name."""
    rows = Volunteer.objects.filter(id__in=why, host__in=viewer.owners).select_related("person")
    found = list(rows.order_by("person__given_name", "id"))
    saw(*(v.person_id for v in found), how="listed")
    return [(v.person.full_name, why[v.id]) for v in found]


def kinds_for(owner: uuid.UUID) -> QuerySet[TaskType]:
    """Return the kinds of help an owner may call out for: cleared, and not for two who know each other (R26, R28)."""
    rows = cleared_types(owner).filter(is_declined=False, one_to_one=False)
    return rows.exclude(asking=TaskType.Asking.KNOWN_ONLY)


def on_day(owners: Collection[uuid.UUID], day: dt.date) -> list[CallOut]:
    """Return the call-outs of a day, each with those who come: for the sheet, by clock."""
    coming = Asked.objects.filter(state=TurnOut.YES).select_related("volunteer__person", "companion")
    coming = coming.order_by("answered_at", "id")
    rows = CallOut.objects.filter(owner__in=owners, on=day, state__in=LIVE)
    return list(rows.prefetch_related(Prefetch("asked", coming)).order_by("at", "id"))


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    friends = Friend.objects.filter(friends_list__owner=owner).select_related("friends_list", "volunteer__person")
    asked = Asked.objects.filter(call_out__owner=owner).select_related("volunteer__person").order_by("asked_at", "id")
    call_out_facts = ("id", "words", "place", "on", "at", "minutes", "needed", "state", "made_at", "made_by")
    call_outs = CallOut.objects.filter(owner=owner).order_by("on", "id").values_list(*call_out_facts)
    on_lists = [
        (f.friends_list.name, f.volunteer.person.full_name, f.volunteer.person_id, f.group_name, f.counts)
        for f in friends.order_by("id")
    ]
    answers = [
        (a.call_out_id, a.volunteer.person.full_name, a.volunteer.person_id, a.group_name, a.counts, a.state,
         a.asked_at, a.answered_at, a.via)
        for a in asked
    ]  # fmt: skip
    columns = (
        "call_out_id",
        "volunteer",
        "person_id",
        "group_name",
        "counts",
        "state",
        "asked_at",
        "answered_at",
        "via",
    )
    return [
        exports.Table("friends", ("list", "volunteer", "person_id", "group_name", "counts"), on_lists,
                      frozenset(row[2] for row in on_lists)),
        exports.Table("call_outs", call_out_facts, list(call_outs)),
        exports.Table("asked", columns, answers, frozenset(row[2] for row in answers)),
    ]  # fmt: skip


def _find(viewer: Viewer, call_out_id: uuid.UUID) -> tuple[str, str] | None:
    found = call_outs_visible_to(viewer).filter(id=call_out_id).first()
    return (found.words, reverse("call_out", args=[found.id])) if found else None


def _on_line(viewer: Viewer, ids: Collection[uuid.UUID]) -> list[sight.Seen]:
    rows = call_outs_visible_to(viewer).filter(id__in=ids)
    return [sight.Seen(Ref("call_out", row.id), row.words, reverse("call_out", args=[row.id])) for row in rows]


def _rests_on(call_out_id: uuid.UUID) -> list[Ref]:
    found = CallOut.objects.filter(id=call_out_id).values_list("task_type", flat=True)
    return [Ref("task_type", key) for key in found]


def _about_gone(asked_id: uuid.UUID) -> bool:
    return Asked.objects.filter(id=asked_id, volunteer__person__death_known_at__isnull=False).exists()


exports.register("callouts", _tables)
recipients.register_about("call_out_asked", _about_gone)
refs.register(refs.RefKind("call_out", _find))
sight.register(sight.Kind("call_out", 3, 27, _on_line, _rests_on))
