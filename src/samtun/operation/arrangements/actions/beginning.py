"""An arrangement comes to be: asked for as a wish that lasts, running with the yes of both."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from samtun.anchoring.responsibilities.models import TaskType
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.arrangements.actions.filling import close_term, fill, lock, tell, terms_from
from samtun.operation.arrangements.enums import LIVE, ArrangementState, VisitState
from samtun.operation.arrangements.models import Arrangement, Term, Visit
from samtun.operation.arrangements.notices import BeginsRecipient, BeginsVolunteer, EndedVolunteer
from samtun.operation.arrangements.rules import RHYTHMS, Rhythm, begins
from samtun.operation.help_requests.actions import ask_volunteers, let_last, pass_like, take_call, write_plan
from samtun.operation.help_requests.actions.entering import Wish
from samtun.operation.help_requests.enums import RequestState, Source
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.help_requests.rules import may_handle
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person
from samtun.work.todos.actions import close_todos


class PlanMissing(Refused):
    """Write what belongs to it and what does not, and whom to ring: whoever comes again and again must know."""


class NoSuchRhythm(Refused):
    """Choose every week, every other week or every fourth week."""


class EndsBeforeItBegins(Refused):
    """The last day must be the same as the first, or later."""


class StandsAlready(Refused):
    """There is an arrangement from this wish already. Look at that one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What, where, how often, limits, whom to call (R28). `first` is the first date and gives the weekday.

    `at` is wall time, `minutes` how long, `every_weeks` 1, 2 or 4; `until` empty is until someone says. `place` is
    empty for the person's home.
    """

    first: dt.date
    at: dt.time
    minutes: int
    every_weeks: int
    limits: str
    whom_to_call: str
    until: dt.date | None = None
    place: str = ""
    on_holidays: bool = False

    def check(self) -> None:
        """Refuse a plan that a volunteer could not be offered."""
        if not (self.limits.strip() and self.whom_to_call.strip()):
            raise PlanMissing
        if self.every_weeks not in RHYTHMS:
            raise NoSuchRhythm
        if self.until and self.until < self.first:
            raise EndsBeforeItBegins


def arrange(
    *, owner: Owner, recipient: Person, task_type: TaskType, plan: Plan, by: Viewer, at: dt.datetime,
    like: HelpRequest | None = None, volunteer: Volunteer | None = None, source: Source = Source.CALL,
    key: uuid.UUID | None = None,
) -> Arrangement:  # fmt: skip
    """Make an arrangement for a person, and the wish that asks for someone; `key` is made with the form.

    After a one-off that went well `like` is that wish: its assessment and its consent hold, and `volunteer` is asked.
    """
    plan.check()
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        if key and (made := Arrangement.objects.filter(wish=key).first()):
            return made
        wish = ask_again(
            owner=owner, recipient=recipient, task_type=task_type, plan=plan, like=like, source=source, key=key, by=by,
            at=at,
        )  # fmt: skip
        made = _make(wish, plan, by=by, at=at)
        if volunteer and wish.state == RequestState.LOOKING:
            ask_volunteers(request=wish, volunteers=[volunteer.id], by=by, at=at)
    return made


def arrange_from(*, request: HelpRequest, plan: Plan, by: Viewer, at: dt.datetime) -> Arrangement:
    """Let an open wish that nobody has been asked about yet be for something that lasts."""
    if not may_handle(by, request):
        raise NotYours
    plan.check()
    with transaction.atomic():
        wish = let_last(
            request=request, on=plan.first, starts=plan.at, minutes=plan.minutes, every_weeks=plan.every_weeks,
            until=plan.until, by=by, at=at,
        )  # fmt: skip
        if Arrangement.objects.filter(wish=wish).exists():
            raise StandsAlready
        _write(wish, plan, by=by, at=at)
        return _make(wish, plan, by=by, at=at)


def ask_again(
    *, owner: Owner, recipient: Person, task_type: TaskType, plan: Plan, by: Viewer, at: dt.datetime,
    like: HelpRequest | None, source: Source = Source.CALL, key: uuid.UUID | None = None,
) -> HelpRequest:  # fmt: skip
    """Write down the wish that asks for a volunteer to something that lasts, with its plan."""
    wish = take_call(
        owner=owner, recipient=recipient, source=source, key=key, by=by, at=at, consent=like.consent if like else None,
        wish=Wish(
            task_type=task_type, on=plan.first, at=plan.at, minutes=plan.minutes, every_weeks=plan.every_weeks,
            lasts_until=plan.until, asked_by=like.asked_by if like else "",
            asked_by_phone=like.asked_by_phone if like else "", asker_hears="",
        ),
    )  # fmt: skip
    _write(wish, plan, by=by, at=at)
    if like and wish.state == RequestState.NEW and like.assessments.filter(outcome="volunteer").exists():
        pass_like(request=wish, like=like, by=by, at=at)
    return wish


def _write(wish: HelpRequest, plan: Plan, *, by: Viewer, at: dt.datetime) -> None:
    write_plan(request=wish, limits=plan.limits, whom_to_call=plan.whom_to_call, how_often="", by=by, at=at)


def _make(wish: HelpRequest, plan: Plan, *, by: Viewer, at: dt.datetime) -> Arrangement:
    made = Arrangement.objects.create(
        owner_id=wish.owner_id, recipient_id=wish.recipient_id, task_type_id=wish.task_type_id, wish=wish,
        consent_id=wish.consent_id, place=plan.place.strip(), limits=plan.limits, whom_to_call=plan.whom_to_call,
        on_holidays=plan.on_holidays, made_at=at, made_by=by.name[:160],
    )  # fmt: skip
    record("arrangements.arrange", Ref("arrangement", made.id), by=by, at=at)
    return made


def begin(*, match: Match, via: str, by: Viewer, at: dt.datetime) -> Term | None:
    """Let the arrangement run, or go on with someone else, from the first day both have said yes to.

    Runs in the transaction of the yes. Who came before is thanked; what held before ends the day before.
    """
    if not by.is_system:
        raise NotYours
    found = Arrangement.objects.filter(wish=match.request_id, state__in=LIVE).first()
    if found is None:
        return None
    arrangement, request, volunteer = lock(found.id), match.request, match.volunteer
    rhythm = Rhythm(request.on.weekday(), request.every_weeks or 1, request.on, request.lasts_until)
    assert request.at is not None  # held by the database for what lasts
    first = next((day for day in rhythm.dates(wall(at).date()) if begins(day, request.at) > at), request.on)
    with transaction.atomic():
        before = terms_from(arrangement, first)
        for old in before:
            close_term(old, first - dt.timedelta(days=1), by=by, at=at)
        term = Term.objects.create(
            arrangement=arrangement, volunteer=volunteer, starts=first, ends=request.lasts_until,
            weekday=request.on.weekday(), every_weeks=request.every_weeks or 1, at=request.at, minutes=request.minutes,
            agreed_at=at,
        )  # fmt: skip
        arrangement.state, arrangement.version = ArrangementState.RUNNING, arrangement.version + 1
        arrangement.consent_id = request.consent_id
        arrangement.save(update_fields=["state", "version", "consent"])
        ref = Ref("arrangement", arrangement.id)
        close_todos(ref=ref, by=by, at=at)
        record("arrangements.begin", ref, by=by, at=at, via=via)
        fill(arrangement, by=by, at=at)
        for person in {old.volunteer.person_id for old in before} - {volunteer.person_id}:
            tell(EndedVolunteer, arrangement, ref, person, by=by, at=at)
        _tell_both(arrangement, term, to_recipient=via != "call", by=by, at=at)
    return term


def _tell_both(arrangement: Arrangement, term: Term, *, to_recipient: bool, by: Viewer, at: dt.datetime) -> None:
    """Tell both: the one who said yes on the telephone has heard it."""
    visit = Visit.objects.filter(term=term, state=VisitState.PLANNED).order_by("on").first()
    if visit:
        tell(
            BeginsVolunteer, arrangement, Ref("visit", visit.id), term.volunteer.person_id, by=by, at=at,
            question_ends=begins(visit.on, visit.at),
        )  # fmt: skip
    if to_recipient:
        tell(BeginsRecipient, arrangement, Ref("arrangement", arrangement.id), arrangement.recipient_id, by=by, at=at)
