"""What holds changes from a day; someone else is looked for; it ends, with thanks."""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for
from samtun.operation.arrangements.actions.beginning import Plan, ask_again
from samtun.operation.arrangements.actions.filling import call_off, close_term, fill, let_go, lock, tell, terms_from
from samtun.operation.arrangements.actions.pausing import NotRunning, PauseHasBeen
from samtun.operation.arrangements.enums import LIVE, ArrangementState, EndReason, VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.notices import Changed, EndedRecipient, EndedVolunteer
from samtun.operation.arrangements.rules import begins, may_keep
from samtun.operation.help_requests.actions import cancel
from samtun.operation.help_requests.enums import OPEN_STATES
from samtun.operation.help_requests.models import HelpRequest
from samtun.partners.organisations.rules import day_word
from samtun.work.todos.actions import close_todos


class LookedFor(Refused):
    """Somebody is being looked for already. Look at that wish."""


def change(*, arrangement: Arrangement, plan: Plan, by: Viewer, at: dt.datetime) -> Arrangement:
    """Change the plan now, and the day and time from `plan.first` on; both are told; what held before is kept.

    With the same weekday, time and length as today no new term is made.
    """
    if not may_keep(by, arrangement):
        raise NotYours
    plan.check()
    with transaction.atomic():
        current = lock(arrangement.id)
        today = wall(at).date()
        holding = terms_from(current, today)
        if current.state != ArrangementState.RUNNING or not holding:
            raise NotRunning
        _write(current, plan, by=by, at=at)
        if _is_same(holding[-1], plan):
            fill(current, by=by, at=at)
            return current
        if plan.first < today:
            raise PauseHasBeen
        made = _new_term(current, holding, plan, by=by, at=at)
        ref = Ref("arrangement", current.id)
        fill(current, by=by, at=at)
        record("arrangements.change", ref, by=by, at=at, first=plan.first.isoformat())
        for person in (current.recipient_id, made.volunteer.person_id):
            tell(Changed, current, ref, person, by=by, at=at)
    return current


def _is_same(term: Term, plan: Plan) -> bool:
    return (term.weekday, term.every_weeks, term.at, term.minutes, term.ends) == (
        plan.first.weekday(), plan.every_weeks, plan.at, plan.minutes, plan.until,
    )  # fmt: skip


def _new_term(arrangement: Arrangement, holding: list[Term], plan: Plan, *, by: Viewer, at: dt.datetime) -> Term:
    for old in holding:
        if old.ends is None or old.ends >= plan.first:
            close_term(old, plan.first - dt.timedelta(days=1), by=by, at=at)
    return Term.objects.create(
        arrangement=arrangement, volunteer=holding[-1].volunteer, starts=plan.first, ends=plan.until,
        weekday=plan.first.weekday(), every_weeks=plan.every_weeks, at=plan.at, minutes=plan.minutes, agreed_at=at,
    )  # fmt: skip


def _write(arrangement: Arrangement, plan: Plan, *, by: Viewer, at: dt.datetime) -> None:
    """Keep the plan's words; the dates follow when they are filled."""
    if arrangement.on_holidays and not plan.on_holidays:
        for visit in _ahead(arrangement, at=at):
            let_go(visit, VisitState.HOLIDAY, by=by, at=at)
    arrangement.limits, arrangement.whom_to_call = plan.limits, plan.whom_to_call
    arrangement.place, arrangement.on_holidays = plan.place.strip(), plan.on_holidays
    arrangement.version += 1
    arrangement.save(update_fields=["limits", "whom_to_call", "place", "on_holidays", "version"])
    record("arrangements.plan", Ref("arrangement", arrangement.id), by=by, at=at)


def _ahead(arrangement: Arrangement, *, at: dt.datetime) -> list[Visit]:
    """Return the dates to come that stand on a day with a name."""
    rows = Visit.objects.select_for_update(of=("self",)).filter(arrangement=arrangement, state=VisitState.PLANNED)
    return [v for v in rows.order_by("id") if begins(v.on, v.at) > at and day_word(v.on)]


