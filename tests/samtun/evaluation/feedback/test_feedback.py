"""Feedback: said by anyone, answered where it is, heard on the sender's own channel; nobody closes another's matter."""

import datetime as dt

import pytest

from samtun.evaluation.feedback.actions import answering, settling
from samtun.evaluation.feedback.actions.raising import HowToReach, OnlyOrganisations, OwnMatter, Said, raise_feedback
from samtun.evaluation.feedback.actions.telling import NotThatStepNow, TooLong, WriteIt
from samtun.evaluation.feedback.enums import Hears, Via
from samtun.evaluation.feedback.models import Concern, Feedback, HeadsUp
from samtun.evaluation.feedback.queries import about
from samtun.evaluation.feedback.queries import answering as queries
from samtun.evaluation.feedback.rules import follow_token
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.people.preferences.actions import set_preferences
from samtun.work.todos.models import Todo
from tests.factories.feedback import a_matter, answered, oneself, said_by, text_of
from tests.factories.journey import make_tun

SATURDAYS = "Vi får ikkje fylt laurdagane"
FRIDAY = dt.date(2026, 12, 4)


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def marit(tun):
    return tun.volunteer("Marit", "Fjelde", "+4790000001").person


@pytest.fixture
def helselag(tun):
    """Somebody who speaks for the association."""
    return tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.MANAGE_ORGANISATION})


def told(tun, person):
    """The texts a person has been queued, oldest first."""
    sent = Message.objects.filter(to_person=person.id, ref_kind="feedback_step").order_by("made_at", "id")
    return [text_of(message) for message in sent]


def due(found):
    return list(Todo.objects.filter(ref_id=found.id, done_at=None).values_list("reason", flat=True))


@pytest.mark.rule("R04")
@pytest.mark.practice("levels")
def test_each_step_reaches_the_one_who_said_it(tun, marit):
    by, at = tun.viewer(), tun.now
    found = said_by(tun, marit, words=SATURDAYS)
    assert due(found) == ["feedback_waits"]
    answering.take_on(feedback=found, by=by, at=at)
    ref = Ref("agenda_item", uuid7())
    answering.note_passed_up(feedback=found, to="utvalet for helse", ref=ref, on=FRIDAY, by=by, at=at)
    assert due(found) == []
    answering.note_decided(feedback=found, words="Ein bil til på laurdagane", by=by, at=at)
    assert due(found) == ["feedback_decided"]
    answering.answer(feedback=found, words="Bilen kjem i januar", by=by, at=at)
    heard = told(tun, marit)
    said = ["Dalgrend frivilligsentral har fått", "utvalet for helse", "Ein bil til", "Bilen kjem i januar"]
    assert [word in text for word, text in zip(said, heard, strict=True)] == [True] * 4
    assert "4. desember" in heard[1]
    assert SATURDAYS not in " ".join(heard)
    assert due(found) == []


def test_how_long_each_step_took_is_seen(tun, marit):
    found = said_by(tun, marit)
    answering.take_on(feedback=found, by=tun.viewer(), at=tun.now + dt.timedelta(hours=5))
    answered(tun, found, at=tun.now + dt.timedelta(days=3, hours=5))
    steps = queries.steps_of(found)
    assert [(s.step.kind, s.days, s.hours) for s in steps] == [("received", 0, 0), ("taken", 0, 5), ("answered", 3, 0)]


def test_an_answer_is_promised_in_opening_days(tun, marit):
    """Monday, Wednesday and Friday are open: five opening days after a Monday is the Friday of the week after."""
    found = said_by(tun, marit)
    assert found.due is not None
    assert found.due.date() == dt.date(2026, 12, 4)


def test_one_without_text_messages_is_rung(tun):
    anna = tun.recipient()
    set_preferences(person=anna, channel="call", by=tun.system(), at=tun.now)
    found = said_by(tun, anna, via=Via.PHONE, by=tun.viewer())
    assert told(tun, anna) == []
    answered(tun, found)
    (message,) = Message.objects.filter(to_person=anna.id)
    assert (message.channel, message.state) == ("call", "pending")
    assert "Ring Anna" in text_of(message)


def test_a_number_that_nobody_has_proved_gets_nothing_before_a_person_has_answered(tun):
    found = a_matter(tun, Said("Salen er låst", name="Per", phone="+4790000777", hears=Hears.TEXT))
    assert not Message.objects.exists()
    answered(tun, found)
    (message,) = Message.objects.all()
    assert (message.to_person, message.channel, message.ref_kind) == (None, "sms", "feedback_step")


def test_without_a_name_nothing_is_sent_and_the_address_shows_it(tun):
    found = a_matter(tun, Said("Salen er låst"))
    answered(tun, found)
    assert not Message.objects.exists()
    assert queries.by_token(follow_token(found.id)) == found
    for wrong in ("", follow_token(uuid7()), str(found.id)):
        with pytest.raises(NotYours):
            queries.by_token(wrong)


