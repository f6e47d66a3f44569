"""Paying looks alike for all: who may see what, clip cards, what is told of a month, and receipts (R49, R80)."""

import datetime as dt
import uuid

import pytest

from samtun.foundation.audit import AuditEvent
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import clips, leaving, till
from samtun.operation.registrations.enums import Got, Pays
from samtun.operation.registrations.models import Attendance, Clip, Registration, Settled, Takings
from samtun.operation.registrations.queries import taking_out
from samtun.people.persons.actions import merge_persons
from samtun.people.persons.models import Person
from tests.factories.registrations import card, cashier, comes, pays, signs_up, walk

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def left(tun, row):
    return queries.left_on(row.contact_id, tun.centre.id)


def recorded(act):
    return list(AuditEvent.objects.filter(act=f"registrations.{act}"))


@pytest.fixture
def one(tun):
    """Somebody who pays with a clip, and the time."""
    _it, time = walk(tun, is_free=False, price="40 kroner", fee=4000)
    row = signs_up(tun, time)[0]
    pays(row, Pays.CLIP, tun)
    return row, time


@pytest.mark.rule("R49")
def test_a_clip_is_used_once_however_often_it_is_ticked(tun, one):
    row, time = one
    card(tun, row)
    for _again in range(3):
        comes(row, time, tun)
    assert left(tun, row) == 9
    comes(row, time, tun, came=None, at=time.starts_at + HOUR)
    assert left(tun, row) == 10
    comes(row, time, tun, at=time.starts_at + 2 * HOUR)
    assert left(tun, row) == 9
    assert list(Clip.objects.order_by("made_at", "turn").values_list("change", flat=True)) == [10, -1, 1, -1]


def test_who_chooses_another_way_afterwards_has_the_clip_back_and_the_other_way_round(tun, one):
    row, time = one
    card(tun, row)
    comes(row, time, tun)
    pays(row, Pays.FREE, tun)
    assert left(tun, row) == 10
    pays(row, Pays.CLIP, tun)
    assert left(tun, row) == 9


def test_one_card_for_all_who_signed_up_together(tun):
    _it, time = walk(tun, is_free=False)
    rows = signs_up(tun, time, "Anna Stokke", "Per Stokke")
    card(tun, rows[0])
    for row in rows:
        pays(row, Pays.CLIP, tun)
        comes(row, time, tun)
    assert left(tun, rows[0]) == 8


@pytest.mark.rule("R49")
def test_an_empty_card_is_told_to_the_person_the_day_after_and_to_nobody_at_the_door(tun, one):
    row, time = one
    card(tun, row, 1)
    before = queries.door(tun.viewer(), time)[0]
    comes(row, time, tun)
    after = queries.door(tun.viewer(), time)[0]
    assert (before.is_settled, after.is_settled) == (True, True)
    (message,) = Message.objects.filter(notice="registrations.something_new")
    assert clock.wall(message.not_before).date() == time.on + DAY
    other = walk(tun, is_free=False)[1]
    second = signs_up(tun, other, contact=Person.objects.get(id=row.contact_id), key="second")[0]
    pays(second, Pays.CLIP, tun)
    comes(second, other, tun)
    assert [one.left for one in queries.cards(cashier(tun), tun.centre.id)] == [-1]
    assert queries.door(tun.viewer(), other)[0].is_settled


def test_nobody_is_asked_to_ring_about_an_empty_card(tun):
    _it, time = walk(tun, is_free=False)
    olga = tun.person("Olga", "Vik", "+4757410009", phone_kind="landline")
    row = signs_up(tun, time, "Olga Vik", contact=olga)[0]
    pays(row, Pays.CLIP, tun)
    comes(row, time, tun)
    assert left(tun, row) == -1
    assert not Message.objects.filter(notice="registrations.something_new").exists()


@pytest.mark.rule("R49")
def test_what_comes_in_is_told_with_the_same_words_as_an_empty_card(tun, one):
    row, time = one
    pays(row, Pays.INVOICE, tun)
    comes(row, time, tun)
    till.note_settled(occurrence=time, registration=row.id, is_settled=True, by=cashier(tun), at=time.ends_at)
    till.note_settled(occurrence=time, registration=row.id, is_settled=True, by=cashier(tun), at=time.ends_at)
    assert Message.objects.filter(notice="registrations.something_new").count() == 1


@pytest.mark.rule("R49")
def test_the_message_goes_to_a_free_place_as_well(tun, one):
    row, time = one
    pays(row, Pays.FREE, tun)
    for came in (True, None, True):
        comes(row, time, tun, came=came)
    assert Message.objects.filter(notice="registrations.something_new").count() == 1