def find_another(*, arrangement: Arrangement, first: dt.date, by: Viewer, at: dt.datetime) -> HelpRequest:
    """Look for someone else from a day on, by a wish of the same rhythm; who comes now goes on until there is a yes."""
    if not may_keep(by, arrangement):
        raise NotYours
    with transaction.atomic():
        current = lock(arrangement.id)
        if current.state not in LIVE:
            raise NotRunning
        if current.wish.state in OPEN_STATES:
            raise LookedFor
        last = Term.objects.filter(arrangement=current).order_by("-starts", "-id").first()
        if last is None:
            raise NotRunning
        day = max(first, wall(at).date())
        plan = Plan(
            first=day + dt.timedelta(days=(last.weekday - day.weekday()) % 7), at=last.at, minutes=last.minutes,
            every_weeks=last.every_weeks, limits=current.limits, whom_to_call=current.whom_to_call,
        )  # fmt: skip
        current.wish = ask_again(
            owner=current.owner, recipient=current.recipient, task_type=current.task_type, plan=plan,
            like=current.wish, by=by, at=at,
        )  # fmt: skip
        current.save(update_fields=["wish"])
        ref = Ref("arrangement", current.id)
        close_todos(ref=ref, by=by, at=at, reasons=("find_another", "volunteer_gone", "volunteer_away"))
        record("arrangements.find_another", ref, by=by, at=at)
    return current.wish


def end(*, arrangement: Arrangement, reason: EndReason, words: str, by: Viewer, at: dt.datetime) -> Arrangement:
    """End it: a state with a reason. Both are told, the volunteer with thanks; what was planned is called off.

    So is the search for a stand-in on a date to come; whoever was asked or was to come hears it in the usual words.
    """
    if not may_keep(by, arrangement):
        raise NotYours
    with transaction.atomic():
        current = lock(arrangement.id)
        if current.state not in LIVE:
            raise NotRunning
        today, ref = wall(at).date(), Ref("arrangement", current.id)
        holding = terms_from(current, today)
        stand_ins = _stand_ins(current, today)
        _stop(current, holding, today, by=by, at=at)
        current.state, current.ended_at, current.end_reason = ArrangementState.ENDED, at, reason
        current.end_words, current.version = words.strip()[:200], current.version + 1
        current.save(update_fields=["state", "ended_at", "end_reason", "end_words", "version"])
        record("arrangements.end", ref, by=by, at=at, reason=reason)
        for wish in (current.wish, *stand_ins):
            if wish.state in OPEN_STATES:
                cancel(request=wish, reason=words, by=by, at=at)
        if holding:
            tell(EndedRecipient, current, ref, current.recipient_id, by=by, at=at)
        for person in {t.volunteer.person_id for t in holding}:
            tell(EndedVolunteer, current, ref, person, by=by, at=at)
    return current


def _stand_ins(arrangement: Arrangement, today: dt.date) -> list[HelpRequest]:
    """Return the wishes for somebody else on single dates to come: nobody is to come in the place of nobody."""
    rows = Visit.objects.filter(arrangement=arrangement, on__gte=today, stand_in__isnull=False)
    return [visit.stand_in for visit in rows.select_related("stand_in").order_by("on", "id") if visit.stand_in]


def _stop(arrangement: Arrangement, holding: list[Term], today: dt.date, *, by: Viewer, at: dt.datetime) -> None:
    call_off(arrangement, today, by=by, at=at)
    for term in holding:
        term.ends = min(term.ends or today, today)
        term.save(update_fields=["ends"])
    for row in Pause.objects.filter(arrangement=arrangement, lifted_at=None).order_by("id"):
        cancel_for(ref_kind="arrangement_pause", ref_id=row.id, by=by, at=at)
        row.lifted_at = at
        row.save(update_fields=["lifted_at"])
    close_todos(ref=Ref("arrangement", arrangement.id), by=by, at=at)
    for visit in Visit.objects.filter(arrangement=arrangement, on__gte=today).values_list("id", flat=True):
        close_todos(ref=Ref("visit", visit), by=by, at=at)
