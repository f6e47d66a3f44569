"""Ideas: from anyone, proved, answered in time by a named person, added to and never voted on (R18, R98)."""

import datetime as dt

import pytest

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import adding, answering, entering, leading, leaving
from samtun.codesign.ideas.actions.telling import NotThatStepNow, TooLong, WriteIt
from samtun.codesign.ideas.enums import AdditionKind, Answered, From, IdeaState, Via
from samtun.codesign.ideas.models import Idea, IdeaStep
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Organisation
from samtun.work.todos.models import Todo
from tests.factories.feedback import text_of
from tests.factories.ideas import (
    a_member,
    a_need,
    an_idea,
    an_initiative,
    answered,
    by_lead,
    nobody,
    olav,
    oneself,
    ragnhild,
)

LEADER = frozenset(Permission) - {Permission.MANAGE_SETTINGS}


def due(idea):
    return set(Todo.objects.filter(ref_id=idea.id, done_at=None).values_list("reason", flat=True))


def told(person):
    return [text_of(m) for m in Message.objects.filter(to_person=person.id).order_by("made_at", "id")]


@pytest.mark.rule("R18")
def test_anyone_can_have_it_and_the_initiator_is_stored_whoever_holds_the_pen(tun):
    who = ragnhild(tun)
    by_phone = an_idea(tun, who, via=Via.PHONE, by=tun.viewer())
    assert (by_phone.initiator, by_phone.comes_from, by_phone.via) == (who, From.RESIDENT, Via.PHONE)
    volunteer = an_idea(tun, who, is_volunteer=True)
    assert volunteer.comes_from == From.VOLUNTEER
    helselag = Organisation.objects.get(owner=tun.other)
    for kind, comes in (("association", From.ORGANISATION), ("business", From.BUSINESS)):
        Organisation.objects.filter(id=helselag.id).update(kind=kind)
        by = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.MANAGE_ORGANISATION})
        chair = tun.person("Siv", f"Leiar{kind}", "+4790000955", owner=tun.other)
        by = type(by)(by.tenant, by.hat, account=by.account, person=chair.id, name="Siv", language="nn")
        made = an_idea(tun, chair, put={"from_owner": tun.other}, by=by)
        assert (made.comes_from, made.from_owner, made.initiator) == (comes, tun.other, chair)
    council = tun.viewer(tun.council, Role.LEADER, LEADER)
    worker = tun.person("Arne", "Rådgjevar", "+4790000956", owner=tun.council)
    council = type(council)(council.tenant, council.hat, account=worker.id, person=worker.id, name="Arne")
    assert an_idea(tun, worker, put={"from_owner": tun.council}, by=council).comes_from == From.MUNICIPALITY


def test_nobody_puts_words_in_anothers_mouth(tun):
    who = ragnhild(tun)
    with pytest.raises(NotYours):
        an_idea(tun, who, by=oneself(tun, olav(tun)))
    with pytest.raises(NotYours):
        an_idea(tun, who, via=Via.PHONE, by=tun.viewer(tun.other))
    with pytest.raises(NotYours):
        an_idea(tun, who, put={"from_owner": tun.other})


@pytest.mark.rule("R98")
def test_a_centre_looks_at_what_exists_nearby_before_something_of_its_own(tun):
    boss = tun.person("Grete", "Leiar", "+4790000957")
    by = tun.viewer(role=Role.LEADER, permissions=LEADER)
    by = type(by)(by.tenant, by.hat, account=boss.id, person=boss.id, name="Grete", language="nn")
    with pytest.raises(entering.LookAround):
        an_idea(tun, boss, put={"from_owner": tun.centre}, by=by)
    made = an_idea(tun, boss, put={"from_owner": tun.centre, "near_words": "Helselaget har kaffi, ikkje middag"}, by=by)
    assert made.near_words.startswith("Helselaget")
    life = an_initiative(tun)
    near = queries.what_exists(by, village=tun.near.id)
    assert [o.owner_id for o in near.organisations] == [tun.other.id]
    assert "Snø på trappa" in near.kinds
    assert near.initiatives == [life]


def test_it_waits_for_a_named_person_five_opening_days_and_climbs(tun):
    turid = a_member(tun, "Turid", "+4790000958").person
    made = an_idea(tun)
    assert made.named == turid
    assert made.due.date() == dt.date(2026, 12, 4), "opening days: Wed, Fri, Mon, Wed, Fri"
    assert due(made) == {"idea_waits"}
    system = tun.system()
    assert not entering.not_answered(idea=made, by=system, at=made.due - dt.timedelta(hours=1))
    assert entering.not_answered(idea=made, by=system, at=made.due)
    assert due(made) == {"idea_waits", "idea_late"}
    late = Todo.objects.get(ref_id=made.id, reason="idea_late")
    assert late.audience == Permission.MANAGE_ORGANISATION
    answered(tun, made)
    assert due(made) == set()
    assert not entering.not_answered(idea=made, by=system, at=made.due)


