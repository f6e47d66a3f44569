"""A resident's own initiative: its lead keeps it, others join in, the contact owes what is hard to see (R02)."""

import datetime as dt

import pytest

from samtun.codesign.ideas import queries
from samtun.codesign.ideas.actions import helping, leading, leaving, promising, starting
from samtun.codesign.ideas.actions.telling import ChangedMeanwhile, NotThatStepNow, Word
from samtun.codesign.ideas.enums import HelperState, IdeaState, LifeState, PromiseState, StepKind, Via
from samtun.codesign.ideas.models import Helper, Idea, IdeaStep, Initiative, NewDay, Promise
from samtun.foundation import recipients
from samtun.foundation.models import Owner
from samtun.foundation.notices import notice_of
from samtun.foundation.viewer import Permission
from samtun.kernel.errors import NotYours
from samtun.notifications.messages.models import Message
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing
from samtun.work.todos.models import Todo
from tests.factories.feedback import text_of
from tests.factories.ideas import (
    OLAV,
    a_helper,
    a_member,
    a_promise,
    an_idea,
    an_initiative,
    by_lead,
    nobody,
    olav,
    oneself,
    ragnhild,
    with_contact,
)

FRIDAY = dt.date(2026, 11, 27)


@pytest.fixture
def life(tun):
    return with_contact(tun, an_initiative(tun))


def fresh(row):
    return type(row).objects.get(id=row.id)


def due(row):
    return set(Todo.objects.filter(ref_id=row.id, done_at=None).values_list("reason", flat=True))


def told(person):
    """What a person has been told, of what still applies."""
    rows = Message.objects.filter(to_person=person.id).order_by("made_at", "id")
    return [text_of(m) for m in rows if notice_of(m.notice).facts(m.ref_id, recipients.resolve(person.id)) is not None]


def lead_of(life):
    return {"by": nobody_of(life), "word": by_lead(life.idea)}


def nobody_of(life):
    from samtun.foundation.viewer import Viewer

    return Viewer.anonymous(life.tenant_id)


def test_the_one_who_has_the_idea_begins_without_asking_anyone_for_leave(tun):
    idea = an_idea(tun)
    life = an_initiative(tun, idea)
    assert (fresh(idea).state, life.state, due(idea)) == ("initiative", "living", {"idea_waits", "name_contact"})
    assert leaving.no_contact(idea=idea, by=tun.system(), at=tun.now + dt.timedelta(days=20))
    assert "contact_late" in due(idea)
    with_contact(tun, life)
    assert due(idea) == set()
    assert not leaving.no_contact(idea=idea, by=tun.system(), at=tun.now + dt.timedelta(days=20))


@pytest.mark.practice("arendal")
@pytest.mark.rule("R02")
def test_nobody_but_the_lead_begins_changes_rests_or_ends_it(tun, life):
    """Neither who answers, nor the contact, nor a leader, nor one who is with it; only with the lead's own word."""
    helper = oneself(tun, a_helper(tun, life).person)
    words = starting.Words("Vårt tiltak", "Kommunen bestemmer")
    other = an_idea(tun, tun.person("Berit", "Lie", "+4790000920"))
    for by in (tun.viewer(), tun.viewer(tun.council), tun.viewer(permissions=frozenset(Permission)), helper):
        for word in (Word(), Word(token="x"), Word(via=Via.OWN)):
            facts = {"by": by, "at": tun.now, "word": word}
            for act in (
                lambda f: starting.change_words(initiative=life, words=words, version=life.version, **f),
                lambda f: leading.pause(initiative=life, words="", **f),
                lambda f: leading.end(initiative=life, words="Slutt", **f),
                lambda f: leading.offer_lead(initiative=life, helper=Helper.objects.get(), **f),
                lambda f: helping.not_now(helper=Helper.objects.get(), **f),
                lambda f: starting.start(idea=other, words=words, **f),
            ):
                with pytest.raises(NotYours):
                    act(facts)
    assert (fresh(life).words, fresh(life).state) == (life.words, "living")


