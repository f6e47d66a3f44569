"""Activities are opened, changed, moved, called off; what the open lists show follows."""

import datetime as dt
from dataclasses import replace

import pytest

from samtun.foundation.models import Owner
from samtun.foundation.models.runtime import EventRow
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.operation.activities import queries
from samtun.operation.activities.actions import keeping, making, spreading, times
from samtun.operation.activities.enums import ActivityState, OccurrenceState, Repeat, Rotate
from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.activities.queries import Clash, Planned, Wanted
from samtun.operation.lending.actions.booking import TimeTaken
from samtun.operation.lending.models import Booking
from samtun.partners.catalogue.actions.offers import SpecialCompetence
from samtun.partners.catalogue.enums import Category, Group, StillRight, Transport
from samtun.partners.organisations.models import Organisation
from tests.factories import catalogue as publishers
from tests.factories import programme
from tests.factories.lending import a_hall
from tests.factories.programme import FRIDAY, activity, hall, told, weekly, when

WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


def shown(**changes):
    facts = {"since": FRIDAY - WEEK, "until": FRIDAY + 60 * DAY} | changes
    return queries.programme(Wanted(**facts))


def events(name):
    return EventRow.objects.filter(name=f"activities.{name}").count()


def publishes(tun, owner, role=Role.ORGANISATION_REPRESENTATIVE):
    return tun.viewer(owner, role, {Permission.PUBLISH})


def test_what_is_opened_is_there_for_everyone(tun):
    it = activity(tun, weekly())
    lines = shown(until=FRIDAY + 21 * DAY)
    assert [line.on for line in lines] == [FRIDAY + n * WEEK for n in range(4)]
    assert (lines[0].title, lines[0].host_name, lines[0].place_name) == (
        "Strikkekafé", "Dalgrend frivilligsentral", "Menighetshuset"
    )  # fmt: skip
    assert it.state == ActivityState.OPEN
    assert it.true_until == dt.date(2027, 5, 25)


def test_the_same_page_sent_twice_is_one(tun):
    it = activity(tun)
    again = making.write(owner=tun.centre, told=told(), sent_key=it.sent_key, by=tun.viewer(), at=tun.now)
    assert again.id == it.id
    assert Activity.objects.count() == 1


def test_an_association_nobody_has_checked_waits_and_opens_by_itself(tun):
    by = publishes(tun, tun.other)
    it = making.write(owner=tun.other, told=told(), sent_key=programme.uuid.uuid4(), by=by, at=tun.now)
    assert (it.state, shown()) == (ActivityState.WAITING, [])
    publishers.known(tun)
    assert making.open_those_of(owner=tun.other.id, by=tun.system(), at=tun.now) == 1
    assert len(shown()) == 1
    second = making.write(owner=tun.other, told=told(title="Bingo"), sent_key=programme.uuid.uuid4(), by=by, at=tun.now)
    assert second.state == ActivityState.OPEN, "from then on at once"


def test_the_centre_writes_for_one_who_rings(tun):
    it = making.write(
        owner=tun.other, told=told(), sent_key=programme.uuid.uuid4(), by=tun.viewer(tun.centre), at=tun.now
    )
    assert (it.state, it.owner) == (ActivityState.OPEN, tun.other)
    with pytest.raises(NotYours):
        making.write(
            owner=tun.centre, told=told(), sent_key=programme.uuid.uuid4(), by=publishes(tun, tun.other), at=tun.now
        )


def test_nobody_publishes_without_the_permission(tun):
    with pytest.raises(NotYours):
        making.write(
            owner=tun.centre, told=told(), sent_key=programme.uuid.uuid4(), by=Viewer.anonymous(tun.municipality.id),
            at=tun.now,
        )  # fmt: skip


