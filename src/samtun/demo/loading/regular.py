"""Those who meet again and again when the demo opens: three standing arrangements that run, and one with a pause."""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from samtun.demo.loading.made import Made
from samtun.demo.loading.past import Past, savepoints
from samtun.demo.loading.turning_out import others
from samtun.demo.valley.calendar_days import working_day
from samtun.foundation.scope import open_scope
from samtun.foundation.viewer import Viewer
from samtun.operation.arrangements import actions
from samtun.operation.arrangements.actions import Plan
from samtun.operation.arrangements.enums import LIVE, PauseKind
from samtun.operation.arrangements.models import Arrangement
from samtun.operation.help_requests import actions as help_actions
from samtun.operation.help_requests.enums import RequestState
from samtun.operation.plans.queries import refused_by_rules
from samtun.operation.volunteers.models import Volunteer

LIMITS = {
    "walk": ("En tur når det er fint vær, kaffe ellers. Ikke rengjøring, ikke penger.",
             "Ein tur når det er fint vêr, kaffi elles. Ikkje reinhald, ikkje pengar."),
    "shopping": ("Handler sammen i butikken. Han eller hun betaler selv.",
                 "Handlar saman i butikken. Ho eller han betaler sjølv."),
    "digital": ("Ringe, lese meldinger, finne fram. Ikke nettbank eller kodebrikke.",
                "Ringje, lese meldingar, finne fram. Ikkje nettbank eller kodebrikke."),
}  # fmt: skip
TRIES = ("walk", "shopping", "digital")
TENDED_AT = 18 * 60


@dataclass(frozen=True)
class Regular:
    """One of them: who, how often, when on the wall, how many working days ago it was planned, and a pause."""

    recipient: str
    weekday: int
    clock: dt.time
    every_weeks: int
    ago: int
    tries: tuple[str, ...] = TRIES
    pauses: bool = False


ALL = (
    Regular("mona-vollset", 1, dt.time(11), 1, 32),
    Regular("sverre-stavdal", 3, dt.time(12, 30), 2, 30, ("shopping", *TRIES)),
    Regular("tordis-ulvestad", 0, dt.time(10), 1, 28),
    Regular("arne-flatjord", 2, dt.time(13), 1, 26, pauses=True),
)


class _NobodyThen(Exception):
    """Nobody may be asked about this kind at this time."""


def plan_regular(made: Made, past: Past, *, by: str) -> None:
    """Plan them, the daily look at them, and the pause; where nobody suits, there is none."""
    used: set[uuid.UUID] = set()
    today = made.present.date()
    for one in ALL:
        day = working_day(today, -one.ago)
        past.plan(made.on(day, 11 * 60 + 5), partial(_begin, made, one, used, by))
    day = working_day(today, -ALL[0].ago)
    while day < today:
        past.plan(made.on(day, TENDED_AT), lambda at: _tend(made, at))
        day += dt.timedelta(days=1)
    past.plan(made.present - dt.timedelta(minutes=90), lambda at: _tend(made, at))
    past.plan(made.on(working_day(today, -3), 11 * 60), lambda at: _pause(made, by=by, at=at))


def _begin(made: Made, one: Regular, used: set[uuid.UUID], by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        leader = made.viewer(by)
        for volunteer in reversed(others(made, whole=True)):
            if volunteer.id in used:
                continue
            for kind in one.tries:
                try:
                    with savepoints(used=True), transaction.atomic():
                        _agree(made, one, kind, volunteer, leader, at=at)
                except _NobodyThen:
                    continue
                used.add(volunteer.id)
                return


def _agree(made: Made, one: Regular, kind: str, volunteer: Volunteer, leader: Viewer, *, at: dt.datetime) -> None:
    if kind not in made.types:
        raise _NobodyThen
    nn = made.valley.language == "nn"
    day = at.date() + dt.timedelta(days=(one.weekday - at.date().weekday()) % 7 or 7)
    plan = Plan(
        first=day, at=one.clock, minutes=60, every_weeks=one.every_weeks, limits=LIMITS.get(kind, LIMITS["walk"])[nn],
        whom_to_call=f"{leader.name}, {made.centre.name}",
    )  # fmt: skip
    arrangement = actions.arrange(
        owner=made.centre, recipient=made.persons[one.recipient], task_type=made.types[kind], plan=plan, by=leader,
        at=at,
    )  # fmt: skip
    wish = arrangement.wish
    if wish.state != RequestState.LOOKING:
        raise _NobodyThen
    if refused_by_rules("help_request", wish.id, leader, [volunteer.id], on=at.date()):
        raise _NobodyThen
    (ask,) = help_actions.ask_volunteers(request=wish, volunteers=[volunteer.id], by=leader, at=at)
    help_actions.answer_ask(ask=ask, yes=True, via="call", by=leader, at=at)
    ask.refresh_from_db()
    if not wish.matches.exists():
        help_actions.pick(request=wish, ask=ask, by=leader, at=at)
    match = wish.matches.get()
    if match.state == "proposed":
        help_actions.answer_proposal(match=match, yes=True, via="call", by=leader, at=at)


def _tend(made: Made, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        for row in Arrangement.objects.filter(state__in=LIVE).order_by("id"):
            actions.tend(arrangement=row, by=made.system(), at=at)


def _pause(made: Made, *, by: str, at: dt.datetime) -> None:
    with open_scope(made.tenant):
        person = made.persons[next(one.recipient for one in ALL if one.pauses)]
        for row in Arrangement.objects.filter(recipient=person, state__in=LIVE):
            starts = at.date() + dt.timedelta(days=1)
            actions.pause(
                arrangement=row, kind=PauseKind.RECIPIENT, starts=starts, ends=starts + dt.timedelta(days=20),
                by=made.viewer(by), at=at,
            )  # fmt: skip
