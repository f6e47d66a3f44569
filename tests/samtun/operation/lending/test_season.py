"""A season: opened, wished in, proposed, changed, decided; and what is given back goes first to those who lacked."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation import exports
from samtun.foundation.models import AuditEvent, Setting
from samtun.foundation.recipients import Recipient
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.lending.actions import handing, leaving, season, wishing
from samtun.operation.lending.actions.booking import FirstRight, TimeTaken, claim
from samtun.operation.lending.actions.telling import NotThatStepNow
from samtun.operation.lending.enums import SeasonState, State, Via, Why
from samtun.operation.lending.models import Booking, Season, SeasonClub, SeasonTime
from samtun.operation.lending.notices import SeasonFreed, SeasonTold
from samtun.operation.lending.queries import season as seasons
from samtun.operation.lending.rules import TooFarAhead
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing
from samtun.work.todos.models import Todo
from tests.factories.lending import LATER, SPRING, a_hall, a_season, an_evening, at_hour, booked, speaker, wished

pytestmark = pytest.mark.django_db
MONDAY, WEDNESDAY = 0, 2
DAY = dt.timedelta(days=1)


@pytest.fixture
def spring(tun, hall):
    return a_season(tun, hall)


def proposed(tun, found):
    season.propose(season=found, by=speaker(tun), at=tun.now + LATER)
    found.refresh_from_db()
    return found


def decided(tun, found, **how):
    proposed(tun, found)
    season.decide(season=found, version=found.version, by=speaker(tun), at=tun.now + LATER, **how)
    found.refresh_from_db()
    return found


def got(found):
    rows = SeasonTime.objects.filter(club__season=found, is_given=True).order_by("weekday", "starts")
    return [(row.club.for_owner.name, str(seasons.weekly(row))) for row in rows]


def reader(person):
    return Recipient(person=person, name="X", channel="sms", language="nn")


def due():
    return sorted(Todo.objects.filter(done_at=None).values_list("reason", flat=True))


@pytest.mark.rule("R42")
@pytest.mark.practice("nissedal")
def test_two_want_the_same_evening_one_gets_it_the_other_its_next_and_all_is_booked(tun, hall, spring):
    early, late = at_hour(MONDAY, 18, 20), at_hour(MONDAY, 20, 22)
    wished(tun, spring, tun.other, early, late, at_hour(WEDNESDAY, 18, 20))
    wished(tun, spring, tun.council, early, late)
    decided(tun, spring)
    assert (spring.state, spring.settled_at, due()) == (SeasonState.DECIDED, tun.now + LATER, [])
    assert sorted(time for _name, time in got(spring)) == [str(early), str(late)]
    rows = Booking.objects.filter(ref_kind="season", ref_id=spring.id)
    assert (rows.count(), set(rows.values_list("state", flat=True))) == (2 * 12, {State.BOOKED}), "Easter Monday is out"
    assert {row.for_owner for row in rows.select_related("for_owner")} == {tun.other, tun.council}
    assert set(AuditEvent.objects.filter(ref_id=spring.id).values_list("act", flat=True)) == {
        "lending.season_open", "lending.season_wish", "lending.season_propose", "lending.season_decide",
    }  # fmt: skip


def test_who_is_asked_hears_it_and_the_morning_after_it_is_proposed_by_itself(tun, hall):
    contact = tun.person("Kari", "Lie", "+4790000444", owner=tun.other)
    spring = a_season(tun, hall, asked=[tun.other])
    club = SeasonClub.objects.get()
    assert (club.for_owner, club.wished_at) == (tun.other, None)
    wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), person=contact)
    assert not season.propose_when_ready(season=spring, by=tun.system(), at=tun.now)
    with pytest.raises(season.NotYet):
        season.propose(season=spring, by=speaker(tun), at=tun.now)
    assert season.propose_when_ready(season=spring, by=tun.system(), at=tun.now + LATER)
    assert due() == ["season_proposed"]
    spring.refresh_from_db()
    assert not season.propose_when_ready(season=spring, by=tun.system(), at=tun.now + LATER), "a person has it now"
    with pytest.raises(NotYours):
        season.propose_when_ready(season=spring, by=speaker(tun), at=tun.now + LATER)


def test_one_that_rings_is_written_down_also_after_the_last_day_and_told_on_its_own_channel(tun, hall, spring):
    rang = tun.person("Solveig", "Bruflot", "+4790000777", owner=tun.other)
    late = tun.now + LATER
    with pytest.raises(wishing.TooLateToWish):
        wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), at=late)
    with pytest.raises(NotYours):
        wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), via=Via.PHONE)
    wished(
        tun, spring, tun.other, at_hour(MONDAY, 18, 20), person=rang, at=late, by=speaker(tun), via=Via.PHONE
    )  # fmt: skip
    decided(tun, spring, words="Vel møtt.")
    told = Message.objects.get(notice="lending.season")
    assert told.to_person == rang.id
    club = SeasonClub.objects.get()
    facts = SeasonTold().facts(club.id, reader(rang.id))
    assert (facts["kind"], facts["got"], facts["missed"]) == ("decided", ["Måndag 18.00–20.00"], [])
    assert set(Booking.objects.values_list("contact", "via")) == {(rang.id, Via.PHONE)}
    other = tun.person("Wenche", "Vik", "+4790000555")
    assert SeasonTold().facts(club.id, reader(other.id)) is None


def test_who_got_less_hears_why_and_never_who_got_it(tun, hall, spring):
    tun.person("Kari", "Lie", "+4790000444", owner=tun.other)
    wenche = tun.person("Wenche", "Vik", "+4790000555", owner=tun.council)
    first = at_hour(MONDAY, 18, 20)
    wished(tun, spring, tun.other, first, for_children=True)
    club = wished(tun, spring, tun.council, first, at_hour(WEDNESDAY, 18, 20), minutes=240, person=wenche)
    Setting.objects.create(key="lending.children_first", value=1, valid_from=tun.now.date())
    decided(tun, spring)
    facts = SeasonTold().facts(club.id, reader(wenche.id))
    assert (facts["got"], facts["lacks"]) == (["Onsdag 18.00–20.00"], 120)
    assert [one.split(": ")[0] for one in facts["missed"]] == ["Måndag 18.00–20.00"]
    assert SeasonTime.objects.get(club=club, is_given=False, rank=1).why == Why.OTHER
    assert tun.other.name not in str(facts)


def test_what_another_has_most_weeks_is_not_free_and_what_it_has_once_is_shown_before_anything_is_saved(
    tun, hall, spring
):
    taken = [an_evening(dt.date(2027, 1, 4) + n * 7 * DAY) for n in range(8)]
    booked(tun, hall, *taken, owner=tun.centre)
    party = booked(tun, hall, an_evening(dt.date(2027, 2, 3)), owner=tun.centre)[0]
    wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), at_hour(WEDNESDAY, 18, 20))
    proposed(tun, spring)
    assert got(spring) == [(tun.other.name, str(at_hour(WEDNESDAY, 18, 20)))]
    assert SeasonTime.objects.get(is_given=False, rank=1).why == Why.BUSY
    seen = seasons.collisions_of(spring, seasons.lines_of(spring), at=tun.now)
    assert [[slot.on for slot in one.lost] for one in seen] == [[party.on]]
    late = {"by": speaker(tun), "at": tun.now + LATER, "version": spring.version}
    with pytest.raises(TimeTaken):
        season.decide(season=spring, **late)
    assert not Booking.objects.filter(ref_kind="season").exists()
    season.decide(season=spring, leave_out=True, **late)
    days = Booking.objects.filter(ref_kind="season").values_list("on", flat=True)
    assert (party.on in days, len(days)) == (False, 12)


def test_a_person_changes_the_proposal_and_another_has_changed_it_meanwhile(tun, hall, spring):
    one = wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20))
    two = wished(tun, spring, tun.council, at_hour(WEDNESDAY, 18, 20))
    seen = proposed(tun, spring).version
    late = {"by": speaker(tun), "at": tun.now + LATER}
    with pytest.raises(season.GivenToOther, match=tun.other.name):
        season.give(club=two, times=[at_hour(MONDAY, 19, 21)], **late)
    season.give(club=one, times=[at_hour(MONDAY, 20, 22)], **late)
    season.give(club=two, times=[at_hour(MONDAY, 18, 20)], **late)
    assert set(SeasonTime.objects.filter(is_given=False).values_list("why", flat=True)) == {Why.OTHER, Why.PERSON}
    with pytest.raises(season.SomebodyChanged):
        season.decide(season=spring, version=seen, **late)
    with pytest.raises(wishing.WishOutside):
        season.give(club=one, times=[at_hour(5, 18, 20)], **late)
    with pytest.raises(season.TimeTwice):
        season.give(club=one, times=[at_hour(2, 18, 20), at_hour(2, 19, 21)], **late)


@pytest.mark.rule("R42")
def test_time_given_back_goes_first_to_who_got_less_and_then_to_those_who_wait(tun, hall, spring):
    wenche = tun.person("Wenche", "Vik", "+4790000555", owner=tun.council)
    first, at = at_hour(MONDAY, 18, 20), tun.now + LATER
    wished(tun, spring, tun.other, first, for_children=True)
    wished(tun, spring, tun.council, first, person=wenche)
    Setting.objects.create(key="lending.children_first", value=1, valid_from=tun.now.date())
    decided(tun, spring)
    row = Booking.objects.filter(for_owner=tun.other, ref_kind="season").order_by("begins_at")[3]
    slot = an_evening(row.on, (dt.time(18), dt.time(20)))
    handing.give_back(booking=row, whole=False, by=speaker(tun, tun.other), at=at)
    freed = Message.objects.get(notice="lending.season_freed")
    assert freed.to_person == wenche.id
    facts = SeasonFreed().facts(freed.ref_id, reader(wenche.id))
    assert (facts["on"], facts["dates"]) == (row.on, 1)
    assert Message.objects.filter(notice="lending.freed").count() == 0
    with pytest.raises(FirstRight):
        booked(tun, hall, slot, owner=tun.other, at=at)
    mine = booked(tun, hall, slot, owner=tun.council, at=at)[0]
    assert mine.state == State.BOOKED, "theirs at once, though one asks first here"
    handing.give_back(booking=mine, whole=False, by=speaker(tun, tun.council), at=at)
    assert booked(tun, hall, slot, owner=tun.other, at=at + DAY + DAY)[0].state == State.ASKED


def test_the_others_who_wait_hear_when_first_right_is_over_unless_it_is_taken(tun, hall, spring):
    wenche = tun.person("Wenche", "Vik", "+4790000555", owner=tun.council)
    first, at = at_hour(MONDAY, 18, 20), tun.now + LATER
    wished(tun, spring, tun.other, first)
    wished(tun, spring, tun.council, first, at_hour(MONDAY, 19, 21))
    decided(tun, spring)
    row = Booking.objects.filter(ref_kind="season").order_by("begins_at")[3]
    loser = tun.council if row.for_owner_id == tun.other.id else tun.other
    slot = an_evening(row.on, (dt.time(18), dt.time(20)))
    waiting = booked(tun, hall, slot, owner=loser, waits=True, at=at)[0]
    waiting.contact = wenche
    waiting.save(update_fields=["contact"])
    handing.give_back(booking=row, whole=False, by=speaker(tun, row.for_owner), at=at)
    assert Message.objects.filter(notice="lending.freed").count() == 0
    handing.freed_for_all(booking=row, by=tun.system(), at=at + DAY)
    assert Message.objects.get(notice="lending.freed").to_person == wenche.id


@pytest.mark.rule("R42")
def test_who_waits_takes_nothing_before_those_with_first_right(tun, hall, spring):
    first, at = at_hour(MONDAY, 18, 20), tun.now + LATER
    wished(tun, spring, tun.other, first)
    wished(tun, spring, tun.council, first)
    decided(tun, spring)
    row = Booking.objects.filter(ref_kind="season").order_by("begins_at")[3]
    had = row.for_owner
    lacked = tun.council if had == tun.other else tun.other
    slot = an_evening(row.on, (dt.time(18), dt.time(20)))
    mine, theirs = (booked(tun, hall, slot, owner=one, waits=True, at=at)[0] for one in (had, lacked))
    handing.give_back(booking=row, whole=False, by=speaker(tun, had), at=at)
    with pytest.raises(FirstRight):
        claim(booking=mine, by=speaker(tun, had), at=at)
    assert claim(booking=theirs, by=speaker(tun, lacked), at=at).state == State.BOOKED, "at once, as when they book"


def test_cancelled_is_a_state_and_whoever_wished_hears_why(tun, hall, spring):
    kari = tun.person("Kari", "Lie", "+4790000444", owner=tun.other)
    club = wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), person=kari)
    season.cancel_season(season=spring, words="Golvet skal skiftast.", by=speaker(tun), at=tun.now)
    spring.refresh_from_db()
    assert (spring.state, spring.answer) == (SeasonState.CANCELLED, "Golvet skal skiftast.")
    facts = SeasonTold().facts(club.id, reader(kari.id))
    assert (facts["kind"], facts["words"]) == ("cancelled", "Golvet skal skiftast.")
    with pytest.raises(NotThatStepNow):
        season.propose(season=spring, by=speaker(tun), at=tun.now + LATER)
    with pytest.raises(wishing.TooLateToWish):
        wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20))


@pytest.mark.rule("R108")
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"deadline": dt.date(2027, 1, 4)}, season.DeadlineAfterStart), ({"weekdays": ()}, season.NoDays),
        ({"deadline": dt.date(2026, 11, 1)}, season.DeadlineHasBeen),
        ({"ends": dt.date(2027, 1, 4)}, season.EndsBeforeStart),
        ({"weekdays": (6,), "ends": dt.date(2027, 1, 6)}, season.NoDays),
        ({"ends": dt.date(2028, 6, 1)}, TooFarAhead), ({"closes": dt.time(23, 30)}, season.HoursOutside),
        ({"closes": dt.time(16)}, season.HoursOutside),
    ],
)  # fmt: skip
def test_a_season_that_cannot_be_is_refused(tun, changes, why):
    hall = a_hall(tun, name="Kveldssalen", opens=dt.time(8), closes=dt.time(23))
    with pytest.raises(why):
        a_season(tun, hall, plan=replace(SPRING, **changes))
    assert not Season.objects.exists()


@pytest.mark.rule("R108")
def test_wishes_that_cannot_be_are_refused_and_new_ones_stand_instead_of_old(tun, hall, spring):
    ok = at_hour(MONDAY, 18, 20)
    for times, minutes, why in (
        ((), 0, wishing.NoWish), ((at_hour(1, 18, 20),), 0, wishing.WishOutside), ((ok, ok), 0, wishing.SameWish),
        ((at_hour(MONDAY, 16, 18),), 0, wishing.WishOutside), ((at_hour(MONDAY, 21, 23),), 0, wishing.WishOutside),
        ((ok,), 60, wishing.LongerThanAll), ((at_hour(MONDAY, 17, 18), ok), 0, wishing.LongerThanAll),
    ):  # fmt: skip
        with pytest.raises(why):
            wished(tun, spring, tun.other, *times, minutes=minutes)
    assert not SeasonClub.objects.exists()
    wished(tun, spring, tun.other, ok)
    club = wished(tun, spring, tun.other, at_hour(WEDNESDAY, 18, 19))
    assert [(row.weekday, row.rank) for row in club.times.all()] == [(WEDNESDAY, 1)]
    assert club.minutes == 60
    wishing.take_back_wish(club=club, by=speaker(tun, tun.other), at=tun.now)
    club.refresh_from_db()
    assert (club.wished_at, club.times.count()) == (None, 0)


def test_who_does_not_share_it_out_decides_nothing_and_sees_no_other(tun, hall, spring):
    club = wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20))
    council, late = speaker(tun, tun.council), tun.now + LATER
    for act in (
        lambda: season.propose(season=spring, by=council, at=late),
        lambda: season.decide(season=spring, version=1, by=council, at=late),
        lambda: season.give(club=club, times=[], by=speaker(tun, tun.other), at=late),
        lambda: season.cancel_season(season=spring, words="Nei", by=council, at=late),
        lambda: wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), by=council),
        lambda: wishing.take_back_wish(club=club, by=council, at=tun.now),
        lambda: seasons.season_for(council, spring.id),
        lambda: season.erase_season(season=spring, by=council, at=late),
        lambda: a_season(tun, a_hall(tun, name="Nesheim", owner=tun.other)) and season.open_season(
            lendable=hall, plan=SPRING, asked=[], sent_key=club.id, by=council, at=tun.now
        ),
    ):  # fmt: skip
        with pytest.raises(NotYours):
            act()
    assert seasons.lines_for(council, spring) == []
    assert [line.club.id for line in seasons.lines_for(speaker(tun, tun.other), spring)] == [club.id]


@pytest.mark.rule("R113")
def test_a_death_an_owner_that_leaves_and_a_year_after(tun, hall, spring):
    kari = tun.person("Kari", "Lie", "+4790000444")
    club = wished(tun, spring, tun.other, at_hour(MONDAY, 18, 20), person=kari)
    note_death(person=kari, by=tun.viewer(), at=tun.now)
    club.refresh_from_db()
    assert club.contact is None
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    club.refresh_from_db()
    assert club.contact == kari
    rows = {table.name: len(table.rows) for table in exports.tables_of(tun.centre.id).values()}
    assert (rows["seasons"], rows["season_clubs"], rows["season_times"]) == (1, 1, 1)
    after = dt.datetime(2028, 4, 1, tzinfo=dt.UTC)
    assert not season.erase_season(season=spring, by=tun.system(), at=tun.now)
    assert season.erase_season(season=spring, by=tun.system(), at=after)
    club.refresh_from_db()
    assert (club.contact, club.words, club.minutes) == (None, "", 120)
    leaving.owner_left(owner=tun.centre, words="Sentralen er lagd ned", by=tun.system(), at=tun.now)
    spring.refresh_from_db()
    assert spring.state == SeasonState.CANCELLED
