"""What rests on an organisation, a volunteer or a consent stops when it goes; jobs that run twice give the same."""

import datetime as dt

import pytest

from samtun.evaluation.surveys.actions import ask_went_well
from samtun.foundation import events
from samtun.foundation.models import Owner, Share
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries import one_call
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.asking import NotLooking
from samtun.operation.help_requests.enums import Source
from samtun.operation.help_requests.models import Ask, HelpRequest, Match
from samtun.operation.help_requests.notices import words_for
from samtun.operation.plans.queries import suggest_for
from samtun.operation.screening.actions import note_declaration, note_suitability
from samtun.operation.screening.queries import noted
from samtun.operation.volunteers import actions as volunteers
from samtun.operation.volunteers.events import VolunteerLeft
from samtun.operation.volunteers.models import Volunteer
from samtun.partners.organisations.actions import leave
from samtun.partners.organisations.events import OrganisationLeft
from samtun.partners.organisations.models import Organisation
from samtun.work.todos.actions import open_todo
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.after import again, everything, notices, run, sent


def agreed(tun, volunteer, request):
    (ask,) = actions.ask_volunteers(
        request=request, volunteers=[volunteer.id], by=tun.viewer(request.owner), at=tun.now
    )  # fmt: skip
    actions.answer_ask(ask=ask, yes=True, via="sms", by=tun.system(), at=tun.now)
    match = Match.objects.get(request=request, state="proposed")
    return actions.answer_proposal(match=match, yes=True, via="call", by=tun.system(), at=tun.now)


def wish_of(tun, owner, given, number, state="looking", **changes):
    recipient = tun.person(given, "Bø", f"+4792000{number:03d}", owner=owner)
    request = actions.take_call(
        owner=owner, recipient=recipient, wish=tun.wish(**changes), source=Source.CALL, by=tun.system(), at=tun.now
    )  # fmt: skip
    if request.state == "new" and state == "looking":
        actions.assess(request=request, outcome="volunteer", reason="Snø", by=tun.system(), at=tun.now)
    return request


def goes(tun, owner):
    leave(organisation=Organisation.objects.get(owner=owner), by=tun.system(), at=tun.now)
    return owner


@pytest.fixture
def club(tun):
    """The health association with requests in each state and three volunteers of its own."""
    tun.one, tun.two, tun.three = (
        tun.volunteer(name, "Vik", f"+479100000{n}", host=tun.other) for n, name in enumerate(("Hanne", "Jonas", "Liv"))
    )
    tun.stands = wish_of(tun, tun.other, "Anna", 1)
    tun.match = agreed(tun, tun.one, tun.stands)
    tun.asked = wish_of(tun, tun.other, "Olav", 2, on=dt.date(2026, 11, 27))
    actions.ask_volunteers(request=tun.asked, volunteers=[tun.two.id], by=tun.viewer(tun.other), at=tun.now)
    tun.fresh = wish_of(tun, tun.other, "Siri", 3, state="new")
    tun.waits = wish_of(tun, tun.other, "Per", 4, asked_by="Dotter")
    return tun


@pytest.mark.rule("R112")
def test_an_organisation_that_leaves_has_nothing_open_and_everyone_is_told(club):
    tun = club
    sent(tun)
    open_todo(
        ref=Ref("thanks", tun.other.id), reason="thank_three", about="", due=tun.now, owner=tun.other.id, at=tun.now,
        audience="thank_volunteers",
    )  # fmt: skip
    goes(tun, tun.other)
    run()
    rows = HelpRequest.objects.filter(owner=tun.other)
    assert set(rows.values_list("state", flat=True)) == {"cancelled"}
    assert rows.count() == 4
    assert set(Volunteer.objects.filter(host=tun.other).values_list("state", flat=True)) == {"left"}
    assert not Todo.objects.filter(owner=tun.other, done_at=None).exists()
    assert notices(tun.stands.recipient)[-1] == "help_requests.cancelled_recipient"
    assert notices(tun.one.person)[-1] == "help_requests.cancelled_volunteer"
    assert notices(tun.two.person)[-1] == "help_requests.settled"
    assert notices(tun.asked.recipient) == notices(tun.fresh.recipient) == ["help_requests.nobody_found"]
    assert notices(tun.waits.recipient) == [], "one who was never asked hears nothing"
    assert "help_requests.cannot_come" not in notices(tun.stands.recipient), "nobody is looked for"