def test_the_initiator_hears_it_is_received_and_the_answer_on_their_own_channel(tun):
    who = ragnhild(tun)
    made = an_idea(tun, who, by=tun.system(), via=Via.FORM)
    assert "Takk for ideen" in told(who)[0]
    answered(tun, made, words="Det vil vi vere med på")
    assert "Det vil vi vere med på" in told(who)[1]
    assert "Vi er mange" not in "".join(told(who)), "what they wrote themselves is not sent back"


def test_who_said_it_on_the_telephone_has_heard_that_it_is_received(tun):
    who = ragnhild(tun)
    an_idea(tun, who, via=Via.PHONE, by=tun.viewer())
    assert told(who) == []


def test_the_same_page_sent_twice_is_one(tun):
    who = ragnhild(tun)
    assert an_idea(tun, who, sent_key="a") == an_idea(tun, who, sent_key="a")
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(("put", "refusal"), [({"title": " "}, WriteIt), ({"words": "a" * 1501}, TooLong)])
def test_bad_input_is_refused(tun, put, refusal):
    with pytest.raises(refusal):
        an_idea(tun, put=put)


def test_from_the_open_form_it_waits_until_the_number_is_proved(tun):
    who = ragnhild(tun)
    made = an_idea(tun, who, via=Via.FORM, by=tun.system(), is_proven=False)
    assert (made.state, made.due, due(made)) == (IdeaState.UNPROVEN, None, {"waits_for_proof"})
    assert told(who) == []
    with pytest.raises(NotThatStepNow):
        answered(tun, made)
    entering.prove(idea=made, how="call", by=tun.viewer(), at=tun.now)
    assert due(made) == {"idea_waits"}
    with pytest.raises(NotThatStepNow):
        entering.prove(idea=made, how="call", by=tun.viewer(), at=tun.now)


def test_sent_in_anothers_name_it_is_closed_and_its_words_go_at_once(tun):
    who = ragnhild(tun)
    made = an_idea(tun, who, via=Via.FORM, by=tun.system(), is_proven=False)
    entering.not_them(idea=made, by=tun.viewer(), at=tun.now)
    found = Idea.objects.get(id=made.id)
    assert (found.state, found.words, found.lead, found.initiator, due(made)) == ("closed", "", None, None, set())
    with pytest.raises(NotYours):
        queries.by_token(by_lead(made).token)


def test_others_add_and_the_lead_hears_that_it_is_there_not_what_it_says(tun):
    who, other = ragnhild(tun), olav(tun)
    made = answered(tun, an_idea(tun, who))
    before = len(told(who))
    facts = {"kind": AdditionKind.AND, "words": "Og vi kan syngje etterpå", "via": Via.OWN, "at": tun.now}
    adding.add(idea=made, person=other, sent_key="x", by=oneself(tun, other), **facts)
    adding.add(idea=made, person=other, sent_key="x", by=oneself(tun, other), **facts)
    assert [a.words for a in queries.additions_of(made, AdditionKind.AND)] == ["Og vi kan syngje etterpå"]
    (new,) = told(who)[before:]
    assert "syngje" not in new
    assert "Olav" not in new
    row = queries.additions_of(made, AdditionKind.AND)[0]
    adding.take_down_addition(addition=row, by=tun.viewer(), at=tun.now)
    assert queries.additions_of(made, AdditionKind.AND) == []


def test_an_unproved_addition_stands_nowhere_until_it_is_proved(tun):
    made = answered(tun, an_idea(tun))
    row = adding.add(
        idea=made, person=olav(tun), kind=AdditionKind.AND, words="Og kaffi", sent_key="x", via=Via.FORM,
        is_proven=False, by=tun.system(), at=tun.now,
    )  # fmt: skip
    assert queries.additions_of(made, AdditionKind.AND) == []
    assert due(row) == {"waits_for_proof"}
    adding.prove_addition(addition=row, by=tun.viewer(), at=tun.now)
    assert len(queries.additions_of(made, AdditionKind.AND)) == 1
    assert due(row) == set()


