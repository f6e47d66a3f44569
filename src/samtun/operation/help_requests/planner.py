"""Rows to the engine's problem: SQL only narrows, the hard rules decide (decisions 13).

Two statements, whatever the number of volunteers: the request with what its recipient and hosts have said, and those
who may come up. The second keeps everyone who survives `planning.problems.narrowing`, and of the others a few near
misses by lot, since a page explains no more of them. Both are written out: putting them together anew for each page
would take several times as long as asking them.
"""

import datetime as dt
import json
import uuid
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from psycopg import sql

from planning.problems.matching import MatchProblem, narrowing
from planning.vocabulary.availability import Absence, WeeklySlot
from planning.vocabulary.ceiling import Ceiling
from planning.vocabulary.fact import CONFIDENTIALITY, OWN_CAR, Fact
from planning.vocabulary.identity import Id
from planning.vocabulary.point import Point
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer as Candidate
from planning.vocabulary.window import Window
from samtun.anchoring.responsibilities.models import Clearance, PolicePurpose, TaskType
from samtun.foundation.models import Owner, Share
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Viewer
from samtun.operation.help_requests.enums import MatchState
from samtun.operation.help_requests.models import HelpRequest, Match, Veto
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.plans.queries import register_planner
from samtun.operation.screening.models import ConfidentialityDeclaration, PoliceCertificateCheck, SuitabilityTalk
from samtun.operation.training.models import TrainingRecord
from samtun.operation.volunteers.models import Absence as AbsenceRow
from samtun.operation.volunteers.models import Engagement, Profile, Slot, Volunteer, Willing
from samtun.people.persons.models import Away, Person
from samtun.people.places.models import VillageDistance
from samtun.people.preferences.models import Preference

APPROVED_BY_TALK = "approval:talk"
NEAR_MISSES = 30
MOST_YEARS = 120
TABLES = {
    "absence": AbsenceRow, "away": Away, "certificate": PoliceCertificateCheck, "clearance": Clearance,
    "course": TrainingRecord, "declaration": ConfidentialityDeclaration, "distance": VillageDistance,
    "engagement": Engagement, "match": Match, "owner": Owner, "person": Person, "plan": MentorPlan,
    "preference": Preference, "profile": Profile, "purpose": PolicePurpose,
    "request": HelpRequest, "share": Share, "slot": Slot, "talk": SuitabilityTalk, "task_type": TaskType, "veto": Veto,
    "volunteer": Volunteer, "willing": Willing,
}  # fmt: skip


def _named(text: str) -> str:
    """Put the models' tables into a statement."""
    tables = {name: sql.Identifier(model._meta.db_table) for name, model in TABLES.items()}
    return sql.SQL(text).format(**tables).as_string()


