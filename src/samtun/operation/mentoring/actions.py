"""Verbs: a mentor and a lighter plan begin, change and end; the two talk now and then."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, hush, queue
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.mentoring.notices import BecameMentor, TalkIsDue
from samtun.operation.mentoring.queries import could_be_mentor
from samtun.operation.mentoring.rules import may_talk
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.rules import hosts
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing, Person
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos, open_todo, still_todos

MORNING = dt.time(9)
LATE_AFTER = 2
MINUTES = (5, 600)
TALKS = (1, 60)


class NotAMentorHere(Refused):
    """Choose somebody who volunteers or works with you, and not the volunteer."""


class NotActive(Refused):
    """Only one who volunteers with you now can have a mentor. Welcome the person as a volunteer first."""


class BadMinutes(Refused):
    """Write how long a task may last, from 5 to 600 minutes."""


class BadRhythm(Refused):
    """Write how many days with opening hours there are between the talks, from 1 to 60."""


class TogetherHasBeen(Refused):
    """That day has been. Choose today or a later day, or leave it empty."""


class HasEnded(Refused):
    """This plan has ended. Look at what stands."""


@dataclass(frozen=True, slots=True)
class Lighter:
    """What a lighter plan says: the longest task in minutes, the mentor along to a day, opening days between talks."""

    most_minutes: int
    talk_days: int
    together_until: dt.date | None = None


def set_plan(*, volunteer: Volunteer, mentor: Person, plan: Lighter, by: Viewer, at: dt.datetime) -> MentorPlan:
    """Give a volunteer a mentor and a lighter plan, or change what stands. A new mentor is told by a message."""
    today = wall(at).date()
    if not hosts(by, volunteer):
        raise NotYours
    _refuse_nonsense(volunteer, mentor, plan, on=today)
    with transaction.atomic():
        Volunteer.objects.select_for_update(of=("self",)).get(id=volunteer.id)
        row = MentorPlan.objects.filter(volunteer=volunteer, ended_at=None).first()
        fresh = row is None or row.mentor_id != mentor.id
        row = row or MentorPlan(volunteer=volunteer, began_on=today)
        talks_change = fresh or row.talk_days != plan.talk_days
        row.mentor, row.most_minutes, row.talk_days = mentor, plan.most_minutes, plan.talk_days
        row.together_until = plan.together_until
        if talks_change:
            row.next_talk_on = _next_talk(volunteer.host_id, plan.talk_days, at=at)
        row.save()
        record("mentoring.set", Ref("volunteer", volunteer.id), by=by, at=at)
        if fresh:
            cancel_for(ref_kind="mentor_plan", ref_id=row.id, by=by, at=at)
            close_todos(ref=Ref("mentor_plan", row.id), by=by, at=at)
            if mentor.id != by.person:
                queue(
                    notice=BecameMentor, ref_kind="mentor_plan", ref_id=row.id, to=mentor.id, owner=volunteer.host_id,
                    by=by, at=at,
                )  # fmt: skip
        if talks_change:
            _wake(row, row.next_talk_on, at=at)
    return row


def _refuse_nonsense(volunteer: Volunteer, mentor: Person, plan: Lighter, *, on: dt.date) -> None:
    if volunteer.state not in {Volunteer.State.ACTIVE, Volunteer.State.PAUSED}:
        raise NotActive
    if mentor.id not in {p.id for p in could_be_mentor(volunteer, on=on)}:
        raise NotAMentorHere
    if not MINUTES[0] <= plan.most_minutes <= MINUTES[1]:
        raise BadMinutes
    if not TALKS[0] <= plan.talk_days <= TALKS[1]:
        raise BadRhythm
    if plan.together_until is not None and plan.together_until < on:
        raise TogetherHasBeen


def _next_talk(host: uuid.UUID, days: int, *, at: dt.datetime) -> dt.date:
    return opening_hours_of(host).after_days(wall(at), days).date()


def _wake(plan: MentorPlan, on: dt.date, *, at: dt.datetime) -> None:
    wait = at_wall(on, MORNING) - at
    defer("mentoring.talk_due", plan_id=plan.id, schedule_in=max(int(wait.total_seconds()), 1))


def note_talk(*, plan: MentorPlan, by: Viewer, at: dt.datetime) -> MentorPlan:
    """Note that the two have talked; the next talk follows the rhythm. What they spoke of is theirs."""
    with transaction.atomic():
        row = MentorPlan.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=plan.id)
        if not may_talk(by, row):
            raise NotYours
        if row.ended_at:
            raise HasEnded
        row.last_talk_on = wall(at).date()
        row.next_talk_on = _next_talk(row.volunteer.host_id, row.talk_days, at=at)
        row.save(update_fields=["last_talk_on", "next_talk_on"])
        close_todos(ref=Ref("mentor_plan", row.id), by=by, at=at, reasons=("mentor_talk",))
        cancel_for(ref_kind="mentor_plan", ref_id=row.id, by=by, at=at)
        record("mentoring.talked", Ref("volunteer", row.volunteer_id), by=by, at=at)
        _wake(row, row.next_talk_on, at=at)
    return row


def talk_due(*, plan: MentorPlan, by: Viewer, at: dt.datetime) -> bool:
    """Remind the mentor of a talk on its day; some opening days later tell the desk. False when nothing is due."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        row = (
            MentorPlan.objects.select_for_update(of=("self",))
            .select_related("volunteer__person", "mentor")
            .get(id=plan.id)
        )
        today, host = wall(at).date(), row.volunteer.host_id
        gone = row.mentor.is_dead or row.volunteer.person.is_dead or row.volunteer.state == Volunteer.State.LEFT
        if row.ended_at or gone or row.next_talk_on > today:
            return False
        late_on = opening_hours_of(host).after_days(at_wall(row.next_talk_on, MORNING), LATE_AFTER).date()
        if today < late_on:
            queue(
                notice=TalkIsDue, ref_kind="mentor_plan", ref_id=row.id, to=row.mentor_id, owner=host, by=by, at=at
            )  # fmt: skip
            _wake(row, late_on, at=at)
        else:
            open_todo(
                ref=Ref("mentor_plan", row.id), reason="mentor_talk", about=row.volunteer.person.initials, owner=host,
                audience=Permission.MANAGE_VOLUNTEERS, due=opening_hours_of(host).after_days(wall(at), 1), at=at,
            )  # fmt: skip
    return True


