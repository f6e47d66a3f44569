"""A death, an organisation that leaves, and a year that has passed."""

import datetime as dt

import pytest

from samtun.foundation import exports
from samtun.foundation.models import AuditEvent
from samtun.foundation.recipients import Recipient
from samtun.notifications.messages.models import Message
from samtun.operation.lending import queries
from samtun.operation.lending.actions import answering, leaving
from samtun.operation.lending.enums import State
from samtun.operation.lending.models import Booking, BookingStep, Lendable
from samtun.operation.lending.notices import BookingTold, TimeFreed
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing
from samtun.work.todos.models import Todo
from tests.factories.lending import FRIDAY, a_hall, an_evening, booked, speaker

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def due():
    return sorted(Todo.objects.filter(done_at=None).values_list("reason", flat=True))


@pytest.mark.rule("R113")
def test_a_death_stops_what_is_said_and_a_person_decides(tun, hall):
    solveig = tun.person("Solveig", "Bruflot", "+4790000777")
    own = booked(tun, hall, by=speaker(tun), person=solveig)[0]
    board = booked(tun, hall, an_evening(FRIDAY + WEEK), owner=tun.centre, by=speaker(tun))[0]
    Booking.objects.filter(id=board.id).update(contact=solveig)
    assert Message.objects.filter(notice="lending.told", state="pending").count() == 1
    note_death(person=solveig, by=tun.viewer(), at=tun.now)
    assert Message.objects.filter(notice="lending.told", state="pending").count() == 0
    assert "borrower_died" in due()
    board.refresh_from_db()
    own.refresh_from_db()
    assert (board.contact, own.state) == (None, State.BOOKED), "what an organisation borrows goes on"
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    board.refresh_from_db()
    assert (board.contact, "borrower_died" in due()) == (solveig, False)


def test_what_an_organisation_lends_and_borrows_ends_when_it_leaves(tun, hall):
    theirs = a_hall(tun, name="Nesheim", owner=tun.other)
    rang = tun.person("Solveig", "Bruflot", "+4790000777")
    lent = booked(tun, theirs, by=speaker(tun, tun.other), person=rang)[0]
    borrowed = booked(tun, hall)[0]
    answering.accept(booking=borrowed, by=speaker(tun), at=tun.now)
    asked = booked(tun, hall, an_evening(FRIDAY + WEEK))[0]
    assert due() == ["answer_booking"]
    assert leaving.owner_left(owner=tun.other, words="Laget er lagt ned", by=tun.system(), at=tun.now) == 3
    states = [Booking.objects.get(id=row.id).state for row in (lent, borrowed, asked)]
    assert (states, due()) == ([State.CANCELLED, State.GIVEN_BACK, State.CANCELLED], [])
    assert not Lendable.objects.get(id=theirs.id).is_offered


def test_when_one_that_borrows_leaves_who_waits_for_the_time_hears_it(tun, hall):
    waits = tun.person("Wenche", "Vik", "+4790000555", owner=tun.council)
    had = booked(tun, hall, an_evening(), an_evening(FRIDAY + WEEK))
    answering.accept(booking=had[0], by=speaker(tun), at=tun.now)
    late = booked(tun, hall, an_evening(FRIDAY + WEEK), owner=tun.council, by=speaker(tun, tun.council), waits=True)[0]
    Booking.objects.filter(id=late.id).update(contact=waits)
    assert leaving.owner_left(owner=tun.other, words="Laget er lagt ned", by=tun.system(), at=tun.now) == 2
    assert Message.objects.get(notice="lending.freed").to_person == waits.id
    acts = AuditEvent.objects.filter(ref_kind="booking", ref_id=had[0].id).order_by("id")
    assert [event.act for event in acts] == ["lending.ask", "lending.accept", "lending.give_back"]


def test_who_it_was_is_erased_a_year_after_and_the_hours_stay(tun, hall):
    rang = tun.person("Solveig", "Bruflot", "+4790000777")
    row = booked(tun, hall, by=speaker(tun), person=rang, what="Åttiårslag")[0]
    after = row.finishes_at + dt.timedelta(days=365)
    assert not leaving.erase(booking=row, by=tun.system(), at=after - dt.timedelta(minutes=1))
    assert leaving.erase(booking=row, by=tun.system(), at=after)
    row.refresh_from_db()
    assert (row.contact, row.what, row.erased_at) == (None, "", after)
    assert set(BookingStep.objects.values_list("words", "by_words")) == {("", "")}
    used = queries.use_of(speaker(tun), 2026, at=after)
    assert [(u.bookings, u.hours, u.months[10]) for u in used] == [(1, 3, (1, 3))]


def test_what_is_sent_names_the_thing_and_the_time_and_only_to_who_borrows(tun, hall):
    rang = tun.person("Solveig", "Bruflot", "+4790000777")
    other = tun.person("Wenche", "Vik", "+4790000555")
    row = booked(tun, hall, by=speaker(tun), person=rang)[0]
    step = queries.steps_of(row)[0]

    def facts(notice, person):
        to = Recipient(person=person.id, name=person.full_name, channel="sms", language="nn", phone=person.phone)
        return notice().facts(step.id, to)

    told = facts(BookingTold, rang)
    assert (told["thing"], told["on"], told["has_page"], told["owner"]) == (hall.name, FRIDAY, False, tun.centre.name)
    assert (facts(BookingTold, other), facts(TimeFreed, rang)) == (None, None)


def test_an_owner_takes_out_what_it_lends_and_borrows(tun, hall):
    row = booked(tun, hall, by=speaker(tun), person=tun.person("Solveig", "Bruflot", "+4790000777"))[0]
    booked(tun, hall, an_evening(FRIDAY + WEEK), owner=tun.council, by=speaker(tun, tun.council))
    tables = {table.name: table for table in queries.bookings.tables(tun.centre.id)}
    assert [len(tables[name].rows) for name in ("lendables", "bookings", "booking_steps")] == [1, 2, 2]
    assert tables["bookings"].persons == frozenset({row.contact_id})
    theirs = {table.name: table for table in queries.bookings.tables(tun.council.id)}
    assert [len(theirs[name].rows) for name in ("lendables", "bookings")] == [0, 1]
    assert "lending" in exports.rooms()
