"""When somebody dies, or it was a mistake: what is around them stops, and stands again (R113, ADR 20)."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q, QuerySet

from samtun.foundation.audit import record
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.operation.help_requests.actions import ring_also
from samtun.operation.networks.actions.members import let_go
from samtun.operation.networks.actions.talking import call_off, talk_due
from samtun.operation.networks.actions.walking import close, step_due
from samtun.operation.networks.enums import Ended, MemberKind, NetworkState
from samtun.operation.networks.models import Answered, HomeVisit, Member, Network, Step, Talk
from samtun.partners.organisations.queries import opening_hours_of
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Away, Passing
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos, open_todo, still_todos
from samtun.work.todos.queries import is_due


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Stop all that is around a dead person, whoever owns it; those near are put on the desk to be rung."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        for network in Network.objects.filter(person__in=everyone).order_by("id"):
            _stop(passing, network, by=by, at=at)
        visits = HomeVisit.objects.filter(request__recipient__in=everyone)
        _stop_visits(passing, visits, by=by, at=at)
        _still_talks(passing, Q(visit__in=visits) | Q(volunteer__person__in=everyone), by=by, at=at)
        answered = Answered.objects.filter(request__recipient__in=everyone).values_list("id", flat=True)
        note_stilled(passing.id, hushed=hush(about=[Ref("answered", key) for key in answered], at=at))
        gone = Member.objects.filter(volunteer__person__in=everyone, left_at=None).select_related("network__person")
        for member in gone.order_by("id"):
            lacked = is_due(Ref("network", member.network_id), "no_contact")
            note_stilled(
                passing.id, kind="network_member", before={member.id: {"lacked": lacked, "contact": member.is_contact}}
            )
            let_go(member.network, member, at=at)
        _visitor_gone(everyone, at=at)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let networks, members, visits and talks stand again as they stood; what cannot is put on the desk."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        away = Away.objects.filter(person__in=everyone, ended_at=None, starts__lte=wall(at).date()).first()
        back = {s.ref_id for s in stilled_by(passing.id, "network") if _stands_again(s.ref_id, away, by=by, at=at)}
        for row in stilled_by(passing.id, "network_member"):
            if _member_back(row.ref_id, row.before, by=by, at=at):
                back.add(row.ref_id)
        back |= _visits_back({s.ref_id for s in stilled_by(passing.id, "home_visit")}, at=at)
        back |= _plan_again({s.ref_id for s in stilled_by(passing.id, "talk")})
        bring_back(passing.id, kinds=("network", "network_member", "home_visit", "talk"), back=back)
        for visit in HomeVisit.objects.filter(planner__in=everyone).values_list("id", flat=True):
            close_todos(ref=Ref("home_visit", visit), by=by, at=at, reasons=("visitor_gone",))


def all_stands_again(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Put on the desk the talks whose day has come, when the volunteers they are with stand again too."""
    if not by.is_system:
        raise NotYours
    rows = Talk.objects.filter(id__in=[s.ref_id for s in stilled_by(passing.id, "talk")], settled_at=None)
    with transaction.atomic():
        for row in rows.order_by("id"):
            talk_due(talk=row, by=by, at=at)


def _stop(passing: Passing, network: Network, *, by: Viewer, at: dt.datetime) -> None:
    current = Network.objects.select_for_update(of=("self",)).get(id=network.id)
    ref = Ref("network", current.id)
    closed = still_todos(refs=[ref], by=by, at=at)
    note_stilled(passing.id, hushed=hush(about=[ref], at=at), kind="todo", before={key: {} for key in closed})
    if current.state == NetworkState.ENDED:
        return
    _still_talks(passing, Q(network=current), by=by, at=at)
    note_stilled(passing.id, kind="network", before={current.id: {"state": current.state}})
    near = Member.objects.filter(network=current, left_at=None, kind=MemberKind.NEAR).exclude(phone="")
    for one in near.order_by("id"):
        ring_also(passing=passing, owner=current.owner_id, name=one.name, phone=one.phone, by=by, at=at)
    close(current, Ended.DIED, by=by, at=at)


def _still_talks(passing: Passing, which: Q, *, by: Viewer, at: dt.datetime) -> None:
    planned = list(Talk.objects.filter(which, settled_at=None).order_by("id"))
    closed = still_todos(refs=[Ref("talk", t.id) for t in planned], by=by, at=at)
    call_off(Q(id__in=[t.id for t in planned]), by=by, at=at)
    note_stilled(passing.id, kind="talk", before={t.id: {} for t in planned})
    note_stilled(passing.id, kind="todo", before={key: {} for key in closed})