def test_a_card_sent_twice_is_one_and_a_mistake_is_a_new_line(tun, one):
    row, _time = one
    key = uuid.uuid4()
    assert card(tun, row, sent_key=key).id == card(tun, row, sent_key=key).id
    person, facts = Person.objects.get(id=row.contact_id), {"sent_key": uuid.uuid4(), "at": tun.now}
    clips.put_right(owner=tun.centre, person=person, change=-3, words="Talt feil", by=cashier(tun), **facts)
    assert (left(tun, row), Clip.objects.count()) == (7, 2)
    with pytest.raises(clips.WordsMissing):
        clips.put_right(owner=tun.centre, person=person, change=1, words=" ", by=cashier(tun), **facts)
    with pytest.raises(clips.NothingToPutRight):
        clips.put_right(owner=tun.centre, person=person, change=0, words="x", by=cashier(tun), **facts)
    with pytest.raises(clips.NotSoMany):
        card(tun, row, 0)


@pytest.mark.rule("R49")
def test_only_the_cashier_of_who_holds_it(tun, one):
    row, time = one
    comes(row, time, tun)
    card(tun, row)
    others = [
        tun.viewer(), tun.viewer(role=Role.LEADER), tun.viewer(role=Role.CASHIER, permissions={Permission.OWN_PAGE}),
        cashier(tun, tun.other), tun.system(), Viewer.anonymous(tun.municipality.id),
    ]  # fmt: skip
    person = Person.objects.get(id=row.contact_id)
    for by in others:
        for act in (
            lambda by=by: queries.cash(by, time),
            lambda by=by: queries.cards(by, tun.centre.id),
            lambda by=by: queries.card_of(by, tun.centre.id, person.id),
            lambda by=by: queries.invoices(by, tun.centre.id),
            lambda by=by: queries.month_told(by, tun.centre.id, 2026, 11, at=tun.now),
            lambda by=by: card(tun, row, by=by),
            lambda by=by: till.write_till(owner=tun.centre, number="x", clips=1, price=None, by=by, at=tun.now),
            lambda by=by: till.note_settled(
                occurrence=time, registration=row.id, is_settled=True, by=by, at=tun.now
            ),
        ):  # fmt: skip
            with pytest.raises(NotYours):
                act()
    assert [line.row.id for line in queries.cash(cashier(tun), time)] == [row.id]


def test_an_invoice_is_written_by_hand_until_it_has_come_in(tun, one):
    row, time = one
    pays(row, Pays.INVOICE, tun)
    assert queries.invoices(cashier(tun), tun.centre.id) == []
    comes(row, time, tun)
    (line,) = queries.invoices(cashier(tun), tun.centre.id)
    assert len(line.reference) == 6
    assert line.reference == queries.paying([Registration.objects.get(id=row.id)], time).reference
    till.note_settled(occurrence=time, registration=row.id, is_settled=True, by=cashier(tun), at=tun.now)
    assert queries.invoices(cashier(tun), tun.centre.id) == []
    assert Settled.objects.get().amount == 4000
    pays(row, Pays.FREE, tun)
    till.note_settled(occurrence=time, registration=row.id, is_settled=False, by=cashier(tun), at=tun.now)
    with pytest.raises(till.NothingToSettle):
        till.note_settled(occurrence=time, registration=row.id, is_settled=True, by=cashier(tun), at=tun.now)


@pytest.mark.rule("R49")
def test_a_receipt_does_not_tell_how(tun, one):
    row, time = one
    assert queries.receipt([row], time) is None
    comes(row, time, tun)
    told = {}
    for way in Pays:
        pays(row, way, tun)
        row.refresh_from_db()
        if way in ("envelope", "number", "invoice"):
            assert queries.receipt([row], time) is None
            till.note_settled(occurrence=time, registration=row.id, is_settled=True, by=cashier(tun), at=tun.now)
        told[way] = queries.receipt([row], time)
        till.note_settled(occurrence=time, registration=row.id, is_settled=False, by=cashier(tun), at=tun.now)
    assert told["clip"] == told["free"]
    assert told["envelope"] == told["number"] == told["invoice"]
    assert (told["free"].amount, told["invoice"].amount) == (None, 4000)


@pytest.mark.rule("R49")
def test_a_card_that_is_given_looks_like_one_that_is_bought(tun, one):
    row, time = one
    seen = set()
    for how in (Got.CASH, Got.GIFT):
        Clip.objects.all().delete()
        card(tun, row, how=how)
        comes(row, time, tun, at=time.starts_at + HOUR * len(seen))
        seen.add(
            repr(
                (
                    queries.paying([row], time),
                    queries.receipt([row], time),
                    queries.door(tun.viewer(), time)[0].is_settled,
                )
            )
        )
    assert len(seen) == 1
    assert Clip.objects.get(how="gift").price is None


def paid(tun, ways, *, day=0):
    """One time that so many have come to in each way."""
    _it, time = walk(tun, is_free=False)
    rows = signs_up(tun, time, *(f"Namn Nr{n}" for n in range(sum(ways.values()))), n=900 + day)
    for row, way in zip(rows, [way for way, n in ways.items() for _one in range(n)], strict=True):
        Registration.objects.filter(id=row.id).update(pays=way)
        Attendance.objects.create(registration=row, occurrence=time, came=True, noted_at=tun.now)
    return time


