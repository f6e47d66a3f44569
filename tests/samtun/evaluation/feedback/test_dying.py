"""A dead volunteer is not rung, and nothing waits with a dead professional."""

import pytest

from samtun.evaluation.feedback.actions.contacts import Way, name_professional
from samtun.evaluation.feedback.actions.raising import Said, raise_feedback
from samtun.evaluation.feedback.enums import Via
from samtun.evaluation.feedback.models import Contact
from samtun.evaluation.feedback.queries import about
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.notifications.messages.models import Message
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.feedback import HANNE, SILJE, a_contact, a_heads_up, agreed_match, answered, oneself, said_by
from tests.factories.journey import make_tun

pytestmark = pytest.mark.rule("R113")


@pytest.fixture
def tun(in_municipality, now):
    return make_tun(in_municipality, now)


@pytest.fixture
def match(tun):
    return agreed_match(tun)


def dies(tun, person):
    note_death(person=person, by=tun.viewer(), at=tun.now)


def desk(made):
    rows = Todo.objects.filter(ref_kind="heads_up", ref_id=made.id, done_at=None)
    return list(rows.values_list("reason", flat=True))


def test_when_the_volunteer_has_died_the_person_is_asked_and_nobody_rings_the_dead(tun, match):
    made = a_heads_up(tun, match)
    assert desk(made) == ["ask_person"]
    dies(tun, match.volunteer.person)
    made.refresh_from_db()
    assert (made.state, desk(made)) == ("held", ["ask_only"])
    with pytest.raises(NotYours):
        a_heads_up(tun, match, by=tun.viewer())


def test_the_deputy_is_told_when_the_one_named_has_died(tun, match):
    a_contact(tun, match.request.recipient)
    made = a_heads_up(tun, match)
    dies(tun, Person.objects.get(phone=HANNE))
    made.refresh_from_db()
    assert (made.state, made.told.phone, desk(made)) == ("waits", SILJE, [])


def test_the_person_is_asked_again_when_nobody_named_is_left(tun, match):
    a_contact(tun, match.request.recipient)
    made = a_heads_up(tun, match)
    for phone in (HANNE, SILJE):
        dies(tun, Person.objects.get(phone=phone))
    made.refresh_from_db()
    assert (made.state, made.told, desk(made)) == ("held", None, ["ask_person"])
    assert not Contact.objects.filter(ended_at=None).exists()


def test_after_a_mistake_the_one_named_is_told_again_and_words_that_went_are_asked_for(tun, match):
    a_contact(tun, match.request.recipient)
    made = a_heads_up(tun, match)
    before = (made.state, made.told_id, made.contact_id, made.step_at)
    passings = [
        note_death(person=Person.objects.get(phone=phone), by=tun.viewer(), at=tun.now) for phone in (HANNE, SILJE)
    ]
    for passing in reversed(passings):
        take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, made.told_id, made.contact_id, made.step_at) == before
    assert Contact.objects.filter(ended_at=None).count() == 1
    passing = note_death(person=match.request.recipient, by=tun.viewer(), at=tun.now)
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    made.refresh_from_db()
    assert (made.state, bytes(made.sealed), desk(made)) == ("ended", b"", ["words_gone"])


def test_another_who_is_named_meanwhile_stays_and_a_person_asks(tun, match):
    a_contact(tun, match.request.recipient, deputy=False)
    passing = note_death(person=Person.objects.get(phone=HANNE), by=tun.viewer(), at=tun.now)
    newer = name_professional(
        person=match.request.recipient, owner=tun.centre, unit=tun.council, who=Way("Silje Dyrhaug", SILJE), title="",
        basis="self", form="oral", deputy=None, by=tun.viewer(), at=tun.now,
    )  # fmt: skip
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    assert Contact.objects.get(ended_at=None) == newer
    assert Todo.objects.filter(ref_kind="contact", reason="not_back", done_at=None).count() == 1


def steps_sent():
    rows = Message.objects.filter(ref_kind="feedback_step").order_by("made_at", "id")
    return list(rows.values_list("state", "fault"))


def test_nothing_is_sent_to_a_dead_sender_and_it_is_answered_all_the_same(tun, match):
    marit = match.volunteer.person
    found = said_by(tun, marit)
    assert steps_sent() == [("pending", "")]
    dies(tun, marit)
    answered(tun, found)
    assert steps_sent() == [("cancelled", "gone"), ("cancelled", "gone")]


def test_feedback_about_help_for_one_who_has_died_is_sent_to_nobody(tun, match):
    marit, anna = match.volunteer.person, match.request.recipient
    thing = about.thing_for(oneself(tun, marit), "match", match.id)
    found = raise_feedback(
        thing=thing, told=Said("Porten er låst", marit.id), sent_key=str(uuid7()), via=Via.LINK,
        by=oneself(tun, marit), at=tun.now,
    )  # fmt: skip
    passing = note_death(person=anna, by=tun.viewer(), at=tun.now)
    answered(tun, found)
    assert steps_sent() == [("cancelled", "gone"), ("cancelled", "gone")]
    take_back_death(passing=passing, by=tun.viewer(), at=tun.now)
    assert steps_sent() == [("pending", ""), ("cancelled", "gone")]
