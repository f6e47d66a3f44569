"""Volunteers are asked; the first yes wins, the others are thanked, a no has no price."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.operation.help_requests.actions.agreeing import lock, propose
from samtun.operation.help_requests.actions.assessing import seek
from samtun.operation.help_requests.actions.entering import ConsentMissing
from samtun.operation.help_requests.enums import SEEKING, AskState, RequestState
from samtun.operation.help_requests.models import Ask, HelpRequest
from samtun.operation.help_requests.notices import AskLasting, AskVolunteer, ThanksForAnswering
from samtun.operation.help_requests.queries import starts_at, vetoed_persons
from samtun.operation.help_requests.rules import is_held_back, may_answer, may_handle, needs_plan
from samtun.operation.plans.queries import refused_by_rules
from samtun.operation.volunteers.actions import give_quiet, note_asked
from samtun.operation.volunteers.models import Volunteer
from samtun.operation.volunteers.queries import volunteers_visible_to
from samtun.partners.organisations.queries import opening_hours_of, speaks_for
from samtun.people.consents.queries import consent_stands
from samtun.work.todos.actions import close_todos


class NotLooking(Refused):
    """Nobody needs to be asked about this now. Look at what stands."""


class NobodyChosen(Refused):
    """Tick at least one volunteer to ask."""


class CannotBeAsked(Refused):
    """One of those you ticked cannot be asked just now. Look at the suggestions once more."""


class PlanMissing(Refused):
    """Write the limits and whom to call before anyone is asked: this is one person helping one person over time."""


class VisitFirst(Refused):
    """A home visit is planned first. When what came of it is written, or it is called off, volunteers can be asked."""


class AnsweredAlready(Refused):
    """This has been answered already."""


def ask_volunteers(
    *, request: HelpRequest, volunteers: Collection[uuid.UUID], by: Viewer, at: dt.datetime
) -> list[Ask]:
    """Ask one, some or a group. Each must fit by the hard rules now; the wish of the one who asks is among them."""
    if not may_handle(by, request):
        raise NotYours
    if not volunteers:
        raise NobodyChosen
    today = wall(at).date()
    with transaction.atomic():
        current = lock(request)
        if current.state not in SEEKING:
            raise NotLooking
        if current.consent_id and not consent_stands(current.consent_id):
            raise ConsentMissing
        if needs_plan(current):
            raise PlanMissing
        if is_held_back(current):
            raise VisitFirst
        chosen = list(
            volunteers_visible_to(by, on=today).filter(id__in=volunteers).select_related("person").order_by("id")
        )
        never = vetoed_persons(current.recipient_id) | {current.instead_of_id}
        barred = refused_by_rules("help_request", current.id, by, [v.id for v in chosen], on=today)
        if len(chosen) != len(set(volunteers)) or barred or any(v.person_id in never for v in chosen):
            raise CannotBeAsked
        answer_by = min(opening_hours_of(current.owner_id).after_days(wall(at), 1), starts_at(current))
        asks = [_ask(current, volunteer, answer_by=max(answer_by, at), by=by, at=at) for volunteer in chosen]
        note_asked(persons=[v.person_id for v in chosen], on=today)
        current.state, current.version = RequestState.ASKED, current.version + 1
        current.save(update_fields=["state", "version"])
        ref = Ref("help_request", current.id)
        close_todos(ref=ref, by=by, at=at, reasons=("find_someone", "nobody_answered", "nobody_can", "dropped_out"))
        record("help_requests.ask", ref, by=by, at=at, number=len(asks))
        defer("help_requests.lapse_asks", request_id=current.id, schedule_in=int((answer_by - at).total_seconds()) + 60)
    return asks


def _ask(request: HelpRequest, volunteer: Volunteer, *, answer_by: dt.datetime, by: Viewer, at: dt.datetime) -> Ask:
    """Ask one, unless an ask stands already; one that fell silent is asked again, and may still answer either way."""
    standing = [AskState.SENT, AskState.YES, AskState.SILENT]
    ask = Ask.objects.filter(request=request, volunteer=volunteer, state__in=standing).order_by("-asked_at").first()
    if ask and ask.state != AskState.SILENT:
        return ask
    ask = ask or Ask(request=request, volunteer=volunteer)
    ask.state, ask.asked_at, ask.answer_by = AskState.SENT, at, answer_by
    ask.save()
    queue(
        notice=AskLasting if request.every_weeks else AskVolunteer, ref_kind="ask", ref_id=ask.id,
        to=volunteer.person_id, owner=request.owner_id, by=by, at=at, question_ends=starts_at(request),
    )  # fmt: skip
    return ask


def answer_ask(*, ask: Ask, yes: bool, via: str, by: Viewer, at: dt.datetime) -> Ask:
    """Take a volunteer's answer. Only one yes can win: the request's row is locked while it is settled.

    A yes that comes after another's is thanked, and so is one from somebody who is not wanted after all: nobody can
    tell the two apart. After a no, a week's quiet; nobody is asked why.
    """
    with transaction.atomic():
        request = lock(ask.request)
        current = Ask.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=ask.id)
        if not may_answer(by, request, current.volunteer.person_id):
            raise NotYours
        if current.state == AskState.WITHDRAWN:
            raise NotLooking
        if current.state not in {AskState.SENT, AskState.SILENT}:
            raise AnsweredAlready
        current.answered_at, current.via = at, via
        if not yes:
            current.state = AskState.NO
            give_quiet(person_id=current.volunteer.person_id, on=wall(at).date())
        elif request.state in SEEKING and current.volunteer.person_id not in vetoed_persons(request.recipient_id):
            current.state = AskState.YES
        else:
            current.state = AskState.THANKED
        current.save(update_fields=["state", "answered_at", "via"])
        cancel_for(ref_kind="ask", ref_id=current.id, by=by, at=at)
        record("help_requests.answer", Ref("help_request", request.id), by=by, at=at, answer=current.state, via=via)
        if current.state == AskState.YES and request.asking != TaskType.Asking.COORDINATOR_PICKS:
            _first_yes(request, current, by=by, at=at)
        elif current.state == AskState.YES:
            seek(request, at=at, reason="pick_one")
        else:
            look_on(request, by=by, at=at)
    return current


def _first_yes(request: HelpRequest, ask: Ask, *, by: Viewer, at: dt.datetime) -> None:
    """The first yes stands: the others are thanked, and the recipient hears the name."""
    thank_the_others(request, ask, by=by, at=at)
    propose(request=request, ask=ask, by=by, at=at)


def thank_the_others(request: HelpRequest, chosen: Ask | None, *, by: Viewer, at: dt.datetime) -> None:
    """Thank everyone else who was asked or said yes; a message not yet sent is simply not sent."""
    others = Ask.objects.select_for_update(of=("self",)).filter(
        request=request, state__in=[AskState.SENT, AskState.SILENT, AskState.YES]
    )
    if chosen:
        others = others.exclude(id=chosen.id)
    for other in others.select_related("volunteer").order_by("id"):
        let_off(request, other, AskState.THANKED, by=by, at=at)


def let_off(request: HelpRequest, ask: Ask, state: AskState, *, by: Viewer, at: dt.datetime) -> None:
    """End an ask with thanks; a message that has not gone is simply not sent."""
    unsent = cancel_for(ref_kind="ask", ref_id=ask.id, by=by, at=at)
    ask.state = state
    ask.save(update_fields=["state"])
    if not unsent:
        queue(
            notice=ThanksForAnswering, ref_kind="ask", ref_id=ask.id, to=ask.volunteer.person_id,
            owner=speaks_for(request.owner), by=by, at=at,
        )  # fmt: skip


def look_on(request: HelpRequest, *, by: Viewer, at: dt.datetime) -> None:
    """See whether anyone is left to answer; when nobody is, the desk hears of it."""
    waiting = Ask.objects.filter(request=request, state__in=[AskState.SENT, AskState.YES]).exists()
    if request.state == RequestState.ASKED and not waiting:
        request.state = RequestState.LOOKING
        request.save(update_fields=["state"])
        seek(request, at=at, reason="nobody_can")


def pick(*, request: HelpRequest, ask: Ask, by: Viewer, at: dt.datetime) -> None:
    """Choose among those who said yes, where the coordinator picks."""
    if not may_handle(by, request):
        raise NotYours
    with transaction.atomic():
        current = lock(request)
        chosen = Ask.objects.select_for_update(of=("self",)).select_related("volunteer").get(id=ask.id, request=current)
        if current.state not in SEEKING or chosen.state != AskState.YES:
            raise NotLooking
        if chosen.volunteer.person_id in vetoed_persons(current.recipient_id):
            raise CannotBeAsked
        close_todos(ref=Ref("help_request", current.id), by=by, at=at, reasons=("pick_one",))
        thank_the_others(current, chosen, by=by, at=at)
        propose(request=current, ask=chosen, by=by, at=at)


def lapse_ask(*, request: HelpRequest, by: Viewer, at: dt.datetime) -> int:
    """Let asks whose time is out fall silent, and tell the desk; a late yes still counts if nobody came first."""
    with transaction.atomic():
        current = lock(request)
        silent = Ask.objects.filter(request=current, state=AskState.SENT, answer_by__lte=at)
        number = silent.update(state=AskState.SILENT)
        waiting = Ask.objects.filter(request=current, state__in=[AskState.SENT, AskState.YES]).exists()
        if number and current.state == RequestState.ASKED and not waiting:
            current.state = RequestState.LOOKING
            current.save(update_fields=["state"])
            record("help_requests.silence", Ref("help_request", current.id), by=by, at=at, number=number)
            seek(current, at=at, reason="nobody_answered")
    return number