@pytest.mark.rule("R80")
def test_a_month_is_told_when_it_is_counted_and_never_a_small_count(tun):
    first, second = paid(tun, {"clip": 6, "free": 5}), paid(tun, {"clip": 5, "envelope": 5, "free": 1}, day=1)
    later = first.ends_at + 15 * DAY
    assert till.count_takings(by=tun.system(), at=first.ends_at + 13 * DAY) == 0
    assert till.count_takings(by=tun.system(), at=later) == 2
    assert [one.words for one in recorded("count_takings")] == [{"number": 2}]
    assert till.count_takings(by=tun.system(), at=later) == 0
    Attendance.objects.all().update(came=False)
    assert till.count_takings(by=tun.system(), at=later) == 0
    assert len(recorded("count_takings")) == 1, "and nothing where nothing was counted"
    ask = (cashier(tun), tun.centre.id, first.on.year, first.on.month)
    assert queries.month_told(*ask, at=later) is None
    _rows, told = queries.month_told(*ask, at=later + 20 * DAY)
    assert (told.total, told.rows, told.columns, told.cells) == (22, [11, 11], [11, 5, 0, 0, 6], None)
    Takings.objects.filter(occurrence=second).delete()
    _rows, told = queries.month_told(*ask, at=later + 20 * DAY)
    assert told.cells == [[6, 0, 0, 0, 5]]


def test_names_go_and_what_was_counted_stands(tun, one):
    row, time = one
    card(tun, row, 1)
    comes(row, time, tun)
    pays_invoice = signs_up(tun, time, "Kari Vik", n=3)[0]
    pays(pays_invoice, Pays.INVOICE, tun)
    comes(pays_invoice, time, tun)
    till.note_settled(occurrence=time, registration=pays_invoice.id, is_settled=True, by=cashier(tun), at=tun.now)
    till.count_takings(by=tun.system(), at=time.ends_at + 15 * DAY)
    gone = time.ends_at + 29 * DAY
    leaving.forget(by=tun.system(), at=gone)
    assert clips.forget_clips(by=tun.system(), at=gone - 7 * DAY) == 0
    assert recorded("forget_clips") == []
    assert [clips.forget_clips(by=tun.system(), at=gone) for _twice in range(2)] == [1, 0]
    assert [one.words for one in recorded("forget_clips")] == [{}]
    assert not Settled.objects.exists()
    assert not Clip.objects.exclude(person=None, registration=None, occurrence=None, made_by="").exists()
    assert sorted(Clip.objects.values_list("change", "price")) == [(-1, None), (1, 40000)]
    assert (Takings.objects.get().clip, Takings.objects.get().invoice) == (1, 1)


def test_a_card_with_clips_left_is_its_holders_for_two_years(tun, one):
    row, _time = one
    card(tun, row)
    assert clips.forget_clips(by=tun.system(), at=tun.now + 700 * DAY) == 0
    assert clips.forget_clips(by=tun.system(), at=tun.now + 740 * DAY) == 1


def test_who_moves_into_one_row_keeps_the_card(tun, one):
    row, _time = one
    card(tun, row)
    kept, other = tun.person("Anna", "Stokke-Vik", "+4790000777"), Person.objects.get(id=row.contact_id)
    merge_persons(kept=kept, other=other, take=(), owner=tun.centre, by=tun.system(), at=tun.now)
    assert queries.left_on(kept.id, tun.centre.id) == 10


def test_a_late_tick_from_a_telephone_changes_nothing_newer(tun, one):
    row, time = one
    card(tun, row)
    comes(row, time, tun, came=None, at=time.starts_at + HOUR)
    late = comes(row, time, tun, at=time.starts_at + 2 * HOUR, ticked_at=time.starts_at)
    assert (late.came, left(tun, row)) == (None, 10)
    comes(row, time, tun, at=time.starts_at + 3 * HOUR, ticked_at=time.starts_at + 2 * HOUR)
    assert left(tun, row) == 9


@pytest.mark.rule("R49")
def test_neither_record_nor_export_tells_who_pays_how(tun, one):
    """All that others than the cashier and the person read is the same, whichever way is chosen."""
    row, time = one
    seen = {}
    for way in Pays:
        before = AuditEvent.objects.count()
        Clip.objects.all().delete()
        Attendance.objects.all().delete()
        Message.objects.all().delete()
        pays(row, way, tun)
        comes(row, time, tun)
        record = [(one.act, one.ref_id, one.words) for one in AuditEvent.objects.order_by("id")[before:]]
        lines = [
            (one.answer, one.came, one.is_settled, one.is_twice) for one in queries.door(tun.viewer(), time)
        ]  # fmt: skip
        out = [table for table in taking_out.tables(tun.centre.id) if table.name != "attendances"]
        seen[way] = repr((record, lines, queries.totals(queries.door(tun.viewer(), time)), out))
    assert len(set(seen.values())) == 1
