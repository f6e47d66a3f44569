"""What all verbs stand on: the row locked, dates prepared ahead, promised days noted and let go, words sent."""

import datetime as dt
import uuid

from django.utils import translation

from samtun.anchoring.responsibilities.queries import in_language
from samtun.foundation.models import Municipality
from samtun.foundation.notices import Notice
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.notifications.messages.rules import after_quiet
from samtun.operation.arrangements.enums import VisitState
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.queries import dates_ahead, is_asked_about, visit_day
from samtun.operation.arrangements.rules import begins
from samtun.operation.volunteers.actions import drop_engagement, note_engagement
from samtun.partners.organisations.queries import opening_hours_of, speaks_for
from samtun.work.todos.actions import close_todos, open_todo

WAITING = frozenset({VisitState.PLANNED, VisitState.PAUSED, VisitState.HOLIDAY})
ASKED_BEFORE = dt.timedelta(days=14)
RELATED = ("task_type", "recipient", "recipient__village", "owner", "wish")


def lock(arrangement_id: uuid.UUID) -> Arrangement:
    """Return the arrangement's row, locked: every change of it, its terms and its dates goes through here."""
    return Arrangement.objects.select_for_update(of=("self",)).select_related(*RELATED).get(id=arrangement_id)


def terms_from(arrangement: Arrangement, day: dt.date) -> list[Term]:
    """Return the terms that hold on a day or later, the earliest first."""
    rows = Term.objects.filter(arrangement=arrangement).select_related("volunteer__person", "volunteer__host")
    return [t for t in rows.order_by("starts", "id") if t.ends is None or t.ends >= max(day, t.starts)]


def fill(arrangement: Arrangement, *, by: Viewer, at: dt.datetime) -> int:
    """Let the dates ahead be as the terms say, each once and promised by the volunteer; return how many came to stand.

    Runs under the arrangement's lock; the database holds one row for a term and a date besides.
    """
    today, number = wall(at).date(), 0
    pauses = list(Pause.objects.filter(arrangement=arrangement, lifted_at=None).order_by("starts", "id"))
    for term in terms_from(arrangement, today):
        have = {v.on: v for v in Visit.objects.select_for_update(of=("self",)).filter(term=term, on__gte=today)}
        wanted = [d for d in dates_ahead(term, on=max(today, term.starts)) if begins(d, term.at) > at]
        for day, visit in have.items():
            if day not in wanted and visit.state in WAITING and begins(visit.on, visit.at) > at:
                let_go(visit, VisitState.OFF, by=by, at=at)
        number += sum(_stand(arrangement, term, day, have.get(day), pause_on(pauses, day)) for day in wanted)
    return number


def _stand(arrangement: Arrangement, term: Term, day: dt.date, visit: Visit | None, pause: Pause | None) -> bool:
    """Let one date stand; False when it does, or somebody has said something about it.

    What waited for a word stands when the arrangement has come to hold on such days too.
    """
    stays = visit and not (visit.state == VisitState.HOLIDAY and not is_asked_about(arrangement, day))
    if visit and visit.state != VisitState.OFF and stays:
        return False
    if visit is None:
        visit = Visit(arrangement=arrangement, term=term, on=day, at=term.at, minutes=term.minutes)
    settle(visit, arrangement, term, pause)
    return visit.state != VisitState.HOLIDAY


def settle(visit: Visit, arrangement: Arrangement, term: Term, pause: Pause | None) -> None:
    """Let one date rest with a pause, wait for a word about the day it falls on, or stand and be promised."""
    waits = VisitState.HOLIDAY if is_asked_about(arrangement, visit.on) else VisitState.PLANNED
    visit.pause, visit.state = pause, VisitState.PAUSED if pause else waits
    visit.save()
    if visit.state == VisitState.PLANNED:
        promise(visit, term)


def pause_on(pauses: list[Pause], day: dt.date) -> Pause | None:
    """Return the pause that covers a day, if any."""
    return next((p for p in pauses if p.starts <= day and (p.ends is None or p.ends >= day)), None)


