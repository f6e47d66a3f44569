"""Whose task is it? Recorded before anyone is asked (R26)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.anchoring.responsibilities.queries import cleared_for, in_language
from samtun.foundation.audit import record
from samtun.foundation.models import Municipality
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.help_requests.actions.telling import tell_asker
from samtun.operation.help_requests.enums import Outcome, RequestState
from samtun.operation.help_requests.models import Assessment, HelpRequest
from samtun.operation.help_requests.notices import WayOn
from samtun.operation.help_requests.rules import may_assess
from samtun.operation.referrals.actions import tell_what_became
from samtun.operation.referrals.enums import Became
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo

BEFOREHAND = "Cleared beforehand"


class NotWaiting(Refused):
    """This request is not waiting for anyone to say whose task it is. Look at what stands now."""


class ReasonMissing(Refused):
    """Write the reason in a few words, so that those concerned understand."""


class NotCleared(Refused):
    """This kind of help is not cleared beforehand. Someone with the assessor's role must say whose task it is."""


class NeverForVolunteers(Refused):
    """This is a task for professionals, and cannot be given to volunteers. Choose another outcome."""


def pass_cleared(*, request: HelpRequest, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Let a request of a kind cleared beforehand go straight on: one tap."""
    clearances = cleared_for(request.task_type, request.owner_id)
    if not clearances:
        raise NotCleared
    words = "; ".join(f"{c.owner.name}: {c.by_words}" for c in clearances)[:300]
    return _settle(request=request, outcome=Outcome.VOLUNTEER, reason=words, cleared=True, by=by, at=at)


def pass_like(*, request: HelpRequest, like: HelpRequest, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Let a wish go on as the one it springs from was assessed: same person, same kind of help (R26)."""
    said = Assessment.objects.filter(request=like, outcome=Outcome.VOLUNTEER).order_by("-made_at").first()
    if said is None or (like.recipient_id, like.task_type_id) != (request.recipient_id, request.task_type_id):
        raise NotCleared
    return _settle(request=request, outcome=Outcome.VOLUNTEER, reason=said.reason, cleared=True, by=by, at=at)


def assess(*, request: HelpRequest, outcome: Outcome, reason: str, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Say whose task it is, with the reason. Not a volunteer's: the person gets a kind answer with the way on."""
    if not reason.strip():
        raise ReasonMissing
    professional = request.task_type.task_class == TaskType.TaskClass.PROFESSIONAL
    if outcome == Outcome.VOLUNTEER and (professional or request.task_type.is_declined):
        raise NeverForVolunteers
    return _settle(request=request, outcome=outcome, reason=reason.strip(), cleared=False, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a volunteer is given in writing before coming (R28)."""

    limits: str
    whom_to_call: str
    how_often: str = ""
    what: str = ""
    where: str = ""


def conclude_visit(
    *, request: HelpRequest, outcome: Outcome, reason: str, plan: Plan | None, is_over: bool, by: Viewer,
    at: dt.datetime,
) -> HelpRequest:  # fmt: skip
    """Let what a professional found at a visit count as the assessment (R26), with the plan of R28 when there is one.

    The room that plans visits has seen to it that `by` may. A request that was passed already gets it too, as long as
    nobody has been asked. `is_over` closes it without a message: it was settled face to face.
    """
    with transaction.atomic():
        current = HelpRequest.objects.select_for_update(of=("self",)).select_related("task_type").get(id=request.id)
        if current.state not in {RequestState.NEW, RequestState.LOOKING}:
            raise NotWaiting
        volunteers = outcome == Outcome.VOLUNTEER
        if volunteers and (current.task_type.task_class == TaskType.TaskClass.PROFESSIONAL):
            raise NeverForVolunteers
        if plan:
            current.plan_limits, current.plan_whom_to_call = plan.limits, plan.whom_to_call
            current.plan_what, current.plan_where, current.plan_how_often = plan.what, plan.where, plan.how_often
        _conclude(current, outcome, reason[:300], is_over=is_over, by=by, at=at)
    return current


def _conclude(
    current: HelpRequest, outcome: Outcome, reason: str, *, is_over: bool, by: Viewer, at: dt.datetime
) -> None:
    Assessment.objects.create(
        request=current, outcome=outcome, reason=reason, by_words=f"{by.name} ({by.hat.label})"[:160], made_at=at
    )
    ref = Ref("help_request", current.id)
    close_todos(ref=ref, by=by, at=at, reasons=("new", "whose_task", "find_someone"))
    if outcome == Outcome.VOLUNTEER:
        current.state = RequestState.LOOKING
        seek(current, at=at)
    else:
        current.state = RequestState.CANCELLED if is_over else RequestState.DECLINED
        current.closed_at, current.close_reason = at, reason[:200]
        close_todos(ref=ref, by=by, at=at)
        tell_what_became(wish=current.id, became=Became.CANCELLED if is_over else Became.WAY_ON, by=by, at=at)
        tell_asker(current, RequestState(current.state), by=by, at=at)
    current.version += 1
    current.save()
    record("help_requests.assess", ref, by=by, at=at, outcome=outcome, reason=reason, cleared=False)
    if current.state == RequestState.DECLINED:
        queue(
            notice=WayOn, ref_kind="help_request", ref_id=current.id, to=current.recipient_id, owner=current.owner_id,
            by=by, at=at,
        )  # fmt: skip


def decline_outside_limits(*, request: HelpRequest, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Meet what is outside the limits with the reason and the way on (R23-R25)."""
    outcome = Outcome.BUSINESS if request.task_type.sold_locally else Outcome.OTHER
    if request.task_type.task_class == TaskType.TaskClass.PROFESSIONAL:
        outcome = Outcome.MUNICIPALITY
    reason = in_language(request.task_type.limits) or BEFOREHAND
    return _settle(request=request, outcome=outcome, reason=reason[:300], cleared=True, by=by, at=at)


def _settle(
    *, request: HelpRequest, outcome: Outcome, reason: str, cleared: bool, by: Viewer, at: dt.datetime
) -> HelpRequest:
    with transaction.atomic():
        current = HelpRequest.objects.select_for_update(of=("self",)).get(id=request.id)
        if current.state != RequestState.NEW:
            raise NotWaiting
        if not may_assess(by, current, is_cleared=cleared):
            raise NotYours
        Assessment.objects.create(
            request=current, outcome=outcome, reason=reason, by_words=f"{by.name} ({by.hat.label})"[:160],
            cleared_beforehand=cleared, made_at=at,
        )  # fmt: skip
        ref = Ref("help_request", current.id)
        close_todos(ref=ref, by=by, at=at, reasons=("new", "whose_task"))
        if outcome == Outcome.VOLUNTEER:
            current.state = RequestState.LOOKING
            seek(current, at=at)
        else:
            current.state, current.closed_at, current.close_reason = RequestState.DECLINED, at, reason[:200]
            queue(
                notice=WayOn, ref_kind="help_request", ref_id=current.id, to=current.recipient_id,
                owner=current.owner_id, by=by, at=at,
            )  # fmt: skip
            tell_what_became(wish=current.id, became=Became.WAY_ON, by=by, at=at)
            tell_asker(current, RequestState.DECLINED, by=by, at=at)
        current.version += 1
        current.save(update_fields=["state", "closed_at", "close_reason", "version"])
        record("help_requests.assess", ref, by=by, at=at, outcome=outcome, reason=reason, cleared=cleared)
        for field in ("state", "closed_at", "close_reason", "version"):
            setattr(request, field, getattr(current, field))
    return request


def seek(request: HelpRequest, *, at: dt.datetime, reason: str = "find_someone") -> None:
    """Put on the desk that someone must be found."""
    put_on_desk(request, reason, at=at)


def put_on_desk(
    request: HelpRequest, reason: str, *, at: dt.datetime, audience: Permission = Permission.HANDLE_REQUESTS
) -> None:
    """Open a to-do due within the same opening day: kind, initials and place, in the municipality's language."""
    language = Municipality.objects.values_list("language", flat=True).get(id=current_tenant())
    place = request.village.name if request.village and request.village.may_be_told else ""
    kind = in_language(request.task_type.name, language)[:60]
    open_todo(
        ref=Ref("help_request", request.id), reason=reason, owner=request.owner_id, at=at, audience=audience,
        due=opening_hours_of(request.owner_id).after_days(wall(at), 0),
        about=" · ".join(part for part in (kind, request.recipient.initials, place) if part)[:120],
    )  # fmt: skip
