"""Questions about help requests, always for someone."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation import exports, refs
from samtun.foundation.audit import saw
from samtun.foundation.viewer import Permission, Viewer
from samtun.foundation.walls import visible_owners
from samtun.kernel.clock import at_wall
from samtun.kernel.errors import NotYours
from samtun.operation.help_requests.enums import LIVE_MATCH, OPEN_STATES, SEEKING, MatchState, RequestState
from samtun.operation.help_requests.models import Ask, Assessment, HelpRequest, Match, Veto

BEFORE_MATCH = SEEKING | {RequestState.UNPROVEN, RequestState.NEW}
SHOWN = ("task_type", "recipient", "recipient__village", "village", "owner", "consent")


def requests_visible_to(viewer: Viewer) -> QuerySet[HelpRequest]:
    """Return the requests of own owners; an assessor sees those that wait for an assessment, whoever owns them."""
    mine = Q(owner__in=visible_owners(viewer))
    if viewer.may(Permission.ASSESS_REQUESTS) and not viewer.is_system:
        mine |= Q(state="new")
    return HelpRequest.objects.filter(mine)


def request_for(viewer: Viewer, request_id: uuid.UUID) -> HelpRequest:
    """Return one request with what its page shows, opened and logged; NotYours when out of sight."""
    asks = Ask.objects.select_related("volunteer", "volunteer__person", "volunteer__host").order_by("asked_at")
    found = (
        requests_visible_to(viewer)
        .filter(id=request_id)
        .select_related(*SHOWN)
        .prefetch_related(Prefetch("asks", asks))
        .annotate(newest_assessment=_newest_assessment(), double=_likely_double())
        .first()
    )  # fmt: skip
    if found is None:
        raise NotYours
    saw(found.recipient_id, *(a.volunteer.person_id for a in found.asks.all()))
    return found


def live_match(request: HelpRequest) -> Match | None:
    """Return the match that stands."""
    found = last_match(request)
    return found if found and found.state in LIVE_MATCH else None


def last_match(request: HelpRequest) -> Match | None:
    """Return the match that stands or was carried out. Nothing is asked where there can be none: somebody is sought."""
    if request.state in BEFORE_MATCH:
        return None
    rows = Match.objects.filter(request=request, state__in=LIVE_MATCH | {MatchState.DONE})
    related = ("volunteer__person", "volunteer__host", "companion")
    found = rows.select_related(*related).order_by("-proposed_at").first()
    if found and found.companion_id:
        saw(found.companion_id)
    return found


def list_for(
    viewer: Viewer, *, states: Collection[str] = OPEN_STATES, kind: uuid.UUID | None = None, most: int = 100
) -> list[HelpRequest]:
    """Return requests for a list, newest first, all kinds or one; initials only: a list opens nobody's name."""
    rows = requests_visible_to(viewer).filter(state__in=states).select_related("task_type", "village", "recipient")
    if kind:
        rows = rows.filter(task_type=kind)
    found = list(rows.order_by("-made_at")[:most])
    saw(*(r.recipient_id for r in found), how="listed")
    return found


def starts_at(request: HelpRequest) -> dt.datetime:
    """Return when it begins, UTC; any time that day counts from 12 on the wall."""
    return at_wall(request.on, request.at or dt.time(12))


def ends_at(request: HelpRequest) -> dt.datetime:
    """Return when its time has passed, UTC: the end, or 20 on the wall when any time that day will do."""
    if request.at is None:
        return at_wall(request.on, dt.time(20))
    return at_wall(request.on, request.at) + dt.timedelta(minutes=request.minutes)


