"""Where the owner of a hall answers first: it is asked for whoever acts, let go again, and the record says who did."""

import datetime as dt
import uuid

import pytest

from samtun.foundation.models import AuditEvent
from samtun.foundation.viewer import Hat, Role, Viewer
from samtun.operation.activities.actions import making, spreading, times
from samtun.operation.activities.actions.borrowing import MOST_TIMES
from samtun.operation.lending.actions import answering, booking, handing, season
from samtun.operation.lending.actions.booking import Borrower, FirstRight
from samtun.operation.lending.models import Booking, BookingStep
from samtun.work.todos.models import Todo
from tests.factories import programme
from tests.factories.lending import LATER, a_hall, a_season, an_evening, at_hour, booked, speaker, wished
from tests.factories.programme import FRIDAY, told, weekly, when

pytestmark = [pytest.mark.django_db, pytest.mark.practice("nissedal")]
WEEK = dt.timedelta(weeks=1)
LINK = Hat("link", Role.ORGANISATION_REPRESENTATIVE, "by link")


def written(tun, hall, when_=None, by=None):
    """An activity of the association's, and the hall asked for."""
    return making.write(
        owner=tun.other, told=told(when_ or when()), sent_key=uuid.uuid4(), by=by or speaker(tun, tun.other),
        at=tun.now, things=[hall],
    )  # fmt: skip


def states(**of):
    return list(Booking.objects.filter(**of).order_by("begins_at", "made_at").values_list("state", flat=True))


def answers_due():
    return Todo.objects.filter(reason="answer_booking", done_at=None).count()


def move(tun, it, by):
    row = programme.times(it)[0]
    return times.move(
        occurrence=row, on=FRIDAY + WEEK, starts=row.at, ends=row.to, place=None, where=row.where, note="", by=by,
        at=tun.now,
    )  # fmt: skip


@pytest.fixture
def theirs(tun):
    """A hall of the council's, which answers each one."""
    return a_hall(tun, owner=tun.council)


def wait(tun, hall):
    """Another has the evening, and it is waited for."""
    booked(tun, hall, owner=tun.council)
    key = Booking.objects.get(for_owner=tun.other, state="asked").id
    Booking.objects.filter(id=key).update(state="waiting")


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("act", ["end", "another_day", "move", "call_off", "storm", "answer"])
def test_what_nobody_has_answered_or_is_waited_for_is_simply_let_go(tun, theirs, act, waits):
    it = written(tun, theirs)
    if waits:
        wait(tun, theirs)
    old, row = Booking.objects.get(for_owner=tun.other), programme.times(it)[0]
    by = tun.viewer(tun.centre)
    it.refresh_from_db()
    if act == "end":
        making.end(activity=it, by=by, at=tun.now)
    elif act == "another_day":
        another = when(starts_on=FRIDAY + WEEK)
        making.change(activity=it, told=told(another), version=it.version, by=by, at=tun.now)
    elif act == "move":
        move(tun, it, by)
    elif act == "call_off":
        times.call_off(occurrence=row, because="Storm", by=by, at=tun.now)
    elif act == "storm":
        times.call_off_many(occurrences=[row.id], because="Storm", by=by, at=tun.now)
    else:
        row.asked_because = "Storm"
        row.save(update_fields=["asked_because"])
        who = Viewer(by.tenant, LINK, via="link")
        times.answer_whether_held(occurrence=row, is_held=False, by=who, at=tun.now)
    old.refresh_from_db()
    assert (old.state, list(BookingStep.objects.filter(booking=old, kind="cancelled").values_list("words"))) == (
        "cancelled", [("",)],
    )  # fmt: skip


@pytest.mark.parametrize("act", ["move", "another_day", "another_hour"])
def test_the_centre_asks_as_the_association_would_have(tun, theirs, act):
    it = written(tun, theirs, weekly(until=FRIDAY + WEEK) if act == "another_hour" else None)
    answering.accept(booking=Booking.objects.all()[0], by=speaker(tun, tun.council), at=tun.now)
    assert (set(states()), answers_due()) == ({"booked"}, 0)
    by = tun.viewer(tun.centre)
    if act == "move":
        move(tun, it, by)
    else:
        it.refresh_from_db()
        later = when(starts_on=FRIDAY + 2 * WEEK)
        if act == "another_hour":
            later = weekly(until=FRIDAY + WEEK, at=dt.time(20), to=dt.time(22))
        making.change(activity=it, told=told(later), version=it.version, by=by, at=tun.now)
    assert set(states(made_at=tun.now, ended_at=None)) == {"asked"}
    assert answers_due() == 1, "all that is asked for in one act is one answer"


