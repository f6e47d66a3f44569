"""What rests on an organisation, a volunteer or a consent stops when it goes; jobs that run twice give the same."""

import datetime as dt

import pytest

from samtun.evaluation.surveys.actions import ask_went_well
from samtun.foundation import events
from samtun.foundation.models import Owner, Share
from samtun.foundation.models.runtime import EventDelivery, EventRow
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message, Question
from samtun.notifications.messages.queries import one_call
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions.asking import NotLooking
from samtun.operation.help_requests.actions.entering import ConsentMissing
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
from samtun.people.consents.actions import record_consent, withdraw_consent
from samtun.work.todos.actions import open_todo
from samtun.work.todos.models import Todo


def run(names=None):
    """Let every receiver have every event it has not had, as the worker would; returns how many ran."""
    number = 0
    while True:
        fresh = [
            (row.id, receiver)
            for row in EventRow.objects.order_by("id")
            if names is None or row.name in names
            for receiver in events._receivers.get(row.name, {})
            if not EventDelivery.objects.filter(event=row, receiver=receiver).exists()
        ]
        if not fresh:
            return number
        number += sum(events.deliver(*each) for each in fresh)


def again(event):
    """Run all receivers of an event once more, past the book that says they have run."""
    for row in EventRow.objects.filter(name=event.name).order_by("id"):
        for receiver, (function, _same) in events._receivers[event.name].items():
            assert receiver
            function(row.payload, row.at)


def everything():
    """All that a second run could have changed."""
    return (
        list(HelpRequest.objects.order_by("id").values_list("id", "state", "version", "consent", "closed_at")),
        list(Ask.objects.order_by("id").values_list("id", "state")),
        list(Match.objects.order_by("id").values_list("id", "state", "ended_at")),
        list(Volunteer.objects.order_by("id").values_list("id", "state")),
        list(Message.objects.order_by("id").values_list("id", "notice", "state", "owner")),
        list(Todo.objects.order_by("id").values_list("id", "reason", "done_at")),
        EventRow.objects.filter(name=VolunteerLeft.name).count(),
    )


def notices(person):
    return list(Message.objects.filter(to_person=person.id).order_by("id").values_list("notice", flat=True))


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


def sent(tun):
    """Say that all texts have gone, so that they cannot be called off quietly."""
    Message.objects.filter(state="pending").update(state="delivered", sent_at=tun.now)


@pytest.mark.rule("R112")
def test_an_organisation_that_leaves_has_nothing_open_and_everyone_is_told(club):
    tun = club
    sent(tun)
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


# --- consent


def asked_for_by_another(tun):
    """Snow on Anna's steps, asked for by her daughter, with Anna's yes."""
    anna = tun.person("Anna", "Stokke", "+4792000009")
    consent = record_consent(
        person=anna, basis="self", what="Ynsket", passed_to=tun.centre, owner=tun.centre, purpose="Finne nokon",
        form="oral", by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    request = actions.take_call(
        owner=tun.centre, recipient=anna, wish=tun.wish(asked_by="Dotter Kari"), source=Source.CALL, consent=consent,
        by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    return consent, request


def open_reasons():
    return sorted(Todo.objects.filter(done_at=None, ref_kind="help_request").values_list("reason", flat=True))


@pytest.mark.rule("R76")
@pytest.mark.rule("R104")
@pytest.mark.parametrize("how_far", ["looking", "asked", "proposed", "agreed"])
def test_a_consent_taken_back_stops_what_rests_on_it(tun, how_far):
    marit, jonas = (tun.volunteer(n, "Vik", f"+479000000{i}") for i, n in enumerate(("Marit", "Jonas")))
    consent, request = asked_for_by_another(tun)
    assert request.state == "looking"
    asks = []
    if how_far != "looking":
        asks = actions.ask_volunteers(request=request, volunteers=[marit.id, jonas.id], by=tun.viewer(), at=tun.now)
        sent(tun)
    if how_far in {"proposed", "agreed"}:
        mine = next(a for a in asks if a.volunteer_id == marit.id)
        actions.answer_ask(ask=mine, yes=True, via="sms", by=tun.system(), at=tun.now)
    if how_far == "agreed":
        actions.answer_proposal(match=Match.objects.get(), yes=True, via="call", by=tun.viewer(), at=tun.now)
    assert HelpRequest.objects.get(id=request.id).state == how_far
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    run()
    stands = HelpRequest.objects.get(id=request.id)
    assert (stands.state, stands.consent_id) == ("unproven", None)
    assert open_reasons() == ["waits_for_consent"]
    assert not Ask.objects.filter(state__in=["sent", "silent", "yes"]).exists()
    assert not Match.objects.filter(state__in=["proposed", "agreed"]).exists()
    last = {
        "asked": ("help_requests.settled", None),
        "proposed": ("help_requests.not_needed", "help_requests.proposal"),
        "agreed": ("help_requests.cancelled_volunteer", "help_requests.cancelled_recipient"),
    }
    if how_far in last:
        assert notices(marit.person)[-1] == last[how_far][0]
        assert (notices(request.recipient) or [None])[-1] == last[how_far][1]
    before = everything()
    for row in EventRow.objects.filter(name="people_consents.withdrawn"):
        for function, _same in events._receivers[row.name].values():
            function(row.payload, tun.now)
    assert everything() == before


@pytest.mark.rule("R76")
def test_nobody_is_asked_in_the_seconds_before_the_job_has_run(tun):
    marit = tun.volunteer("Marit", "Vik", "+4790000001")
    consent, request = asked_for_by_another(tun)
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    with pytest.raises(ConsentMissing):
        actions.ask_volunteers(request=request, volunteers=[marit.id], by=tun.viewer(), at=tun.now)
    with pytest.raises(ConsentMissing):
        consent.refresh_from_db()
        actions.give_consent(request=request, consent=consent, by=tun.viewer(), at=tun.now)


@pytest.mark.rule("R76")
def test_after_a_new_yes_it_goes_on(tun):
    consent, request = asked_for_by_another(tun)
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    run()
    fresh = record_consent(
        person=request.recipient, basis="self", what="Ynsket", passed_to=tun.centre, owner=tun.centre,
        purpose="Finne nokon", form="oral", by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    stopped = HelpRequest.objects.select_related("task_type", "recipient").get(id=request.id)
    actions.give_consent(request=stopped, consent=fresh, by=tun.viewer(), at=tun.now)
    assert HelpRequest.objects.get(id=request.id).state == "new"
    assert open_reasons() == ["new"]


def test_what_is_closed_or_rests_on_another_yes_is_left_alone(tun):
    consent, request = asked_for_by_another(tun)
    actions.cancel(request=request, reason="", by=tun.viewer(), at=tun.now)
    own = tun.request()
    withdraw_consent(consent=consent, by=tun.viewer(), at=tun.now)
    run()
    assert HelpRequest.objects.get(id=request.id).state == "cancelled"
    assert HelpRequest.objects.get(id=own.id).state == "looking"