def _stop_visits(passing: Passing, visits: QuerySet[HomeVisit], *, by: Viewer, at: dt.datetime) -> None:
    planned = list(visits.filter(done_at=None, cancelled_at=None).order_by("id").values_list("id", flat=True))
    closed = still_todos(refs=[Ref("home_visit", key) for key in planned], by=by, at=at)
    HomeVisit.objects.filter(id__in=planned).update(cancelled_at=at)
    note_stilled(passing.id, kind="home_visit", before={key: {} for key in planned})
    note_stilled(passing.id, kind="todo", before={key: {} for key in closed})


def _visitor_gone(everyone: list[uuid.UUID], *, at: dt.datetime) -> None:
    """Say at once where a visit was to be made by the one who has died: its planner, by the name that stands there."""
    rows = HomeVisit.objects.filter(planner__in=everyone, done_at=None, cancelled_at=None)
    for visit in rows.select_related("planner", "request__recipient").order_by("id"):
        assert visit.planner  # filtered by
        if visit.request.recipient.is_dead or visit.planner.full_name.casefold() not in visit.who.casefold():
            continue
        open_todo(
            ref=Ref("home_visit", visit.id), reason="visitor_gone", about=visit.request.recipient.initials,
            owner=visit.owner_id, at=at, audience=Permission.HANDLE_REQUESTS,
            due=opening_hours_of(visit.owner_id).after_days(wall(at), 0),
        )  # fmt: skip


def _stands_again(key: uuid.UUID, away: Away | None, *, by: Viewer, at: dt.datetime) -> bool:
    """Let a network stand again, or rest while the person is `away`: that may have begun or ended meanwhile."""
    current = Network.objects.select_for_update(of=("self",)).select_related("person").get(id=key)
    another = Network.objects.filter(owner=current.owner_id, person=current.person_id)
    taken = another.exclude(state=NetworkState.ENDED).exists()
    if current.state != NetworkState.ENDED or current.ended_because != Ended.DIED or taken:
        _not_back(current, at=at)
        return False
    current.state, current.held_for = NetworkState.PAUSED if away else NetworkState.OPEN, away
    current.ended_at, current.ended_because = None, ""
    current.save(update_fields=["state", "held_for", "ended_at", "ended_because"])
    record("networks.stands_again", Ref("network", key), by=by, at=at)
    for step in Step.objects.filter(network=current, settled_on=None, due_on__isnull=False):
        step_due(network=current, number=step.number, by=by, at=at)
    return True


def _member_back(key: uuid.UUID, before: dict[str, bool], *, by: Viewer, at: dt.datetime) -> bool:
    """Let one stand around the person again; as the contact only where nobody else has become it."""
    one = Member.objects.select_for_update(of=("self",)).select_related("network__person").get(id=key)
    network = one.network
    if one.left_at is None:
        return False
    others = Member.objects.filter(network=network, left_at=None)
    was_contact = before.get("contact", one.is_contact)
    replaced = was_contact and others.filter(is_contact=True).exists()
    if network.state == NetworkState.ENDED or others.filter(volunteer=one.volunteer_id).exists():
        _not_back(network, at=at)
        return False
    one.left_at, one.is_contact = None, was_contact and not replaced
    one.save(update_fields=["left_at", "is_contact"])
    if replaced:
        _not_back(network, at=at)
    elif one.is_contact and not before.get("lacked"):
        close_todos(ref=Ref("network", network.id), by=by, at=at, reasons=("no_contact",))
    return not replaced


def _visits_back(keys: set[uuid.UUID], *, at: dt.datetime) -> set[uuid.UUID]:
    back = set()
    rows = HomeVisit.objects.filter(id__in=keys, done_at=None, cancelled_at__isnull=False)
    for visit in rows.select_related("request__recipient").order_by("id"):
        if HomeVisit.objects.filter(request=visit.request_id, done_at=None, cancelled_at=None).exists():
            continue
        visit.cancelled_at = None
        visit.save(update_fields=["cancelled_at"])
        back.add(visit.id)
    return back


def _plan_again(keys: set[uuid.UUID]) -> set[uuid.UUID]:
    back = set()
    for row in Talk.objects.filter(id__in=keys, was_held=None).order_by("id"):
        same = Talk.objects.filter(
            network=row.network_id, visit=row.visit_id, volunteer=row.volunteer_id, side=row.side, settled_at=None
        )
        if not same.exists():
            row.settled_at = None
            row.save(update_fields=["settled_at"])
            back.add(row.id)
    return back


def _not_back(network: Network, *, at: dt.datetime) -> None:
    open_todo(
        ref=Ref("network", network.id), reason="not_back", about=network.person.initials, owner=network.owner_id, at=at,
        audience=Permission.HANDLE_REQUESTS, due=opening_hours_of(network.owner_id).after_days(wall(at), 0),
    )  # fmt: skip
