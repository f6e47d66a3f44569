"""A call-out: first come, the others thanked, a no gives a week's quiet, a promise counts for all who ask."""

import datetime as dt

import pytest

from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.operation.callouts import actions
from samtun.operation.callouts.enums import CallOutState, TurnOut
from samtun.operation.callouts.models import Asked, CallOut, Friend
from samtun.operation.callouts.queries import hands
from samtun.operation.plans.queries import suggest_for
from samtun.operation.volunteers.actions import leave, set_ceiling
from samtun.operation.volunteers.models import Contribution, Engagement, Profile
from samtun.people.persons.actions import note_away, note_death, take_back_death
from samtun.people.persons.models import Away
from samtun.work.todos.queries import due_for
from tests.factories.journey import make_tun

THURSDAY = dt.date(2026, 11, 26)
NAMES = ["Marit", "Jonas", "Olena", "Kåre", "Synnøve", "Yonas", "Turid", "Geir"]


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def friends(tun):
    made = actions.make_list(owner=tun.centre, name="Turvener", by=tun.viewer(), at=tun.now)
    for number, name in enumerate(NAMES):
        volunteer = tun.volunteer(name, "Venn", f"+4790000{500 + number}")
        actions.add_friend(friends_list=made, volunteer=volunteer, by=tun.viewer(), at=tun.now)
    return made


def call_out(tun, friends, **changes):
    facts = {
        "task_type": tun.snow, "words": "tur med bebuarane", "place": "Solheimen", "on": THURSDAY,
        "starts": dt.time(10), "minutes": 120, "needed": 2,
    } | changes  # fmt: skip
    return actions.call_out(friends_list=friends, by=tun.viewer(), at=tun.now, **facts)


def asked(found):
    return list(Asked.objects.filter(call_out=found).order_by("id"))


def says(tun, one, yes, at=None):
    return actions.answer(asked=one, yes=yes, via="sms", by=tun.system(), at=at or tun.now)


def texts(notice):
    return Message.objects.filter(notice=notice).exclude(state=Message.State.CANCELLED).count()


def reasons(tun):
    return [line.reason for line in due_for(tun.viewer(), at=tun.now)]


@pytest.mark.practice("strand")
def test_first_come_and_the_others_are_thanked(tun, friends):
    found = call_out(tun, friends)
    ones = asked(found)
    assert len(ones) == 4, "twice as many as are needed, not the whole list"
    says(tun, ones[0], True)
    says(tun, ones[1], True)
    found.refresh_from_db()
    assert (found.state, hands(found)) == (CallOutState.FILLED, 2)
    assert [a.state for a in asked(found)] == [TurnOut.YES, TurnOut.YES, TurnOut.THANKED, TurnOut.THANKED]
    assert texts("callouts.counted") == 2
    with pytest.raises(actions.SaidAlready):
        says(tun, asked(found)[2], True)


@pytest.mark.rule("R02")
def test_a_no_gives_a_quiet_week_and_the_desk_hears_when_nobody_is_left(tun, friends):
    found = call_out(tun, friends, needed=1)
    for one in asked(found):
        says(tun, one, False)
    assert Profile.objects.get(person=asked(found)[0].volunteer.person_id).quiet_until == dt.date(2026, 11, 30)
    assert reasons(tun) == ["missing"]
    assert actions.ask_more(call_out=found, by=tun.viewer(), at=tun.now) == 2
    assert reasons(tun) == []


@pytest.mark.practice("strand")
def test_nobody_is_asked_twice_in_a_week(tun, friends):
    first = {a.volunteer_id for a in asked(call_out(tun, friends))}
    second = {a.volunteer_id for a in asked(call_out(tun, friends, on=THURSDAY + dt.timedelta(days=1)))}
    assert len(first) == len(second) == 4
    assert not first & second
    with pytest.raises(actions.NobodyToAsk):
        call_out(tun, friends, on=THURSDAY + dt.timedelta(days=2))
    assert CallOut.objects.count() == 2, "nothing stands of a call-out that could ask nobody"


def test_one_who_is_away_that_day_is_not_asked(tun, friends):
    away = Friend.objects.select_related("volunteer__person").order_by("id").first().volunteer.person
    note_away(person=away, starts=THURSDAY, ends=THURSDAY, where=Away.Where.AWAY, by=tun.viewer(), at=tun.now)
    found = call_out(tun, friends)
    assert away.id not in {one.volunteer.person_id for one in asked(found)}


