"""Signing up, the line, minimum, changes that are told, the closed list, deaths, and names that go."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation.audit import AuditEvent
from samtun.foundation.models import Owner
from samtun.foundation.notices import notice_of, render
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import times
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations import queries
from samtun.operation.registrations.actions import (
    allocating,
    attending,
    leaving,
    paying,
    signing,
    telling,
)
from samtun.operation.registrations.actions.line import NotThatStepNow
from samtun.operation.registrations.actions.signing import Comer
from samtun.operation.registrations.enums import Answer, Pays, Via
from samtun.operation.registrations.models import Attendance, Registration
from samtun.operation.registrations.queries import taking_out
from samtun.operation.registrations.rules import count_token, own_token
from samtun.people.persons.actions import note_death
from samtun.work.todos.models import Todo
from tests.factories import programme
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import an_office, signs_up, walk

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def states(rows):
    return [Registration.objects.get(id=row.id).state for row in rows]


def sent(key):
    return Message.objects.filter(notice=f"registrations.{key}")


def anyone(tun):
    return Viewer.anonymous(tun.municipality.id)


def test_several_sign_up_at_once_and_the_same_page_sent_twice_is_one(tun):
    _it, time = walk(tun)
    rows = signs_up(tun, time, "Anna Stokke", "Per Stokke", key="k")
    again = signs_up(tun, time, "Anna Stokke", "Per Stokke", key="k")
    assert [row.id for row in again] == [row.id for row in rows]
    assert Registration.objects.count() == 2
    assert {row.contact_id for row in rows} == {rows[0].contact_id}
    assert sent("signed_up").count() == 1


def test_a_registration_holds_no_reason(tun):
    names = {field.name for field in Registration._meta.get_fields()}
    assert not names & {"reason", "why", "words", "note", "need", "health"}


@pytest.mark.rule("R48")
def test_the_list_closes_and_who_rings_later_is_signed_up_by_those_who_hold_it(tun):
    _it, time = walk(tun, closes_hours=24)
    late = time.starts_at - 2 * HOUR
    with pytest.raises(signing.ListClosed):
        signs_up(tun, time, at=late)
    rows = signs_up(tun, time, at=late, via=Via.PHONE, by=tun.viewer())
    assert states(rows) == ["coming"]
    assert rows[0].made_by == "Turid Myklebust, Dalgrend frivilligsentral"


def test_the_full_list_has_a_line_in_which_those_who_come_together_stay_together(tun):
    _it, time = walk(tun, most=3)
    first = signs_up(tun, time, "Anna Stokke", "Per Stokke", n=1)
    pair = signs_up(tun, time, "Kari Vik", "Ola Vik", n=2, at=tun.now + HOUR)
    alone = signs_up(tun, time, "Liv Moe", n=3, at=tun.now + 2 * HOUR)
    last = signs_up(tun, time, "Nils Dal", n=4, at=tun.now + 3 * HOUR)
    assert (states(first), states(pair), states(alone), states(last)) == (
        ["coming", "coming"], ["waiting", "waiting"], ["coming"], ["waiting"],
    )  # fmt: skip
    signing.cancel(registrations=[alone[0].id], by=tun.viewer(), at=tun.now + 4 * HOUR)
    assert (states(pair), states(last)) == (["waiting", "waiting"], ["offered"])
    token = own_token(first[0].group)
    signing.cancel(registrations=[r.id for r in first], token=token, by=anyone(tun), at=tun.now + 5 * HOUR)
    assert states(pair) == ["offered", "offered"]
    assert sent("place").count() == 2


def test_a_place_is_kept_while_one_thinks_and_goes_on_when_nobody_answers(tun):
    _it, time = walk(tun, most=1)
    first = signs_up(tun, time, "Anna Stokke", n=1)
    second = signs_up(tun, time, "Kari Vik", n=2, at=tun.now + HOUR)
    third = signs_up(tun, time, "Liv Moe", n=3, at=tun.now + 2 * HOUR)
    signing.cancel(registrations=[first[0].id], by=tun.viewer(), at=tun.now + 3 * HOUR)
    offered = Registration.objects.get(id=second[0].id)
    assert offered.offered_until == tun.now + 27 * HOUR
    assert not signing.pass_on(registration=offered, by=tun.system(), at=tun.now + 4 * HOUR)
    assert signing.pass_on(registration=offered, by=tun.system(), at=tun.now + 27 * HOUR)
    assert (states(second), states(third)) == (["lapsed"], ["offered"])
    token = own_token(second[0].group)
    with pytest.raises(NotThatStepNow):
        signing.accept_place(group=second[0].group, token=token, by=anyone(tun), at=tun.now + 28 * HOUR)
    signing.line_up_again(group=second[0].group, token=token, by=anyone(tun), at=tun.now + 28 * HOUR)
    assert states(second) == ["waiting"]
    signing.accept_place(group=third[0].group, token=own_token(third[0].group), by=anyone(tun), at=tun.now + 28 * HOUR)
    assert states(third) == ["coming"]


def test_leaving_the_line_moves_nobody(tun):
    _it, time = walk(tun, most=1)
    signs_up(tun, time, n=1)
    second, third = signs_up(tun, time, "Kari Vik", n=2), signs_up(tun, time, "Liv Moe", n=3)
    signing.cancel(registrations=[second[0].id], token=own_token(second[0].group), by=anyone(tun), at=tun.now + HOUR)
    assert (states(second), states(third)) == (["off"], ["waiting"])


@pytest.mark.parametrize(("closes", "hours", "thinks"), [(48, 36, 24), (20, 40, 20), (0, 30, 24)])
def test_who_is_moved_up_answers_within_a_day_and_before_the_list_closes(tun, closes, hours, thinks):
    _it, time = walk(tun, most=1, closes_hours=closes)
    first, second = signs_up(tun, time, n=1), signs_up(tun, time, "Kari Vik", n=2)
    at = time.starts_at - hours * HOUR
    signing.cancel(registrations=[first[0].id], by=tun.viewer(), at=at)
    assert Registration.objects.get(id=second[0].id).offered_until == at + thinks * HOUR


def test_more_room_moves_up_those_in_line_within_the_hour(tun):
    it, time = walk(tun, most=1)
    signs_up(tun, time, n=1)
    second = signs_up(tun, time, "Kari Vik", n=2)
    it.most = 2
    it.save()
    assert signing.look_at_lines(by=tun.system(), at=tun.now + HOUR) == 1
    assert states(second) == ["offered"]


def test_nobody_changes_what_is_anothers(tun):
    _it, time = walk(tun)
    mine, other = signs_up(tun, time, n=1), signs_up(tun, time, "Kari Vik", n=2)
    with pytest.raises(NotYours):
        signing.cancel(registrations=[other[0].id], token=own_token(mine[0].group), by=anyone(tun), at=tun.now)
    with pytest.raises(NotYours):
        signing.cancel(registrations=[other[0].id], by=tun.viewer(tun.other), at=tun.now)
    assert states(other) == ["coming"]


def test_what_is_called_off_or_moved_is_told_once_to_each_contact(tun):
    _it, time = walk(tun)
    signs_up(tun, time, "Anna Stokke", "Per Stokke", n=1)
    ola = tun.person("Ola", "Dal", "+4757410009", phone_kind="landline")
    signs_up(tun, time, "Ola Dal", contact=ola)
    times.call_off(occurrence=time, because="Storm", by=tun.viewer(), at=tun.now)
    assert telling.tell_of(occurrence=time.id, what="off", by=tun.system(), at=tun.now) == 2
    assert sorted(sent("off").values_list("channel", flat=True)) == ["call", "sms"]
    assert telling.tell_of(occurrence=time.id, what="on", by=tun.system(), at=tun.now) == 2
    one = sent("off").exclude(to_person=ola.id).get()
    facts = notice_of(one.notice).facts(time.id, resolve(one.to_person))
    assert facts["title"] == "Fjelltur"
    assert facts["why"] == "Storm"
    assert notice_of("registrations.on").facts(time.id, resolve(one.to_person)) is None


@pytest.fixture
def closed(tun):
    """A meeting with places that the municipality gives out, held by an association."""
    gives, facts = an_office(tun), {"sign_up": "given", "is_listed": False, "most": 2, "least": 1}
    it = programme.activity(tun, weekly(), title="Psykisk helse på torsdag", **facts)
    (unit,) = Owner.objects.filter(id__in=gives.owners)
    allocating.name_allocator(activity=it, owner=unit, by=tun.viewer(), at=tun.now)
    return it, programme.times(it)[0], gives


@pytest.mark.rule("R56")
@pytest.mark.practice("kristiansund")
def test_only_the_municipality_gives_the_places_and_only_it_and_the_host_see_the_list(tun, closed):
    it, time, gives = closed
    with pytest.raises(NotYours):
        signs_up(tun, time, via=Via.OWN)
    with pytest.raises(NotYours):
        signs_up(tun, time, via=Via.PHONE, by=tun.viewer())
    rows = signs_up(tun, time, via=Via.GIVEN, by=gives)
    assert rows[0].occurrence_id is None
    assert [line.row.name for line in queries.door(gives, time)] == ["Anna Stokke"]
    assert [line.row.name for line in queries.door(tun.viewer(), time)] == ["Anna Stokke"]
    other = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.PUBLISH})
    with pytest.raises(NotYours):
        queries.door(other, time)
    with pytest.raises(NotYours):
        queries.places_of(other, it)


@pytest.mark.rule("R56")
def test_the_centre_does_not_see_a_closed_list_that_another_holds(tun, closed):
    it, time, _gives = closed
    it.owner = tun.other
    it.save()
    Occurrence.objects.filter(activity=it).update(host=tun.other)
    with pytest.raises(NotYours):
        queries.occurrence_at_door(tun.viewer(), time.id)


@pytest.mark.rule("R59")
def test_a_text_about_a_closed_list_never_says_what_it_is(tun, closed):
    _it, time, gives = closed
    row = signs_up(tun, time, via=Via.GIVEN, by=gives)[0]
    to = resolve(row.contact_id)
    facts = notice_of("registrations.signed_up").facts(row.id, to)
    told = notice_of("registrations.changed").facts(time.id, to)
    for key, said in (("signed_up", facts), ("changed", told)):
        for channel in ("sms", "letter", "call"):
            text = render(notice_of(f"registrations.{key}"), channel=channel, language="nn", facts=said | {"name": "A"})
            assert "Psykisk" not in text
            assert "Menighetshuset" not in text


@pytest.mark.parametrize(("language", "said"), [("nb", "kan du ikke"), ("nn", "kan du ikkje"), ("en", "cannot come")])
def test_a_letter_that_calls_off_does_not_ask_whether_one_can_come(tun, language, said):
    facts = {"title": "Fredagstreff", "day": "27.11.", "at": "11.00", "why": "", "phone": "90 00 00 00"}
    text = render(notice_of("registrations.off"), channel="letter", language=language, facts=facts).lower()
    assert "90 00 00 00" in text
    assert said not in text


@pytest.mark.rule("R54")
def test_who_is_long_away_is_asked_after_kindly_and_loses_nothing(tun, closed):
    it, _time, gives = closed
    anna = signs_up(tun, _time, "Anna Stokke", via=Via.GIVEN, by=gives, n=1)[0]
    per = signs_up(tun, _time, "Per Vik", via=Via.GIVEN, by=gives, n=2)[0]
    for time in programme.times(it)[:3]:
        over = time.ends_at + HOUR
        times.note_held(occurrence=time, head_count=None, by=tun.viewer(), at=over)
        attending.note_attendance(occurrence=time, registration=per.id, came=True, by=tun.viewer(), at=over)
    assert leaving.ask_after(by=tun.system(), at=over + HOUR) == 1
    due = Todo.objects.get(reason="long_away")
    assert (due.ref_id, due.owner_id) == (anna.id, next(iter(gives.owners)))
    assert states([anna, per]) == ["coming", "coming"]


@pytest.mark.rule("R53")
def test_the_call_list_says_coming_or_not_and_is_gone_after_four_weeks(tun):
    _it, time = walk(tun)
    row = signs_up(tun, time)[0]
    attending.note_answer(occurrence=time, registration=row.id, answer=Answer.RIDE, by=tun.viewer(), at=tun.now)
    [line] = queries.call_list(tun.viewer(), time)
    assert (line.row.name, line.answer, line.phone) == ("Anna Stokke", "ride", "+4790000001")
    assert queries.totals([line])["rides"] == 1
    attending.note_attendance(occurrence=time, registration=row.id, came=True, by=tun.viewer(), at=time.ends_at)
    assert leaving.forget(by=tun.system(), at=time.ends_at + 27 * DAY) == 0
    assert leaving.forget(by=tun.system(), at=time.ends_at + 29 * DAY) == 1
    gone = Registration.objects.get()
    assert (gone.name, gone.contact, gone.state) == ("", None, "coming")
    assert (Attendance.objects.get().answer, Attendance.objects.get().came) == ("", True)


@pytest.mark.rule("R49")
@pytest.mark.practice("inkludering")
def test_all_ways_to_pay_look_alike_at_the_door(tun):
    _it, time = walk(tun, is_free=False, price="120 kroner")
    ways = [signs_up(tun, time, f"Anna Stokke{n}", n=n)[0] for n in range(len(Pays))]
    for row, pays in zip(ways, Pays, strict=True):
        paying.choose_payment(registrations=[row.id], pays=pays, token=own_token(row.group), by=anyone(tun), at=tun.now)
    assert {line.is_settled for line in queries.door(tun.viewer(), time)} == {True}
    told = str([event.__dict__ for event in AuditEvent.objects.filter(act="registrations.settle")])
    assert not any(str(pays.value) in told for pays in (Pays.FREE, Pays.ENVELOPE, Pays.INVOICE))
    with pytest.raises(NotYours):
        queries.cash(tun.viewer(), time)
    permissions = {Permission.OWN_PAGE, Permission.HANDLE_CASH}
    lines = queries.cash(tun.viewer(role=Role.CASHIER, permissions=permissions), time)
    assert len(lines) == len(Pays)
    with pytest.raises(NotYours):
        paying.choose_payment(
            registrations=[ways[0].id], pays=Pays.FREE, token=own_token(ways[1].group), by=anyone(tun), at=tun.now
        )


def test_one_whom_another_signed_up_chooses_and_stays_away_for_themselves_and_no_others(tun):
    it, first = walk(tun, sign_up="period", when_=weekly(), is_free=False, price="120 kroner")
    per, row = signing.sign_up(
        occurrence=first, contact=tun.person("Per", "Stokke", "+4790000009"), sent_key="k", via=Via.OWN,
        comers=[Comer("Per Stokke"), Comer("Anna Stokke", person=tun.person("Anna", "Stokke", "+4790000008"))],
        by=tun.system(), at=tun.now,
    )  # fmt: skip
    anna = replace(anyone(tun), person=row.person_id)
    paying.choose_payment(registrations=[row.id], pays=Pays.ENVELOPE, by=anna, at=tun.now)
    attending.not_this_time(occurrence=programme.times(it)[1], registrations=[row.id], by=anna, at=tun.now)
    row.refresh_from_db()
    assert (row.pays, Attendance.objects.get(registration=row).answer) == (Pays.ENVELOPE, "not")
    with pytest.raises(NotYours):
        paying.choose_payment(registrations=[row.id, per.id], pays=Pays.FREE, by=anna, at=tun.now)


def test_the_head_count_goes_in_by_its_address_and_nothing_comes_out(tun):
    _it, time = walk(tun)
    over = time.ends_at
    with pytest.raises(NotYours):
        attending.head_count(occurrence=time.id, token="x" * 22, number=8, by=tun.system(), at=over)
    token = count_token(time.id)
    attending.head_count(occurrence=time.id, token=token, number=8, by=tun.system(), at=over)
    assert Occurrence.objects.get(id=time.id).head_count == 8
    with pytest.raises(attending.TooLateToCount):
        attending.head_count(occurrence=time.id, token=token, number=9, by=tun.system(), at=over + 4 * DAY)


def test_a_whole_period_is_one_registration_and_one_time_can_be_missed(tun):
    it, time = walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 21 * DAY), most=1)
    row = signs_up(tun, time)[0]
    second = programme.times(it)[1]
    second.activity = it
    assert row.occurrence_id is None
    assert states(signs_up(tun, second, "Kari Vik", n=2)) == ["waiting"]
    attending.not_this_time(
        occurrence=second, registrations=[row.id], token=own_token(row.group), by=anyone(tun), at=tun.now
    )
    assert [one.answer for one in queries.door(tun.viewer(), second)] == ["not", ""]
    assert states([row]) == ["coming"]


def test_a_death_takes_them_off_every_list_and_a_mistake_is_undone(tun):
    _it, time = walk(tun, most=1)
    anna = tun.person("Anna", "Stokke", "+4790000001", phone_kind="mobile")
    mine = signs_up(tun, time, contact=anna)
    other = signs_up(tun, time, "Kari Vik", n=2)
    passing = note_death(person=anna, by=tun.viewer(), at=tun.now)
    assert (states(mine), states(other)) == (["off"], ["offered"])
    leaving.death_taken_back(passing=passing, by=tun.system(), at=tun.now + HOUR)
    assert states(mine) == ["waiting"]


def test_what_an_owner_takes_out_has_names_and_not_how_they_pay(tun):
    _it, time = walk(tun)
    row = signs_up(tun, time)[0]
    Registration.objects.filter(id=row.id).update(pays="free")
    tables = {table.name: table for table in taking_out.tables(tun.centre.id)}
    names = tables["registrations"].columns.index("name")
    assert [found[names] for found in tables["registrations"].rows] == ["Anna Stokke"]
    assert "free" not in str(tables)
    assert taking_out.tables(tun.other.id)[0].rows == []