def test_what_the_centre_lends_out_itself_it_gives_without_asking(tun):
    hall = a_hall(tun)
    written(tun, hall, by=tun.viewer(tun.centre))
    assert states() == ["booked"]
    own = a_hall(tun, name="Bedehuset", owner=tun.other)
    written(tun, own, by=tun.viewer(tun.centre))
    assert states(lendable=own) == ["booked"], "its own hall, written by the centre"


def test_what_goes_on_is_asked_for_once_a_month_after_one_yes(tun, theirs):
    own, free = a_hall(tun, name="Eiga", owner=tun.other), a_hall(tun, name="Urna", owner=tun.council, way="at_once")
    it = written(tun, theirs, weekly(until=None))
    answering.accept(booking=Booking.objects.all()[0], by=speaker(tun, tun.council), at=tun.now)
    for thing in (own, free):
        first = programme.times(it)[0]
        row = booked(tun, thing, an_evening(first.on, (first.at, first.to)))[0]
        Booking.objects.filter(id=row.id).update(ref_kind="programme", ref_id=it.id)
    month = tun.now + 4 * WEEK
    spreading.go_on(by=Viewer.system(tun.centre.tenant_id), at=month)
    assert states(lendable=theirs, made_at=month) == ["asked"] * 4
    assert answers_due() == 1, "asked for together"
    assert set(states(lendable=own, made_at=month)) == {"booked"}
    assert set(states(lendable=free, made_at=month)) == {"booked"}
    spreading.go_on(by=Viewer.system(tun.centre.tenant_id), at=month)
    assert len(states(lendable=theirs, made_at=month)) == 4


def test_what_cannot_be_lent_is_left_out_and_the_rest_is_asked_for(tun, theirs):
    it = written(tun, theirs, weekly(until=None))
    days = [row.on for row in programme.times(it)][MOST_TIMES : MOST_TIMES + 4]
    booked(tun, theirs, an_evening(days[0]), owner=tun.council)
    theirs.months = [month for month in range(1, 13) if month != days[-1].month]
    theirs.save(update_fields=["months"])
    month = tun.now + 4 * WEEK
    spreading.go_on(by=Viewer.system(tun.centre.tenant_id), at=month)
    rows = Booking.objects.filter(ref_id=it.id, made_at=month).order_by("begins_at")
    assert [(row.on, row.state) for row in rows] == [
        (day, "waiting" if day == days[0] else "asked") for day in days if day.month != days[-1].month
    ]


def test_the_record_says_who_did_it(tun, theirs):
    by = tun.viewer(tun.centre)
    it = written(tun, theirs, by=by)
    move(tun, it, by)
    it.refresh_from_db()
    making.change(activity=it, told=told(when(starts_on=FRIDAY + 2 * WEEK)), version=it.version, by=by, at=tun.now)
    making.end(activity=it, by=by, at=tun.now)
    acts = AuditEvent.objects.filter(ref_kind="booking")
    assert set(acts.values_list("act", "actor")) == {("lending.ask", by.name), ("lending.cancel", by.name)}
    assert set(BookingStep.objects.values_list("by_words", flat=True)) == {by.who}


def test_an_answer_by_link_is_recorded_as_by_link(tun, theirs):
    row = programme.times(written(tun, theirs))[0]
    row.asked_because = "Storm"
    row.save(update_fields=["asked_because"])
    who = Viewer(tun.centre.tenant_id, LINK, via="link")
    times.answer_whether_held(occurrence=row, is_held=False, by=who, at=tun.now)
    done = AuditEvent.objects.filter(act__in=["activities.call_off", "lending.cancel"])
    assert set(done.values_list("via", "hat")) == {("link", "by link")}


def lacking(tun):
    """A season was shared out, the association got what the council lacked, and has just given one evening back."""
    hall = a_hall(tun)
    spring, at = a_season(tun, hall), tun.now + LATER
    wished(tun, spring, tun.other, at_hour(0, 18, 20))
    wished(tun, spring, tun.council, at_hour(0, 18, 20))
    season.propose(season=spring, by=speaker(tun), at=at)
    spring.refresh_from_db()
    season.decide(season=spring, version=spring.version, by=speaker(tun), at=at)
    row = Booking.objects.filter(ref_kind="season").order_by("begins_at")[3]
    handing.give_back(booking=row, whole=False, by=speaker(tun, row.for_owner), at=at)
    return hall, row, at


def test_the_system_is_not_before_those_with_first_right_it_waits(tun):
    hall, row, at = lacking(tun)
    slot = an_evening(row.on, (dt.time(18), dt.time(20)))
    ours = {"lendable": hall, "slots": [slot], "borrower": Borrower(row.for_owner, vouched=True), "at": at}
    by = Viewer.system(tun.centre.tenant_id)
    with pytest.raises(FirstRight):
        booking.book(sent_key=uuid.uuid4(), by=by, **ours)
    made = booking.book(sent_key=uuid.uuid4(), by=by, terms=booking.Terms(waits=True), **ours)
    assert made[0].state == "waiting"
