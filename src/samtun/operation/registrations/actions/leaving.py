"""When somebody dies, what they were signed up for; when somebody is long away, a kind question; names that go."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.actions.line import free_places, go_to, holding, locked, move_up
from samtun.operation.registrations.enums import RegistrationState as State
from samtun.operation.registrations.models import Attendance, OwnCalendar, Registration, Settled
from samtun.operation.registrations.queries.door import gives_places
from samtun.operation.registrations.rules import AWAY, KEPT
from samtun.partners.organisations.queries import receiving_owner
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos, open_todo, still_todos

LIVE = (State.COMING, State.WAITING, State.OFFERED)


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Take somebody who has died off every list that is to come, in the transaction of the act.

    Whom they had signed up keeps the place, and those who hold it are asked to find out whom to tell.
    """
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    ahead = Q(occurrence=None) | Q(occurrence__starts_at__gt=at)
    with transaction.atomic():
        calendars = OwnCalendar.objects.filter(person__in=everyone, ended_at=None)
        note_stilled(passing.id, kind="own_calendar", before={row.id: {} for row in calendars})
        calendars.update(ended_at=at)
        live = Registration.objects.filter(ahead, state__in=LIVE, erased_at=None)
        for row in live.filter(person__in=everyone).order_by("id"):
            time = locked(holding(row, at=at))
            closed = still_todos(refs=[Ref("registration", row.id)], by=by, at=at)
            note_stilled(passing.id, kind="registration", before={row.id: {"state": row.state}})
            note_stilled(passing.id, kind="todo", before={key: {} for key in closed})
            go_to(row, State.CANCELLED, at=at)
            record("registrations.cancel", Ref("occurrence", time.id), by=by, at=at, number=1)
            move_up(time, by=by, at=at)
        others = live.filter(contact__in=everyone).order_by("group", "number").distinct("group")
        for row in others.select_related("activity"):
            _find_another(row, at=at)


def _find_another(row: Registration, *, at: dt.datetime) -> None:
    """Ask those who hold it, or give out its places, to find out whom to tell, when there is anything left to tell."""
    time = holding(row, at=at)
    if time.starts_at <= at or time.state == OccurrenceState.DROPPED:
        return
    open_todo(
        ref=Ref("registration", row.id), reason="contact_died", about=time.title[:120], due=at,
        owner=gives_places(row.activity) or row.activity.owner_id, audience=Permission.PUBLISH, at=at,
    )  # fmt: skip


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Undo a mistake: back on the list where there is room, else first in line; and one's own calendar goes on."""
    if not by.is_system:
        raise NotYours
    everyone, back = everyone_of(passing.person_id), set()
    with transaction.atomic():
        for key in Registration.objects.filter(contact__in=everyone).values_list("id", flat=True):
            close_todos(ref=Ref("registration", key), by=by, at=at, reasons=("contact_died",))
        for stilled in stilled_by(passing.id, "registration"):
            row = Registration.objects.filter(id=stilled.ref_id, state=State.CANCELLED, erased_at=None).first()
            if row is None:
                continue
            time = locked(holding(row, at=at))
            if time.starts_at <= at and row.occurrence_id:
                continue
            free = free_places(time)
            fits = stilled.before["state"] != State.WAITING and (free is None or free > 0)
            go_to(row, State.COMING if fits else State.WAITING, at=at)
            record("registrations.come_back", Ref("occurrence", time.id), by=by, at=at, number=1)
            back.add(row.id)
        back |= _calendars_back(passing)
        bring_back(passing.id, kinds=("registration", "own_calendar"), back=back)


def _calendars_back(passing: Passing) -> set[uuid.UUID]:
    """Open the addresses that the death stopped, unless they have asked for another since; return which."""
    back = set()
    for row in OwnCalendar.objects.filter(id__in=[one.ref_id for one in stilled_by(passing.id, "own_calendar")]):
        if not OwnCalendar.objects.filter(person=row.person_id, ended_at=None).exists():
            row.ended_at = None
            row.save(update_fields=["ended_at"])
            back.add(row.id)
    return back


def ask_after(*, by: Viewer, at: dt.datetime) -> int:
    """Put a kind question on the municipality's desk about those who have been away several times in a row (R54).

    Nobody loses a place by it, and those who hold the activity do not see it. A child's name goes on no other desk.
    """
    if not by.is_system:
        raise NotYours
    times, asked = AWAY.read(wall(at).date()), 0
    whole = Registration.objects.filter(occurrence=None, state=State.COMING, erased_at=None, is_child=False)
    for activity in Activity.objects.filter(id__in=whole.values("activity")).order_by("id"):
        held = Occurrence.objects.filter(activity=activity, state=OccurrenceState.HELD, ends_at__lt=at)
        ticked = held.filter(id__in=Attendance.objects.filter(came=True).values("occurrence"))
        last = list(ticked.order_by("-starts_at").values_list("id", "starts_at")[:times])
        if len(last) < times or last[0][1] < at - dt.timedelta(days=2):
            continue
        there = Attendance.objects.filter(occurrence__in=[key for key, _at in last], came=True)
        away = whole.filter(activity=activity, made_at__lt=last[-1][1]).exclude(id__in=there.values("registration"))
        for row in away.order_by("id"):
            asked += _ask(row, activity, at=at)
    return asked


def _ask(row: Registration, activity: Activity, *, at: dt.datetime) -> bool:
    centre = receiving_owner()
    owner = gives_places(activity) or (centre.id if centre else None)
    if owner is None:
        return False
    open_todo(
        ref=Ref("registration", row.id), reason="long_away", about=row.name, due=at, owner=owner,
        audience=Permission.PUBLISH, at=at,
    )  # fmt: skip
    return True


def forget(*, by: Viewer, at: dt.datetime) -> int:
    """Erase names four weeks after the last time they hold for. How many there were stands; return how many went.

    A time that was taken out is none. What has ended holds until it did: four weeks after, all have heard of it.
    """
    if not by.is_system:
        raise NotYours
    before = at - KEPT
    with transaction.atomic():
        held = Occurrence.objects.filter(activity=OuterRef("activity")).exclude(state=OccurrenceState.DROPPED)
        late = Q(activity__ended_at=None) | Q(activity__ended_at__lt=before)
        over = Q(occurrence__ends_at__lt=before)
        over |= Q(occurrence__state=OccurrenceState.DROPPED, activity__ended_at__lt=before)
        over |= ~Exists(held.filter(ends_at__gte=before)) & late & Q(occurrence=None, made_at__lt=before)
        over |= Q(occurrence=None, settled_at__lt=before, state__in=[State.CANCELLED, State.LAPSED])
        rows = Registration.objects.filter(over, erased_at=None)
        keys = list(rows.select_for_update(of=("self",)).order_by("id").values_list("id", flat=True))
        Settled.objects.filter(registration__in=keys).delete()
        Attendance.objects.filter(registration__in=keys).update(answer="")
        Attendance.objects.filter(occurrence__ends_at__lt=before).exclude(answer="").update(answer="")
        gone = Registration.objects.filter(id__in=keys)
        gone.update(
            contact=None, person=None, name="", made_by="", pays="", ride_from=None, gear_size="", borrows_gear=False,
            erased_at=at,
        )  # fmt: skip
        for key in keys:
            close_todos(ref=Ref("registration", key), by=by, at=at)
        if keys:
            record("registrations.forget", Ref("municipality", by.tenant), by=by, at=at, number=len(keys))
    return len(keys)