def end_plan(*, plan: MentorPlan, by: Viewer, at: dt.datetime) -> MentorPlan:
    """End the plan: the volunteer stands as everyone else. No reason is kept."""
    with transaction.atomic():
        row = MentorPlan.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=plan.id)
        if not hosts(by, row.volunteer):
            raise NotYours
        if row.ended_at:
            raise HasEnded
        _end(row, by=by, at=at)
        record("mentoring.end", Ref("volunteer", row.volunteer_id), by=by, at=at)
    return row


def _end(row: MentorPlan, *, by: Viewer, at: dt.datetime) -> None:
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    close_todos(ref=Ref("mentor_plan", row.id), by=by, at=at)
    cancel_for(ref_kind="mentor_plan", ref_id=row.id, by=by, at=at)


def volunteer_left(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """End the plan of one who has left; where it was the mentor who left, the desk is asked to find another."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        for row in MentorPlan.objects.select_for_update(of=("self",)).filter(volunteer=volunteer, ended_at=None):
            _end(row, by=by, at=at)
        mentored = MentorPlan.objects.filter(
            mentor=volunteer.person_id, volunteer__host=volunteer.host_id, ended_at=None
        )
        for row in mentored.select_related("volunteer__person").order_by("id"):
            _find_another(row, at=at)


def _find_another(row: MentorPlan, *, at: dt.datetime) -> None:
    if row.volunteer.person.is_dead:
        return
    host = row.volunteer.host_id
    open_todo(
        ref=Ref("mentor_plan", row.id), reason="mentor_gone", about=row.volunteer.person.initials, owner=host,
        audience=Permission.MANAGE_VOLUNTEERS, due=opening_hours_of(host).after_days(wall(at), 1), at=at,
    )  # fmt: skip


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Stop messages and talks about either of the two; a volunteer who has lost a mentor is thought of by the desk."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    either = Q(volunteer__person__in=everyone) | Q(mentor__in=everyone)
    with transaction.atomic():
        rows = list(MentorPlan.objects.filter(either, ended_at=None).select_related("volunteer__person").order_by("id"))
        refs = [Ref("mentor_plan", row.id) for row in rows]
        closed = still_todos(refs=refs, by=by, at=at)
        note_stilled(passing.id, hushed=hush(about=refs, at=at), kind="todo", before={key: {} for key in closed})
        note_stilled(passing.id, kind="mentor_plan", before={row.id: {} for row in rows})
        for row in rows:
            if row.mentor_id in everyone:
                _find_another(row, at=at)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let the two go on as before; their to-dos are opened again with the rest."""
    if not by.is_system:
        raise NotYours
    keys = {s.ref_id for s in stilled_by(passing.id, "mentor_plan")}
    with transaction.atomic():
        for row in MentorPlan.objects.filter(id__in=keys, ended_at=None).order_by("id"):
            close_todos(ref=Ref("mentor_plan", row.id), by=by, at=at, reasons=("mentor_gone",))
            talk_due(plan=row, by=by, at=at)
        bring_back(passing.id, kinds=("mentor_plan",), back=keys)
