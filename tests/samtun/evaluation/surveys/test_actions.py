"""Who may say how it went."""

import datetime as dt

import pytest

from samtun.evaluation.surveys import actions
from samtun.evaluation.surveys.models import Answer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Question
from tests.factories.desk import coordinator, oneself, owner, person
from tests.factories.help import match, task_type, volunteer


@pytest.fixture
def done(in_municipality):
    ours = owner()
    return match(volunteer(ours), person(ours, "Solveig", "Nesheim"), task_type(), state="done")


def answered(done, by):
    at = clock.now()
    return actions.answer_went_well(match=done, value=Answer.Value.YES, via="phone", by=by, at=at)


def test_the_one_it_was_for_and_whoever_takes_care_of_it_answer(done):
    assert answered(done, oneself(done.request.recipient)).via == "phone"
    assert answered(done, coordinator(done.request.owner)).value == Answer.Value.YES


def test_an_answer_by_link_and_its_words_are_taken_together_or_not_at_all(done):
    at, recipient = clock.now(), done.request.recipient
    asked = Question.objects.create(
        kind="went_well", ref_kind="went_well", ref_id=done.id, to_person=recipient.id, code=27, nonce="abcdefgh",
        owner=done.request.owner, asked_at=at, ends_at=at + dt.timedelta(days=14),
        link_until=at + dt.timedelta(days=20),
    )  # fmt: skip
    says = {"question": asked, "value": Answer.Value.YES, "via": "link", "by": oneself(recipient), "at": at}
    with pytest.raises(actions.WordsTooLong):
        actions.take_went_well(**says, words="x" * 301)
    asked.refresh_from_db()
    assert (asked.answered_at, Answer.objects.exists()) == (None, False)
    actions.take_went_well(**says, words="Takk!", may_tell=True)
    actions.take_went_well(**says | {"value": Answer.Value.RING_ME})
    stands = Answer.objects.get()
    assert (stands.value, stands.words, stands.words_may_be_told) == ("ring_me", "Takk!", True)


def test_nobody_else_does(done):
    neighbour = owner("Grendalaget", "organisation")
    for by in (
        oneself(done.volunteer.person),
        coordinator(neighbour),
        coordinator(done.request.owner, permissions=frozenset()),
    ):
        with pytest.raises(NotYours):
            answered(done, by)
    assert not Answer.objects.exists()
