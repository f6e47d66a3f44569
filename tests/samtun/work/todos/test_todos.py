"""What is due: one row a thing and reason, the earliest date, behind the owner's wall."""

import datetime as dt
from functools import partial

import pytest

from samtun.evaluation.feedback.actions.ladder import not_received
from samtun.foundation.events import deliver, publish
from samtun.foundation.models import AuditEvent, EventRow
from samtun.foundation.viewer import Permission
from samtun.kernel.clock import OSLO, wall
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import queue
from samtun.notifications.messages.events import PersonNeeded
from samtun.notifications.messages.models import Message
from samtun.operation.help_requests.actions import ask_volunteers, lapse_ask
from samtun.operation.help_requests.models import HelpRequest
from samtun.operation.help_requests.notices import AgreedRecipient
from samtun.partners.organisations.actions import go_on_leave
from samtun.partners.organisations.events import OpeningChanged
from samtun.partners.organisations.models import Membership, OpeningHour, Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.actions import (
    ClosesItself,
    DayWrong,
    DoneAlready,
    close_todos,
    finish,
    open_todo,
    put_off,
    take_up_again,
)
from samtun.work.todos.models import Todo
from samtun.work.todos.queries import Counts, all_due_for, count_due, counts_for, due_for
from tests.factories.feedback import HANNE, SILJE, a_contact, a_heads_up, agreed_match
from tests.factories.help import match

pytestmark = pytest.mark.django_db
HANDLE = Permission.HANDLE_REQUESTS


def opened(tun, *, ref, reason="find_someone", owner=None, hours=1):
    return open_todo(
        ref=ref, reason=reason, about="", due=tun.now + dt.timedelta(hours=hours), owner=(owner or tun.centre).id,
        audience=HANDLE, at=tun.now,
    )  # fmt: skip


def test_the_same_thing_stands_once_with_the_earlier_date(tun):
    ref = Ref("help_request", uuid7())
    first = opened(tun, ref=ref, hours=5)
    again = opened(tun, ref=ref, hours=2)
    later = opened(tun, ref=ref, hours=9)
    assert first.id == again.id == later.id
    assert Todo.objects.get().due == tun.now + dt.timedelta(hours=2)


def test_earliest_first_and_late_ones_say_so(tun):
    late, soon = Ref("help_request", uuid7()), Ref("help_request", uuid7())
    opened(tun, ref=soon, hours=2)
    opened(tun, ref=late, hours=-2)
    assert [(line.ref, line.is_late) for line in due_for(tun.viewer(), at=tun.now)] == [(late, True), (soon, False)]


def test_nobody_sees_another_owners(tun):
    theirs, ours = Ref("help_request", uuid7()), Ref("help_request", uuid7())
    opened(tun, ref=theirs, owner=tun.other)
    opened(tun, ref=ours)
    assert [line.ref for line in due_for(tun.viewer(), at=tun.now)] == [ours]
    assert [line.ref for line in due_for(tun.viewer(tun.other), at=tun.now)] == [theirs]
    assert count_due(tun.viewer(tun.council)) == 0


def test_closing_by_reason_leaves_the_others(tun):
    ref = Ref("help_request", uuid7())
    opened(tun, ref=ref)
    opened(tun, ref=ref, reason="ring_me")
    assert close_todos(ref=ref, by=tun.viewer(), at=tun.now, reasons=("find_someone",)) == 1
    assert [line.reason for line in due_for(tun.viewer(), at=tun.now)] == ["ring_me"]
    assert Todo.objects.get(reason="find_someone").done_by == "Turid Myklebust"


def test_a_wish_says_its_kind_in_the_municipalitys_language_and_no_name(tun):
    tun.municipality.language = "nn"
    tun.municipality.save(update_fields=["language"])
    tun.snow.name = {"nb": "Måke snø", "nn": "Moke snø"}
    tun.snow.save(update_fields=["name"])
    request = HelpRequest.objects.get(id=tun.request(on=tun.now.date() + dt.timedelta(days=2)).id)
    (line,) = due_for(tun.viewer(), at=tun.now)
    assert line.about.startswith("Moke snø · AS")
    assert request.recipient.family_name not in line.about