def test_their_word_is_written_down_by_who_answers_and_it_says_so(tun, life):
    leading.pause(initiative=life, words="Til nyttår", by=tun.viewer(), at=tun.now, word=Word(via=Via.PHONE))
    step = IdeaStep.objects.get(kind=StepKind.PAUSED)
    assert (step.via, "Turid" in step.by_words, step.words) == (Via.PHONE, True, "Til nyttår")
    with pytest.raises(NotYours):
        leading.go_on(initiative=life, by=tun.viewer(tun.other), at=tun.now, word=Word(via=Via.PHONE))


def test_the_words_are_the_leads_and_two_who_write_lose_nothing(tun, life):
    words = starting.Words("Torsdagsmiddag", "Alle er velkomne", is_public=True)
    version = fresh(life).version
    starting.change_words(initiative=life, words=words, version=version, at=tun.now, **lead_of(life))
    assert fresh(life).title == "Torsdagsmiddag"
    with pytest.raises(ChangedMeanwhile):
        starting.change_words(initiative=life, words=words, version=version, at=tun.now, **lead_of(life))


def test_it_rests_goes_on_ends_with_words_and_is_taken_up_again(tun, life):
    promised = a_promise(tun, life)
    with pytest.raises(NotThatStepNow):
        leading.go_on(initiative=life, at=tun.now, **lead_of(life))
    leading.pause(initiative=life, words="", at=tun.now, **lead_of(life))
    leading.go_on(initiative=life, at=tun.now, **lead_of(life))
    leading.end(initiative=life, words="Tolv middagar", at=tun.now, **lead_of(life))
    assert (fresh(life).state, fresh(life.idea).state, fresh(promised).state) == ("ended", "closed", "dropped")
    assert due(promised) == set()
    for refused in (lambda: a_helper(tun, life), lambda: a_promise(tun, life)):
        with pytest.raises(NotThatStepNow):
            refused()
    leading.go_on(initiative=life, at=tun.now, **lead_of(life))
    assert (fresh(life).state, fresh(life.idea).state) == ("living", "initiative")


def test_helpers_come_by_form_and_telephone_once_and_the_lead_says_who_helps(tun, life):
    by_phone = a_helper(tun, life)
    assert by_phone.state == HelperState.WITH
    assert a_helper(tun, life, by_phone.person).id == by_phone.id
    by_form = helping.join(
        initiative=life, person=tun.person("Berit", "Lie", "+4790000920"), words="", via=Via.FORM, is_proven=False,
        by=tun.system(), at=tun.now,
    )  # fmt: skip
    assert queries.page_of(life.idea, on=tun.now.date()).helpers == 1
    assert due(by_form) == {"waits_for_proof"}
    helping.prove_helper(helper=by_form, by=tun.viewer(), at=tun.now)
    assert queries.page_of(life.idea, on=tun.now.date()).helpers == 2
    assert "/ide/med/" in told(by_form.person)[-1]
    joined = [text for text in told(life.idea.lead) if "med deg" in text]
    assert len(joined) == 2
    assert not [text for text in joined if "Berit" in text or "Olav" in text]
    helping.not_now(helper=by_form, at=tun.now, **lead_of(life))
    helping.welcome_back(helper=fresh(by_form), at=tun.now, **lead_of(life))
    helping.leave(helper=fresh(by_form), by=oneself(tun, by_form.person), at=tun.now)
    assert fresh(by_form).state == HelperState.LEFT


