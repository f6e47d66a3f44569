"""Questions about what happens in a life: who visits, whom to ring, what is held, when to talk."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import recipients
from samtun.foundation.audit import saw
from samtun.foundation.options import option
from samtun.foundation.recipients import Recipient
from samtun.foundation.viewer import Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.enums import (
    LIVE_MATCH,
    OPEN_STATES,
    AskerHears,
    AskState,
    MatchState,
    RequestState,
    Side,
)
from samtun.operation.help_requests.models import Ask, FollowUp, HelpRequest, Match, PersonalCall
from samtun.operation.help_requests.rules import may_follow_up, may_ring
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Away, Passing
from samtun.people.persons.queries import away_of, everyone_of, persons_at, persons_visible_to

LATELY = dt.timedelta(days=183)
OFTEN, OFTEN_WITHIN = 3, dt.timedelta(days=90)
ONE_TO_ONE = option(
    "follow_up_one_to_one", 10,
    _("How many opening days between talks with two who meet one to one over time, at each end?"), least=2, most=60,
)  # fmt: skip
OVER_TIME = option(
    "follow_up_over_time", 30,
    _("How many opening days between talks with others who meet again and again, at each end?"), least=5, most=120,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visitor:
    """A volunteer who visits, has agreed to, or did lately: rung when something happens. `on` is the latest day."""

    volunteer: uuid.UUID
    person: uuid.UUID
    name: str
    owner: uuid.UUID
    on: dt.date


@dataclass(frozen=True, slots=True)
class Asker:
    """Someone who has asked for another, with a number to ring."""

    name: str
    phone: str
    owner: uuid.UUID


type Meets = Callable[[uuid.UUID, uuid.UUID, dt.date], bool]
type Visits = Callable[[Collection[uuid.UUID], dt.date], list["Visitor"]]
_meets: list[Meets] = []
_visits: list[Visits] = []


def register_meeting(*, meets: Meets, visits: Visits) -> None:
    """Let a room above say who meets over time: `meets(recipient, volunteer, on)`, and `visits(everyone, on)`."""
    _meets.append(meets)
    _visits.append(visits)


def visitors_of(everyone: Collection[uuid.UUID], *, on: dt.date) -> list[Visitor]:
    """Return who visits a person (all rows that are the same one) or did the last six months, each once, latest first.

    Whoever arranged the latest visit rings. For the acts about a person, which hold for all owners; not for pages.
    """
    rows = HelpRequest.objects.filter(recipient__in=everyone)
    who = "volunteer", "volunteer__person", "volunteer__person__given_name", "volunteer__person__family_name"
    alive = {"volunteer__person__death_known_at": None}
    found = [
        *Match.objects.filter(request__in=rows, **alive)
        .filter(Q(state__in=LIVE_MATCH) | Q(state=MatchState.DONE, request__on__gte=on - LATELY))
        .values_list(*who, "request__owner", "request__on", "id"),
        *Ask.objects.filter(request__in=rows, request__state__in=OPEN_STATES, state=AskState.YES, **alive)
        .values_list(*who, "request__owner", "request__on", "id"),
    ]  # fmt: skip
    found += _who_came_along(rows, on=on)
    visitors: dict[uuid.UUID, Visitor] = {}
    for volunteer, person, given, family, owner, day, _key in sorted(found, key=lambda row: row[5:], reverse=True):
        visitors.setdefault(person, Visitor(volunteer, person, f"{given} {family}".strip(), owner, day))
    for one in (v for visits in _visits for v in visits(everyone, on)):
        known = visitors.get(one.person)
        visitors[one.person] = one if known is None or one.on > known.on else known
    return list(visitors.values())


def _who_came_along(rows: QuerySet[HelpRequest], *, on: dt.date) -> list[tuple[Any, ...]]:
    """Return mentors who came along, or were going to, in the columns of `visitors_of`: the volunteers."""
    lately = Q(state__in=LIVE_MATCH) | Q(state=MatchState.DONE, request__on__gte=on - LATELY)
    along = Match.objects.filter(lately, request__in=rows, companion__isnull=False, companion__death_known_at=None)
    facts = list(along.values_list("companion", "volunteer__host", "request__owner", "request__on", "id"))
    if not facts:
        return []
    own = Volunteer.objects.filter(person__in=[f[0] for f in facts], host__in=[f[1] for f in facts])
    stands = {(v.person_id, v.host_id): v for v in own.select_related("person")}
    return [
        (v.id, person, v.person.given_name, v.person.family_name, *rest)
        for person, host, *rest in facts
        if (v := stands.get((person, host)))
    ]


def askers_of(everyone: Collection[uuid.UUID], *, on: dt.date) -> list[Asker]:
    """Return who has asked for a person in what is open, lasts, or was done the last six months, each number once."""
    lasts = Q(state=RequestState.LASTING) & (Q(lasts_until=None) | Q(lasts_until__gte=on - LATELY))
    still = Q(state__in=OPEN_STATES) | lasts | Q(state=RequestState.DONE, on__gte=on - LATELY)
    rows = HelpRequest.objects.filter(still, recipient__in=everyone).exclude(asked_by_phone="")
    found: dict[str, Asker] = {}
    for name, phone, owner in rows.order_by("-made_at").values_list("asked_by", "asked_by_phone", "owner"):
        found.setdefault(phone, Asker(name, phone, owner))
    return list(found.values())


def calls_about(viewer: Viewer, *, passing: Passing | None = None, away: Away | None = None) -> list[PersonalCall]:
    """Return the calls to make, or made, about a death or an absence: own owners', oldest first; none about neither."""
    which = Q(passing=passing) if passing else Q(away=away) if away else Q(pk__in=[])
    rows = PersonalCall.objects.filter(which, owner__in=visible_owners(viewer), withdrawn_at=None)
    found = list(rows.select_related("volunteer__person", "owner").order_by("id"))
    saw(*(c.volunteer.person_id for c in found if c.volunteer), how="listed")
    return found


