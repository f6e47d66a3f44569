"""Verbs of call-outs. The first yes that fit are in; the others are thanked; a no needs no reason."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.callouts.enums import LIVE, CallOutState, TurnOut
from samtun.operation.callouts.models import Asked, CallOut, Friend, FriendsList
from samtun.operation.callouts.notices import (
    AskFriend,
    CallOutCancelled,
    Counted,
    Enough,
    MentorComes,
    MentorFree,
    NoIsHeard,
    RemindFriend,
)
from samtun.operation.callouts.queries import ends_at, hands, kinds_for, left_to_ask, starts_at
from samtun.operation.callouts.rules import is_child, may_answer, may_call_out, wave
from samtun.operation.mentoring.queries import companion_of
from samtun.operation.volunteers.actions import (
    drop_engagement,
    give_quiet,
    note_asked,
    note_engagement,
    record_contribution,
)  # fmt: skip
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo

DAY_BEFORE = dt.time(10)


class NameTaken(Refused):
    """There is a list by that name already. Choose another name."""


class NotOnThisList(Refused):
    """Only volunteers of your own can stand on the list."""


class GroupSize(Refused):
    """Say how many the group counts as: between 1 and 60."""


class HasBeen(Refused):
    """That time has been. Choose a later day or time."""


class HowMany(Refused):
    """Say how many are needed: between 1 and 60."""


class NobodyToAsk(Refused):
    """Nobody more on the list can be asked now. Choose another day, or put more on the list."""

    def __init__(self, why: Mapping[uuid.UUID, str]) -> None:
        super().__init__()
        self.why = why
        """Of each volunteer on the list who has not been asked, why not, in words."""


class NotForCallOuts(Refused):
    """You cannot call out for this kind of help. It must be cleared first, and not be for two who know each other."""


class AnswersAsAdult(Refused):
    """The one who answers for a group must be an adult. Choose the teacher, or another who is 18 or more."""


class OverAlready(Refused):
    """This call-out is over. Nothing more can be changed."""


class SaidAlready(Refused):
    """This has been answered already."""


def make_list(*, owner: Owner, name: str, by: Viewer, at: dt.datetime) -> FriendsList:
    """Make a list of friends."""
    if not may_call_out(by, owner.id):
        raise NotYours
    try:
        with transaction.atomic():
            made = FriendsList.objects.create(owner=owner, name=name.strip()[:80], made_at=at)
            record("callouts.make_list", Ref("friends_list", made.id), by=by, at=at, name=made.name)
    except IntegrityError as fault:
        raise NameTaken from fault
    return made


def add_friend(
    *, friends_list: FriendsList, volunteer: Volunteer, by: Viewer, at: dt.datetime, group_name: str = "",
    counts: int = 1,
) -> Friend:  # fmt: skip
    """Put a volunteer on the list; or a group, through the adult who answers for it (R72)."""
    if not may_call_out(by, friends_list.owner_id):
        raise NotYours
    if volunteer.host_id != friends_list.owner_id:
        raise NotOnThisList
    if not 1 <= counts <= 60:
        raise GroupSize
    if group_name.strip() and is_child(volunteer.person.birth_year, today=wall(at).date()):
        raise AnswersAsAdult
    with transaction.atomic():
        friend, _ = Friend.objects.update_or_create(
            friends_list=friends_list, volunteer=volunteer,
            defaults={"group_name": group_name.strip()[:80], "counts": counts if group_name.strip() else 1},
        )  # fmt: skip
        record("callouts.add_friend", Ref("friends_list", friends_list.id), by=by, at=at)
    return friend


def remove_friend(*, friend: Friend, by: Viewer, at: dt.datetime) -> None:
    """Take one off the list."""
    if not may_call_out(by, friend.friends_list.owner_id):
        raise NotYours
    with transaction.atomic():
        friend.delete()
        record("callouts.remove_friend", Ref("friends_list", friend.friends_list_id), by=by, at=at)


def call_out(
    *, friends_list: FriendsList, task_type: TaskType, words: str, place: str, on: dt.date, starts: dt.time,
    minutes: int, needed: int, by: Viewer, at: dt.datetime,
) -> CallOut:  # fmt: skip
    """Make a call-out and ask the first of the list: those who were asked longest ago, twice as many as needed."""
    if not may_call_out(by, friends_list.owner_id):
        raise NotYours
    if at_wall(on, starts) <= at:
        raise HasBeen
    if not 1 <= needed <= 60:
        raise HowMany
    if not kinds_for(friends_list.owner_id).filter(id=task_type.id).exists():
        raise NotForCallOuts
    with transaction.atomic():
        made = CallOut.objects.create(
            owner=friends_list.owner, friends_list=friends_list, task_type=task_type, words=words.strip()[:120],
            place=place.strip()[:80], on=on, at=starts, minutes=minutes, needed=needed, made_at=at,
            made_by=by.name[:160],
        )  # fmt: skip
        record("callouts.call_out", Ref("call_out", made.id), by=by, at=at, needed=needed)
        _ask_wave(made, by=by, at=at)
        defer("callouts.close", call_out_id=made.id, schedule_in=int((ends_at(made) - at).total_seconds()) + 60)
        remind = at_wall(on - dt.timedelta(days=1), DAY_BEFORE)
        if remind > at:
            defer("callouts.remind", call_out_id=made.id, schedule_in=int((remind - at).total_seconds()))
    return made


def ask_more(*, call_out: CallOut, by: Viewer, at: dt.datetime) -> int:
    """Ask the next on the list; return how many."""
    with transaction.atomic():
        current = _lock(call_out, by)
        if current.state != CallOutState.OPEN or starts_at(current) <= at:
            raise OverAlready
        number = _ask_wave(current, by=by, at=at)
        close_todos(ref=Ref("call_out", current.id), by=by, at=at)
    return number


def answer(*, asked: Asked, yes: bool, via: str, by: Viewer, at: dt.datetime) -> Asked:
    """Take an answer. The call-out's row is locked, so that no more are counted in than are needed.

    A yes may be taken back as long as it has not begun; then the hands are missing again and the desk hears of it.
    """
    with transaction.atomic():
        call_out = lock(asked.call_out_id)
        current = Asked.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=asked.id)
        if not may_answer(by, call_out, current.volunteer.person_id):
            raise NotYours
        if call_out.state not in LIVE or starts_at(call_out) <= at:
            raise OverAlready
        if current.state == TurnOut.YES and not yes:
            count_out(current, call_out, via=via, by=by, at=at)
        elif current.state == TurnOut.SENT:
            _take(current, call_out, yes=yes, via=via, by=by, at=at)
        else:
            raise SaidAlready
    return current


def cancel(*, call_out: CallOut, by: Viewer, at: dt.datetime) -> CallOut:
    """Cancel: a state. Those who said yes are told at once; a message not yet sent is simply not sent."""
    with transaction.atomic():
        current = _lock(call_out, by)
        if current.state not in LIVE:
            raise OverAlready
        _set(current, CallOutState.CANCELLED, by=by, at=at)
        for one in rows_of(current, TurnOut.YES, TurnOut.SENT):
            drop_engagement(ref=Ref("call_out_asked", one.id))
            unsent = cancel_for(ref_kind="call_out_asked", ref_id=one.id, by=by, at=at)
            if one.state == TurnOut.SENT:
                one.state = TurnOut.THANKED
                one.save(update_fields=["state"])
            if one.state == TurnOut.YES or not unsent:
                tell(CallOutCancelled, one, current, by=by, at=at)
            tell_mentor(MentorFree, one, current, by=by, at=at)
    return current


def remind(*, call_out: CallOut, by: Viewer, at: dt.datetime) -> int:
    """Remind those who come, the day before; return how many."""
    with transaction.atomic():
        current = CallOut.objects.get(id=call_out.id)
        coming = rows_of(current, TurnOut.YES) if current.state in LIVE else []
        for one in coming:
            tell(RemindFriend, one, current, by=by, at=at)
    return len(coming)


def look(*, call_out: CallOut, by: Viewer, at: dt.datetime) -> bool:
    """Tell the desk that hands are missing still, an opening day after the last were asked."""
    with transaction.atomic():
        current = CallOut.objects.get(id=call_out.id)
        missing = current.state == CallOutState.OPEN and at < starts_at(current)
        if missing:
            put_on_desk(current, "missing", at=at)
    return missing


def close_by_time(*, call_out: CallOut, by: Viewer, at: dt.datetime) -> bool:
    """Count it as done when its time has passed: one contribution for each who came."""
    with transaction.atomic():
        current = lock(call_out.id)
        if current.state not in LIVE or at < ends_at(current):
            return False
        for one in rows_of(current, TurnOut.YES):
            drop_engagement(ref=Ref("call_out_asked", one.id))
            for person in (one.volunteer.person_id, *_along(one)):
                record_contribution(
                    person_id=person, owner_id=one.volunteer.host_id, kind=current.task_type.key,
                    ref=Ref("call_out_asked", one.id), on=current.on, minutes=current.minutes,
                )  # fmt: skip
        _set(current, CallOutState.OVER, by=by, at=at)
    return True


def lock(call_out_id: uuid.UUID) -> CallOut:
    """Lock a call-out's row: all that is counted in is counted under it."""
    rows = CallOut.objects.select_for_update(of=("self",)).select_related("owner", "task_type")
    return rows.get(id=call_out_id)


