"""Nobody has a time that another has: asked, booked, in series, with cleaning between."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from samtun.foundation.models import AuditEvent
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.operation.lending import queries
from samtun.operation.lending.actions import answering, handing
from samtun.operation.lending.actions.booking import TimeTaken, WhoIsIt, book, claim
from samtun.operation.lending.enums import Every, State
from samtun.operation.lending.models import Booking, BookingStep
from samtun.operation.lending.queries.times import held_between
from samtun.operation.lending.rules import HasBeen, NotThen, OverItself, Slot, repeated
from samtun.work.todos.models import Todo
from tests.factories.lending import FRIDAY, a_hall, an_evening, booked, speaker

pytestmark = pytest.mark.django_db


def due():
    return sorted(Todo.objects.filter(done_at=None).values_list("reason", flat=True))


@pytest.mark.rule("R42")
@pytest.mark.practice("nissedal")
def test_an_association_asks_the_owner_answers_and_both_are_told(tun, hall):
    contact = tun.person("Kari", "Lie", "+4790000444", owner=tun.other)
    row = booked(tun, hall, by=speaker(tun, tun.other, contact))[0]
    assert (row.state, row.for_owner, due()) == (State.ASKED, tun.other, ["answer_booking"])
    row.contact = contact
    row.save(update_fields=["contact"])
    answering.accept(booking=row, words="Nøkkelen heng i kaféen.", by=speaker(tun), at=tun.now)
    row.refresh_from_db()
    told = Message.objects.get(notice="lending.told")
    assert (row.state, due(), told.to_person) == (State.BOOKED, [], contact.id)
    assert [s.kind for s in queries.steps_of(row)] == ["asked", "booked"]
    acts = set(AuditEvent.objects.filter(ref_id=row.id).values_list("act", flat=True))
    assert acts == {"lending.ask", "lending.accept"}


def test_what_is_booked_at_once_is_and_the_owner_never_asks_itself(tun, hall):
    at_once = a_hall(tun, name="Skjermen", kind="screen", way="at_once")
    assert booked(tun, at_once)[0].state == State.BOOKED
    assert booked(tun, hall, owner=tun.centre)[0].state == State.BOOKED
    assert due() == []


def test_only_one_has_a_time_and_the_other_hears_what_is_free(tun, hall):
    booked(tun, hall, owner=tun.centre)
    with pytest.raises(TimeTaken) as refused:
        booked(tun, hall, an_evening(hours=(dt.time(20), dt.time(22))))
    assert refused.value.times == [an_evening(hours=(dt.time(20), dt.time(22)))]
    assert refused.value.others
    for other in refused.value.others:
        assert queries.taken(hall, [other]) == []
    assert Booking.objects.count() == 1


def test_the_database_refuses_what_the_action_did_not_see(tun, hall, monkeypatch):
    first = booked(tun, hall, owner=tun.centre)[0]
    copy = Booking.objects.get(id=first.id)
    copy.id, copy.sent_key = uuid7(), uuid7()
    with pytest.raises(IntegrityError, match="booking_not_twice"), transaction.atomic():
        copy.save(force_insert=True)
    copy.state, copy.ended_at = State.CANCELLED, tun.now
    copy.save(force_insert=True)
    seen = iter([[]])
    real = queries.taken
    monkeypatch.setattr("samtun.operation.lending.actions.booking.taken", lambda *a, **k: next(seen, real(*a, **k)))
    with pytest.raises(TimeTaken):
        booked(tun, hall, owner=tun.centre)


def test_another_hall_another_time_and_what_is_cancelled_are_free(tun, hall):
    nesheim = a_hall(tun, name="Nesheim")
    row = booked(tun, hall, owner=tun.centre)[0]
    assert booked(tun, nesheim, owner=tun.centre)[0].state == State.BOOKED
    assert booked(tun, hall, an_evening(hours=(dt.time(21), dt.time(23))), owner=tun.centre)[0].state == State.BOOKED
    handing.cancel(booking=row, words="Røyret er sprunge", whole=False, by=speaker(tun), at=tun.now)
    assert booked(tun, hall, owner=tun.centre)[0].state == State.BOOKED
    assert Booking.objects.filter(state=State.CANCELLED).count() == 1, "the record stays"


def test_cleaning_between_two_is_counted_both_ways(tun):
    hall = a_hall(tun, name="Storsalen", buffer_minutes=30)
    booked(tun, hall, owner=tun.centre)
    for hours in ((dt.time(21, 15), dt.time(22)), (dt.time(15), dt.time(17, 45))):
        with pytest.raises(TimeTaken):
            booked(tun, hall, an_evening(hours=hours), owner=tun.centre)
    for hours in ((dt.time(21, 30), dt.time(22)), (dt.time(15), dt.time(17, 30))):
        assert booked(tun, hall, an_evening(hours=hours), owner=tun.centre)


@pytest.mark.practice("nissedal")
def test_collisions_of_a_series_are_told_before_anything_is_saved(tun, hall):
    booked(tun, hall, an_evening(FRIDAY + dt.timedelta(days=7)), owner=tun.centre)
    series = repeated(an_evening(), Every.WEEK, FRIDAY + dt.timedelta(days=21))
    key = uuid7()
    with pytest.raises(TimeTaken) as refused:
        booked(tun, hall, *series, owner=tun.centre, sent_key=key)
    assert [slot.on for slot in refused.value.times] == [FRIDAY + dt.timedelta(days=7)]
    assert Booking.objects.count() == 1
    rows = booked(tun, hall, *series, owner=tun.centre, sent_key=key, leave_out=True)
    assert [row.on.day for row in rows] == [27, 11, 18]
    again = booked(tun, hall, *series, owner=tun.centre, sent_key=key, leave_out=True)
    assert [row.id for row in again] == [row.id for row in rows], "the same page twice is one"


def test_the_owner_answers_a_series_at_once_and_says_no_to_what_another_got(tun, hall):
    series = repeated(an_evening(), Every.WEEK, FRIDAY + dt.timedelta(days=14))
    rows = booked(tun, hall, *series)
    assert due() == ["answer_booking"]
    booked(tun, hall, an_evening(FRIDAY + dt.timedelta(days=7)), owner=tun.centre)
    with pytest.raises(TimeTaken):
        answering.accept(booking=rows[0], by=speaker(tun), at=tun.now)
    assert Booking.objects.filter(sent_key=rows[0].sent_key, state=State.ASKED).count() == 3
    answering.accept(booking=rows[0], leave_out=True, by=speaker(tun), at=tun.now)
    states = Booking.objects.filter(sent_key=rows[0].sent_key).order_by("begins_at").values_list("state", flat=True)
    assert (list(states), due()) == (["booked", "declined", "booked"], [])


def test_two_may_ask_for_the_same_and_the_desk_says_so(tun, hall):
    booked(tun, hall)
    booked(tun, hall, owner=tun.council)
    lines = queries.asked_of(speaker(tun), at=tun.now)
    assert [line.others for line in lines] == [1, 1]


def test_who_waits_hears_when_time_is_given_back_and_the_first_to_take_it_has_it(tun, hall):
    waiting = tun.person("Wenche", "Vik", "+4790000555", owner=tun.other)
    row = booked(tun, hall, owner=tun.council, by=speaker(tun, tun.council))[0]
    answering.accept(booking=row, by=speaker(tun), at=tun.now)
    late = booked(tun, hall, by=speaker(tun, tun.other), waits=True)[0]
    late.contact = waiting
    late.save(update_fields=["contact"])
    assert (late.state, Message.objects.filter(notice="lending.freed").count()) == (State.WAITING, 0)
    handing.give_back(booking=row, whole=False, by=speaker(tun, tun.council), at=tun.now)
    freed = Message.objects.get(notice="lending.freed")
    assert freed.to_person == waiting.id
    claim(booking=late, by=speaker(tun, tun.other), at=tun.now)
    late.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, late.state, due()) == (State.GIVEN_BACK, State.ASKED, ["answer_booking"])


def test_a_broken_thing_becomes_something_to_do(tun, hall):
    row = booked(tun, hall, owner=tun.centre)[0]
    lender = speaker(tun)
    handing.hand_over(booking=row, by=lender, at=tun.now)
    with pytest.raises(handing.NotThatStepNow):
        handing.hand_over(booking=row, by=lender, at=tun.now)
    handing.take_back(booking=row, condition="broken", words="Ei rute er knust", by=lender, at=tun.now)
    row.refresh_from_db()
    assert (row.state, row.condition, due()) == (State.RETURNED, "broken", ["thing_broken"])


def test_who_neither_lends_nor_borrows_sees_and_does_nothing(tun, hall):
    row = booked(tun, hall)[0]
    council = speaker(tun, tun.council)
    for act in (
        lambda: answering.accept(booking=row, by=speaker(tun, tun.other), at=tun.now),
        lambda: answering.decline(booking=row, words="Nei", by=council, at=tun.now),
        lambda: handing.cancel(booking=row, words="Nei", whole=False, by=council, at=tun.now),
        lambda: handing.give_back(booking=row, whole=False, by=council, at=tun.now),
        lambda: handing.hand_over(booking=row, by=speaker(tun, tun.other), at=tun.now),
        lambda: queries.booking_for(council, row.id),
        lambda: booked(tun, hall, owner=tun.other, by=council),
        lambda: queries.lendable_for(council, hall.id),
    ):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(WhoIsIt):
        from samtun.operation.lending.actions.booking import Borrower

        book(lendable=hall, slots=[an_evening()], borrower=Borrower(), sent_key=uuid7(), by=speaker(tun), at=tun.now)


@pytest.mark.rule("R108")
def test_times_that_are_no_times_are_refused(tun):
    hall = a_hall(tun, name="Sommarsalen", months=[6, 7], opens=dt.time(8), closes=dt.time(22))
    june = Slot.of(dt.date(2027, 6, 4), dt.time(18), dt.time(21))
    for slots, why in (
        ([an_evening()], NotThen),
        ([Slot.of(dt.date(2027, 6, 4), dt.time(21), dt.time(23))], NotThen),
        ([an_evening(FRIDAY - dt.timedelta(days=30))], HasBeen),
        ([june, june.moved(minutes=30)], OverItself),
    ):
        with pytest.raises(why):
            booked(tun, hall, *slots, owner=tun.centre)
    assert booked(tun, hall, june, owner=tun.centre)


def test_another_room_books_in_its_own_transaction_or_not_at_all(tun, hall):
    urn = a_hall(tun, name="Kaffitraktar", kind="gear")
    booked(tun, urn, owner=tun.centre)
    ref, key = Ref("occurrence", uuid7()), uuid7()
    with pytest.raises(TimeTaken), transaction.atomic():
        booked(tun, hall, owner=tun.centre, ref=ref, sent_key=key)
        booked(tun, urn, owner=tun.centre, ref=ref, sent_key=key)
    assert not Booking.objects.filter(lendable=hall).exists()
    row = booked(tun, hall, owner=tun.centre, ref=ref, sent_key=key)[0]
    assert (row.ref_kind, row.ref_id) == ("occurrence", ref.id)
    hour = dt.timedelta(hours=1)
    (span,) = held_between(hall, row.begins_at - hour, row.finishes_at + hour)
    assert (span.begins, span.finishes) == (row.begins_at, row.held_until), "cleaning counted"


def test_steps_say_who_and_when(tun, hall):
    row = booked(tun, hall)[0]
    answering.decline(booking=row, words="Nesheim er ledig", by=speaker(tun), at=tun.now)
    assert list(BookingStep.objects.order_by("id").values_list("kind", "words")) == [
        ("asked", ""), ("declined", "Nesheim er ledig"),
    ]  # fmt: skip
