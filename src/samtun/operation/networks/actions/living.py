"""When life happens: a death and its undoing, somebody away and back, a yes taken back, those who leave (R113)."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.operation.networks.actions.members import forget, let_go
from samtun.operation.networks.actions.talking import call_off, wake
from samtun.operation.networks.actions.visiting import call_off_visit
from samtun.operation.networks.actions.walking import close, plan_step
from samtun.operation.networks.enums import Ended, NetworkState
from samtun.operation.networks.models import HomeVisit, Member, Network, Step, Talk
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.models import Away
from samtun.people.persons.queries import everyone_of
from samtun.work.todos.actions import still_todos

MORNING = dt.time(7)
STANDING = ~Q(state=NetworkState.ENDED)


def person_away(*, away: Away, by: Viewer, at: dt.datetime) -> int:
    """Let networks rest while a person is away, from the first day; return how many rest now."""
    if not by.is_system:
        raise NotYours
    if away.starts > wall(at).date():
        wait = int((at_wall(away.starts, MORNING) - at).total_seconds())
        defer("networks.rest", away_id=away.id, schedule_in=wait)
        return 0
    rows = Network.objects.filter(person__in=everyone_of(away.person_id), state=NetworkState.OPEN)
    with transaction.atomic():
        for network in rows.order_by("id"):
            current = Network.objects.select_for_update(of=("self",)).get(id=network.id)
            current.state, current.held_for = NetworkState.PAUSED, away
            current.save(update_fields=["state", "held_for"])
            refs = [Ref("network", current.id), *(Ref("talk", t.id) for t in current.talks.filter(settled_at=None))]
            still_todos(refs=refs, by=by, at=at)
            record("networks.paused", Ref("network", current.id), by=by, at=at)
        return Network.objects.filter(held_for=away, state=NetworkState.PAUSED).count()


def person_back(*, away: Away, by: Viewer, at: dt.datetime) -> int:
    """Let what rested go on: what fell due meanwhile is due in two opening days; return how many."""
    if not by.is_system:
        raise NotYours
    rows = list(Network.objects.filter(held_for=away, state=NetworkState.PAUSED).order_by("id"))
    with transaction.atomic():
        for network in rows:
            current = Network.objects.select_for_update(of=("self",)).get(id=network.id)
            current.state, current.held_for = NetworkState.OPEN, None
            current.save(update_fields=["state", "held_for"])
            record("networks.goes_on", Ref("network", current.id), by=by, at=at)
            soon = opening_hours_of(current.owner_id).after_days(wall(at), 2).date()
            for step in Step.objects.filter(network=current, settled_on=None, due_on__isnull=False):
                step.due_on = max(step.due_on or soon, soon)
                step.save(update_fields=["due_on"])
                plan_step(step, at=at)
            for talk in Talk.objects.filter(network=current, settled_at=None):
                talk.due_on = max(talk.due_on, soon)
                talk.save(update_fields=["due_on"])
                wake(talk, at=at)
    return len(rows)


def consent_withdrawn(*, consent_id: uuid.UUID, by: Viewer, at: dt.datetime) -> int:
    """End a network whose person has taken the yes back: at once, and names, numbers and words in it go (R76)."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = list(Network.objects.select_for_update(of=("self",)).filter(STANDING, consent=consent_id))
        for network in found:
            hush(about=[Ref("network", network.id)], at=at)
            close(network, Ended.CONSENT, by=by, at=at)
            for one in Member.objects.filter(network=network).order_by("id"):
                one.left_at, one.is_contact = one.left_at or at, False
                one.save(update_fields=["left_at", "is_contact"])
                forget(one)
    return len(found)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> None:
    """End what an organisation that left had here, and let it go from others' networks."""
    if not by.is_system or owner.left_on is None:
        raise NotYours
    with transaction.atomic():
        for network in Network.objects.select_for_update(of=("self",)).filter(STANDING, owner=owner).order_by("id"):
            close(network, Ended.OWNER_LEFT, by=by, at=at)
        visits = HomeVisit.objects.select_for_update(of=("self",)).filter(owner=owner)
        for visit in visits.filter(done_at=None, cancelled_at=None).order_by("id"):
            call_off_visit(visit=visit, by=by, at=at)
        call_off(Q(owner=owner), by=by, at=at)
        _let_all_go(Q(organisation__owner=owner), by=by, at=at)


def volunteer_left(*, volunteer: Volunteer, by: Viewer, at: dt.datetime) -> None:
    """Let a volunteer who left go from networks, and call off their guidance."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        _let_all_go(Q(volunteer=volunteer), by=by, at=at)
        call_off(Q(volunteer=volunteer), by=by, at=at)


def _let_all_go(which: Q, *, by: Viewer, at: dt.datetime) -> None:
    for one in Member.objects.filter(which, left_at=None).select_related("network__person").order_by("id"):
        let_go(one.network, one, at=at)
        record("networks.member_left", Ref("network", one.network_id), by=by, at=at, kind=one.kind)
