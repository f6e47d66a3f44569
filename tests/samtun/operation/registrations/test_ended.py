"""What is signed up for as a whole and has ended: nothing stops because of it, and all hear it once."""

import datetime as dt

import pytest

from samtun.foundation.audit import AuditEvent
from samtun.foundation.notices import notice_of
from samtun.foundation.recipients import resolve
from samtun.foundation.viewer import Viewer
from samtun.notifications.messages.models import Message
from samtun.operation.activities.actions import making
from samtun.operation.activities.enums import OccurrenceState
from samtun.operation.registrations.actions import line, signing, telling
from samtun.operation.registrations.models import Registration
from samtun.operation.registrations.rules import own_token
from samtun.people.persons.actions import note_death, take_back_death
from tests.factories import programme
from tests.factories.programme import FRIDAY, weekly
from tests.factories.registrations import signs_up, walk

DAY = dt.timedelta(days=1)
SATURDAY = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def states(*rows):
    return [Registration.objects.get(id=row.id).state for row in rows]


@pytest.fixture
def course(tun):
    """A course of four Fridays with one place, the one who has it, and one in line."""
    it, time = walk(tun, sign_up="period", when_=weekly(until=FRIDAY + 21 * DAY), most=1)
    anna = tun.person("Anna", "Stokke", "+4790000001", phone_kind="mobile")
    return it, signs_up(tun, time, contact=anna)[0], signs_up(tun, time, "Kari Vik", n=2)[0]


def end(tun, it, *, at=None):
    making.end(activity=it, by=tun.viewer(), at=at or tun.now)


def tell(tun, it, *, at=None):
    """Run the job of each time that was taken out, the last one first."""
    out = [time for time in reversed(programme.times(it)) if time.state == OccurrenceState.DROPPED]
    return [telling.tell_of(occurrence=one.id, what="off", by=tun.system(), at=at or tun.now) for one in out]


@pytest.mark.rule("R113")
def test_a_death_is_noted_though_a_course_they_had_signed_up_for_has_ended(tun, course):
    it, anna, _kari = course
    end(tun, it)
    passing = note_death(person=anna.contact, by=tun.viewer(), at=tun.now)
    assert states(anna) == ["off"]
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now + DAY)
    assert states(anna) == ["coming"]


def test_one_can_say_that_one_cannot_come_to_what_has_ended(tun, course):
    it, anna, kari = course
    end(tun, it)
    by = Viewer.anonymous(tun.municipality.id)
    signing.cancel(registrations=[anna.id], token=own_token(anna.group), by=by, at=tun.now)
    assert states(anna, kari) == ["off", "waiting"], "and nobody is offered the place"


def test_nobody_in_line_is_offered_a_place_when_the_last_time_has_been(tun, course):
    _it, anna, kari = course
    later = tun.now + 40 * DAY
    signing.cancel(registrations=[anna.id], by=tun.viewer(), at=later)
    assert signing.look_at_lines(by=tun.system(), at=later) == 1
    assert states(kari) == ["waiting"]


def test_the_other_lines_are_looked_at_though_a_course_has_ended(tun, course):
    it, _anna, _kari = course
    walked, time = walk(tun, most=1)
    signs_up(tun, time, n=3)
    liv = signs_up(tun, time, "Liv Moe", n=4)[0]
    end(tun, it)
    walked.most = 2
    walked.save()
    assert signing.look_at_lines(by=tun.system(), at=tun.now) == 2
    assert states(liv) == ["offered"]


def test_what_breaks_for_one_line_stops_no_other(tun, course, monkeypatch, caplog):
    it, anna, kari = course
    _it, time = walk(tun, most=1)
    offered = [signs_up(tun, time, n=3)[0], signs_up(tun, time, "Liv Moe", n=4)[0], signs_up(tun, time, "Per", n=5)[0]]
    signing.cancel(registrations=[offered[0].id], by=tun.viewer(), at=tun.now)
    signing.cancel(registrations=[anna.id], by=tun.viewer(), at=tun.now)
    assert states(kari, offered[1]) == ["offered", "offered"]

    def breaks(row, *, at):
        if row.activity_id == it.id:
            raise LookupError
        return line.holding(row, at=at)

    monkeypatch.setattr(signing, "holding", breaks)
    signing.look_at_lines(by=tun.system(), at=tun.now + 2 * DAY)
    assert states(kari, *offered[1:]) == ["offered", "lapsed", "offered"]
    assert "line_broke" in caplog.text


def test_all_hear_once_that_a_course_has_ended_and_the_line_ends_with_it(tun, course):
    it, anna, kari = course
    end(tun, it, at=SATURDAY)
    assert tell(tun, it, at=SATURDAY) == [2, 0, 0]
    assert states(anna, kari) == ["coming", "off"], "whoever was there was there"
    sent = Message.objects.filter(notice="registrations.off")
    assert sorted(one.to_person for one in sent) == sorted([anna.contact_id, kari.contact_id])
    assert AuditEvent.objects.filter(act="registrations.end", ref_id=it.id).count() == 1
    first = programme.times(it)[1]
    for one in sent:
        facts = notice_of(one.notice).facts(one.ref_id, resolve(one.to_person))
        assert (facts["is_over"], facts["day"]) == (True, f"fredag {first.on.day}. desember")


def test_what_was_never_held_ends_for_those_on_the_list_too(tun, course):
    it, anna, kari = course
    end(tun, it)
    assert tell(tun, it) == [2, 0, 0, 0]
    assert states(anna, kari) == ["off", "off"]


def test_a_time_that_is_taken_out_of_what_goes_on_is_told_by_itself(tun, course):
    it, anna, kari = course
    last = programme.times(it)[-1]
    last.state = OccurrenceState.DROPPED
    last.save()
    assert telling.tell_of(occurrence=last.id, what="off", by=tun.system(), at=tun.now) == 2
    assert states(anna, kari) == ["coming", "waiting"]
    assert notice_of("registrations.off").facts(last.id, resolve(anna.contact_id))["is_over"] is False
