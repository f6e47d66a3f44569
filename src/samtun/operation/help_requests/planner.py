"""Rows to the engine's problem: SQL only narrows, the hard rules decide (decisions 13)."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from planning.problems.matching import MatchProblem
from planning.vocabulary.availability import Absence, Season, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import CONFIDENTIALITY, OWN_CAR, Fact
from planning.vocabulary.identity import Id
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer as Candidate
from planning.vocabulary.window import Window
from samtun.anchoring.responsibilities.models import Clearance, TaskType
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests.enums import LIVE_MATCH, MatchState
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.help_requests.queries import askable_hosts, known_persons, vetoed_persons
from samtun.operation.plans.queries import register_planner
from samtun.operation.screening.queries import facts_held
from samtun.operation.training.queries import courses_held
from samtun.operation.volunteers.models import Absence as AbsenceRow
from samtun.operation.volunteers.models import Profile, Slot, Volunteer
from samtun.people.places.queries import metres_to
from samtun.people.preferences.models import Preference

APPROVED_BY_TALK = "approval:talk"


def requirements(task_type: TaskType) -> frozenset[str]:
    """Return what a kind of help asks of whoever gives it, as the engine's codes (R63)."""
    codes = set()
    if task_type.needs_declaration:
        codes.add(CONFIDENTIALITY)
    if task_type.needs_course:
        codes.add(f"course:{task_type.needs_course}")
    if task_type.needs_purpose:
        codes.add(f"police:{task_type.needs_purpose.code}")
    if task_type.needs_car:
        codes.add(OWN_CAR)
    if task_type.one_to_one:
        codes.add(APPROVED_BY_TALK)
    return frozenset(codes)


def build(request_id: uuid.UUID, viewer: Viewer, on: dt.date, only: Collection[uuid.UUID] | None) -> MatchProblem:
    """Return the matching problem of one help request: at most nine statements, whatever the number of volunteers."""
    request = HelpRequest.objects.select_related("task_type", "task_type__needs_purpose", "recipient").get(
        id=request_id
    )
    hosts = askable_hosts(viewer, request, on=on)
    vetoed = vetoed_persons(request.recipient_id)
    known = known_persons(request.recipient_id)
    rows = (
        Volunteer.objects.filter(host__in=hosts, willing__task_type=request.task_type_id, person__merged_into=None)
        .exclude(state__in=[Volunteer.State.LEFT, Volunteer.State.WAITING])
        .exclude(person__in=vetoed)
        .exclude(person=request.recipient_id)
        .exclude(person__do_not_contact=True)
        .select_related("person")
    )
    if request.asking == TaskType.Asking.KNOWN_ONLY:
        rows = rows.filter(person__in=known)
    if only is not None:
        rows = rows.filter(id__in=only)
    found = list(rows)
    return MatchProblem(
        request=_request(request, hosts, vetoed, known),
        volunteers=tuple(_candidates(found, request, on)),
        on=on,
        limit=8,
    )


def _request(
    request: HelpRequest, hosts: frozenset[uuid.UUID], vetoed: frozenset[uuid.UUID], known: frozenset[uuid.UUID]
) -> Request:
    person = request.recipient
    hidden = person.address_protected
    place = None
    metres: dict[Id, int] = {}
    if request.village_id and not hidden:
        metres = {village: far for village, far in metres_to(request.village_id).items()}  # noqa: C416 -- widens the key
    if person.lat is not None and person.lon is not None and not hidden:
        place = Point(person.lat, person.lon)
    return Request(
        id=request.id, task_type=request.task_type.key, day=request.on,
        start_minute=request.at.hour * 60 + request.at.minute if request.at else None,
        duration_min=request.minutes, place=place,
        village=None if hidden else request.village_id,
        village_metres=metres,requires=requirements(request.task_type),
        min_age=request.task_type.least_age if request.task_type.least_age > 15 else 0,
        one_to_one=request.task_type.one_to_one, vetoed=vetoed, known_to=known,
        known_only=request.asking == TaskType.Asking.KNOWN_ONLY, hosts=hosts,
    )  # fmt: skip