def test_late_first_then_todays_then_the_soonest_and_ten_at_most(tun):
    refs = [Ref("help_request", uuid7()) for _ in range(12)]
    for ref, hours in zip(refs, (30, -2, 3, 200, -50, *range(300, 307)), strict=True):
        opened(tun, ref=ref, hours=hours)
    lines = due_for(tun.viewer(), at=tun.now)
    assert len(lines) == 10
    assert [line.ref for line in lines[:5]] == [refs[4], refs[1], refs[2], refs[0], refs[3]]
    assert counts_for(tun.viewer(), at=tun.now) == Counts(open=12, late=2, later=0)
    assert [line.ref for line in all_due_for(tun.viewer(), at=tun.now, which="late")] == [refs[4], refs[1]]
    assert len(all_due_for(tun.viewer(), at=tun.now, after=10)) == 2


def test_put_off_it_is_gone_until_the_day_and_says_who(tun):
    todo = opened(tun, ref=Ref("help_request", uuid7()), hours=-2)
    put_off(todo=todo.id, until=dt.date(2026, 11, 25), by=tun.viewer(), at=tun.now)
    assert due_for(tun.viewer(), at=tun.now) == []
    (line,) = all_due_for(tun.viewer(), at=tun.now, which="later")
    assert (line.put_off_until, line.put_off_by) == (dt.date(2026, 11, 25), "Turid Myklebust")
    assert due_for(tun.viewer(), at=tun.now + dt.timedelta(days=1)) == []
    (line,) = due_for(tun.viewer(), at=tun.now + dt.timedelta(days=2))
    assert line.is_late, "it is due when it was due"
    event = AuditEvent.objects.get(act="todos.put_off")
    assert event.words == {"reason": "find_someone", "until": "2026-11-25"}


@pytest.mark.rule("R114")
def test_put_off_to_a_day_when_nobody_is_there_it_comes_when_somebody_is(tun):
    body = Organisation.objects.get(owner=tun.centre)
    OpeningHour.objects.create(organisation=body, weekday=3, opens=dt.time(9), closes=dt.time(12))
    OpeningHour.objects.filter(organisation=body).exclude(weekday=3).delete()
    todo = opened(tun, ref=Ref("help_request", uuid7()))
    put_off(todo=todo.id, until=dt.date(2026, 11, 24), by=tun.viewer(), at=tun.now)
    assert Todo.objects.get().put_off_until == dt.date(2026, 11, 26)


@pytest.mark.parametrize("days", [0, -1, 61])
def test_only_to_a_day_ahead(tun, days):
    todo = opened(tun, ref=Ref("help_request", uuid7()))
    with pytest.raises(DayWrong):
        put_off(todo=todo.id, until=tun.now.date() + dt.timedelta(days=days), by=tun.viewer(), at=tun.now)


def test_taken_up_again(tun):
    todo = opened(tun, ref=Ref("help_request", uuid7()))
    put_off(todo=todo.id, until=dt.date(2026, 11, 25), by=tun.viewer(), at=tun.now)
    take_up_again(todo=todo.id, by=tun.viewer(), at=tun.now)
    assert [line.id for line in due_for(tun.viewer(), at=tun.now)] == [todo.id]


