"""Verbs on volunteers. A volunteer can pause, decline or stop any time with one act (R60)."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.audit import record, record_many
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.uses import delete_unused
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.volunteers.events import VolunteerLeft, VolunteerPaused
from samtun.operation.volunteers.models import Absence, Contribution, Engagement, Profile, Slot, Volunteer, Willing
from samtun.operation.volunteers.rules import hosts, is_self, may_manage
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing, Person
from samtun.people.persons.queries import everyone_of, stilled_by

QUIET = dt.timedelta(days=7)

type WeeklyTime = tuple[int, dt.time, dt.time]


MOST_TIMES = 99


class BadCeiling(Refused):
    """Choose a number from 1 to 99, or no ceiling at all."""


class BadTimes(Refused):
    """A time must begin before it ends, on one of the week's seven days."""


class PauseHasBeen(Refused):
    """That day has been. Choose today or a later day, or leave it empty."""


class BackwardsDates(Refused):
    """The last day must be the same as the first day, or later."""


class IsDead(Refused):
    """It is noted here that this person has died. If that is a mistake, take it back on their page first."""


class AlreadyVolunteer(Refused):
    """This person is a volunteer with you already."""


def welcome_volunteer(
    *, person: Person, host: Owner, task_types: Iterable[TaskType], by: Viewer, at: dt.datetime,
    has_car: bool = False, note: str = "",
) -> Volunteer:  # fmt: skip
    """Make a person a volunteer with a host. Someone who left and comes back keeps their row (R71)."""
    if not (by.is_system or (host.id in by.owners and by.may(Permission.MANAGE_VOLUNTEERS))):
        raise NotYours
    if person.is_dead:
        raise IsDead
    with transaction.atomic():
        row = Volunteer.objects.select_for_update(of=("self",)).filter(person=person, host=host).first()
        if row and row.state != Volunteer.State.LEFT:
            raise AlreadyVolunteer
        if row is None:
            row = Volunteer.objects.create(person=person, host=host, joined_on=wall(at).date(), note=note)
        else:
            row.state = Volunteer.State.ACTIVE
            row.save(update_fields=["state"])
        profile, _ = Profile.objects.get_or_create(person=person)
        if has_car and not profile.has_car:
            profile.has_car = True
            profile.save(update_fields=["has_car"])
        _set_willing(row, task_types)
        record("volunteers.welcome", Ref("volunteer", row.id), by=by, at=at, host=host.name)
    return row


def choose_task_types(*, volunteer: Volunteer, task_types: Iterable[TaskType], by: Viewer, at: dt.datetime) -> None:
    """Set which kinds of help a volunteer wants to give with this host."""
    if not may_manage(by, volunteer):
        raise NotYours
    with transaction.atomic():
        _set_willing(volunteer, task_types)
        record("volunteers.choose", Ref("volunteer", volunteer.id), by=by, at=at)


def _set_willing(volunteer: Volunteer, task_types: Iterable[TaskType]) -> None:
    chosen = {t.id for t in task_types}
    Willing.objects.filter(volunteer=volunteer).exclude(task_type__in=chosen).delete()
    for task_type in chosen:
        Willing.objects.get_or_create(volunteer=volunteer, task_type_id=task_type)


def set_ceiling(*, volunteer: Volunteer, times: int | None, per: str, by: Viewer, at: dt.datetime) -> None:
    """Set how often the person wants to be asked, all hosts together; None takes the ceiling away (R60)."""
    if not may_manage(by, volunteer):
        raise NotYours
    if times is not None and not 1 <= times <= MOST_TIMES:
        raise BadCeiling
    with transaction.atomic():
        Profile.objects.filter(person=volunteer.person_id).update(ceiling_times=times, ceiling_per=per)
        record("volunteers.ceiling", Ref("volunteer", volunteer.id), by=by, at=at, times=times, per=per)


def set_weekly_times(*, volunteer: Volunteer, times: Sequence[WeeklyTime], by: Viewer, at: dt.datetime) -> None:
    """Set the weekly times that usually suit: (weekday 0-6, from, to) on the wall. None at all means "ask me"."""
    if not may_manage(by, volunteer):
        raise NotYours
    if any(not 0 <= weekday <= 6 or starts >= ends for weekday, starts, ends in times):
        raise BadTimes
    with transaction.atomic():
        profile = Profile.objects.select_for_update(of=("self",)).get(person=volunteer.person_id)
        Slot.objects.filter(profile=profile).delete()
        Slot.objects.bulk_create(Slot(profile=profile, weekday=w, starts=s, ends=e) for w, s, e in times)
        record("volunteers.times", Ref("volunteer", volunteer.id), by=by, at=at, times=len(times))