def about_death(viewer: Viewer, person_id: uuid.UUID, *, on: dt.date) -> dict[str, Any]:
    """Return what would stop and who would be rung if a person were dead, as far as own owners go (R112)."""
    everyone, mine = everyone_of(person_id), visible_owners(viewer)
    visitors = [v for v in visitors_of(everyone, on=on) if v.owner in mine]
    saw(*(v.person for v in visitors), how="listed")
    people = [{"name": v.name, "why": gettext("has visited, or was going to")} for v in visitors]
    people += [
        {"name": a.name, "why": gettext("has asked for the person")}
        for a in askers_of(everyone, on=on)
        if a.owner in mine
    ]
    rows = HelpRequest.objects.filter(recipient__in=everyone, owner__in=mine, state__in=OPEN_STATES)
    return {"people": people, "number": rows.count()}


def about_absence(viewer: Viewer, person_id: uuid.UUID, *, on: dt.date) -> dict[str, Any]:
    """Return what is held, or would be, and who visits, as far as own owners go."""
    everyone, mine = everyone_of(person_id), visible_owners(viewer)
    calls = calls_about(viewer, away=away_of(person_id))
    rows = HelpRequest.objects.filter(recipient__in=everyone, owner__in=mine, state__in=OPEN_STATES)
    visitors = [] if calls else [v for v in visitors_of(everyone, on=on) if v.owner in mine]
    saw(*(v.person for v in visitors), how="listed")
    held = list(rows.select_related("task_type").order_by("on", "id"))
    return {
        "calls": [{"id": c.id, "name": call_name(c), "rung": c.rung_at, "goes_on": c.goes_on} for c in calls],
        "visitors": [v.name for v in visitors],
        "requests": [
            {"id": r.id, "kind": in_language(r.task_type.name), "on": r.on, "held": r.held_for_id} for r in held
        ],
    }  # fmt: skip


def person_away(viewer: Viewer, away_id: uuid.UUID) -> uuid.UUID:
    """Return who an absence is about; NotYours when the viewer's owners do not know them."""
    away = Away.objects.filter(id=away_id, person__in=persons_visible_to(viewer)).first()
    if away is None:
        raise NotYours
    return away.person_id


def rhythm_of(request: HelpRequest, volunteer_id: uuid.UUID, *, on: dt.date) -> int | None:
    """Return how many opening days there are between talks, shorter when they meet one to one (R66); None for none."""
    if request.task_type.one_to_one:
        return ONE_TO_ONE.read(on)
    if request.every_weeks is not None:
        return OVER_TIME.read(on)
    met = Match.objects.filter(
        request__recipient=request.recipient_id, request__on__gte=on - OFTEN_WITHIN, volunteer=volunteer_id,
        state__in=[MatchState.AGREED, MatchState.DONE],
    )  # fmt: skip
    return OVER_TIME.read(on) if met.count() >= OFTEN else None


def still_meet(row: FollowUp, *, on: dt.date) -> bool:
    """Tell whether two still meet: both are there, and they have met lately or are going to."""
    if row.recipient.is_dead or row.volunteer.person.is_dead or row.volunteer.state == Volunteer.State.LEFT:
        return False
    if any(meets(row.recipient_id, row.volunteer_id, on) for meets in _meets):
        return True
    return Match.objects.filter(
        request__recipient=row.recipient_id, volunteer=row.volunteer_id, request__on__gte=on - OFTEN_WITHIN,
        state__in=[MatchState.AGREED, MatchState.DONE],
    ).exists()  # fmt: skip