ASKED_FOR = _named("""
SELECT r.id, r.owner_id, r.recipient_id, r.task_type_id, r."on", r.at, r.minutes, r.every_weeks, r.village_id,
  r.asking,
  p.address_protected, p.lat, p.lon, t.key, t.needs_declaration, t.needs_course, u.code AS needs_purpose, t.needs_car,
  t.one_to_one, t.least_age,
  ARRAY(SELECT volunteer_person_id FROM {veto} WHERE tenant_id = r.tenant_id AND recipient_id = r.recipient_id
    UNION ALL SELECT r.instead_of_id WHERE r.instead_of_id IS NOT NULL),
  ARRAY(SELECT DISTINCT v.person_id FROM {request} h
    JOIN {match} m ON m.tenant_id = h.tenant_id AND m.request_id = h.id AND m.state IN ('done', 'lasting')
    JOIN {volunteer} v ON v.tenant_id = m.tenant_id AND v.id = m.volunteer_id
    WHERE h.tenant_id = r.tenant_id AND h.recipient_id = r.recipient_id),
  ARRAY(SELECT s.giver_id FROM {share} s JOIN {owner} o ON o.tenant_id = s.tenant_id AND o.id = s.giver_id
    WHERE s.tenant_id = r.tenant_id AND (s.receiver_id = r.owner_id OR s.receiver_id = ANY(%(mine)s::uuid[]))
      AND s.what = 'volunteers' AND s.starts <= %(on)s AND s.ends > %(on)s AND o.left_on IS NULL),
  ARRAY(SELECT c.owner_id FROM {clearance} c JOIN {owner} o ON o.tenant_id = c.tenant_id AND o.id = c.owner_id
    WHERE c.tenant_id = r.tenant_id AND c.task_type_id = r.task_type_id AND NOT c.cleared
      AND o.kind <> 'municipality'),
  ARRAY(SELECT json_build_array(origin_id, metres)::text FROM {distance}
    WHERE tenant_id = r.tenant_id AND target_id = r.village_id)
FROM {request} r
JOIN {person} p ON p.tenant_id = r.tenant_id AND p.id = r.recipient_id
JOIN {task_type} t ON t.tenant_id = r.tenant_id AND t.id = r.task_type_id
LEFT JOIN {purpose} u ON u.tenant_id = t.tenant_id AND u.id = t.needs_purpose_id
WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s
""")
# `willing` is narrowed by the silent rules, `judged` says who survives the told ones (see planning.problems.narrowing).
# A survivor is not away and needs only the weekly times of the day: the rules ask no more.
CANDIDATES = _named("""
WITH willing AS MATERIALIZED (
  SELECT v.id, v.person_id, v.host_id, v.state, v.paused_until, p.birth_year, p.lat, p.lon, p.village_id,
    f.has_car, f.reach_metres, f.languages, f.ceiling_times, f.ceiling_per, f.quiet_until, f.last_asked_on,
    f.id AS profile_id, v.tenant_id, g.most_minutes,
    CASE WHEN g.together_until >= %(first_day)s AND n.death_known_at IS NULL THEN g.mentor_id END AS companion,
    CASE WHEN %(declaration)s THEN EXISTS (SELECT FROM {declaration} d WHERE d.tenant_id = v.tenant_id
      AND d.person_id = v.person_id AND d.owner_id = v.host_id) END AS declaration,
    CASE WHEN %(talk)s THEN EXISTS (SELECT FROM {talk} d WHERE d.tenant_id = v.tenant_id
      AND d.person_id = v.person_id AND d.owner_id = v.host_id) END AS talk,
    CASE WHEN %(purpose)s <> '' THEN EXISTS (SELECT FROM {certificate} d
      JOIN {purpose} u ON u.tenant_id = d.tenant_id AND u.id = d.purpose_id
      WHERE d.tenant_id = v.tenant_id AND d.person_id = v.person_id AND d.owner_id = v.host_id
        AND u.code = %(purpose)s) END AS certificate,
    CASE WHEN %(course)s <> '' THEN (SELECT COALESCE(d.expires_on, 'infinity'::date)::text FROM {course} d
      WHERE d.tenant_id = v.tenant_id AND d.person_id = v.person_id AND d.course = %(course)s
      ORDER BY d.held_on DESC, d.expires_on DESC NULLS FIRST LIMIT 1) END AS course
  FROM {willing} w
  JOIN {volunteer} v ON v.tenant_id = w.tenant_id AND v.id = w.volunteer_id
  JOIN {person} p ON p.tenant_id = v.tenant_id AND p.id = v.person_id
  LEFT JOIN {profile} f ON f.tenant_id = v.tenant_id AND f.person_id = v.person_id
  LEFT JOIN {plan} g ON g.tenant_id = v.tenant_id AND g.volunteer_id = v.id AND g.ended_at IS NULL
  LEFT JOIN {person} n ON n.tenant_id = g.tenant_id AND n.id = g.mentor_id
  WHERE w.tenant_id = %(tenant)s AND w.task_type_id = %(task_type)s
    AND v.host_id = ANY(%(hosts)s::uuid[]) AND v.state IN ('active', 'paused')
    AND (%(only)s::uuid[] IS NULL OR v.id = ANY(%(only)s::uuid[]))
    AND p.merged_into_id IS NULL AND NOT p.do_not_contact AND p.death_known_at IS NULL
    AND v.person_id <> ALL(%(never)s::uuid[])
    AND (g.together_until IS NULL OR g.together_until < %(first_day)s OR g.mentor_id <> ALL(%(never)s::uuid[]))
    AND NOT EXISTS (SELECT FROM {away} a WHERE a.tenant_id = v.tenant_id AND a.person_id = v.person_id
      AND a.ended_at IS NULL AND a.starts <= %(last_day)s AND (a.ends IS NULL OR a.ends >= %(first_day)s))
    AND (%(known)s::uuid[] IS NULL OR v.person_id = ANY(%(known)s::uuid[]))
    AND NOT EXISTS (SELECT FROM {preference} s WHERE s.tenant_id = v.tenant_id AND s.person_id = v.person_id
      AND s.asks_stopped_at IS NOT NULL)
), judged AS MATERIALIZED (
  SELECT w.*, COALESCE(
      (w.quiet_until IS NULL OR w.quiet_until < %(on)s)
      AND (w.state = 'active' OR w.paused_until < %(on)s)
      AND declaration IS NOT FALSE AND talk IS NOT FALSE AND certificate IS NOT FALSE
      AND (%(course)s = '' OR course::date >= %(facts_on)s)
      AND (NOT %(own_car)s OR w.has_car)
      AND (%(youngest)s = 0 OR w.birth_year <= %(year)s - %(youngest)s)
      AND (%(north)s::float8 IS NULL OR w.lat IS NULL OR w.lon IS NULL OR w.reach_metres IS NULL
        OR abs(w.lat - %(north)s::float8) * %(degree)s <= w.reach_metres + 1)
      AND NOT EXISTS (SELECT FROM {absence} a WHERE a.tenant_id = w.tenant_id AND a.profile_id = w.profile_id
        AND a.starts <= %(last_day)s AND a.ends >= %(first_day)s)
      AND (NOT EXISTS (SELECT FROM {slot} s WHERE s.tenant_id = w.tenant_id AND s.profile_id = w.profile_id)
        OR (SELECT count(DISTINCT s.weekday) = %(weekday_count)s FROM {slot} s WHERE s.tenant_id = w.tenant_id
          AND s.profile_id = w.profile_id AND s.weekday = ANY(%(weekdays)s))),
    false) AS survives
  FROM willing w
), kept AS (
  SELECT * FROM judged WHERE survives
  UNION ALL (SELECT * FROM judged WHERE NOT survives ORDER BY md5(id::text || %(id)s::text) LIMIT %(near_misses)s)
)
SELECT k.id, k.person_id, k.host_id, k.state, k.paused_until, k.birth_year, k.lat, k.lon, k.village_id, k.has_car,
  k.reach_metres, k.languages, k.ceiling_times, k.ceiling_per, k.quiet_until, k.last_asked_on,
  k.declaration, k.talk, k.certificate, k.course, k.most_minutes, k.companion,
  ARRAY(SELECT json_build_array(weekday, starts, ends, first_month, last_month)::text FROM {slot} s
    WHERE s.tenant_id = k.tenant_id AND s.profile_id = k.profile_id
      AND (NOT k.survives OR s.weekday = ANY(%(weekdays)s))),
  CASE WHEN NOT k.survives THEN ARRAY(SELECT json_build_array(starts, ends)::text FROM {absence} a
    WHERE a.tenant_id = k.tenant_id AND a.profile_id = k.profile_id AND a.ends >= %(first_day)s) END,
  t.near, t.done
FROM kept k
CROSS JOIN LATERAL (
  SELECT bool_or(m.state = 'done' AND r.task_type_id = %(task_type)s) AS done,
    COALESCE(array_agg(json_build_array(m.state, r."on", r.at, r.minutes)::text)
      FILTER (WHERE r."on" BETWEEN %(taken_from)s AND %(taken_to)s), '{{}}'::text[])
    || ARRAY(SELECT json_build_array('agreed', e."on", e.at, e.minutes)::text FROM {engagement} e
      WHERE e.tenant_id = k.tenant_id AND e.person_id = k.person_id
        AND e."on" BETWEEN %(taken_from)s AND %(taken_to)s) AS near
  FROM {volunteer} v
  JOIN {match} m ON m.tenant_id = v.tenant_id AND m.volunteer_id = v.id AND m.state IN ('proposed', 'agreed', 'done')
  JOIN {request} r ON r.tenant_id = m.tenant_id AND r.id = m.request_id
  WHERE v.tenant_id = k.tenant_id AND v.person_id = k.person_id AND r.id <> %(id)s
) t
""")