@pytest.mark.rule("R60")
def test_a_promise_counts_towards_the_ceiling_for_everyone_who_asks(tun, friends):
    found = call_out(tun, friends)
    one = asked(found)[0]
    set_ceiling(volunteer=one.volunteer, times=1, per="month", by=tun.viewer(), at=tun.now)
    Profile.objects.update(last_asked_on=None)
    request = tun.request(on=dt.date(2026, 11, 27))

    def offered():
        shown = suggest_for("help_request", request.id, tun.viewer(), on=dt.date(2026, 11, 24))
        return {p.volunteer for g in shown.suggestions.groups for p in g.people}

    assert one.volunteer_id in offered()
    says(tun, one, True)
    assert one.volunteer_id not in offered()
    says(tun, asked(found)[0], False)
    Profile.objects.update(quiet_until=None)
    assert one.volunteer_id in offered(), "taken back, the day is free again"
    assert not Engagement.objects.exists()


def test_silence_comes_to_the_desk_after_an_opening_day(tun, friends):
    found = call_out(tun, friends)
    assert reasons(tun) == []
    assert actions.look(call_out=found, by=tun.system(), at=tun.now + dt.timedelta(days=2))
    assert reasons(tun) == ["missing"]
    actions.cancel(call_out=found, by=tun.viewer(), at=tun.now)
    assert not actions.look(call_out=found, by=tun.system(), at=tun.now + dt.timedelta(days=2))
    assert reasons(tun) == []


def test_a_yes_taken_back_opens_it_again_and_the_desk_hears(tun, friends):
    found = call_out(tun, friends, needed=1)
    one = asked(found)[0]
    says(tun, one, True)
    says(tun, one, False)
    found.refresh_from_db()
    assert found.state == CallOutState.OPEN
    assert reasons(tun) == ["dropped"]


@pytest.mark.rule("R72")
@pytest.mark.practice("strand")
def test_a_school_class_comes_through_its_adult_and_counts_as_its_hands(tun, friends):
    teacher = tun.volunteer("Anne", "Lærar", "+4790000599")
    Friend.objects.all().delete()
    actions.add_friend(friends_list=friends, volunteer=teacher, group_name="2B", counts=12, by=tun.viewer(), at=tun.now)
    found = call_out(tun, friends, needed=10)
    (one,) = asked(found)
    assert (one.group_name, one.counts) == ("2B", 12)
    says(tun, one, True)
    found.refresh_from_db()
    assert found.state == CallOutState.FILLED


@pytest.mark.rule("R72")
def test_a_group_is_answered_for_by_an_adult(tun, friends):
    for number, (born, group) in enumerate([(2009, ""), (2008, "2B"), (None, "2C")]):
        person = tun.volunteer(f"Elev{number}", "Lund", f"+479000057{number}", birth_year=born)
        actions.add_friend(
            friends_list=friends, volunteer=person, group_name=group, counts=12, by=tun.viewer(), at=tun.now
        )
    pupil = Friend.objects.get(volunteer__person__given_name="Elev0")
    with pytest.raises(actions.AnswersAsAdult):
        actions.add_friend(
            friends_list=friends, volunteer=pupil.volunteer, group_name="2A", counts=12, by=tun.viewer(), at=tun.now
        )
    pupil.refresh_from_db()
    assert (pupil.group_name, pupil.counts) == ("", 1)


@pytest.mark.parametrize("counts", [0, 61])
def test_a_group_of_no_size_is_refused(tun, friends, counts):
    friend = Friend.objects.select_related("volunteer").first()
    with pytest.raises(actions.GroupSize):
        actions.add_friend(
            friends_list=friends, volunteer=friend.volunteer, group_name="2B", counts=counts, by=tun.viewer(),
            at=tun.now,
        )  # fmt: skip


def test_cancelled_tells_those_who_come_and_lets_their_day_go(tun, friends):
    found = call_out(tun, friends)
    says(tun, asked(found)[0], True)
    actions.cancel(call_out=found, by=tun.viewer(), at=tun.now)
    assert texts("callouts.cancelled") == 1
    assert texts("callouts.ask") == 0, "what had not gone is not sent"
    assert not Engagement.objects.exists()
    with pytest.raises(actions.OverAlready):
        says(tun, asked(found)[1], True)