@pytest.mark.parametrize("first", [OrganisationLeft, VolunteerLeft])
def test_whichever_job_comes_first_it_ends_the_same(club, first):
    tun = club
    sent(tun)
    goes(tun, tun.other)
    if first is VolunteerLeft:
        by = tun.system()
        volunteers.host_left(host=Owner.objects.get(id=tun.other.id), by=by, at=tun.now)
        run({VolunteerLeft.name})
    run()
    assert HelpRequest.objects.get(id=tun.stands.id).state == "cancelled"
    assert notices(tun.stands.recipient)[-1] == "help_requests.cancelled_recipient"
    assert notices(tun.one.person)[-1] == "help_requests.cancelled_volunteer"


@pytest.mark.reliability
def test_all_that_follows_run_twice_gives_the_same(club):
    tun = club
    goes(tun, tun.other)
    assert run() > 0
    before = everything()
    again(OrganisationLeft)
    again(VolunteerLeft)
    assert everything() == before
    assert run() == 0


def test_those_who_have_no_text_messages_are_rung_by_someone_who_is_there(club):
    tun = club
    person = tun.stands.recipient
    person.phone_kind = "landline"
    person.save()
    goes(tun, tun.other)
    run()
    call = Message.objects.get(to_person=person.id, notice="help_requests.cancelled_recipient")
    assert (call.channel, call.owner_id) == ("call", tun.centre.id)
    todo = Todo.objects.get(ref_kind="message", ref_id=call.id)
    assert (todo.reason, todo.owner_id, todo.done_at) == ("call", tun.centre.id, None)
    said = one_call(tun.viewer(), call.id)
    assert said is not None
    assert "avlyst" in str(said)


def test_texts_that_still_go_name_someone_who_is_there(club):
    tun = club
    assert words_for(tun.stands, "nn")["owner"] == "Dalgrend helselag"
    goes(tun, tun.other)
    assert words_for(HelpRequest.objects.get(id=tun.stands.id), "nn")["owner"] == "Dalgrend frivilligsentral"


def test_others_and_their_volunteers_are_left_alone(club):
    tun = club
    mine = tun.volunteer("Marit", "Fjelde", "+4790000011")
    request = tun.request()
    agreed(tun, mine, request)
    kept = open_todo(
        ref=Ref("help_request", request.id), reason="ring_me", about="", due=tun.now, owner=tun.centre.id, at=tun.now,
        audience="handle_requests",
    )  # fmt: skip
    goes(tun, tun.other)
    run()
    assert HelpRequest.objects.get(id=request.id).state == "agreed"
    assert Volunteer.objects.get(id=mine.id).state == "active"
    assert Todo.objects.get(id=kept.id).done_at is None


def test_the_actions_stop_nothing_of_one_who_has_not_left_and_obey_no_person(club):
    tun = club
    for by in (tun.system(), tun.viewer(tun.other)):
        with pytest.raises(NotYours):
            actions.owner_left(owner=tun.other, by=by, at=tun.now)
        with pytest.raises(NotYours):
            volunteers.host_left(host=tun.other, by=by, at=tun.now)
    gone = Owner.objects.get(id=goes(tun, tun.other).id)
    for act in (actions.owner_left, volunteers.host_left):
        with pytest.raises(NotYours):
            act(**{"owner" if act is actions.owner_left else "host": gone}, by=tun.viewer(tun.other), at=tun.now)


def shared(tun):
    Share.objects.create(
        giver=tun.other, receiver=tun.centre, what="volunteers", purpose="Snø", starts=tun.now.date(),
        ends=tun.now.date() + dt.timedelta(days=30),
    )  # fmt: skip
    return tun.volunteer("Hanne", "Vik", "+4791000010", host=tun.other)