class AskedFor(NamedTuple):
    """One request with what its recipient and the hosts have said: the columns of `ASKED_FOR`."""

    id: uuid.UUID
    owner_id: uuid.UUID
    recipient_id: uuid.UUID
    task_type_id: uuid.UUID
    on: dt.date
    at: dt.time | None
    minutes: int
    every_weeks: int | None
    village_id: uuid.UUID | None
    asking: str
    address_protected: bool
    lat: float | None
    lon: float | None
    key: str
    needs_declaration: bool
    needs_course: str
    needs_purpose: str | None
    needs_car: bool
    one_to_one: bool
    least_age: int
    vetoed: list[uuid.UUID]
    helpers: list[uuid.UUID]
    sharing: list[uuid.UUID]
    refusing: list[uuid.UUID]
    measured: list[str]

    @property
    def facts(self) -> tuple[str, ...]:
        """What this kind of help asks to be shown, as codes in the order of the columns; "" where it asks nothing."""
        return (
            CONFIDENTIALITY if self.needs_declaration else "",
            APPROVED_BY_TALK if self.one_to_one else "",
            f"police:{self.needs_purpose}" if self.needs_purpose else "",
            f"course:{self.needs_course}" if self.needs_course else "",
        )


def build(request_id: uuid.UUID, viewer: Viewer, on: dt.date, only: Collection[uuid.UUID] | None) -> MatchProblem:
    """Return the matching problem of one help request; about `only` these volunteers, all of whom are judged."""
    mine = frozenset() if viewer.is_system else viewer.owners
    values: dict[str, Any] = {"tenant": current_tenant(), "id": request_id, "on": on, "mine": list(mine)}
    with connection.cursor() as cursor:
        cursor.execute(ASKED_FOR, values)
        row = cursor.fetchone()
        if row is None:
            raise HelpRequest.DoesNotExist
        asked = AskedFor(*row)
        request = _request(asked, hosts=mine | {asked.owner_id, *asked.sharing})
        cursor.execute(CANDIDATES, values | _narrowed(asked, request, on, only))
        rows = cursor.fetchall()
    return MatchProblem(
        request=request, volunteers=tuple(_candidate(each, request, asked) for each in rows), on=on, limit=8
    )