def test_when_its_time_has_passed_it_is_done_once(tun, friends):
    found = call_out(tun, friends)
    says(tun, asked(found)[0], True)
    after = dt.datetime(2026, 11, 26, 11, 1, tzinfo=dt.UTC)
    assert not actions.close_by_time(call_out=found, by=tun.system(), at=tun.now)
    assert actions.close_by_time(call_out=found, by=tun.system(), at=after)
    assert not actions.close_by_time(call_out=found, by=tun.system(), at=after)
    assert [(c.minutes, c.kind) for c in Contribution.objects.all()] == [(120, "snow")]
    assert not Engagement.objects.exists()


def test_those_who_come_are_reminded(tun, friends):
    found = call_out(tun, friends)
    says(tun, asked(found)[0], True)
    assert actions.remind(call_out=found, by=tun.system(), at=tun.now + dt.timedelta(days=2)) == 1


@pytest.mark.rule("R112")
def test_another_organisation_neither_calls_out_nor_answers(tun, friends):
    other = tun.viewer(tun.other)
    with pytest.raises(NotYours):
        actions.add_friend(friends_list=friends, volunteer=tun.volunteer("A", "B", "+4790000777"), by=other, at=tun.now)
    found = call_out(tun, friends)
    with pytest.raises(NotYours):
        actions.answer(asked=asked(found)[0], yes=True, via="call", by=other, at=tun.now)
    theirs = tun.volunteer("C", "D", "+4790000778", host=tun.other)
    with pytest.raises(actions.NotOnThisList):
        actions.add_friend(friends_list=friends, volunteer=theirs, by=tun.viewer(), at=tun.now)


def test_one_who_leaves_comes_off_the_lists_and_their_promise_goes(tun, friends):
    from samtun.operation.callouts.receivers import let_go

    found = call_out(tun, friends)
    one = asked(found)[0]
    says(tun, one, True)
    leave(volunteer=one.volunteer, by=tun.viewer(), at=tun.now)
    let_go({"volunteer_id": str(one.volunteer_id)}, tun.now)
    assert not Friend.objects.filter(volunteer=one.volunteer_id).exists()
    assert hands(found) == 0
    assert not Engagement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"needed": 0}, actions.HowMany), ({"on": dt.date(2026, 11, 22)}, actions.HasBeen)],
)
def test_what_cannot_be_is_said(tun, friends, changes, refusal):
    with pytest.raises(refusal):
        call_out(tun, friends, **changes)


def test_two_lists_do_not_have_one_name(tun, friends):
    with pytest.raises(actions.NameTaken):
        actions.make_list(owner=tun.centre, name="Turvener", by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R113")
def test_a_dead_volunteer_is_counted_out_without_a_word_and_the_desk_hears(tun, friends):
    found = call_out(tun, friends, needed=1)
    one = asked(found)[0]
    says(tun, one, True)
    sent = Message.objects.count()
    note_death(person=one.volunteer.person, by=tun.viewer(), at=tun.now)
    found.refresh_from_db()
    assert (found.state, hands(found)) == (CallOutState.OPEN, 0)
    assert not Engagement.objects.exists()
    assert "dropped" in reasons(tun)
    assert Message.objects.count() == sent, "nobody is written to about it"


@pytest.mark.rule("R113")
def test_a_mistaken_death_counts_the_volunteer_in_again_unless_the_place_is_filled(tun, friends):
    made = call_out(tun, friends, needed=1)
    first, second = asked(made)[:2]
    actions.answer(asked=first, yes=True, via="sms", by=tun.system(), at=tun.now)
    for _again in range(2):
        passing = note_death(person=first.volunteer.person, by=tun.viewer(), at=tun.now)
        first.refresh_from_db()
        assert first.state == TurnOut.DROPPED
        take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
        first.refresh_from_db()
        made.refresh_from_db()
        assert (first.state, made.state, first.via, hands(made)) == (TurnOut.YES, CallOutState.FILLED, "sms", 1)
        assert Engagement.objects.filter(ref_id=first.id).count() == 1
    passing = note_death(person=first.volunteer.person, by=tun.viewer(), at=tun.now)
    Asked.objects.filter(id=second.id).update(state=TurnOut.SENT)
    actions.answer(asked=second, yes=True, via="sms", by=tun.system(), at=tun.now)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    first.refresh_from_db()
    assert (first.state, hands(made)) == (TurnOut.THANKED, 1)
    assert [line.reason for line in due_for(tun.viewer(), at=tun.now)].count("not_back") == 1
