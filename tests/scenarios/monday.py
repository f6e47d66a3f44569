"""A Monday morning's ten lines at the centre, of the kinds that a desk has."""

import datetime as dt
from dataclasses import replace

from samtun.foundation.viewer import Permission, Role
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.operation.callouts import actions as callouts
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.enums import Side
from samtun.operation.help_requests.models import FollowUp, HelpRequest
from samtun.operation.help_requests.notices import AgreedRecipient
from samtun.operation.referrals.actions import pass_on, report_worry
from samtun.people.persons.actions import note_death
from samtun.work.todos.actions import open_todo
from samtun.work.todos.models import Todo
from tests.factories.help import match

ORDER = ("ring_me", "find_someone", "worry", "call", "pick_one", "talk_volunteer", "passed_on", "ring_visitor",
         "find_someone", "missing")  # fmt: skip
THURSDAY = dt.date(2026, 11, 26)


def ten_lines(place):
    """Make ten things due, in this order; return their reasons."""
    tun = place.tun
    with place.scope():
        marit, *others = [
            tun.volunteer("Marit", f"Fjelde{n}", f"+479000010{n}", types=[tun.snow, tun.visit]) for n in range(5)
        ]
        anna = tun.recipient()
        for n in range(2):
            tun.request(anna, on=THURSDAY + dt.timedelta(days=3 * n), words="Eg kjem meg ikkje ut")
        _someone_said_yes(tun, others[0])
        agreed = match(marit, anna, tun.snow, on=THURSDAY + dt.timedelta(days=30))
        queue(
            notice=AgreedRecipient, ref_kind="match", ref_id=agreed.id, to=anna.id, owner=tun.centre.id,
            by=tun.system(), at=tun.now,
        )  # fmt: skip
        done = match(marit, anna, tun.snow, state="done", on=THURSDAY - dt.timedelta(days=20))
        open_todo(
            ref=Ref("help_request", done.request_id), reason="ring_me", about="Snø på trappa · AS", due=tun.now,
            owner=tun.centre.id, audience=Permission.HANDLE_REQUESTS, at=tun.now,
        )  # fmt: skip
        _someone_worries(tun)
        _a_nurse_passes_on(tun)
        _a_talk_is_due(tun, others[1], anna)
        _hands_are_missing(tun)
        _someone_has_died(tun, others[2])
    place.work()
    with place.scope():
        waiting = list(Todo.objects.filter(done_at=None).order_by("id"))
        assert sorted(line.reason for line in waiting) == sorted(ORDER)
        for n, reason in enumerate(ORDER):
            line = waiting.pop(next(i for i, w in enumerate(waiting) if w.reason == reason))
            Todo.objects.filter(id=line.id).update(due=tun.now + dt.timedelta(hours=3, minutes=n))
    return ORDER


def _someone_worries(tun):
    report_worry(
        to=tun.centre, name="Oddny Lien", phone="+4757410077", place="", words="", sender_name="Per Granne",
        sender_phone="+4757410078", by=tun.system(), at=tun.now,
    )  # fmt: skip


def _a_nurse_passes_on(tun):
    nurse = tun.viewer(tun.council, Role.UNIT_EMPLOYEE, {Permission.OWN_PAGE, Permission.REFER})
    nurse = replace(nurse, person=tun.person("Hanne", "Fossheim", "+4790000300", owner=tun.council).id)
    pass_on(
        to=tun.centre, name="Kåre Bø", phone="+4757410079", words="Snø på trappa", said_yes=True, by=nurse, at=tun.now
    )


def _a_talk_is_due(tun, volunteer, recipient):
    """Two have met for some weeks: the one who visits is to be asked how it goes."""
    met = match(volunteer, recipient, tun.visit, on=THURSDAY)
    for row in actions.begin(match=met, by=tun.system(), at=tun.now):
        if row.side == Side.VOLUNTEER:
            FollowUp.objects.filter(id=row.id).update(due_on=tun.now.date())
            assert actions.follow_up_due(follow_up=row, by=tun.system(), at=tun.now)


def _hands_are_missing(tun):
    friends = callouts.make_list(owner=tun.centre, name="Turvener", by=tun.system(), at=tun.now)
    for n in range(4):
        friend = tun.volunteer("Liv", f"Venn{n}", f"+479000050{n}")
        callouts.add_friend(friends_list=friends, volunteer=friend, by=tun.system(), at=tun.now)
    trip = callouts.call_out(
        friends_list=friends, task_type=tun.snow, words="tur", place="Solheimen", on=THURSDAY, starts=dt.time(10),
        minutes=60, needed=1, by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert callouts.look(call_out=trip, by=tun.system(), at=tun.now)


def _someone_has_died(tun, visitor):
    olav = tun.person("Olav", "Moe", "+4790000021")
    match(visitor, olav, tun.visit, on=THURSDAY)
    note_death(person=olav, by=tun.viewer(), at=tun.now, rings="Turid")


def _someone_said_yes(tun, volunteer):
    """A wish that somebody could come for, where the coordinator chooses."""
    by = tun.viewer()
    request = tun.request(tun.person("Olaug", "Sande", "+4790000020"), on=THURSDAY)
    HelpRequest.objects.filter(id=request.id).update(asking="coordinator_picks")
    (ask,) = actions.ask_volunteers(request=request, volunteers=[volunteer.id], by=by, at=tun.now)
    actions.answer_ask(ask=ask, yes=True, via="call", by=by, at=tun.now)