def test_the_same_page_sent_twice_is_one(tun):
    first = a_matter(tun, Said("Salen er låst"), sent_key="eitt")
    assert a_matter(tun, Said("Salen er låst"), sent_key="eitt") == first
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Said("  "), WriteIt), (Said("x" * 1001), TooLong), (Said("Hei", hears=Hears.TEXT), HowToReach),
        (Said("Hei", hears=Hears.EMAIL), HowToReach), (Said("Hei", is_public=True), OnlyOrganisations),
        (Said("Hei", sender=uuid7()), NotYours), (Said("Hei", from_owner=uuid7()), NotYours),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_refused(tun, said, fault):
    with pytest.raises(fault):
        a_matter(tun, said)


def test_only_who_answers_writes_down_for_others(tun, marit):
    stranger = tun.viewer(tun.other)
    with pytest.raises(NotYours):
        said_by(tun, marit, via=Via.PHONE, by=stranger)
    with pytest.raises(NotYours):
        said_by(tun, marit, via=Via.FORM, by=tun.viewer())


def test_an_organisation_raises_nothing_with_itself(tun):
    leader = tun.viewer(tun.centre, Role.LEADER, {Permission.MANAGE_ORGANISATION})
    with pytest.raises(OwnMatter):
        a_matter(tun, Said("Hei", from_owner=tun.centre.id), by=leader)


def test_another_owner_sees_and_answers_nothing(tun, marit):
    found, stranger = said_by(tun, marit), tun.viewer(tun.other)
    for act in (answering.take_on, settling.close):
        with pytest.raises(NotYours):
            act(feedback=found, by=stranger, at=tun.now)
    with pytest.raises(NotYours):
        answering.answer(feedback=found, words="Nei", by=stranger, at=tun.now)
    with pytest.raises(NotYours):
        queries.feedback_for(stranger, found.id)
    assert queries.to_answer(stranger).count() == 0


def test_nothing_is_closed_without_an_answer(tun, marit):
    found = said_by(tun, marit)
    with pytest.raises(settling.AnswerBeforeClosing):
        settling.close(feedback=found, by=tun.viewer(), at=tun.now)
    with pytest.raises(settling.NotAnsweredYet):
        settling.settle(feedback=found, by=oneself(tun, marit), at=tun.now)
    with pytest.raises(WriteIt):
        answering.answer(feedback=found, words=" ", by=tun.viewer(), at=tun.now)
    answered(tun, found)
    assert settling.close(feedback=found, by=tun.viewer(), at=tun.now).settled == "answer"


def test_a_meeting_is_named_and_still_to_come(tun, marit):
    found, by = said_by(tun, marit), tun.viewer()
    with pytest.raises(answering.WhereTo):
        answering.note_passed_up(feedback=found, to=" ", ref=None, on=None, by=by, at=tun.now)
    past = tun.now.date() - dt.timedelta(days=1)
    with pytest.raises(answering.MeetingIsPast):
        answering.note_passed_up(feedback=found, to="utvalet", ref=None, on=past, by=by, at=tun.now)
    with pytest.raises(NotThatStepNow):
        answering.note_decided(feedback=found, words="Ja", by=by, at=tun.now)


def test_a_decision_is_answer_enough(tun, marit):
    found, by = said_by(tun, marit), tun.viewer()
    answering.note_passed_up(feedback=found, to="utvalet", ref=None, on=None, by=by, at=tun.now)
    answering.note_decided(feedback=found, words="Vi ventar til våren", by=by, at=tun.now)
    answering.answer(feedback=found, words="", by=by, at=tun.now)
    assert len(told(tun, marit)) == 3
    assert settling.close(feedback=found, by=by, at=tun.now).state == "closed"