def follow_up_for(viewer: Viewer, follow_up_id: uuid.UUID) -> FollowUp:
    """Return one talk, opened and logged; NotYours when it is not for one's own owners to hold."""
    related = ("recipient", "volunteer__person", "owner")
    row = FollowUp.objects.filter(id=follow_up_id).select_related(*related).first()
    if row is None or not may_follow_up(viewer, row):
        raise NotYours
    saw(row.recipient_id, row.volunteer.person_id)
    return row


def talks_about(viewer: Viewer, recipient: uuid.UUID, volunteer: uuid.UUID | None = None) -> list[FollowUp]:
    """Return talks about a person's arrangements with the viewer's own owners, the latest planned first."""
    rows = FollowUp.objects.filter(recipient=recipient, owner__in=visible_owners(viewer), ended_at=None)
    if volunteer:
        rows = rows.filter(volunteer=volunteer)
    found = list(rows.select_related("recipient", "volunteer__person").order_by("-due_on", "-id")[:8])
    saw(*(r.volunteer.person_id for r in found), how="listed")
    return found


def call_name(call: PersonalCall) -> str:
    """Return who is to be rung."""
    return call.volunteer.person.full_name if call.volunteer else call.name


def call_why(call: PersonalCall) -> str:
    """Return why this one is rung, briefly."""
    return (
        gettext("has visited, or was going to") if call.volunteer else gettext("is near, or has asked for the person")
    )


def call_for(viewer: Viewer, call_id: uuid.UUID) -> PersonalCall:
    """Return one call, opened and logged; NotYours when it is not for one's own owners to make."""
    related = ("about", "volunteer__person", "volunteer__host", "owner", "passing", "away")
    call = PersonalCall.objects.filter(id=call_id).select_related(*related).first()
    if call is None or not may_ring(viewer, call):
        raise NotYours
    saw(call.about_id, *([call.volunteer.person_id] if call.volunteer else []))
    return call


def talk_with(row: FollowUp) -> str:
    """Return the name of the one a talk is with."""
    return (row.recipient if row.side == Side.PERSON else row.volunteer.person).full_name


def request_behind(message: uuid.UUID) -> HelpRequest | None:
    """Return the request that a message was about; None when it was about something else."""
    row = Message.objects.filter(id=message).values_list("ref_kind", "ref_id").first()
    if row is None:
        return None
    kind, key = row
    where = {"help_request": Q(id=key), "ask": Q(asks=key)}.get(kind, Q(matches=key))
    return HelpRequest.objects.filter(where).select_related("task_type", "village", "recipient").first()


def _match_about_gone(match_id: uuid.UUID) -> bool:
    """Tell whether the one helped or the one helping has died."""
    return Match.objects.filter(_one_is_gone("volunteer__person"), id=match_id).exists()


def _ask_about_gone(ask_id: uuid.UUID) -> bool:
    return Ask.objects.filter(_one_is_gone("volunteer__person"), id=ask_id).exists()


def _request_about_gone(request_id: uuid.UUID) -> bool:
    return HelpRequest.objects.filter(id=request_id, recipient__death_known_at__isnull=False).exists()


def _one_is_gone(helper: str) -> Q:
    return Q(request__recipient__death_known_at__isnull=False) | Q(**{f"{helper}__death_known_at__isnull": False})


def asker_at(request_id: uuid.UUID) -> Recipient | None:
    """Return one who asked for another, as they are reached: by the number given. None when it is the person's own."""
    row = HelpRequest.objects.filter(id=request_id).select_related("recipient__tenant").first()
    if row is None or not row.asker_hears or row.asked_by_phone == row.recipient.phone:
        return None
    known = [k for k in map(recipients.resolve, persons_at(row.asked_by_phone)) if k]
    texts = row.asker_hears == AskerHears.TEXT and all(k.channel == "sms" for k in known[:1])
    return Recipient(
        person=row.id, name=row.asked_by, channel="sms" if texts else "call", phone=row.asked_by_phone,
        language=known[0].language if known else row.recipient.tenant.language,
        silent=any(k.silent for k in known), gone=bool(known) and all(k.gone for k in known),
    )  # fmt: skip


recipients.register_address("help_request", asker_at)
# A receipt and the question how it went are about the match they follow.
for _kind in ("match", "receipt", "went_well"):
    recipients.register_about(_kind, _match_about_gone)
recipients.register_about("ask", _ask_about_gone)
recipients.register_about("help_request", _request_about_gone)
