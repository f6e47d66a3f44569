"""A call-out as the engine's problem: those on its list who have not been asked, judged as for every other ask.

Five statements, however long the list. Standing on the list is the yes to being called out, whatever kinds of help one
has chosen besides; all that a kind requires, and all that a volunteer has said of time and measure, holds here too.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from planning.problems.matching import MatchProblem
from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import CONFIDENTIALITY, OWN_CAR, Fact
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer as Candidate
from planning.vocabulary.window import Window
from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import cleared_for
from samtun.foundation.viewer import Viewer
from samtun.operation.callouts.models import Asked, CallOut, Friend
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import Match
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.plans.queries import register_planner
from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck
from samtun.operation.training.models import TrainingRecord
from samtun.operation.volunteers.models import Absence as AbsenceRow
from samtun.operation.volunteers.models import Engagement, Profile, Slot, Volunteer
from samtun.people.persons.models import Away
from samtun.people.preferences.models import Preference

COUNTS = (MatchState.PROPOSED, MatchState.AGREED, MatchState.DONE)
NEAR = dt.timedelta(days=37)
"""Whatever lies in the same week or month lies nearer than this (R60)."""
NO_END = dt.date.max
OLDEST = 120

type Taken = dict[uuid.UUID, list[tuple[str, dt.date, dt.time | None, int]]]


def build(call_out_id: uuid.UUID, viewer: Viewer, on: dt.date, only: Collection[uuid.UUID] | None) -> MatchProblem:
    """Return the matching problem of one call-out; about `only` these volunteers."""
    call_out = CallOut.objects.select_related("task_type__needs_purpose").get(id=call_out_id)
    friends = _friends(call_out)
    rows: list[Any] = list(friends if only is None else friends.filter(volunteer__in=only))
    persons = {row.volunteer.person_id for row in rows}
    profiles, taken = _profiles(persons), _taken(persons, call_out.on)
    passes = bool(cleared_for(call_out.task_type, call_out.owner_id))
    request = _request(call_out)
    candidates = (
        _candidate(row, request, profiles.get(row.volunteer.person_id), taken[row.volunteer.person_id], passes=passes)
        for row in rows
    )
    return MatchProblem(request=request, volunteers=tuple(candidates), on=on, limit=8)


def _request(call_out: CallOut) -> Request:
    kind = call_out.task_type
    asks = {code for code in (_police(kind), _course(kind)) if code}
    asks |= ({CONFIDENTIALITY} if kind.needs_declaration else set()) | ({OWN_CAR} if kind.needs_car else set())
    return Request(
        id=call_out.id, task_type=kind.key, day=call_out.on, start_minute=_minute(call_out.at),
        duration_min=call_out.minutes, requires=frozenset(asks),
        min_age=kind.least_age if kind.least_age > 15 else 0, one_to_one=kind.one_to_one,
        known_only=kind.asking == TaskType.Asking.KNOWN_ONLY, hosts=frozenset({call_out.owner_id}),
    )  # fmt: skip


def _police(kind: TaskType) -> str:
    return f"police:{kind.needs_purpose.code}" if kind.needs_purpose else ""


def _course(kind: TaskType) -> str:
    return f"course:{kind.needs_course}" if kind.needs_course else ""


def _friends(call_out: CallOut) -> QuerySet[Friend]:
    """Return those on the list who are still volunteers here and have not been asked, each with what they can show."""
    kind, of = call_out.task_type, {"person": OuterRef("volunteer__person")}
    shown = PoliceCertificateCheck.objects.filter(owner=call_out.owner_id, purpose__code=_code(kind), **of)
    held = TrainingRecord.objects.filter(course=kind.needs_course or "-", **of).order_by("-held_on", "-expires_on")
    plans = MentorPlan.objects.filter(volunteer=OuterRef("volunteer"), ended_at=None)
    away = Away.objects.filter(Q(ends=None) | Q(ends__gte=call_out.on), starts__lte=call_out.on, ended_at=None, **of)
    rows = Friend.objects.filter(
        friends_list=call_out.friends_list_id, volunteer__person__merged_into=None,
        volunteer__person__death_known_at=None,
        volunteer__state__in=[Volunteer.State.ACTIVE, Volunteer.State.PAUSED],
    )  # fmt: skip
    rows = rows.exclude(Exists(Asked.objects.filter(call_out=call_out, volunteer=OuterRef("volunteer"))))
    return rows.select_related("volunteer__person").order_by("id").annotate(
        declared=Exists(ConfidentialityDeclaration.objects.filter(owner=call_out.owner_id, **of)), shown=Exists(shown),
        learnt_until=Subquery(held.values(until=Coalesce("expires_on", Value(NO_END)))[:1]),
        most_minutes=Subquery(plans.values("most_minutes")[:1]), is_away=Exists(away),
        stopped=Exists(Preference.objects.filter(asks_stopped_at__isnull=False, **of)),
    )  # fmt: skip


def _code(kind: TaskType) -> str:
    return kind.needs_purpose.code if kind.needs_purpose else ""


def _profiles(persons: Collection[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return what each person has said of time and measure, in one statement."""
    slots = Slot.objects.filter(profile=OuterRef("id")).values(
        x=JSONObject(day="weekday", starts="starts", ends="ends", first="first_month", last="last_month")
    )
    absences = AbsenceRow.objects.filter(profile=OuterRef("id")).values(x=JSONObject(first="starts", last="ends"))
    rows = Profile.objects.filter(person__in=persons)
    return {p.person_id: p for p in rows.annotate(times=ArraySubquery(slots), days_away=ArraySubquery(absences))}