@pytest.mark.rule("R02")
def test_the_lead_passes_on_first_when_the_one_asked_says_yes_and_a_no_needs_no_reason(tun, life):
    helper, old = a_helper(tun, life), by_lead(life.idea)
    leading.offer_lead(initiative=life, helper=helper, by=nobody(tun), at=tun.now, word=old)
    assert "ta over" in told(helper.person)[-1]
    with pytest.raises(NotYours):
        leading.answer_offer(helper=helper, yes=True, by=nobody(tun), at=tun.now, token="x")
    mine = {"by": oneself(tun, helper.person), "at": tun.now}
    leading.answer_offer(helper=helper, yes=False, **mine)
    assert fresh(life.idea).lead_id == life.idea.lead_id
    with pytest.raises(NotThatStepNow):
        leading.answer_offer(helper=helper, yes=True, **mine)
    leading.offer_lead(initiative=life, helper=helper, by=nobody(tun), at=tun.now, word=old)
    leading.answer_offer(helper=helper, yes=True, **mine)
    idea = fresh(life.idea)
    assert (idea.lead_id, idea.initiator_id, idea.turn) == (helper.person_id, life.idea.initiator_id, 2)
    with pytest.raises(NotYours):
        queries.by_token(old.token)
    with pytest.raises(NotYours):
        leading.pause(initiative=life, words="", by=nobody(tun), at=tun.now, word=old)
    assert "du som leier" in told(helper.person)[-1]
    assert "Nokon andre" in told(Idea.objects.select_related("initiator").get(id=idea.id).initiator)[-1]


@pytest.mark.practice("arendal")
def test_a_promise_is_kept_or_late_with_a_new_day_and_why_and_the_lead_hears_each(tun, life):
    who = life.idea.lead
    kept, slow = a_promise(tun, life), a_promise(tun, life, words="Søknad om pengar")
    assert due(kept) == {"promise_due"}
    assert len(told(who)) >= 2
    promising.done(kept=kept, words="Nøkkelen heng i boksen", by=tun.viewer(), at=tun.now)
    assert "Nøkkelen heng i boksen" in told(who)[-1]
    assert due(kept) == set()
    night = dt.datetime(2026, 11, 27, 22, 0, tzinfo=dt.UTC)
    assert not promising.late(promised=slow, by=tun.system(), at=night)
    day_after = dt.datetime(2026, 11, 28, 0, 5, tzinfo=dt.UTC)
    assert promising.late(promised=slow, by=tun.system(), at=day_after)
    assert "ikkje gjort enno" in told(who)[-1]
    assert due(slow) == {"promise_due", "promise_late"}
    assert Todo.objects.get(ref_id=slow.id, reason="promise_late").audience == Permission.MANAGE_ORGANISATION
    (row,) = [p for p in queries.promises_of(life, on=day_after.date()) if p.row.id == slow.id]
    assert row.is_late
    later = dt.date(2026, 12, 4)
    with pytest.raises(promising.DayAhead):
        promising.new_day(late=slow, due=FRIDAY, why="Ventar", by=tun.viewer(), at=day_after)
    promising.new_day(late=slow, due=later, why="Fylket svarer seint", by=tun.viewer(), at=day_after)
    assert "Fylket svarer seint" in told(who)[-1]
    found = fresh(slow)
    assert (found.due, found.first_due, due(slow)) == (later, FRIDAY, {"promise_due"})
    assert list(NewDay.objects.values_list("was", "due", "why")) == [(FRIDAY, later, "Fylket svarer seint")]
    promising.drop(promised=slow, words="Det ordna seg", by=tun.viewer(), at=day_after)
    with pytest.raises(NotThatStepNow):
        promising.done(kept=slow, words="", by=tun.viewer(), at=day_after)


def test_only_those_at_the_contacts_desk_promise_and_the_day_stands_there(tun):
    life = an_initiative(tun)
    with pytest.raises(promising.NameContactFirst):
        a_promise(tun, life)
    with_contact(tun, life, owner=tun.council)
    made = a_promise(tun, life, by=tun.viewer(tun.council))
    assert Todo.objects.get(ref_id=made.id).owner_id == tun.council.id
    for by in (tun.viewer(tun.other), nobody(tun), oneself(tun, olav(tun))):
        with pytest.raises(NotYours):
            a_promise(tun, life, by=by)
    again = a_promise(tun, life, sent_key=made.sent_key)
    assert (again.id, Promise.objects.count()) == (made.id, 1)