def test_a_volunteer_lent_to_another_is_told_and_someone_else_is_looked_for(tun):
    theirs, request = shared(tun), tun.request()
    agreed(tun, theirs, request)
    goes(tun, tun.other)
    run()
    assert HelpRequest.objects.get(id=request.id).state == "looking"
    assert Match.objects.get().state == "dropped_out"
    assert notices(theirs.person)[-1] == "help_requests.not_needed"
    assert notices(request.recipient)[-1] == "help_requests.cannot_come"
    assert list(Todo.objects.filter(owner=tun.centre, done_at=None, ref_kind="help_request").values_list("reason")) == [
        ("dropped_out",)
    ]
    before = everything()
    again(VolunteerLeft)
    assert everything() == before


@pytest.mark.rule("R112")
def test_a_share_that_has_ended_suggests_nobody_the_same_day(tun):
    theirs, request = shared(tun), tun.request()

    def suggested():
        shown = suggest_for("help_request", request.id, tun.viewer(), on=tun.now.date())
        return {p.volunteer for g in shown.suggestions.groups for p in g.people} | {v for v, _r in shown.excluded}

    assert suggested() == {theirs.id}
    Share.objects.update(ends=tun.now.date())
    assert suggested() == set()


@pytest.mark.rule("R60")
def test_one_who_stops_is_not_left_with_an_open_ask_and_the_desk_looks_for_others(tun):
    marit = tun.volunteer("Marit", "Fjelde", "+4790000001")
    request = tun.request()
    (ask,) = actions.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
    sent(tun)
    volunteers.leave(volunteer=marit, by=tun.system(), at=tun.now)
    run()
    assert Ask.objects.get(id=ask.id).state == "withdrawn"
    assert HelpRequest.objects.get(id=request.id).state == "looking"
    assert [t.reason for t in Todo.objects.filter(done_at=None)] == ["nobody_can"]
    assert notices(marit.person) == ["help_requests.ask"], "it was their own act"
    with pytest.raises(NotLooking):
        actions.answer_ask(ask=ask, yes=True, via="link", by=tun.system(), at=tun.now)


def test_what_was_done_before_stays_done_when_a_volunteer_leaves(tun):
    marit, request = tun.volunteer("Marit", "Fjelde", "+4790000001"), tun.request()
    match = agreed(tun, marit, request)
    noon = dt.datetime(2026, 11, 26, 11, 30, tzinfo=dt.UTC)
    actions.mark_done(match=match, minutes=40, via="link", by=tun.system(), at=noon)
    volunteers.leave(volunteer=marit, by=tun.system(), at=noon)
    run({VolunteerLeft.name})
    assert (Ask.objects.get().state, Match.objects.get().state) == ("yes", "done")


@pytest.mark.rule("R79")
def test_what_was_noted_of_suitability_goes_when_a_volunteer_leaves_and_the_promise_stays(tun):
    marit, jonas = (tun.volunteer(n, "Vik", f"+479000000{i}") for i, n in enumerate(("Marit", "Jonas")))
    for each in (marit, jonas):
        who = {"person": each.person, "owner": tun.centre, "by": tun.system(), "at": tun.now}
        note_suitability(held_on=tun.now.date(), **who)
        note_declaration(signed_on=tun.now.date(), **who)
    volunteers.leave(volunteer=marit, by=tun.system(), at=tun.now)
    run()
    again(VolunteerLeft)
    gone, kept = (noted(each.person_id, tun.centre.id) for each in (marit, jonas))
    assert (gone.talk, gone.declaration is None) == (None, False)
    assert kept.talk is not None


def test_nobody_is_asked_how_it_went_for_one_who_is_not_there(club):
    tun = club
    noon = dt.datetime(2026, 11, 26, 11, 30, tzinfo=dt.UTC)
    actions.mark_done(match=tun.match, minutes=40, via="link", by=tun.system(), at=noon)
    ask_went_well(match=Match.objects.select_related("request").get(id=tun.match.id), by=tun.system(), at=noon)
    leave(organisation=Organisation.objects.get(owner=tun.other), by=tun.system(), at=noon)
    run({OrganisationLeft.name})
    assert [m.state for m in Message.objects.filter(notice__startswith="surveys.")] == ["cancelled"]
    assert all(q.ends_at <= events.clock.now() for q in Question.objects.filter(kind="went_well"))