def _taken(persons: Collection[uuid.UUID], day: dt.date) -> Taken:
    """Return what people have promised or done around a day, whoever hosts (R60)."""
    near = (day - NEAR, day + NEAR)
    matches = Match.objects.filter(volunteer__person__in=persons, state__in=COUNTS, request__on__range=near)
    promised = Engagement.objects.filter(person__in=persons, on__range=near)
    rows = matches.values_list("volunteer__person", "state", "request__on", "request__at", "request__minutes").union(
        promised.values_list("person", Value(MatchState.AGREED.value), "on", "at", "minutes"), all=True
    )
    found: Taken = defaultdict(list)
    for person, state, on, at, minutes in rows:
        found[person].append((state, on, at, minutes))
    return found


def _candidate(
    row: Any, request: Request, profile: Any, taken: list[tuple[str, dt.date, dt.time | None, int]], *, passes: bool
) -> Candidate:
    volunteer, person = row.volunteer, row.volunteer.person
    age = request.day.year - person.birth_year if person.birth_year else None
    resting = volunteer.state == Volunteer.State.PAUSED
    said: dict[str, Any] = {}
    if profile:
        said = {
            "has_car": profile.has_car, "slots": tuple(map(_slot, profile.times)),
            "absences": tuple(map(_absence, profile.days_away)), "quiet_until": profile.quiet_until,
            "last_asked": profile.last_asked_on, "ceiling": _ceiling(profile),
        }  # fmt: skip
    return Candidate(
        id=volunteer.id, person=person.id, host=volunteer.host_id, willing=frozenset({request.task_type}),
        host_allows=None if passes else frozenset(), facts=tuple(_facts(row, request)),
        age=age if age is None or 0 <= age <= OLDEST else None, agreed=tuple(on for _state, on, _at, _n in taken),
        busy=tuple(
            Window.of(on, _minute(at), minutes) for state, on, at, minutes in taken if at and state != MatchState.DONE
        ),
        paused_until=(volunteer.paused_until or dt.date.max) if resting else None, asks_stopped=row.stopped,
        do_not_contact=person.do_not_contact or row.is_away, most_minutes=row.most_minutes, **said,
    )  # fmt: skip


def _facts(row: Any, request: Request) -> Iterable[Fact]:
    for code in request.requires:
        if (code == CONFIDENTIALITY and row.declared) or (code.startswith("police:") and row.shown):
            yield Fact(code)
        elif code.startswith("course:") and row.learnt_until:
            yield Fact(code, None if row.learnt_until == NO_END else row.learnt_until)


def _slot(said: dict[str, Any]) -> WeeklySlot:
    starts, ends = (_minute(dt.time.fromisoformat(said[when])) for when in ("starts", "ends"))
    return WeeklySlot.in_months(said["day"], starts, ends, said["first"], said["last"])


def _absence(said: dict[str, Any]) -> Absence:
    return Absence(dt.date.fromisoformat(said["first"]), dt.date.fromisoformat(said["last"]))


def _ceiling(profile: Profile) -> Ceiling | None:
    if profile.ceiling_times is None:
        return None
    return Ceiling(profile.ceiling_times, "week" if profile.ceiling_per == Profile.Per.WEEK else "month")


def _minute(at: dt.time) -> int:
    return at.hour * 60 + at.minute


register_planner("call_out", build)
