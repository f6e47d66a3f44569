"""Whose task something is: proposed by one, and holds when all it concerns have said yes (R01, R16)."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.anchoring.forums.rules import acts_for, desk_of
from samtun.anchoring.responsibilities.enums import MapState, Part, Says, Way
from samtun.anchoring.responsibilities.models import MapAnswer, MapChange, MapMove, Placed
from samtun.anchoring.responsibilities.notices import AnswerAsked
from samtun.anchoring.responsibilities.queries import can_log_in, name_on_map, placed_on
from samtun.anchoring.responsibilities.rules import ANSWER_WITHIN, ON_MAP, says_for
from samtun.foundation.audit import record
from samtun.foundation.locks import take_turns
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.partners.organisations.queries import opening_hours_of, speaks_for, who_answers_for
from samtun.work.todos.actions import close_todos, open_todo


class WaitsAlready(Refused):
    """A change waits for answers already. Answer that one first, or ask those who proposed it to take it back."""


class NothingNew(Refused):
    """This is how it stands already. Change something, or go back."""


class WriteWhy(Refused):
    """Write why: the others read it before they answer."""


class AnsweredAlready(Refused):
    """This is settled already. Look at what stands now."""


class TheyAnswerThemselves(Refused):
    """Somebody there has a login and answers themselves. Ask them to."""


class WriteWho(Refused):
    """Write who said it."""


def propose_change(
    *, ref: Ref, cells: Collection[tuple[uuid.UUID, Part]], why: str, owner: Owner, by: Viewer, at: dt.datetime
) -> MapChange:
    """Propose who has which part in a task. `cells`: all of it, as it is to be.

    It concerns every party that stands there, now or then, and who proposes it: each is told, and says yes or no.
    """
    if not acts_for(by, owner.id) or ref.kind not in ON_MAP or name_on_map(by, ref) is None:
        raise NotYours
    with transaction.atomic():
        take_turns(f"map|{by.tenant}|{ref}")
        if MapChange.objects.filter(ref_kind=ref.kind, ref_id=ref.id, state=MapState.WAITING).exists():
            raise WaitsAlready
        now, wanted = {(p.owner_id, Part(p.part)) for p in placed_on(ref)}, set(cells)
        if now == wanted:
            raise NothingNew
        if now and not why.strip():
            raise WriteWhy
        made = MapChange.objects.create(
            ref_kind=ref.kind, ref_id=ref.id, proposed_by=owner, proposed_name=by.called,
            why=why.strip()[:600], proposed_at=at,
        )  # fmt: skip
        for way, which in ((Way.IN, wanted - now), (Way.OUT, now - wanted)):
            for key, part in sorted(which, key=str):
                MapMove.objects.create(change=made, owner_id=key, part=part, way=way)
        concerned = {key for key, _part in now | wanted} | {owner.id}
        record("responsibilities.propose_change", ref, by=by, at=at)
        for one in Owner.objects.filter(id__in=concerned, left_on=None).order_by("id"):
            _ask(made, one, by=by, at=at)
        _settle(made, by=by, at=at)
    return made


def _ask(change: MapChange, owner: Owner, *, by: Viewer, at: dt.datetime) -> None:
    """Ask one party; who proposes and answers for it has said yes by that."""
    row = MapAnswer.objects.create(change=change, owner=owner)
    if owner.id == change.proposed_by_id and says_for(by, owner.id):
        _write(row, Says.YES, "", change.proposed_name, "", at=at)
        return
    ref = Ref("map_answer", row.id)
    open_todo(
        ref=ref, reason="answer", about="", owner=owner.id, audience=desk_of(owner), at=at,
        due=opening_hours_of(owner.id).after_days(wall(at), ANSWER_WITHIN),
    )  # fmt: skip
    for person in who_answers_for(owner.id, on=wall(at).date()):
        if person != by.person:
            queue(
                notice=AnswerAsked, ref_kind=ref.kind, ref_id=ref.id, to=person, owner=speaks_for(owner), by=by, at=at
            )


def answer_change(
    *, answer: MapAnswer, yes: bool, words: str, by: Viewer, at: dt.datetime, noted: str = ""
) -> MapChange:
    """Say yes or no for a party. Another that it concerns writes it down, where nobody there has a login (R104)."""
    with transaction.atomic():
        change = _lock(answer.change_id)
        row = MapAnswer.objects.select_related("owner").get(id=answer.id)
        said_by, noted_by = _who(change, row, by=by, noted=noted, at=at)
        _write(row, Says.YES if yes else Says.NO, words.strip()[:600], said_by, noted_by, at=at)
        close_todos(ref=Ref("map_answer", row.id), by=by, at=at)
        ref = Ref(change.ref_kind, change.ref_id)
        if yes:
            record("responsibilities.say_yes", ref, by=by, at=at, owner=row.owner.name)
        else:
            record("responsibilities.say_no", ref, by=by, at=at, owner=row.owner.name)
        _settle(change, by=by, at=at)
    return change


def _who(change: MapChange, row: MapAnswer, *, by: Viewer, noted: str, at: dt.datetime) -> tuple[str, str]:
    name = by.called
    if says_for(by, row.owner_id):
        return name, ""
    concerned = change.answers.values_list("owner", flat=True)
    if not any(acts_for(by, key) for key in concerned if key != row.owner_id):
        raise NotYours
    if can_log_in(row.owner_id, on=wall(at).date()):
        raise TheyAnswerThemselves
    if not noted.strip():
        raise WriteWho
    return noted.strip()[:160], name


def withdraw_change(*, change: MapChange, by: Viewer, at: dt.datetime) -> MapChange:
    """Take a proposal back, for who proposed it."""
    with transaction.atomic():
        found = _lock(change.id)
        if not acts_for(by, found.proposed_by_id):
            raise NotYours
        _close(found, MapState.WITHDRAWN, by=by, at=at)
        record("responsibilities.withdraw_change", Ref(found.ref_kind, found.ref_id), by=by, at=at)
    return found


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """Take an owner that has left off the map; what waits and concerns it is taken back."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        waiting = MapChange.objects.filter(state=MapState.WAITING, answers__owner=owner)
        for key in waiting.order_by("id").values_list("id", flat=True):
            _close(_lock(key), MapState.WITHDRAWN, by=by, at=at)
        rows = Placed.objects.filter(owner=owner, ended_on=None)
        for ref in sorted({Ref(p.ref_kind, p.ref_id) for p in rows}, key=str):
            record("responsibilities.owner_left", ref, by=by, at=at, owner=owner.name)
        rows.update(ended_on=wall(at).date())