def test_a_contact_has_a_desk_and_the_deputy_is_another(tun):
    life = an_initiative(tun)
    siv = a_member(tun, "Siv", "+4790000930", owner=tun.other)
    torunn = a_member(tun, "Torunn", "+4790000931")
    facts = {"initiative": life, "by": tun.viewer(), "at": tun.now}
    with pytest.raises(starting.NotAtADesk):
        starting.name_contact(contact=siv, deputy=None, **facts)
    with pytest.raises(starting.TwoPersons):
        starting.name_contact(contact=torunn, deputy=torunn, **facts)
    starting.name_contact(contact=torunn, deputy=None, **facts)
    assert "Torunn Kvamme" in told(life.idea.lead)[-1]
    assert "kontakt" in told(torunn.person)[-1]


def test_when_the_contacts_owner_leaves_what_was_promised_stays_promised(tun):
    life = with_contact(tun, an_initiative(tun), owner=tun.council)
    made = a_promise(tun, life)
    Owner.objects.filter(id=tun.council.id).update(left_on=tun.now.date())
    leaving.owner_left(owner=Owner.objects.get(id=tun.council.id), by=tun.system(), at=tun.now)
    assert (fresh(life).contact, due(life.idea), fresh(made).state) == (None, {"contact_gone"}, "promised")
    assert Todo.objects.get(ref_id=made.id, done_at=None).owner_id == tun.centre.id


@pytest.mark.rule("R113")
def test_when_the_lead_dies_it_rests_nothing_is_sent_and_a_mistake_is_undone(tun, life):
    helper, who = a_helper(tun, life), life.idea.lead
    waiting = Message.objects.filter(to_person=who.id, state="pending").count()
    assert waiting
    note_death(person=who, by=tun.viewer(), at=tun.now)
    assert (fresh(life).state, due(life.idea)) == ("paused", {"lead_died"})
    assert not Message.objects.filter(to_person=who.id, state="pending").exists()
    before = Message.objects.exclude(state="cancelled").count()
    a_promise(tun, life)
    assert Message.objects.exclude(state="cancelled").count() == before
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    assert (fresh(life).state, due(life.idea), fresh(helper).state) == ("living", set(), "with")


def test_when_one_who_is_with_it_dies_they_are_with_it_no_more_until_it_is_a_mistake(tun, life):
    helper = a_helper(tun, life)
    leading.offer_lead(initiative=life, helper=helper, at=tun.now, **lead_of(life))
    note_death(person=helper.person, by=tun.viewer(), at=tun.now)
    assert (fresh(helper).state, fresh(life).offered_to_id) == ("left", None)
    take_back_death(passing=Passing.objects.get(), by=tun.viewer(), at=tun.now)
    assert fresh(helper).state == "with"


def test_who_leads_sees_it_on_their_own_page_also_after_two_rows_became_one(tun, life):
    who = oneself(tun, life.idea.lead)
    assert [(m.path, m.leads) for m in queries.mine(who)] == [(queries.own_path(fresh(life.idea)), True)]
    helper = a_helper(tun, life)
    assert [(m.path, m.leads) for m in queries.mine(oneself(tun, helper.person))] == [
        (queries.helper_path(helper), False)
    ]
    assert helper.person.phone == OLAV


def test_erased_a_year_after_an_open_page_keeps_its_words_and_no_name(tun, life):
    a_helper(tun, life)
    a_promise(tun, life)
    leading.end(initiative=life, words="Tolv middagar", at=tun.now, **lead_of(life))
    assert leaving.erase(idea=fresh(life.idea), by=tun.system(), at=tun.now + dt.timedelta(days=366))
    idea, row = fresh(life.idea), fresh(life)
    assert (idea.state, idea.lead_id, idea.shown_as, row.contact_id) == (IdeaState.CLOSED, None, "", None)
    assert (row.words != "", row.state, Helper.objects.count()) == (True, LifeState.ENDED, 0)
    assert queries.page_of(idea, on=tun.now.date()).promises[0].row.state == PromiseState.DROPPED


def test_one_idea_becomes_one_initiative(tun):
    idea = an_idea(tun, ragnhild(tun))
    an_initiative(tun, idea)
    with pytest.raises(NotThatStepNow):
        an_initiative(tun, idea)
    assert Initiative.objects.count() == 1