def _request(asked: AskedFor, hosts: frozenset[uuid.UUID]) -> Request:
    hidden = asked.address_protected
    place = None
    metres: dict[Id, int] = {}
    if not hidden:
        metres = {uuid.UUID(village): far for village, far in map(json.loads, asked.measured)}
    if asked.lat is not None and asked.lon is not None and not hidden:
        place = Point(asked.lat, asked.lon)
    return Request(
        id=asked.id, task_type=asked.key, day=asked.on,
        start_minute=asked.at.hour * 60 + asked.at.minute if asked.at else None,
        duration_min=asked.minutes, place=place,
        village=None if hidden else asked.village_id,
        village_metres=metres,
        requires=frozenset(code for code in asked.facts if code) | ({OWN_CAR} if asked.needs_car else frozenset()),
        min_age=asked.least_age if asked.least_age > 15 else 0,
        one_to_one=asked.one_to_one, vetoed=frozenset(asked.vetoed), known_to=frozenset(asked.helpers),
        known_only=asked.asking == TaskType.Asking.KNOWN_ONLY, hosts=hosts,
    )  # fmt: skip


def _narrowed(asked: AskedFor, request: Request, on: dt.date, only: Collection[uuid.UUID] | None) -> dict[str, Any]:
    """Return the values of `CANDIDATES`. A host that has said no to this kind of help is left out (R29)."""
    told = narrowing(request, on)["told"]
    north = told["north"]
    monday = request.day - dt.timedelta(days=request.day.weekday())
    next_month = (request.day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return {
        "task_type": asked.task_type_id, "hosts": list((request.hosts or frozenset()) - frozenset(asked.refusing)),
        "only": None if only is None else list(only), "near_misses": NEAR_MISSES if only is None else None,
        "never": [*asked.vetoed, asked.recipient_id], "known": list(asked.helpers) if request.known_only else None,
        "declaration": asked.needs_declaration, "talk": asked.one_to_one, "purpose": asked.needs_purpose or "",
        "course": asked.needs_course, "facts_on": told["facts_on"], "own_car": told["own_car"],
        "youngest": told["youngest"], "year": request.day.year,
        "north": north["lat"] if north else None, "degree": north["road_metres_a_degree"] if north else 0,
        "first_day": told["days"][0], "last_day": told["days"][-1], "weekdays": sorted(told["weekdays"]),
        "weekday_count": len(told["weekdays"]),
        # Whatever counts towards the same week or month, and a day to each side for what lasts past midnight (R60).
        "taken_from": min(request.day.replace(day=1), monday) - dt.timedelta(days=1),
        "taken_to": max(next_month, monday + dt.timedelta(days=7)),
    }  # fmt: skip


def _candidate(row: tuple[Any, ...], request: Request, asked: AskedFor) -> Candidate:
    (
        ident, person, host, state, paused_until, birth_year, lat, lon, village, has_car, reach, languages, times, per,
        quiet_until, last_asked, declared, talked, shown, learnt, most_minutes, companion, slots, absences, taken, done,
    ) = row  # fmt: skip
    agreed, busy = _decode_taken(taken or ())
    if asked.every_weeks and per != Profile.Per.WEEK:
        # What lasts takes its other days of the month too, so that nobody is asked above the ceiling (R60).
        agreed += (request.day,) * (4 // asked.every_weeks - 1)
    age = request.day.year - birth_year if birth_year else None
    return Candidate(
        id=ident, person=person, host=host, willing=frozenset({request.task_type}),
        facts=_facts(asked.facts, [declared, talked, shown, learnt]),
        age=age if age is None or 0 <= age <= MOST_YEARS else None, has_car=bool(has_car), max_distance_m=reach,
        point=Point(lat, lon) if lat is not None and lon is not None else None, village=village,
        languages=_languages(languages or "[]"), slots=tuple(map(_slot, slots)),
        absences=tuple(map(_absence, absences or ())),
        ceiling=None if times is None else _ceiling(times, per), agreed=agreed, busy=busy, quiet_until=quiet_until,
        paused_until=(paused_until or dt.date.max) if state == Volunteer.State.PAUSED else None, last_asked=last_asked,
        done_before=frozenset({request.task_type}) if done else frozenset(), most_minutes=most_minutes,
        companion=companion,
    )  # fmt: skip


def _facts(codes: tuple[str, ...], held: list[Any]) -> tuple[Fact, ...]:
    """Make facts of what the columns say: true, the last day as text, or nothing."""
    return tuple(_fact(code, str(until)) for code, until in zip(codes, held, strict=True) if until)


@lru_cache(maxsize=1024)
def _fact(code: str, until: str) -> Fact:
    return Fact(code, None if until in {"True", "infinity"} else dt.date.fromisoformat(until))


@lru_cache(maxsize=4096)
def _slot(packed: str) -> WeeklySlot:
    weekday, starts, ends, first_month, last_month = json.loads(packed)
    return WeeklySlot.in_months(weekday, _minute(starts), _minute(ends), first_month, last_month)


@lru_cache(maxsize=4096)
def _absence(packed: str) -> Absence:
    first, last = json.loads(packed)
    return Absence(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@lru_cache(maxsize=256)
def _languages(packed: str) -> frozenset[str]:
    return frozenset(json.loads(packed))


@lru_cache(maxsize=64)
def _ceiling(times: int, per: str) -> Ceiling:
    return Ceiling(times, "week" if per == Profile.Per.WEEK else "month")


def _decode_taken(taken: Sequence[str]) -> tuple[tuple[dt.date, ...], tuple[Window, ...]]:
    """Return the days that count towards a ceiling, and the windows taken by what is still to come."""
    agreed, busy = [], []
    for state, day, at, minutes in map(json.loads, taken):
        on = dt.date.fromisoformat(day)
        agreed.append(on)
        if state != MatchState.DONE and at is not None:
            busy.append(Window.of(on, _minute(at), minutes))
    return tuple(agreed), tuple(busy)


def _minute(at: str) -> int:
    return int(at[:2]) * 60 + int(at[3:5])


register_planner("help_request", build)