def vetoed_persons(recipient_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return who is not to be asked for this recipient. For matching only: shown to nobody (R31)."""
    return frozenset(Veto.objects.filter(recipient=recipient_id).values_list("volunteer_person_id", flat=True))


def known_persons(recipient_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the volunteers who have helped this recipient before."""
    done = Match.objects.filter(request__recipient=recipient_id, state=MatchState.DONE)
    return frozenset(done.values_list("volunteer__person_id", flat=True))


def newest_assessment(request: HelpRequest) -> dict[str, Any] | None:
    """Return whose task it is, why and who said so, as `request_for` has read it; None before it is said."""
    found: dict[str, Any] | None = request.__dict__["newest_assessment"]
    return found


def likely_double(request: HelpRequest) -> uuid.UUID | None:
    """Return another open request for the same person and kind within two days, as `request_for` has read it.

    Told to the coordinator only.
    """
    found: uuid.UUID | None = request.__dict__["double"]
    return found


def _newest_assessment() -> Subquery:
    rows = Assessment.objects.filter(request=OuterRef("id")).order_by("-made_at")
    shown = JSONObject(reason="reason", by_words="by_words", cleared_beforehand="cleared_beforehand")
    return Subquery(rows.values(shown=shown)[:1])


def _likely_double() -> Subquery:
    near = dt.timedelta(days=2)
    rows = HelpRequest.objects.filter(
        owner=OuterRef("owner"), recipient=OuterRef("recipient"), task_type=OuterRef("task_type"),
        state__in=OPEN_STATES, on__range=(OuterRef("on") - near, OuterRef("on") + near),
    )  # fmt: skip
    return Subquery(rows.exclude(id=OuterRef("id")).order_by("id").values("id")[:1])


def assignments_of(viewer: Viewer) -> list[Match]:
    """Return a volunteer's own agreed tasks, soonest first (R77: own only)."""
    if viewer.person is None:
        return []
    rows = Match.objects.filter(volunteer__person=viewer.person, state=MatchState.AGREED)
    return list(rows.select_related("request", "request__task_type", "request__village").order_by("request__on"))


def own_requests_of(viewer: Viewer) -> list[HelpRequest]:
    """Return what the person themselves has asked for (the recipient's side never shows on the volunteer's: R68)."""
    if viewer.person is None:
        return []
    rows = HelpRequest.objects.filter(recipient=viewer.person).select_related("task_type", "owner")
    return list(rows.order_by("-on")[:30])


def requests_of_person(viewer: Viewer, person_id: uuid.UUID, *, most: int = 10) -> list[HelpRequest]:
    """Return what a person has asked the viewer's own owners for, newest day first; those merged into them too."""
    whose = Q(recipient=person_id) | Q(recipient__merged_into=person_id)
    rows = HelpRequest.objects.filter(whose, owner__in=visible_owners(viewer)).select_related(
        "task_type", "village", "recipient"
    )
    return list(rows.order_by("-on", "-id")[:most])


def _tables(owner: uuid.UUID) -> list[exports.Table]:
    """The owner's requests and what came of them. Whom a recipient does not want is in no file (R31).

    Another host's volunteer stands with the host alone: the name was shared for asking, not for taking out.
    """
    requests = HelpRequest.objects.filter(owner=owner).select_related("recipient", "task_type", "village")
    assessed = Assessment.objects.filter(request__owner=owner).order_by("made_at", "id")
    asks = Ask.objects.filter(request__owner=owner).select_related("volunteer__person", "volunteer__host")
    matches = Match.objects.filter(request__owner=owner).select_related("volunteer__person", "volunteer__host")
    ask_facts = ("request_id", "state", "asked_at", "answer_by", "answered_at", "via")
    match_facts = ("request_id", "state", "proposed_at", "agreed_at", "ended_at", "minutes", "done_via")
    columns = ("request_id", "outcome", "reason", "by_words", "cleared_beforehand", "made_at")
    return [
        _requests(list(requests.order_by("id"))),
        exports.Table("assessments", columns, list(assessed.values_list(*columns))),
        _with_volunteer("asks", list(asks.order_by("asked_at", "id")), ask_facts, owner),
        _with_volunteer("matches", list(matches.order_by("proposed_at", "id")), match_facts, owner),
    ]


def _requests(rows: list[HelpRequest]) -> exports.Table:
    plain = (
        "id", "asked_by", "asked_by_phone", "asker_hears", "source", "words", "on", "at", "minutes", "every_weeks",
        "lasts_until", "state", "asking", "plan_what", "plan_where", "plan_how_often", "plan_limits",
        "plan_whom_to_call", "handled_by", "made_at", "closed_at", "close_reason", "consent_id",
    )  # fmt: skip
    values = [
        (r.recipient.full_name, r.recipient_id, r.task_type.key,
         r.village.name if r.village and not r.recipient.address_protected else "", *(getattr(r, f) for f in plain))
        for r in rows
    ]  # fmt: skip
    persons = frozenset(r.recipient_id for r in rows)
    return exports.Table("requests", ("recipient", "person_id", "task_type", "village", *plain), values, persons)


def _with_volunteer(
    name: str, rows: list[Ask] | list[Match], facts: tuple[str, ...], owner: uuid.UUID
) -> exports.Table:
    own = frozenset(r.volunteer.person_id for r in rows if r.volunteer.host_id == owner)
    values = [
        (r.volunteer.person.full_name if r.volunteer.host_id == owner else "",
         r.volunteer.person_id if r.volunteer.host_id == owner else None,
         r.volunteer.host.name, *(getattr(r, f) for f in facts))
        for r in rows
    ]  # fmt: skip
    return exports.Table(name, ("volunteer", "person_id", "host", *facts), values, own)


def _find(viewer: Viewer, request_id: uuid.UUID) -> tuple[str, str] | None:
    row = requests_visible_to(viewer).filter(id=request_id).select_related("task_type").first()
    return (in_language(row.task_type.name), reverse("help_request", args=[row.id])) if row else None


def _behind(**which: uuid.UUID) -> HelpRequest | None:
    return HelpRequest.objects.filter(**which).only("id").first()


def _find_by_match(viewer: Viewer, match_id: uuid.UUID) -> tuple[str, str] | None:
    """What is said of a match is about the request it is for."""
    request = _behind(matches=match_id)
    return _find(viewer, request.id) if request else None


def _find_by_ask(viewer: Viewer, ask_id: uuid.UUID) -> tuple[str, str] | None:
    request = _behind(asks=ask_id)
    return _find(viewer, request.id) if request else None


refs.register(refs.RefKind("match", _find_by_match))
refs.register(refs.RefKind("ask", _find_by_ask))
exports.register("help_requests", _tables)
refs.register(refs.RefKind("help_request", _find))