@pytest.mark.rule("R41")
def test_a_series_goes_around_the_halls_by_rule(tun):
    halls = tuple(hall(tun, name) for name in ("Sørgarden", "Nordheim", "Utsikten"))
    it = activity(tun, weekly(halls=halls))
    places = [row.place_name for row in programme.times(it)[:5]]
    assert places == ["Sørgarden", "Nordheim", "Utsikten", "Sørgarden", "Nordheim"], (
        "no turn is lost to the public holidays of Christmas"
    )
    assert [row.on for row in programme.times(it)[3:6]] == [FRIDAY + 3 * WEEK, FRIDAY + 6 * WEEK, FRIDAY + 7 * WEEK]


def test_hosts_in_turn_by_month(tun):
    it = activity(tun, weekly(hosts=(tun.centre, tun.other), rotate=Rotate.MONTHS))
    hosts = [(row.on.month, row.host_name) for row in programme.times(it)[:4]]
    assert hosts[0] == (11, "Dalgrend frivilligsentral")
    assert hosts[1] == (12, "Dalgrend helselag")


def test_a_change_moves_the_times_to_come_and_leaves_what_was_changed_by_hand(tun):
    it = activity(tun, weekly())
    first, second, *_ = programme.times(it)
    times.move(
        occurrence=second, on=second.on + DAY, starts=dt.time(11), ends=dt.time(13), place=None, where="Biblioteket",
        note="Vi møtes på biblioteket", by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    changed = making.change(
        activity=it, told=told(weekly(at=dt.time(19), to=dt.time(21)), title="Strikk og prat"), version=it.version,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.at, first.title) == (dt.time(19), "Strikk og prat")
    assert (second.at, second.on, second.place_name, second.title) == (
        dt.time(11), FRIDAY + WEEK + DAY, "Biblioteket", "Strikk og prat"
    )  # fmt: skip
    assert second.times == ["saturday"]
    assert events("occurrence_changed") >= 2
    with pytest.raises(times.NotThatStepNow):
        making.change(activity=it, told=told(), version=changed.version - 1, by=tun.viewer(), at=tun.now)


def test_what_falls_out_of_the_rule_is_taken_out_and_told(tun):
    it = activity(tun, weekly())
    last = FRIDAY + 2 * WEEK
    making.change(activity=it, told=told(weekly(until=last)), version=it.version, by=tun.viewer(), at=tun.now)
    assert [line.on for line in shown(until=FRIDAY + 400 * DAY)] == [FRIDAY, FRIDAY + WEEK, last]
    assert events("occurrence_off") > 10
    assert Occurrence.objects.filter(state=OccurrenceState.DROPPED).exists(), "a state, never a deletion"
    making.change(activity=it, told=told(weekly()), version=it.version + 1, by=tun.viewer(), at=tun.now)
    assert len(shown(until=FRIDAY + 21 * DAY)) == 4, "and back again"


def test_calling_off_says_why_where_people_look(tun):
    row = programme.times(activity(tun))[0]
    with pytest.raises(times.SayWhyOff):
        times.call_off(occurrence=row, because=" ", by=tun.viewer(), at=tun.now)
    times.call_off(occurrence=row, because="Glatte veier", by=tun.viewer(), at=tun.now)
    assert [(line.is_off, line.note) for line in shown()] == [(True, "Glatte veier")]
    assert events("occurrence_off") == 1
    with pytest.raises(times.NotThatStepNow):
        times.call_off(occurrence=row, because="igjen", by=tun.viewer(), at=tun.now)
    times.on_again(occurrence=row, by=tun.viewer(), at=tun.now)
    assert [(line.is_off, line.note) for line in shown()] == [(False, "")]
    assert events("occurrence_on") == 1


def test_what_has_been_is_not_called_off_and_a_host_may_note_who_came(tun):
    row = programme.times(activity(tun, when(hosts=(tun.other,))))[0]
    later = dt.datetime(2026, 11, 27, 21, tzinfo=dt.UTC)
    with pytest.raises(times.HasBeen):
        times.call_off(occurrence=row, because="Snø", by=tun.viewer(), at=later)
    with pytest.raises(times.NotThatStepNow):
        times.note_held(occurrence=row, head_count=12, by=publishes(tun, tun.other), at=tun.now)
    held = times.note_held(occurrence=row, head_count=12, by=publishes(tun, tun.other), at=later)
    assert (held.state, held.head_count) == (OccurrenceState.HELD, 12)
    times.note_held(occurrence=row, head_count=13, by=publishes(tun, tun.other), at=later)
    assert events("occurrence_held") == 1, "put right, not held twice"
    with pytest.raises(times.NoSuchCount):
        times.note_held(occurrence=row, head_count=-1, by=tun.viewer(), at=later)


@pytest.mark.rule("R33")
def test_inside_a_unit_a_host_of_the_staff_is_named_each_time(tun):
    row = programme.times(activity(tun, in_unit=True))[0]
    assert row.staff_host == "", "an open line until somebody is named"
    times.note_staff_host(occurrence=row, name="Sissel", by=tun.viewer(), at=tun.now)
    row.refresh_from_db()
    assert row.staff_host == "Sissel"


@pytest.mark.rule("R35")
def test_what_asks_for_a_physiotherapist_is_the_municipalitys(tun):
    with pytest.raises(SpecialCompetence):
        activity(tun, clinical=True)
    assert activity(tun, owner=tun.council, clinical=True).state == ActivityState.OPEN


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"least": 10, "most": 5}, making.MostBelowLeast),
        ({"when_": weekly(until=FRIDAY + DAY, weekdays=(2,))}, making.NeverHappens),
        ({"when_": when(starts_on=dt.date(2027, 3, 28), at=dt.time(2, 30), to=dt.time(5))}, times.NotAnHour),
        ({"when_": when(repeat=Repeat.MONTHLY, weekdays=(1,))}, making.NeverHappens),
    ],
)
def test_what_cannot_be_is_refused(tun, changed, fault):
    with pytest.raises(fault):
        activity(tun, **changed)
    assert Activity.objects.count() == 0