def _lock(call_out: CallOut, by: Viewer) -> CallOut:
    if not may_call_out(by, call_out.owner_id):
        raise NotYours
    return lock(call_out.id)


def rows_of(call_out: CallOut, *states: TurnOut) -> list[Asked]:
    """Return those who were asked and stand so, locked."""
    rows = Asked.objects.select_for_update(of=("self",)).filter(call_out=call_out, state__in=states)
    return list(rows.select_related("volunteer", "companion").order_by("id"))


def _ask_wave(call_out: CallOut, *, by: Viewer, at: dt.datetime) -> int:
    """Ask those who may be asked, as many as it takes; return how many. Refused when there is nobody."""
    today = wall(at).date()
    left = left_to_ask(call_out, by, on=today)
    chosen = wave(left.able, missing=call_out.needed - hands(call_out))
    if not chosen:
        raise NobodyToAsk(left.not_now)
    rows = Friend.objects.filter(friends_list=call_out.friends_list_id, volunteer__in=[a.id for a in chosen])
    friends = list(rows.select_related("volunteer").order_by("id"))
    for friend in friends:
        one = Asked.objects.create(
            call_out=call_out, volunteer=friend.volunteer, group_name=friend.group_name, counts=friend.counts,
            asked_at=at,
        )  # fmt: skip
        queue(
            notice=AskFriend, ref_kind="call_out_asked", ref_id=one.id, to=friend.volunteer.person_id,
            owner=call_out.owner_id, by=by, at=at, question_ends=starts_at(call_out),
        )  # fmt: skip
    note_asked(persons=[f.volunteer.person_id for f in friends], on=today)
    silent = opening_hours_of(call_out.owner_id).after_days(wall(at), 1)
    defer("callouts.look", call_out_id=call_out.id, schedule_in=int((silent - at).total_seconds()) + 60)
    record("callouts.ask", Ref("call_out", call_out.id), by=by, at=at, number=len(chosen))
    return len(chosen)