def promise(visit: Visit, term: Term) -> None:
    """Note the date as promised, so that ceilings and suggestions count it (R60)."""
    note_engagement(
        person_id=term.volunteer.person_id, ref=Ref("visit", visit.id), on=visit.on, starts=visit.at,
        minutes=visit.minutes,
    )  # fmt: skip


def let_go(visit: Visit, state: VisitState, *, by: Viewer, at: dt.datetime, pause: Pause | None = None) -> None:
    """Take a date out of the volunteer's days; a reminder that has not gone is not sent."""
    visit.state, visit.pause = state, pause
    visit.save(update_fields=["state", "pause"])
    drop_engagement(ref=Ref("visit", visit.id))
    close_todos(ref=Ref("visit", visit.id), by=by, at=at, reasons=("holiday",))
    cancel_for(ref_kind="visit", ref_id=visit.id, by=by, at=at)


def call_off(arrangement: Arrangement, since: dt.date, *, by: Viewer, at: dt.datetime, term: Term | None = None) -> int:
    """Call off the dates from a day on that have not begun, of one term or all; return how many."""
    rows = Visit.objects.select_for_update(of=("self",)).filter(
        arrangement=arrangement, on__gte=since, state__in=WAITING
    )
    found = [v for v in (rows.filter(term=term) if term else rows).order_by("id") if begins(v.on, v.at) > at]
    for visit in found:
        let_go(visit, VisitState.OFF, by=by, at=at)
    return len(found)


def close_term(term: Term, last: dt.date, *, by: Viewer, at: dt.datetime) -> None:
    """End what held, its last day counted in; what was planned later is called off."""
    term.ends = min(term.ends, last) if term.ends else last
    term.save(update_fields=["ends"])
    call_off(term.arrangement, last + dt.timedelta(days=1), term=term, by=by, at=at)


def tell(
    notice: type[Notice], arrangement: Arrangement, ref: Ref, to: uuid.UUID, *, by: Viewer, at: dt.datetime,
    question_ends: dt.datetime | None = None, day: dt.date | None = None,
) -> None:  # fmt: skip
    """Queue one message about an arrangement, from whoever speaks for its owner.

    What is called off for another `day` than today can wait for the morning: nobody is woken by it.
    """
    queue(
        notice=notice, ref_kind=ref.kind, ref_id=ref.id, to=to, owner=speaks_for(arrangement.owner), by=by, at=at,
        question_ends=question_ends, not_before=after_quiet(at) if day and day != wall(at).date() else None,
    )  # fmt: skip


def ask_about_holidays(arrangement: Arrangement, *, at: dt.datetime) -> None:
    """Ask, two weeks before, whether they meet on a day that has a name."""
    until = wall(at).date() + ASKED_BEFORE
    rows = Visit.objects.filter(arrangement=arrangement, state=VisitState.HOLIDAY, on__lte=until)
    for visit in rows.order_by("on", "id"):
        if begins(visit.on, visit.at) > at:
            put_on_desk(arrangement, "holiday", visit=visit, at=at)


def put_on_desk(arrangement: Arrangement, reason: str, *, at: dt.datetime, visit: Visit | None = None) -> None:
    """Open a to-do due within the same opening day: kind, initials, and the date when it is about one."""
    language = Municipality.objects.values_list("language", flat=True).get(id=current_tenant())
    with translation.override(language):
        day = visit_day(visit.on) if visit else ""
    parts = (in_language(arrangement.task_type.name, language)[:60], arrangement.recipient.initials, day)
    open_todo(
        ref=Ref("visit", visit.id) if visit else Ref("arrangement", arrangement.id), reason=reason,
        owner=arrangement.owner_id, at=at, audience=Permission.HANDLE_REQUESTS,
        due=opening_hours_of(arrangement.owner_id).after_days(wall(at), 0),
        about=" · ".join(p for p in parts if p)[:120],
    )  # fmt: skip