def _lock(change_id: uuid.UUID) -> MapChange:
    found = MapChange.objects.select_for_update(of=("self",)).get(id=change_id)
    if found.state != MapState.WAITING:
        raise AnsweredAlready
    return found


def _write(row: MapAnswer, says: Says, words: str, said_by: str, noted_by: str, *, at: dt.datetime) -> None:
    row.says, row.words, row.said_by, row.noted_by, row.at = says, words, said_by, noted_by, at
    row.save(update_fields=["says", "words", "said_by", "noted_by", "at"])


def _settle(change: MapChange, *, by: Viewer, at: dt.datetime) -> None:
    says = list(MapAnswer.objects.filter(change=change).values_list("says", flat=True))
    if Says.NO in says:
        _close(change, MapState.DECLINED, by=by, at=at)
    elif says and all(one == Says.YES for one in says):
        _make(change, at=at)
        _close(change, MapState.MADE, by=by, at=at)
        record("responsibilities.change_made", Ref(change.ref_kind, change.ref_id), by=by, at=at)


def _make(change: MapChange, *, at: dt.datetime) -> None:
    today, where = wall(at).date(), {"ref_kind": change.ref_kind, "ref_id": change.ref_id}
    for move in MapMove.objects.filter(change=change).order_by("id"):
        if move.way == Way.IN:
            Placed.objects.create(owner_id=move.owner_id, part=move.part, since=today, **where)
        else:
            old = Placed.objects.filter(owner=move.owner_id, part=move.part, ended_on=None, **where)
            old.update(ended_on=today)


def _close(change: MapChange, state: MapState, *, by: Viewer, at: dt.datetime) -> None:
    change.state, change.settled_at = state, at
    change.save(update_fields=["state", "settled_at"])
    for key in change.answers.values_list("id", flat=True):
        close_todos(ref=Ref("map_answer", key), by=by, at=at)