@pytest.mark.rule("R110")
def test_an_organisations_matter_is_its_own_to_close(tun, helselag):
    found = a_matter(tun, Said(SATURDAYS, from_owner=tun.other.id, is_public=True), by=helselag)
    answered(tun, found)
    with pytest.raises(settling.TheirsToClose):
        settling.close(feedback=found, by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        settling.leave_it(feedback=found, by=tun.viewer(), at=tun.now)
    with pytest.raises(NotYours):
        settling.settle(feedback=found, by=tun.viewer(), at=tun.now, token=follow_token(found.id))
    late = tun.now + dt.timedelta(days=90)
    assert not settling.settle_by_time(feedback=found, by=tun.system(), at=late)
    for _twice in range(2):
        settling.not_settled(feedback=found, words="Ikkje enno", by=helselag, at=tun.now)
        answered(tun, found)
    assert settling.settle(feedback=found, by=helselag, at=tun.now).settled == "settled"
    assert [step.public_words for step in found.steps.filter(kind="answered")] == ["Nøkkelen heng i boksen"] * 3


def test_an_organisation_may_leave_its_matter_unanswered(tun, helselag):
    found = a_matter(tun, Said(SATURDAYS, from_owner=tun.other.id), by=helselag)
    assert settling.leave_it(feedback=found, by=helselag, at=tun.now).settled == "left"
    assert due(found) == []
    assert queries.public_matters() == []


def test_not_settled_opens_it_once_more(tun, marit):
    found, own = said_by(tun, marit), oneself(tun, marit)
    answered(tun, found)
    settling.close(feedback=found, by=tun.viewer(), at=tun.now)
    again = settling.not_settled(feedback=found, words="Framleis låst", by=own, at=tun.now)
    assert (again.state, again.closed_at, due(found)) == ("received", None, ["feedback_waits"])
    answered(tun, found)
    with pytest.raises(settling.AnsweredTwice):
        settling.not_settled(feedback=found, words="Framleis", by=own, at=tun.now)


def test_only_the_sender_says_that_it_is_not_settled(tun, marit):
    found = said_by(tun, marit)
    answered(tun, found)
    nobody = Viewer.anonymous(tun.municipality.id)
    for token in ("", follow_token(uuid7())):
        with pytest.raises(NotYours):
            settling.not_settled(feedback=found, words="Nei", by=nobody, at=tun.now, token=token)
    settling.not_settled(feedback=found, words="Nei", by=nobody, at=tun.now, token=follow_token(found.id))
    answered(tun, found)
    settled = settling.settle(feedback=found, by=nobody, at=tun.now, token=follow_token(found.id))
    assert settled.settled == "settled"


def test_a_coordinator_opens_it_again_for_one_who_rings(tun, marit):
    found = said_by(tun, marit)
    answered(tun, found)
    with pytest.raises(NotYours):
        settling.not_settled(feedback=found, words="Nei", by=tun.viewer(tun.other), at=tun.now, via=Via.PHONE)
    again = settling.not_settled(feedback=found, words="Nei", by=tun.viewer(), at=tun.now, via=Via.PHONE)
    assert again.state == "received"


def test_not_answered_in_time_is_seen_by_who_leads(tun, marit):
    found = said_by(tun, marit)
    assert not answering.not_answered(feedback=found, by=tun.system(), at=tun.now)
    with pytest.raises(NotYours):
        answering.not_answered(feedback=found, by=tun.viewer(), at=found.due)
    assert answering.not_answered(feedback=found, by=tun.system(), at=found.due)
    late = Todo.objects.get(ref_id=found.id, reason="feedback_late")
    assert late.audience == Permission.MANAGE_ORGANISATION
    answered(tun, found, at=found.due)
    assert due(found) == []


def test_it_closes_by_itself_and_is_erased_a_year_after(tun, marit):
    found, by = said_by(tun, marit, words=SATURDAYS), tun.system()
    answered(tun, found)
    soon, late = tun.now + dt.timedelta(days=13), tun.now + dt.timedelta(days=14)
    assert not settling.settle_by_time(feedback=found, by=by, at=soon)
    assert settling.settle_by_time(feedback=found, by=by, at=late)
    assert not settling.erase_feedback(feedback=found, by=by, at=late + dt.timedelta(days=364))
    assert settling.erase_feedback(feedback=found, by=by, at=late + dt.timedelta(days=365))
    found.refresh_from_db()
    assert (found.words, found.sender_id, found.ref_id) == ("", None, None)
    assert {(s.words, s.by_words) for s in found.steps.all()} == {("", "")}
    with pytest.raises(NotYours):
        queries.by_token(follow_token(found.id))
    with pytest.raises(settling.NotAnsweredYet):
        settling.not_settled(feedback=found, words="Nei", by=tun.viewer(), at=late, via=Via.PHONE)


def test_an_open_matter_keeps_its_open_words(tun, helselag):
    found = a_matter(tun, Said(SATURDAYS, from_owner=tun.other.id, is_public=True), by=helselag)
    answered(tun, found)
    settling.settle(feedback=found, by=helselag, at=tun.now)
    assert settling.erase_feedback(feedback=found, by=tun.system(), at=tun.now + dt.timedelta(days=365))
    found.refresh_from_db()
    assert found.words == SATURDAYS
    assert found.steps.get(kind="answered").public_words == "Nøkkelen heng i boksen"


@pytest.mark.rule("R84")
def test_it_never_meets_concerns_and_words_about_persons(tun, marit):
    said_by(tun, marit)
    assert (Concern.objects.count(), HeadsUp.objects.count()) == (0, 0)


def test_something_is_said_about_what_one_may_see(tun, marit):
    request = tun.request()
    thing = about.thing_for(tun.viewer(), "help_request", request.id)
    assert (thing.owner, thing.title) == (tun.centre, "Snø på trappa")
    assert "Anna" not in thing.title
    for kind, key in (("help_request", request.id), ("match", uuid7()), ("person", marit.id)):
        with pytest.raises(NotYours):
            about.thing_for(oneself(tun, marit), kind, key)
    with pytest.raises(NotYours):
        about.thing_for(tun.viewer(tun.other), "help_request", request.id)


def test_something_else_is_answered_by_who_answers_in_public(tun):
    found = raise_feedback(
        thing=about.something_else(), told=Said("Hei"), sent_key="x", via=Via.FORM,
        by=Viewer.anonymous(tun.municipality.id), at=tun.now,
    )  # fmt: skip
    assert (found.owner, found.title, found.ref_id) == (tun.centre, "", None)
