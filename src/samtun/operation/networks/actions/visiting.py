"""The professional's visit before a volunteer is brought in: planned, then whose task it is and what is practical."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.actions import Plan, conclude_visit
from samtun.operation.help_requests.enums import Outcome
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.networks.enums import FOR_VOLUNTEERS, VisitOutcome
from samtun.operation.networks.models import HomeVisit
from samtun.operation.networks.queries import could_visit, visits_visible_to
from samtun.operation.networks.rules import lacks_plan, may_conclude, until_morning
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos, open_todo

COUNTS_AS = {
    VisitOutcome.VOLUNTEER: Outcome.VOLUNTEER, VisitOutcome.BOTH: Outcome.VOLUNTEER,
    VisitOutcome.MUNICIPALITY: Outcome.MUNICIPALITY, VisitOutcome.NOT_NOW: Outcome.OTHER,
}  # fmt: skip


class DayHasBeen(Refused):
    """That day has been. Choose today or a later day for the visit."""


class PlannedAlready(Refused):
    """A visit is planned already. Look at it, or call it off first."""


class WrittenAlready(Refused):
    """What came of this visit is written already. Look at what stands."""


class NotYetVisited(Refused):
    """The day of the visit has not come. Write what came of it afterwards."""


class PlanFirst(Refused):
    """Write the limits and whom to call: without them no volunteer can be asked."""


class SayWhose(Refused):
    """Write in a few words why, so that those concerned understand."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What is practical, and nothing else: the plan that a volunteer is given."""

    what: str = ""
    where: str = ""
    how_often: str = ""
    limits: str = ""
    whom_to_call: str = ""


def plan_visit(*, request: HelpRequest, on: dt.date, who: str, by: Viewer, at: dt.datetime) -> HomeVisit:
    """Plan a visit to the one whose wish it is: the day and who goes. Until it is written about, nobody is asked."""
    if not by.is_system and not could_visit(by).filter(id=request.id).exists():
        raise NotYours
    if on < wall(at).date():
        raise DayHasBeen
    try:
        with transaction.atomic():
            made = HomeVisit.objects.create(
                owner_id=request.owner_id, request=request, on=on, who=(who.strip() or by.name)[:120],
                planner_id=by.person, made_at=at,
            )  # fmt: skip
            record("networks.visit", Ref("help_request", request.id), by=by, at=at, on=on.isoformat())
            defer("networks.visit_due", visit_id=made.id, schedule_in=until_morning(on + dt.timedelta(days=1), at))
    except IntegrityError as fault:
        raise PlannedAlready from fault
    return made


def conclude(
    *, visit: HomeVisit, outcome: VisitOutcome, reason: str, needs: Needs, by: Viewer, at: dt.datetime
) -> HomeVisit:
    """Write what came of it: whose task it is, and what is practical. It counts as the assessment (R26, R28)."""
    if not may_conclude(by, visit):
        raise NotYours
    if not reason.strip():
        raise SayWhose
    if lacks_plan(outcome, limits=needs.limits, whom_to_call=needs.whom_to_call):
        raise PlanFirst
    with transaction.atomic():
        row = _lock(visit)
        if row.on > wall(at).date():
            raise NotYetVisited
        row.outcome, row.reason, row.done_at, row.done_by = outcome, reason.strip()[:200], at, by.name[:160]
        row.needs_what, row.needs_where = needs.what.strip()[:200], needs.where.strip()[:120]
        row.how_often, row.limits = needs.how_often.strip()[:120], needs.limits.strip()[:300]
        row.whom_to_call = needs.whom_to_call.strip()[:120]
        row.save()
        close_todos(ref=Ref("home_visit", row.id), by=by, at=at)
        record("networks.visit_outcome", Ref("help_request", row.request_id), by=by, at=at, outcome=outcome)
        plan = Plan(row.limits, row.whom_to_call, row.how_often, row.needs_what, row.needs_where)
        conclude_visit(
            request=row.request, outcome=COUNTS_AS[outcome], reason=row.reason, by=by, at=at,
            plan=plan if outcome in FOR_VOLUNTEERS else None, is_over=outcome == VisitOutcome.NOT_NOW,
        )  # fmt: skip
    return row


def call_off_visit(*, visit: HomeVisit, by: Viewer, at: dt.datetime) -> HomeVisit:
    """Call a visit off: a state. The wish goes on where it was."""
    if not by.is_system and not visits_visible_to(by).filter(id=visit.id).exists():
        raise NotYours
    with transaction.atomic():
        row = _lock(visit)
        row.cancelled_at = at
        row.save(update_fields=["cancelled_at"])
        close_todos(ref=Ref("home_visit", row.id), by=by, at=at)
        record("networks.visit_off", Ref("help_request", row.request_id), by=by, at=at)
    return row


def visit_due(*, visit: HomeVisit, by: Viewer, at: dt.datetime) -> bool:
    """Put on the desk that what came of a visit is not written; False when it is, or was called off."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        row = HomeVisit.objects.select_related("request__recipient").get(id=visit.id)
        if row.done_at or row.cancelled_at:
            return False
        open_todo(
            ref=Ref("home_visit", row.id), reason="write_visit", about=row.request.recipient.initials,
            owner=row.owner_id, at=at, audience=Permission.HANDLE_REQUESTS,
            due=opening_hours_of(row.owner_id).after_days(wall(at), 1),
        )  # fmt: skip
    return True


def _lock(visit: HomeVisit) -> HomeVisit:
    row = HomeVisit.objects.select_for_update(of=("self",)).select_related("request").get(id=visit.id)
    if row.done_at or row.cancelled_at:
        raise WrittenAlready
    return row