def test_doubt_goes_as_a_question_to_the_named_person_who_answers_the_one_who_asks(tun):
    who, other = ragnhild(tun), olav(tun)
    made = answered(tun, an_idea(tun, who))
    heard = len(told(who))
    row = adding.add(
        idea=made, person=other, kind=AdditionKind.QUESTION, words="Kven betaler?", sent_key="q", via=Via.OWN,
        by=oneself(tun, other), at=tun.now,
    )  # fmt: skip
    assert due(row) == {"question_waits"}
    assert len(told(who)) == heard, "the one who has the idea is spared it"
    with pytest.raises(NotYours):
        adding.answer_question(addition=row, words="Vi", by=tun.viewer(tun.other), at=tun.now)
    adding.answer_question(addition=row, words="Sentralen", by=tun.viewer(), at=tun.now)
    assert "Sentralen" in told(other)[-1]
    assert queries.additions_of(made, AdditionKind.AND) == []
    with pytest.raises(NotThatStepNow):
        adding.answer_question(addition=row, words="Meir", by=tun.viewer(), at=tun.now)


def test_only_those_who_answer_answer(tun):
    made = an_idea(tun)
    for by in (tun.viewer(tun.other), tun.assessor(), nobody(tun)):
        with pytest.raises(NotYours):
            answered(tun, made, by=by)


def test_it_is_open_to_everyone_first_when_it_is_answered_and_only_by_choice(tun):
    shy, bold = an_idea(tun), an_idea(tun, olav(tun), put={"is_public": True})
    assert list(queries.open_ideas()) == []
    answered(tun, bold)
    answered(tun, shy)
    assert [i.id for i in queries.open_ideas()] == [bold.id]
    with pytest.raises(NotYours):
        queries.open_idea(shy.id)
    answering.take_down(idea=bold, words="Her står namnet til naboen", by=tun.viewer(), at=tun.now)
    assert list(queries.open_ideas()) == []
    assert "naboen" in told(olav(tun))[-1]


def test_an_idea_is_left_by_its_own_act_and_nobody_owes_it_anything(tun):
    made = an_idea(tun)
    leading.leave(idea=made, by=nobody(tun), at=tun.now, word=by_lead(made))
    assert (Idea.objects.get(id=made.id).state, due(made)) == (IdeaState.CLOSED, set())
    with pytest.raises(NotThatStepNow):
        answered(tun, made)


def test_tied_to_a_need_and_untied(tun):
    made, need = an_idea(tun), a_need(tun)
    ref = Ref("need", need.id)
    answering.tie_to_need(idea=made, need=ref, ties=True, by=tun.viewer(), at=tun.now)
    assert [s.ref for s in queries.needs_of(tun.viewer(), made)] == [ref]
    answering.tie_to_need(idea=made, need=ref, ties=False, by=tun.viewer(), at=tun.now)
    assert queries.needs_of(tun.viewer(), made) == []


def test_what_an_owner_that_left_was_to_answer_moves_and_its_own_ends(tun):
    theirs = an_idea(tun)
    Idea.objects.filter(id=theirs.id).update(owner=tun.other)
    own = an_idea(tun, olav(tun))
    Idea.objects.filter(id=own.id).update(from_owner=tun.other)
    Owner.objects.filter(id=tun.other.id).update(left_on=tun.now.date())
    leaving.owner_left(owner=Owner.objects.get(id=tun.other.id), by=tun.system(), at=tun.now)
    assert Idea.objects.get(id=theirs.id).owner_id == tun.centre.id
    assert due(theirs) == {"idea_waits"}
    assert Idea.objects.get(id=own.id).state == IdeaState.CLOSED


def test_a_year_after_it_is_closed_who_it_was_is_erased(tun):
    made = an_idea(tun)
    leading.leave(idea=made, by=nobody(tun), at=tun.now, word=by_lead(made))
    assert not leaving.erase(idea=made, by=tun.system(), at=tun.now + dt.timedelta(days=364))
    assert leaving.erase(idea=made, by=tun.system(), at=tun.now + dt.timedelta(days=365))
    found = Idea.objects.get(id=made.id)
    assert (found.initiator, found.lead, found.words, found.erased_at is not None) == (None, None, "", True)
    assert set(IdeaStep.objects.filter(idea=made).values_list("words", "by_words")) == {("", "")}


def test_a_code_fits_for_ten_minutes_and_no_other(tun, now):
    from samtun.codesign.ideas.rules import proof_code, proof_fits

    key = uuid7()
    made = dt.datetime.fromtimestamp((key.int >> 80) / 1000, tz=dt.UTC)
    assert proof_fits(key, f" {proof_code(key)} ", at=made + dt.timedelta(minutes=9))
    assert not proof_fits(key, proof_code(key), at=made + dt.timedelta(minutes=11))
    assert not proof_fits(key, "000000" if proof_code(key) != "000000" else "1", at=made)


def test_the_outcome_is_never_a_no(tun):
    assert {a.value for a in Answered} == {"together", "later", "elsewhere"}
    made = answered(tun, an_idea(tun), outcome=Answered.LATER)
    assert an_initiative(tun, made).state == "living", "they go on whatever the answer is"
