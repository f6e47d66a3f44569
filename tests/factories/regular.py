"""Two who meet every Tuesday: what the addresses of standing arrangements point at."""

import datetime as dt

from samtun.operation.arrangements.actions import Plan, arrange
from samtun.operation.arrangements.models import Arrangement, Visit
from samtun.operation.help_requests import actions as help_actions
from samtun.operation.volunteers.models import Volunteer
from samtun.people.persons.models import Person
from tests.factories.journey import Tun
from tests.factories.world import World, thing

TUESDAY = dt.date(2026, 11, 24)
PLAN = Plan(
    first=TUESDAY, at=dt.time(11), minutes=60, every_weeks=1, limits="Kaffi og prat, ikkje reinhald",
    whom_to_call="Sentralen 57 00 11 22",
)  # fmt: skip


def running(
    tun: Tun, volunteer: Volunteer, *, recipient: Person | None = None, plan: Plan = PLAN, via: str = "call"
) -> Arrangement:
    """Snow on Anna's steps every Tuesday at eleven, agreed by both, a minute after now."""
    by, at = tun.viewer(volunteer.host), tun.now + dt.timedelta(minutes=1)
    who = recipient or tun.recipient()
    made = arrange(owner=volunteer.host, recipient=who, task_type=tun.snow, plan=plan, by=by, at=tun.now)
    if made.wish.state == "new":
        help_actions.assess(request=made.wish, outcome="volunteer", reason="Avklart", by=tun.system(), at=tun.now)
    (ask,) = help_actions.ask_volunteers(request=made.wish, volunteers=[volunteer.id], by=by, at=at)
    help_actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=at)
    match = made.wish.matches.get(state="proposed")
    help_actions.answer_proposal(match=match, yes=True, via=via, by=by, at=at)
    made.refresh_from_db()
    return made


@thing("arrangement")
def arrangement(world: World) -> object:
    """Snow on Anna's steps, every Tuesday."""
    return _arrangement(world).id


@thing("arranged_visit")
def arranged_visit(world: World) -> object:
    """The first Tuesday."""
    return Visit.objects.filter(arrangement=_arrangement(world)).order_by("on")[0].id


def _arrangement(world: World) -> Arrangement:
    volunteer = world.tun.volunteer("Marit", "Fjelde", "+4790000099")
    return running(world.tun, volunteer)