@pytest.mark.parametrize("act", [finish, take_up_again, partial(put_off, until=dt.date(2026, 11, 25))])
def test_nobody_touches_anothers_line(tun, act):
    todo = opened(tun, ref=Ref("help_request", uuid7()), reason="ring_me", owner=tun.other)
    with pytest.raises(NotYours):
        act(todo=todo.id, by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        act(todo=uuid7(), by=tun.viewer(), at=tun.now)


def test_done_by_hand_where_no_act_can_see_it_and_only_there(tun):
    rung = opened(tun, ref=Ref("help_request", uuid7()), reason="ring_me")
    finish(todo=rung.id, by=tun.viewer(), at=tun.now)
    assert Todo.objects.get(id=rung.id).done_by == "Turid Myklebust"
    with pytest.raises(DoneAlready):
        finish(todo=rung.id, by=tun.viewer(), at=tun.now)
    find = opened(tun, ref=Ref("help_request", uuid7()))
    with pytest.raises(ClosesItself):
        finish(todo=find.id, by=tun.viewer(), at=tun.now)


def test_the_button_acts_opens_or_leads_to_the_right_place(tun):
    request, message = uuid7(), uuid7()
    for reason, kind, key in (("new", "help_request", request), ("find_someone", "help_request", request),
                              ("call", "message", message), ("letter", "message", message)):  # fmt: skip
        opened(tun, ref=Ref(kind, key), reason=reason)
    lines = {line.reason: line for line in due_for(tun.viewer(), at=tun.now)}
    assert lines["new"].post == f"/onske/{request}/greitt/"
    assert lines["find_someone"].url == f"/onske/{request}/#suggestions"
    assert lines["call"].url == f"/meldinger/{message}/#how"
    assert lines["letter"].url == "/meldinger/"


@pytest.mark.rule("R114")
def test_what_is_due_waits_until_somebody_is_there_and_goes_past_nobody(tun):
    """The only one at the centre is away with nobody to step in: all stays on the centre's desk, due when it opens."""
    body = Organisation.objects.get(owner=tun.centre)
    post = Membership.objects.create(
        person=tun.person("Turid", "Lunde", "+4790000031"), organisation=body, role="leader",
        starts=dt.date(2026, 1, 1),
    )  # fmt: skip
    late = opened(tun, ref=Ref("help_request", uuid7()), hours=-2)
    soon = opened(tun, ref=Ref("help_request", uuid7()), hours=50)
    messages = Message.objects.count()
    go_on_leave(
        membership=post, cover=None, starts=dt.date(2026, 11, 24), ends=dt.date(2026, 11, 27), by=tun.system(),
        at=tun.now,
    )  # fmt: skip
    deliver(EventRow.objects.get(name=OpeningChanged.name).id, "samtun.work.todos.receivers.wait_for_somebody")
    due = {t.id: wall(t.due) for t in Todo.objects.all()}
    assert due[late.id] == wall(late.due), "what is late stays late"
    assert due[soon.id] == dt.datetime(2026, 11, 30, 14, tzinfo=OSLO)
    assert set(Todo.objects.values_list("owner", flat=True)) == {tun.centre.id}
    assert Message.objects.count() == messages, "nobody is told"


@pytest.mark.rule("R114")
def test_past_its_time_it_stands_where_it_stood_and_nobody_else_is_told(tun):
    """An unanswered wish and a word that waits, both long past their time: late on the centre's desk, and no higher."""
    marit = tun.volunteer("Marit", "Fjelde", "+4790000101")
    wish = tun.request()
    ask_volunteers(request=wish, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
    task = agreed_match(tun, recipient=wish.recipient, volunteer=tun.volunteer("Olaug", "Sande", "+4790000102"))
    a_contact(tun, wish.recipient)
    word = a_heads_up(tun, task)
    later = tun.now + dt.timedelta(days=10)
    lapse_ask(request=wish, by=tun.system(), at=later)
    for days in (3, 6, 9):
        not_received(heads_up=word, by=tun.system(), at=tun.now + dt.timedelta(days=days))
    late = Todo.objects.filter(done_at=None, due__lt=later + dt.timedelta(days=8))
    assert {"nobody_answered", "ring_professional"} <= set(late.values_list("reason", flat=True))
    assert set(Todo.objects.values_list("owner", flat=True)) == {tun.centre.id}
    assert due_for(tun.viewer(tun.council), at=later) == []
    named = Person.objects.filter(phone__in=[HANNE, SILJE]).values_list("id", flat=True)
    known = {wish.recipient_id, marit.person_id, task.volunteer.person_id, *named}
    assert set(Message.objects.values_list("to_person", flat=True)) <= known
    assert set(Message.objects.filter(notice="feedback.to_you").values_list("to_person", flat=True)) == set(named), (
        "control: the deputy whom the person has named is told when it is time"
    )


@pytest.mark.rule("R114")
def test_a_message_for_a_person_is_due_within_the_opening_days(tun):
    saturday = dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)
    publish(PersonNeeded(message_id=uuid7(), why="inbound", owner=tun.centre.id, due=saturday.isoformat()), at=saturday)
    assert wall(Todo.objects.get().due) == dt.datetime(2026, 11, 30, 14, tzinfo=OSLO)


def test_a_line_about_a_message_says_what_it_is_and_for_whom_in_initials(tun):
    agreed = match(tun.volunteer("Marit", "Fjelde", "+4790000001"), tun.recipient(), tun.snow)
    queue(
        notice=AgreedRecipient, ref_kind="match", ref_id=agreed.id, to=agreed.request.recipient_id,
        owner=tun.centre.id, by=tun.system(), at=tun.now,
    )  # fmt: skip
    (line,) = due_for(tun.viewer(), at=tun.now)
    assert (line.reason, line.about) == ("call", "Avtalt: til den som spurde · AS")
