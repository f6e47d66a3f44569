"""Who may say how it went."""

import pytest

from samtun.evaluation.surveys import actions
from samtun.evaluation.surveys.models import Answer
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
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