def test_ended_it_is_gone_from_the_lists_and_what_was_stays(tun):
    it = activity(tun, weekly(starts_on=FRIDAY - 2 * WEEK))
    assert programme.times(it)[0].on == FRIDAY - 2 * WEEK
    making.end(activity=it, by=tun.viewer(), at=tun.now)
    assert [line.on for line in shown(since=FRIDAY - 3 * WEEK, until=FRIDAY + 400 * DAY)] == [FRIDAY - 2 * WEEK]
    it.refresh_from_db()
    assert it.state == ActivityState.ENDED
    with pytest.raises(times.NotThatStepNow):
        making.end(activity=it, by=tun.viewer(), at=tun.now)


def test_taken_down_by_a_person_with_a_reason(tun):
    publishers.known(tun)
    it = activity(tun, owner=tun.other)
    with pytest.raises(making.SayWhy):
        making.take_down(activity=it, because="", by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        making.take_down(activity=it, because="Reklame", by=publishes(tun, tun.other), at=tun.now)
    making.take_down(activity=it, because="Dette er reklame", by=tun.viewer(), at=tun.now)
    assert shown() == []
    with pytest.raises(NotYours):
        making.open_it(activity=it, by=publishes(tun, tun.other), at=tun.now)
    making.open_it(activity=it, by=tun.viewer(), at=tun.now)
    assert len(shown()) == 1


def test_a_draft_is_pencilled_and_only_those_who_publish_see_it(tun):
    it = activity(tun, pencil=True)
    assert (it.state, shown()) == (ActivityState.DRAFT, [])
    planned = Planned(on=FRIDAY, at=dt.time(19), to=dt.time(21), category=Category.SOCIAL)
    seen = queries.beside(tun.viewer(tun.other), planned)
    assert [(one.title, one.is_pencilled, one.clash) for one in seen] == [("Strikkekafé", True, Clash.SAME_TIME)]
    with pytest.raises(NotYours):
        queries.beside(Viewer.anonymous(tun.municipality.id), planned)
    making.open_it(activity=it, by=tun.viewer(), at=tun.now)
    assert len(shown()) == 1


@pytest.mark.rule("R43")
@pytest.mark.practice("nissedal")
def test_a_bazaar_on_friday_warns_for_saturday_and_better_days_are_proposed(tun):
    saturday = FRIDAY + DAY
    activity(tun, when(starts_on=saturday), title="Julemesse", category=Category.EVENT)
    activity(tun, weekly(starts_on=FRIDAY - WEEK, at=dt.time(11), to=dt.time(13)), title="Formiddagskaffe")
    activity(tun, title="Barnekor", groups=(Group.CHILDREN,))
    planned = Planned(
        on=FRIDAY, at=dt.time(18), to=dt.time(21), groups=frozenset({Group.OLDER}), category=Category.EVENT
    )
    seen = [(one.title, one.clash) for one in queries.beside(tun.viewer(), planned)]
    assert seen == [("Formiddagskaffe", Clash.SAME_DAY), ("Julemesse", Clash.NEXT_DAY)], "a choir is for others"
    better = queries.better_days(tun.viewer(), planned, today=dt.date(2026, 11, 23))
    assert FRIDAY not in better
    assert saturday not in better
    assert len(better) == 3
    for day in better:
        assert queries.beside(tun.viewer(), replace(planned, on=day)) == []


def test_a_weekly_meeting_does_not_warn_of_the_day_beside(tun):
    activity(tun, weekly(weekdays=(3,), starts_on=FRIDAY - DAY))
    planned = Planned(on=FRIDAY, at=dt.time(18), to=dt.time(21), category=Category.EVENT)
    assert queries.beside(tun.viewer(), planned) == []


@pytest.mark.rule("R98")
def test_before_something_new_the_centre_sees_who_nearly_does_it(tun):
    publishers.known(tun)
    theirs = activity(tun, owner=tun.other, title="Onsdagskaffe")
    activity(tun, owner=tun.other, title="Turgruppe", category=Category.ACTIVE)
    found = queries.nearly_the_same(category=Category.SOCIAL, village=None, groups=[], owner=tun.centre.id)
    assert [one.id for one in found] == [theirs.id]


def test_what_people_look_for(tun):
    council = tun.council
    place = hall(tun, "Nordheim grendehus")
    activity(tun, when(starts_on=FRIDAY + DAY), title="Lørdagskaffe", place=place,
             transport=Transport.ORGANISER_FETCHES)  # fmt: skip
    activity(tun, when(at=dt.time(11), to=dt.time(12)), owner=council, title="Trim", category=Category.ACTIVE,
             is_free=False, price="40 kroner", groups=(Group.OLDER,))  # fmt: skip
    activity(tun, when(starts_on=dt.date(2026, 12, 25)), title="Julebord for alle")

    def titles(**wanted):
        return [line.title for line in shown(**wanted)]

    assert titles() == ["Trim", "Lørdagskaffe", "Julebord for alle"]
    assert titles(times=("saturday",)) == ["Lørdagskaffe"]
    assert titles(times=("saturday", "holiday")) == ["Lørdagskaffe", "Julebord for alle"]
    assert titles(times=("evening",)) == ["Lørdagskaffe", "Julebord for alle"]
    assert titles(with_ride=True) == ["Lørdagskaffe"]
    assert titles(is_free=True) == ["Lørdagskaffe", "Julebord for alle"]
    assert titles(category=Category.ACTIVE) == ["Trim"]
    assert titles(villages=(tun.near.id,)) == ["Lørdagskaffe"]
    assert titles(group=Group.CHILDREN) == ["Lørdagskaffe", "Julebord for alle"], "what is for all is for them too"
    assert titles(host=council.id) == ["Trim"]
    assert titles(words="nordheim lørd") == ["Lørdagskaffe"]
    assert titles(words="lordagskaffe") == ["Lørdagskaffe"], "spelt as on a foreign keyboard"
    assert titles(words="finnes ikke") == []


def test_another_municipality_sees_nothing_of_it(tun):
    activity(tun)
    assert Occurrence.unscoped.exclude(tenant=tun.municipality.id).count() == 0


@pytest.mark.rule("R46")
def test_half_a_year_on_its_owner_is_asked_and_answers(tun):
    it, other = activity(tun, weekly()), activity(tun, weekly(), title="Bridge")
    activity(tun, when(), title="Basar")
    later = tun.now + dt.timedelta(days=200)
    assert keeping.ask_about_due(by=tun.system(), at=tun.now) == 0
    assert keeping.ask_about_due(by=tun.system(), at=later) == 2, "what is once is not asked about"
    keeping.answered(activity=it.id, answer=StillRight.YES, by=tun.system(), at=later)
    keeping.answered(activity=other.id, answer=StillRight.ENDED, by=tun.system(), at=later)
    it.refresh_from_db()
    other.refresh_from_db()
    assert it.true_until == later.date() + making.TRUE_FOR
    assert other.state == ActivityState.ENDED
    keeping.answered(activity=other.id, answer=StillRight.YES, by=tun.system(), at=later)
    assert keeping.ask_about_due(by=tun.system(), at=later) == 0
    with pytest.raises(NotYours):
        keeping.ask_about_due(by=tun.viewer(), at=later)


def test_last_years_feast_is_this_years_draft(tun):
    last = activity(tun, when(), title="Julemesse", category=Category.EVENT)
    again = making.write(
        owner=tun.centre, pencil=True, year_of=last, told=told(when(starts_on=FRIDAY + 364 * DAY), title="Julemesse"),
        sent_key=programme.uuid.uuid4(), by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    assert (again.state, again.year_of) == (ActivityState.DRAFT, last)


def test_what_goes_on_gets_its_rows_month_by_month(tun):
    it = activity(tun, weekly())
    long = activity(tun, weekly(until=FRIDAY + 900 * DAY), title="Kor")
    before, sung = len(programme.times(it)), len(programme.times(long))
    at = tun.now + dt.timedelta(days=30)
    assert spreading.go_on(by=tun.system(), at=at) > 0
    assert len(programme.times(long)) > sung, "what ends far ahead goes on until then"
    after = programme.times(it)
    assert len(after) > before
    assert spreading.go_on(by=tun.system(), at=at) == 0, "a second time makes nothing new"
    with pytest.raises(NotYours):
        spreading.go_on(by=tun.viewer(), at=at)


def test_a_body_without_a_page_is_host_by_its_owners_name(tun):
    loose = Owner.objects.create(kind="organisation", name="Løst lag")
    Organisation.objects.create(owner=loose, name="Løst lag", kind="association")
    row = programme.times(activity(tun, when(hosts=(loose,))))[0]
    assert row.host_name == "Løst lag"


@pytest.mark.practice("nissedal")
def test_the_hall_is_booked_in_the_same_act_and_given_back_when_it_is_called_off(tun):
    fjordheim = a_hall(tun, way="at_once")
    it = making.write(
        owner=tun.other, told=told(weekly(until=FRIDAY + 2 * WEEK)), sent_key=programme.uuid.uuid4(),
        by=tun.viewer(tun.centre), at=tun.now, things=[fjordheim],
    )  # fmt: skip
    rows = list(Booking.objects.order_by("begins_at"))
    assert [(row.on, row.starts, row.ends, row.state) for row in rows] == [
        (FRIDAY + n * WEEK, dt.time(18), dt.time(20), "booked") for n in range(3)
    ]
    assert rows[0].for_owner == tun.other, "the centre wrote it for one who rang"
    with pytest.raises(TimeTaken, match=r"18\.00"):
        making.write(
            owner=tun.centre, told=told(title="Bingo"), sent_key=programme.uuid.uuid4(), by=tun.viewer(tun.centre),
            at=tun.now, things=[fjordheim],
        )  # fmt: skip
    assert not Activity.objects.filter(title="Bingo").exists(), "all of it, or none"
    times.call_off(occurrence=programme.times(it)[1], because="Storm", by=tun.viewer(tun.centre), at=tun.now)
    assert [row.state for row in Booking.objects.order_by("begins_at")] == ["booked", "given_back", "booked"]
    making.end(activity=it, by=tun.viewer(tun.centre), at=tun.now)
    assert not Booking.objects.filter(state="booked").exists()