def _take(one: Asked, call_out: CallOut, *, yes: bool, via: str, by: Viewer, at: dt.datetime) -> None:
    cancel_for(ref_kind="call_out_asked", ref_id=one.id, by=by, at=at)
    missing = call_out.needed - hands(call_out)
    one.state = (TurnOut.YES if missing > 0 else TurnOut.THANKED) if yes else TurnOut.NO
    one.answered_at, one.via = at, via
    one.save(update_fields=["state", "answered_at", "via"])
    ref = Ref("call_out", call_out.id)
    record("callouts.answer", ref, by=by, at=at, answer=one.state, via=via)
    if one.state == TurnOut.YES:
        one.companion_id = companion_of(one.volunteer_id, on=call_out.on)
        one.save(update_fields=["companion"])
        promise(one, call_out)
        tell(Counted, one, call_out, by=by, at=at)
        tell_mentor(MentorComes, one, call_out, by=by, at=at)
        if one.counts >= missing:
            fill_up(call_out, by=by, at=at)
    elif one.state == TurnOut.THANKED:
        tell(Enough, one, call_out, by=by, at=at)
    else:
        give_quiet(person_id=one.volunteer.person_id, on=wall(at).date())
        if via != "left":
            tell(NoIsHeard, one, call_out, by=by, at=at)
        look_on(call_out, at=at)