def note_absence(*, volunteer: Volunteer, starts: dt.date, ends: dt.date, by: Viewer, at: dt.datetime) -> Absence:
    """Note that a volunteer is away, from and to both included. No reason is asked."""
    if not may_manage(by, volunteer):
        raise NotYours
    if ends < starts:
        raise BackwardsDates
    with transaction.atomic():
        profile = Profile.objects.get(person=volunteer.person_id)
        absence = Absence.objects.create(profile=profile, starts=starts, ends=ends)
        record("volunteers.absence", Ref("volunteer", volunteer.id), by=by, at=at)
    return absence


def drop_absence(*, absence_id: uuid.UUID, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Take an absence away: they are there after all."""
    if not may_manage(by, volunteer):
        raise NotYours
    with transaction.atomic():
        Absence.objects.filter(id=absence_id, profile__person=volunteer.person_id).delete()
        record("volunteers.absence_dropped", Ref("volunteer", volunteer.id), by=by, at=at)


def pause(*, volunteer: Volunteer, until: dt.date | None, by: Viewer, at: dt.datetime) -> None:
    """Pause with this host, to the end of a day or until they say."""
    if not may_manage(by, volunteer) or volunteer.state == Volunteer.State.LEFT:
        raise NotYours
    if until is not None and until < wall(at).date():
        raise PauseHasBeen
    with transaction.atomic():
        volunteer.state, volunteer.paused_until = Volunteer.State.PAUSED, until
        volunteer.save(update_fields=["state", "paused_until"])
        record("volunteers.pause", Ref("volunteer", volunteer.id), by=by, at=at)
        publish(VolunteerPaused(volunteer_id=volunteer.id), at=at)


def come_back(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """End a pause."""
    if not may_manage(by, volunteer) or volunteer.state == Volunteer.State.LEFT:
        raise NotYours
    with transaction.atomic():
        volunteer.state, volunteer.paused_until = Volunteer.State.ACTIVE, None
        volunteer.save(update_fields=["state", "paused_until"])
        record("volunteers.come_back", Ref("volunteer", volunteer.id), by=by, at=at)


def leave(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Stop with this host. With no host left, what stands of the person as a volunteer goes too."""
    if not (may_manage(by, volunteer) or is_self(by, volunteer)):
        raise NotYours
    with transaction.atomic():
        volunteer.state, volunteer.note = Volunteer.State.LEFT, ""
        volunteer.save(update_fields=["state", "note"])
        Willing.objects.filter(volunteer=volunteer).delete()
        if not Volunteer.objects.filter(person=volunteer.person_id).exclude(state=Volunteer.State.LEFT).exists():
            Slot.objects.filter(profile__person=volunteer.person_id).delete()
            Absence.objects.filter(profile__person=volunteer.person_id).delete()
        record("volunteers.leave", Ref("volunteer", volunteer.id), by=by, at=at)
        publish(VolunteerLeft(volunteer_id=volunteer.id), at=at)


def host_left(*, host: Owner, by: Viewer, at: dt.datetime) -> int:
    """Let all volunteers of a host that has left go; return how many. What was agreed is looked at for each."""
    if not by.is_system or host.left_on is None:
        raise NotYours
    with transaction.atomic():
        rows = Volunteer.objects.select_for_update(of=("self",)).filter(host=host).exclude(state=Volunteer.State.LEFT)
        staying = list(rows.order_by("id"))
        for volunteer in staying:
            leave(volunteer=volunteer, by=by, at=at)
    return len(staying)


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Ask a dead person nothing more, with any host. What they wanted and when stays, in case it was a mistake."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        rows = Volunteer.objects.select_for_update(of=("self",)).filter(person__in=everyone_of(passing.person_id))
        before = {}
        for volunteer in rows.exclude(state=Volunteer.State.LEFT).order_by("id"):
            before[volunteer.id] = {"state": volunteer.state}
            volunteer.state = Volunteer.State.LEFT
            volunteer.save(update_fields=["state"])
            record("volunteers.stopped", Ref("volunteer", volunteer.id), by=by, at=at)
        note_stilled(passing.id, kind="volunteer", before=before)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let the person stand as a volunteer again, as before the mistake."""
    if not by.is_system:
        raise NotYours
    was = {s.ref_id: s.before["state"] for s in stilled_by(passing.id, "volunteer")}
    with transaction.atomic():
        rows = Volunteer.objects.select_for_update(of=("self",)).filter(id__in=was, state=Volunteer.State.LEFT)
        back = set()
        for volunteer in rows.filter(host__left_on=None).order_by("id"):
            volunteer.state = was[volunteer.id]
            volunteer.save(update_fields=["state"])
            record("volunteers.stands_again", Ref("volunteer", volunteer.id), by=by, at=at)
            back.add(volunteer.id)
        bring_back(passing.id, kinds=("volunteer",), back=back)


def tell_insurance(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Note that the volunteer has been told which insurance covers whom (R74)."""
    if not hosts(by, volunteer):
        raise NotYours
    with transaction.atomic():
        volunteer.insurance_told_on = wall(at).date()
        volunteer.save(update_fields=["insurance_told_on"])
        record("volunteers.insurance", Ref("volunteer", volunteer.id), by=by, at=at)


def note_asked(*, persons: Iterable[uuid.UUID], on: dt.date) -> None:
    """Note that these people were asked on a day: whoever was asked longest ago comes first next time."""
    Profile.objects.filter(person__in=list(persons)).update(last_asked_on=on)


def give_quiet(*, person_id: uuid.UUID, on: dt.date) -> None:
    """Give a week's quiet after a no. A no needs no reason and has no price (R02)."""
    Profile.objects.filter(person=person_id).update(quiet_until=on + QUIET)


def note_engagement(*, person_id: uuid.UUID, ref: Ref, on: dt.date, starts: dt.time, minutes: int) -> None:
    """Note that a day is promised, so that it counts for everyone who asks (R60)."""
    Engagement.objects.get_or_create(
        person_id=person_id, ref_kind=ref.kind, ref_id=ref.id, defaults={"on": on, "at": starts, "minutes": minutes}
    )


def drop_engagement(*, ref: Ref) -> None:
    """Let a promised day go again."""
    Engagement.objects.filter(ref_kind=ref.kind, ref_id=ref.id).delete()


def record_contribution(
    *, person_id: uuid.UUID, owner_id: uuid.UUID, kind: str, ref: Ref, on: dt.date, minutes: int, metres: int = 0,
    paid: bool = False,
) -> Contribution:  # fmt: skip
    """Write one thing done into the ledger, once for each thing; again corrects the minutes."""
    with transaction.atomic():
        row, _ = Contribution.objects.update_or_create(
            person_id=person_id, ref_kind=ref.kind, ref_id=ref.id,
            defaults={
                "owner_id": owner_id, "kind": kind, "on": on, "minutes": minutes, "metres": metres, "paid": paid,
            },
        )  # fmt: skip
    return row


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person on a host's list of volunteers."""

    person: uuid.UUID
    task_types: tuple[TaskType, ...] = ()
    has_car: bool = False
    joined_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one: the row, whether it is new, and what was made or noted on the person's profile."""

    volunteer: uuid.UUID
    is_new: bool
    has_left: bool
    made_profile: bool
    gave_car: bool


def welcome_many(*, arrivals: Sequence[Arrival], host: Owner, by: Viewer, at: dt.datetime) -> dict[uuid.UUID, Arrived]:
    """Make the persons of a host's list volunteers, by person. Those who are, and those who have stopped, stay so."""
    if not (by.is_system or (host.id in by.owners and by.may(Permission.MANAGE_VOLUNTEERS))):
        raise NotYours
    today = wall(at).date()
    with transaction.atomic():
        people = {a.person: a for a in reversed(arrivals)}
        stand = {v.person_id: v for v in Volunteer.objects.filter(person__in=list(people), host=host)}
        profiles = {p.person_id: p for p in Profile.objects.filter(person__in=list(people))}
        fresh = {
            key: Volunteer(person_id=key, host=host, joined_on=min(a.joined_on or today, today))
            for key, a in people.items()
            if key not in stand
        }
        lacking = [Profile(person_id=key, has_car=people[key].has_car) for key in fresh if key not in profiles]
        walking = [profiles[k] for k in fresh if people[k].has_car and k in profiles and not profiles[k].has_car]
        Volunteer.objects.bulk_create(fresh.values())
        Profile.objects.bulk_create(lacking)
        Profile.objects.filter(id__in=[p.id for p in walking]).update(has_car=True)
        Willing.objects.bulk_create(
            (Willing(volunteer=v, task_type=t) for key, v in fresh.items() for t in set(people[key].task_types))
        )
        record_many(
            "volunteers.welcome", (Ref("volunteer", v.id) for v in fresh.values()), by=by, at=at, host=host.name
        )
    left = {key for key, v in stand.items() if v.state == Volunteer.State.LEFT}
    drives = {p.person_id for p in walking}
    return {
        key: Arrived(v.id, key in fresh, key in left, key not in profiles, key in drives)
        for key, v in (stand | fresh).items()
    }


def unwelcome_many(
    *, volunteers: Collection[str], profiles: Collection[uuid.UUID], cars: Collection[uuid.UUID], host: Owner,
    by: Viewer, at: dt.datetime,
) -> None:  # fmt: skip
    """Take out again volunteers whom a list brought and nobody has asked for anything; `profiles`, `cars` by person."""
    if not (by.is_system or (host.id in by.owners and by.may(Permission.MANAGE_VOLUNTEERS))):
        raise NotYours
    with transaction.atomic():
        rows = list(Volunteer.objects.filter(id__in=list(volunteers), host=host).values_list("id", flat=True))
        record_many("volunteers.unwelcome", (Ref("volunteer", key) for key in rows), by=by, at=at, host=host.name)
        Willing.objects.filter(volunteer__in=rows).delete()
        delete_unused(Volunteer, rows)
        delete_unused(Profile, Profile.objects.filter(person__in=list(profiles)).values_list("id", flat=True))
        Profile.objects.filter(person__in=list(cars)).update(has_car=False)
