"""Talks: with the person and the network contact while a network lasts (R58), and guidance of a volunteer."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.help_requests.models import Match
from samtun.operation.networks.enums import FOR_VOLUNTEERS, NetworkState, With
from samtun.operation.networks.models import HomeVisit, Network, Talk
from samtun.operation.networks.queries import days_for
from samtun.operation.networks.rules import may_talk, until_morning
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.queries import any_dead
from samtun.work.todos.actions import close_todos, open_todo


class SettledAlready(Refused):
    """This talk has been noted already. Look at what stands."""


class NextHasBeen(Refused):
    """The next talk must be today or later. Choose another day, or leave it empty."""


def plan_talks(network: Network, *, at: dt.datetime) -> None:
    """Plan the next talk at both ends, unless one is planned."""
    for side in (With.PERSON, With.CONTACT):
        _plan(Talk(owner_id=network.owner_id, side=side, network=network), at=at)


def begin_guidance(*, match: Match, by: Viewer, at: dt.datetime) -> Talk | None:
    """Plan the first guidance talk for a volunteer who goes where a professional has been; None where none has.

    What was agreed may be heard of late: with one who has died since nothing is planned.
    """
    if not by.is_system:
        raise NotYours
    visits = HomeVisit.objects.filter(request=match.request_id, outcome__in=FOR_VOLUNTEERS, done_at__isnull=False)
    visit = visits.order_by("-done_at").first()
    if visit is None or any_dead([match.request.recipient_id, match.volunteer.person_id]):
        return None
    with transaction.atomic():
        talk = Talk(owner_id=visit.owner_id, side=With.VOLUNTEER, visit=visit, volunteer_id=match.volunteer_id)
        planned = _plan(talk, at=at)
        if planned:
            record("networks.guidance", Ref("help_request", match.request_id), by=by, at=at)
    return planned


def talk_due(*, talk: Talk, by: Viewer, at: dt.datetime) -> bool:
    """Put a planned talk on the desk when its day has come; False when it is settled, or rests."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        row = Talk.objects.select_for_update(of=("self",)).get(id=talk.id)
        if row.settled_at or row.due_on > wall(at).date():
            return False
        if row.network and row.network.state != NetworkState.OPEN:
            return False
        if row.volunteer and row.volunteer.state == Volunteer.State.LEFT:
            row.settled_at = at
            row.save(update_fields=["settled_at"])
            return False
        open_todo(
            ref=Ref("talk", row.id), reason=f"with_{row.side}", about=_initials(row), owner=row.owner_id, at=at,
            audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(row.owner_id).after_days(wall(at), 1),
        )  # fmt: skip
    return True


def note_talk(
    *, talk: Talk, held: bool, note: str, next_on: dt.date | None, is_last: bool = False, by: Viewer, at: dt.datetime
) -> Talk | None:
    """Note that a talk was held, or not held; return the next one, which follows the rhythm unless a day is given.

    `is_last` ends guidance of a volunteer. Talks about a network go on until the network ends.
    """
    if not may_talk(by, talk):
        raise NotYours
    if next_on and next_on < wall(at).date():
        raise NextHasBeen
    with transaction.atomic():
        row = Talk.objects.select_for_update(of=("self",)).get(id=talk.id)
        if row.settled_at:
            raise SettledAlready
        row.settled_at, row.settled_by, row.was_held, row.note = at, by.name[:160], held, note.strip()[:300]
        row.save(update_fields=["settled_at", "settled_by", "was_held", "note"])
        close_todos(ref=Ref("talk", row.id), by=by, at=at)
        about = Ref("network", row.network_id) if row.network_id else Ref("talk", row.id)
        if held:
            record("networks.talk_held", about, by=by, at=at, side=row.side)
        else:
            record("networks.talk_not_held", about, by=by, at=at, side=row.side)
        if row.volunteer_id and is_last:
            return None
        following = Talk(
            owner_id=row.owner_id, side=row.side, network=row.network, visit=row.visit, volunteer_id=row.volunteer_id
        )
        return _plan(following, on=next_on, at=at)


def call_off_talks(network: Network, *, by: Viewer, at: dt.datetime) -> list[Talk]:
    """Call off what is planned about a network; return it."""
    return call_off(Q(network=network), by=by, at=at)


def call_off(which: Q, *, by: Viewer, at: dt.datetime) -> list[Talk]:
    """Call off planned talks; return them."""
    planned = list(Talk.objects.select_for_update(of=("self",)).filter(which, settled_at=None).order_by("id"))
    for row in planned:
        row.settled_at = at
        row.save(update_fields=["settled_at"])
        close_todos(ref=Ref("talk", row.id), by=by, at=at)
    return planned


def wake(talk: Talk, *, at: dt.datetime) -> None:
    """Let a planned talk come to the desk on the morning of its day."""
    defer("networks.talk_due", talk_id=talk.id, schedule_in=until_morning(talk.due_on, at))


def _plan(talk: Talk, *, at: dt.datetime, on: dt.date | None = None) -> Talk | None:
    """Keep a talk with its day; None when one is planned already with the same."""
    same = Talk.objects.filter(
        network=talk.network_id, visit=talk.visit_id, volunteer=talk.volunteer_id, side=talk.side, settled_at=None
    )
    if same.exists():
        return None
    talk.days, talk.made_at = days_for(talk.side, talk.network, on=wall(at).date()), at
    talk.due_on = on or opening_hours_of(talk.owner_id).after_days(wall(at), talk.days).date()
    talk.save(force_insert=True)
    wake(talk, at=at)
    return talk


def _initials(talk: Talk) -> str:
    if talk.volunteer:
        return talk.volunteer.person.initials
    assert talk.network
    return talk.network.person.initials