def promise(one: Asked, call_out: CallOut) -> None:
    """Note the day as promised, by the mentor who comes along too, so that it counts for everyone who asks (R60)."""
    for person in (one.volunteer.person_id, *_along(one)):
        note_engagement(
            person_id=person, ref=Ref("call_out_asked", one.id), on=call_out.on, starts=call_out.at,
            minutes=call_out.minutes,
        )  # fmt: skip


def _along(one: Asked) -> tuple[uuid.UUID, ...]:
    return (one.along.id,) if one.along else ()


def count_out(one: Asked, call_out: CallOut, *, via: str, by: Viewer, at: dt.datetime) -> None:
    """Count one out again: hands are missing, and the desk hears of it; one who was to come along is told."""
    one.state, one.answered_at, one.via = TurnOut.DROPPED, at, via
    one.save(update_fields=["state", "answered_at", "via"])
    drop_engagement(ref=Ref("call_out_asked", one.id))
    cancel_for(ref_kind="call_out_asked", ref_id=one.id, by=by, at=at)
    if not one.volunteer.person.is_dead:
        tell_mentor(MentorFree, one, call_out, by=by, at=at)
    record("callouts.drop", Ref("call_out", call_out.id), by=by, at=at, via=via)
    if call_out.state == CallOutState.FILLED:
        _set(call_out, CallOutState.OPEN, by=by, at=at)
    put_on_desk(call_out, "dropped", at=at)


def fill_up(call_out: CallOut, *, by: Viewer, at: dt.datetime) -> None:
    """Fill it. Thank those who have not answered: a message that has not gone is simply not sent."""
    _set(call_out, CallOutState.FILLED, by=by, at=at)
    for other in rows_of(call_out, TurnOut.SENT):
        unsent = cancel_for(ref_kind="call_out_asked", ref_id=other.id, by=by, at=at)
        other.state = TurnOut.THANKED
        other.save(update_fields=["state"])
        if not unsent:
            tell(Enough, other, call_out, by=by, at=at)


def look_on(call_out: CallOut, *, at: dt.datetime) -> None:
    """Tell the desk when nobody is left to answer and hands are missing."""
    if call_out.state == CallOutState.OPEN and not rows_of(call_out, TurnOut.SENT):
        put_on_desk(call_out, "missing", at=at)


def put_on_desk(call_out: CallOut, reason: str, *, at: dt.datetime) -> None:
    """Open a to-do about a call-out, due within the same opening day."""
    open_todo(
        ref=Ref("call_out", call_out.id), reason=reason, about=f"{call_out.words} · {call_out.place}"[:120],
        owner=call_out.owner_id, audience=Permission.MANAGE_VOLUNTEERS, at=at,
        due=opening_hours_of(call_out.owner_id).after_days(wall(at), 0),
    )  # fmt: skip


def _set(call_out: CallOut, state: CallOutState, *, by: Viewer, at: dt.datetime) -> None:
    call_out.state = state
    call_out.save(update_fields=["state"])
    ref = Ref("call_out", call_out.id)
    if state != CallOutState.OPEN:
        close_todos(ref=ref, by=by, at=at)
    record("callouts.state", ref, by=by, at=at, state=state)


def tell(notice: type, one: Asked, call_out: CallOut, *, by: Viewer, at: dt.datetime) -> None:
    """Queue one message to one who was asked."""
    queue(
        notice=notice, ref_kind="call_out_asked", ref_id=one.id, to=one.volunteer.person_id, owner=call_out.owner_id,
        by=by, at=at,
    )  # fmt: skip


def tell_mentor(notice: type, one: Asked, call_out: CallOut, *, by: Viewer, at: dt.datetime) -> None:
    """Queue one message to the mentor who comes along with one who was asked, when there is one who lives."""
    if one.companion is not None and not one.companion.is_dead:
        queue(
            notice=notice, ref_kind="call_out_asked", ref_id=one.id, to=one.companion.id, owner=call_out.owner_id,
            by=by, at=at,
        )  # fmt: skip