def _candidates(rows: list[Volunteer], request: HelpRequest, on: dt.date) -> list[Candidate]:
    persons = [v.person_id for v in rows]
    profiles = {p.person_id: p for p in Profile.objects.filter(person__in=persons)}
    by_profile = {p.id: p.person_id for p in profiles.values()}
    slots, absences = defaultdict(list), defaultdict(list)
    for slot in Slot.objects.filter(profile__in=by_profile):
        slots[by_profile[slot.profile_id]].append(_slot(slot))
    for absence in AbsenceRow.objects.filter(profile__in=by_profile, ends__gte=on):
        absences[by_profile[absence.profile_id]].append(Absence(absence.starts, absence.ends))
    facts = _facts(rows)
    agreed, busy, done = _taken(persons, request)
    stopped = set(
        Preference.objects.filter(person__in=persons, asks_stopped_at__isnull=False).values_list("person_id", flat=True)
    )
    refusing = _hosts_that_refuse(request.task_type_id, {v.host_id for v in rows})
    found = []
    for v in rows:
        person, profile = v.person, profiles.get(v.person_id)
        point = Point(person.lat, person.lon) if person.lat is not None and person.lon is not None else None
        found.append(
            Candidate(
                id=v.id, person=v.person_id, host=v.host_id, willing=frozenset({request.task_type.key}),
                host_allows=frozenset() if v.host_id in refusing else None, facts=facts[v.person_id, v.host_id],
                age=request.on.year - person.birth_year if person.birth_year else None,
                has_car=bool(profile and profile.has_car), max_distance_m=profile.reach_metres if profile else None,
                point=point, village=person.village_id,
                languages=frozenset(profile.languages) if profile else frozenset(),
                slots=tuple(slots[v.person_id]), absences=tuple(absences[v.person_id]), ceiling=_ceiling(profile),
                agreed=tuple(agreed[v.person_id]), busy=tuple(busy[v.person_id]),
                quiet_until=profile.quiet_until if profile else None,
                paused_until=(v.paused_until or dt.date.max) if v.state == Volunteer.State.PAUSED else None,
                asks_stopped=v.person_id in stopped, last_asked=profile.last_asked_on if profile else None,
                done_before=frozenset(done[v.person_id]),
            )
        )  # fmt: skip
    return found


def _slot(slot: Slot) -> WeeklySlot:
    season = None
    if (slot.first_month, slot.last_month) != (1, 12):
        last = (dt.date(2024 + slot.last_month // 12, slot.last_month % 12 + 1, 1) - dt.timedelta(days=1)).day
        season = Season((slot.first_month, 1), (slot.last_month, last))
    ends = slot.ends.hour * 60 + slot.ends.minute
    return WeeklySlot(slot.weekday, slot.starts.hour * 60 + slot.starts.minute, 1440 if ends >= 1439 else ends, season)


def _ceiling(profile: Profile | None) -> Ceiling | None:
    if profile is None or profile.ceiling_times is None:
        return None
    return Ceiling(profile.ceiling_times, "week" if profile.ceiling_per == Profile.Per.WEEK else "month")


def _facts(rows: list[Volunteer]) -> dict[tuple[uuid.UUID, uuid.UUID], tuple[Fact, ...]]:
    persons, owners = {v.person_id for v in rows}, {v.host_id for v in rows}
    held, courses = facts_held(persons, owners), courses_held(persons)
    return {
        (v.person_id, v.host_id): tuple(
            Fact(code, until)
            for code, until in {
                **held[v.person_id, v.host_id],
                **{f"course:{c}": u for c, u in courses[v.person_id].items()},
            }.items()
        )
        for v in rows
    }


def _taken(
    persons: Collection[uuid.UUID], request: HelpRequest
) -> tuple[dict[uuid.UUID, list[dt.date]], dict[uuid.UUID, list[Window]], dict[uuid.UUID, set[str]]]:
    """Return days agreed, windows taken and kinds done before, for each person over all hosts (R60)."""
    agreed: dict[uuid.UUID, list[dt.date]] = defaultdict(list)
    busy: dict[uuid.UUID, list[Window]] = defaultdict(list)
    done: dict[uuid.UUID, set[str]] = defaultdict(set)
    first = request.on.replace(day=1) - dt.timedelta(days=7)
    last = request.on + dt.timedelta(days=38)
    matches = Match.objects.filter(volunteer__person__in=persons).filter(
        Q(state__in=[*LIVE_MATCH, MatchState.DONE], request__on__range=(first, last))
        | Q(state=MatchState.DONE, request__task_type=request.task_type_id)
    )
    rows = matches.exclude(request=request.id).values_list(
        "volunteer__person", "state", "request__on", "request__at", "request__minutes", "request__task_type__key"
    )
    for person, state, on, at, minutes, key in rows:
        if first <= on <= last:
            agreed[person].append(on)
        if state == MatchState.DONE:
            done[person].add(key)
        elif at is not None:
            busy[person].append(Window.of(on, at.hour * 60 + at.minute, minutes))
    return agreed, busy, done


def _hosts_that_refuse(task_type: uuid.UUID, hosts: set[uuid.UUID]) -> set[uuid.UUID]:
    """Return hosts that have said no to this kind of help: the stricter wins (R29)."""
    rows = Clearance.objects.filter(task_type=task_type, owner__in=hosts, cleared=False)
    return set(rows.exclude(owner__kind=Owner.Kind.MUNICIPALITY).values_list("owner_id", flat=True))


register_planner("help_request", build)
