"""An evaluation is due (R05, R06, R110); an agreement ends, or a party stops (R19); contacts go (R13)."""

import datetime as dt
from types import SimpleNamespace

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samtun.anchoring.agreements import actions, queries, receivers
from samtun.anchoring.agreements.actions import Spoken
from samtun.anchoring.agreements.enums import How
from samtun.anchoring.agreements.models import Comment, Evaluation, Party, Version
from samtun.anchoring.agreements.rules import add_months, is_overdue, next_evaluation, unbacked
from samtun.anchoring.forums import actions as forums
from samtun.foundation import sight
from samtun.kernel import clock
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.partners.organisations.actions import end_membership
from samtun.partners.organisations.models import Membership
from samtun.people.persons.actions import note_death, take_back_death
from samtun.work.todos.models import Todo
from tests.factories.agreements import parties_of, party_of
from tests.factories.forums import IN_MEETING, make_committee

pytestmark = pytest.mark.django_db


def state_of(row):
    row.refresh_from_db()
    return row.state


def due(reason):
    return {t.owner.name for t in Todo.objects.filter(reason=reason, done_at=None).select_related("owner")}


def on(day):
    return dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


def look(circle, found, day):
    actions.look(agreement=found, by=circle.tun.system(), at=on(day))
    return state_of(found)


@pytest.mark.rule("R05")
def test_the_first_year_every_half_year_then_yearly():
    since = dt.date(2026, 11, 23)
    assert add_months(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert next_evaluation(since, dt.date(2027, 5, 20)) == dt.date(2027, 11, 20)
    assert next_evaluation(since, dt.date(2027, 11, 22)) == dt.date(2028, 5, 22)
    assert next_evaluation(since, dt.date(2027, 11, 23)) == dt.date(2028, 11, 23)


@pytest.mark.rule("R05")
def test_an_evaluation_that_nears_stands_on_each_partys_desk_and_late_is_seen_by_all(circle):
    found = circle.agreed(circle.tun.other, circle.tun.council)
    look(circle, found, dt.date(2027, 3, 1))
    assert due("evaluation") == set()
    look(circle, found, dt.date(2027, 4, 30))
    assert due("evaluation") == {"Dalgrend frivilligsentral", "Dalgrend helselag", "Dalgrend kommune"}
    assert due("recipients") == {"Dalgrend frivilligsentral"}
    look(circle, found, dt.date(2027, 5, 1))
    assert Evaluation.objects.count() == 1, "a second look changes nothing"
    assert not is_overdue(found, on=dt.date(2027, 5, 23))
    assert is_overdue(found, on=dt.date(2027, 5, 24))


@pytest.mark.rule("R05")
def test_the_job_is_put_for_the_day_and_the_look_is_the_jobs(circle, monkeypatch):
    found = circle.agreed()
    actions.stop(party=party_of(found, circle.tun.other), last_day=dt.date(2026, 12, 1), by=circle.of_association(),
                 at=circle.tun.now)  # fmt: skip
    job = ProcrastinateJob.objects.filter(task_name="agreements.look").order_by("id").last()
    assert job.args["agreement_id"] == str(found.id)
    monkeypatch.setattr(clock, "now", lambda: on(dt.date(2026, 12, 2)))
    app.tasks["agreements.look"].func.__wrapped__(agreement_id=job.args["agreement_id"])
    assert state_of(found) == "ended"
    with pytest.raises(NotYours):
        actions.look(agreement=found, by=circle.leader(), at=circle.tun.now)


@pytest.mark.rule("R06")
def test_it_is_not_done_before_recipients_are_heard_or_it_says_why_not(circle):
    found = circle.agreed()
    made = actions.evaluate(agreement=found, by=circle.of_association(), at=circle.tun.now)
    for party in parties_of(found):
        actions.say_word(evaluation=made, party=party, words="Bra", by=circle.viewer_of(party), at=circle.tun.now)
    made.refresh_from_db()
    assert made.done_at is None
    for words, why in (("", ""), ("Fint", "Ingen der")):
        with pytest.raises(actions.OneOfTwo):
            actions.note_recipients(
                evaluation=made, words=words, unheard_because=why, by=circle.leader(), at=circle.tun.now
            )
    actions.note_recipients(
        evaluation=made, words="", unheard_because="Alle var på tur", by=circle.leader(), at=circle.tun.now
    )
    made.refresh_from_db()
    found.refresh_from_db()
    assert (made.done_at, found.evaluate_by) == (circle.tun.now, dt.date(2027, 5, 23))
    assert (due("evaluation"), due("recipients")) == (set(), set())
    with pytest.raises(actions.IsDone):
        actions.say_word(
            evaluation=made, party=parties_of(found)[0], words="Nei", by=circle.leader(), at=circle.tun.now
        )


def test_each_party_says_its_own_word_or_on_the_telephone(circle):
    found = circle.agreed()
    made = actions.evaluate(agreement=found, by=circle.leader(), at=circle.tun.now)
    theirs = party_of(found, circle.tun.other)
    with pytest.raises(NotYours):
        actions.say_word(evaluation=made, party=theirs, words="Bra", by=circle.leader(), at=circle.tun.now)
    spoken = Spoken("Hilde", How.TELEPHONE, circle.tun.now.date())
    actions.say_word(
        evaluation=made, party=theirs, words="Bra", by=circle.coordinator(), at=circle.tun.now, spoken=spoken
    )
    word = made.words.get()
    assert (word.said_by, word.noted_by) == ("Hilde", "Turid Myklebust, Dalgrend frivilligsentral")


@pytest.mark.rule("R05")
def test_it_is_not_made_to_last_longer_without_an_evaluation(circle):
    found = circle.agreed(until=dt.date(2027, 12, 31))
    for until in (dt.date(2028, 12, 31), None):
        with pytest.raises(actions.EvaluateFirst):
            circle.proposed(found, until=until)
    circle.proposed(found, until=dt.date(2027, 6, 30))
    circle.evaluated(found, on(dt.date(2027, 5, 1)))
    found.refresh_from_db()
    longer = circle.proposed(found, until=dt.date(2028, 12, 31), at=on(dt.date(2027, 5, 2)))
    circle.all_say_yes(longer, on(dt.date(2027, 5, 3)))
    found.refresh_from_db()
    assert found.until == dt.date(2028, 12, 31)
    with pytest.raises(actions.EvaluateFirst):
        circle.proposed(found, until=dt.date(2029, 12, 31), at=on(dt.date(2027, 5, 4)))


@pytest.mark.rule("R05")
def test_late_it_is_not_made_to_last_longer_either(circle):
    found = circle.agreed(until=dt.date(2027, 12, 31))
    circle.evaluated(found, circle.tun.now + dt.timedelta(days=1))
    found.refresh_from_db()
    with pytest.raises(actions.EvaluateFirst):
        circle.proposed(found, until=dt.date(2028, 12, 31), at=on(found.evaluate_by + dt.timedelta(days=1)))


@pytest.mark.rule("R110")
def test_an_organisation_says_openly_what_no_other_party_can_change(circle):
    found = circle.agreed(circle.tun.other, circle.tun.council)
    going = actions.evaluate(agreement=found, by=circle.leader(), at=circle.tun.now)
    facts = {"owner": circle.tun.other, "at": circle.tun.now}
    with pytest.raises(actions.NotDone):
        actions.publish_comment(evaluation=going, words="Nei", by=circle.of_association(), **facts)
    made = circle.evaluated(found, circle.tun.now)
    for viewer in (circle.of_council(), circle.leader(), circle.coordinator(), circle.stranger()):
        with pytest.raises(NotYours):
            actions.publish_comment(evaluation=made, words="Alt er bra", by=viewer, **facts)
    comment = actions.publish_comment(
        evaluation=made, words="Vi får ikkje nøkkel.", by=circle.of_association(), **facts
    )
    with pytest.raises(NotYours):
        actions.take_down_comment(comment=comment, by=circle.of_council(), at=circle.tun.now)
    assert [c.words for c in queries.open_comments(found.id)[1]] == ["Vi får ikkje nøkkel."]
    actions.take_down_comment(comment=comment, by=circle.of_association(), at=circle.tun.now)
    with pytest.raises(NotYours):
        queries.open_comments(found.id)
    assert Comment.objects.count() == 1


@pytest.mark.rule("R19")
def test_all_agree_to_end_it_and_it_ends_after_the_last_day(circle):
    found = circle.agreed(circle.tun.other, circle.tun.council)
    facts = {"agreement": found, "party": party_of(found, circle.tun.other), "at": circle.tun.now}
    with pytest.raises(actions.NeedsWords):
        actions.propose_ending(why=" ", last_day=dt.date(2026, 12, 31), by=circle.of_association(), **facts)
    with pytest.raises(actions.DayGone):
        actions.propose_ending(why="Slutt", last_day=dt.date(2026, 11, 1), by=circle.of_association(), **facts)
    ending = actions.propose_ending(
        why="Hallen skal rivast.", last_day=dt.date(2026, 12, 31), by=circle.of_association(), **facts
    )
    assert look(circle, found, dt.date(2027, 1, 2)) == "stands", "nobody ends it alone (R01)"
    circle.all_say_yes(ending)
    assert look(circle, found, dt.date(2026, 12, 31)) == "stands"
    assert look(circle, found, dt.date(2027, 1, 1)) == "ended"
    assert (found.ended_because, found.ended_words) == ("agreed", "Hallen skal rivast.")
    with pytest.raises(actions.IsOver):
        circle.proposed(found)


@pytest.mark.rule("R19")
def test_another_party_takes_it_over_when_all_agree(circle):
    found = circle.agreed(circle.tun.other, circle.tun.council)
    facts = {"agreement": found, "party": party_of(found, circle.tun.other), "why": "Kommunen har folk.",
             "last_day": circle.tun.now.date(), "by": circle.of_association(), "at": circle.tun.now}  # fmt: skip
    with pytest.raises(actions.NotAParty):
        actions.propose_take_over(taker=circle.shop, **facts)
    circle.all_say_yes(actions.propose_take_over(taker=circle.tun.council, **facts))
    assert look(circle, found, circle.tun.now.date() + dt.timedelta(days=1)) == "taken_over"
    assert found.taken_by == circle.tun.council


def test_what_is_being_made_has_no_end_to_agree_on(circle):
    found = circle.started()
    with pytest.raises(actions.NotStanding):
        actions.propose_ending(agreement=found, party=parties_of(found)[0], why="Nei", last_day=dt.date(2027, 1, 1),
                               by=circle.leader(), at=circle.tun.now)  # fmt: skip


@pytest.mark.rule("R60")
def test_a_party_may_always_stop_and_the_others_go_on(circle):
    found = circle.agreed(circle.tun.other, circle.tun.council)
    theirs, last = party_of(found, circle.tun.other), dt.date(2026, 12, 31)
    for viewer in (circle.leader(), circle.stranger()):
        with pytest.raises(NotYours):
            actions.stop(party=theirs, last_day=last, by=viewer, at=circle.tun.now)
    change = circle.proposed(found, what="Vaflar.")
    actions.approve(version=change, party=party_of(found, circle.tun.council), by=circle.of_council(),
                    at=circle.tun.now)  # fmt: skip
    actions.stop(party=theirs, last_day=last, by=circle.of_association(), at=circle.tun.now)
    with pytest.raises(actions.StopsAlready):
        actions.stop(party=theirs, last_day=last, by=circle.of_association(), at=circle.tun.now)
    assert (state_of(change), look(circle, found, last)) == ("waiting", "stands"), "a party to its last day"
    assert look(circle, found, last + dt.timedelta(days=1)) == "stands"
    assert state_of(change) == "standing", "those who are left had said yes"
    assert Party.objects.get(id=theirs.id).left_at is not None


def test_when_fewer_than_two_are_left_it_is_over(circle):
    found = circle.agreed()
    actions.stop(party=party_of(found, circle.tun.other), last_day=circle.tun.now.date(), by=circle.of_association(),
                 at=circle.tun.now)  # fmt: skip
    assert look(circle, found, circle.tun.now.date() + dt.timedelta(days=1)) == "ended"
    assert (found.ended_because, Todo.objects.filter(done_at=None).count()) == ("stopped", 0)


def test_while_it_is_made_a_party_is_out_at_once(circle):
    found = circle.started(circle.tun.other, circle.tun.council)
    version = circle.proposed(found)
    actions.approve(version=version, party=party_of(found, circle.tun.council), by=circle.of_council(),
                    at=circle.tun.now)  # fmt: skip
    actions.stop(party=party_of(found, circle.tun.other), last_day=circle.tun.now.date(), by=circle.of_association(),
                 at=circle.tun.now)  # fmt: skip
    assert (state_of(found), state_of(version)) == ("stands", "standing")


def test_its_last_day_ends_it(circle):
    found = circle.agreed(until=dt.date(2027, 1, 31))
    assert look(circle, found, dt.date(2027, 1, 31)) == "stands"
    assert look(circle, found, dt.date(2027, 2, 1)) == "ended"
    assert found.ended_because == "ran_out"


@pytest.mark.rule("R13")
def test_whom_to_talk_with_is_one_who_stands_there(circle):
    hilde = circle.stands_at(circle.tun.other, "Hilde", "+4790007123")
    stranger = circle.tun.person("Per", "Framand", "+4790007125")
    theirs = party_of(circle.agreed(), circle.tun.other)
    facts = {"party": theirs, "by": circle.of_association(), "at": circle.tun.now}
    for contact, deputy, refusal in ((stranger, None, actions.NotThere), (hilde, hilde, actions.SamePerson)):
        with pytest.raises(refusal):
            actions.name_contact(contact=contact, deputy=deputy, **facts)
    with pytest.raises(NotYours):
        actions.name_contact(party=theirs, contact=hilde, deputy=None, by=circle.leader(), at=circle.tun.now)
    assert "Dalgrend helselag" in due("contact")
    actions.name_contact(contact=hilde, deputy=None, **facts)
    assert "Dalgrend helselag" not in due("contact")


@pytest.mark.rule("R13")
def test_when_the_contact_leaves_there_is_a_hole_and_it_stands_on_the_desk(circle, monkeypatch):
    hilde = circle.stands_at(circle.tun.other, "Hilde", "+4790007123")
    found = circle.agreed()
    theirs = party_of(found, circle.tun.other)
    actions.name_contact(party=theirs, contact=hilde, deputy=None, by=circle.of_association(), at=circle.tun.now)
    membership = Membership.objects.get(person=hilde)
    end_membership(membership=membership, by=circle.tun.system(), at=circle.tun.now)
    receivers.contact_ended({"membership": str(membership.id), "person": str(hilde.id)}, circle.tun.now)
    whole = queries.agreement_for(circle.leader(), found.id, on=wall(circle.tun.now).date())
    assert whole.contacts[theirs.id].contact is None
    assert "Dalgrend helselag" in due("contact")


@pytest.mark.rule("R13")
def test_when_the_contact_dies_it_stands_there_too_and_goes_when_it_was_a_mistake(circle):
    hilde = circle.stands_at(circle.tun.other, "Hilde", "+4790007123")
    circle.stands_at(circle.tun.other, "Berit", "+4790007126")
    found = circle.noted()
    theirs = party_of(found, circle.tun.other)
    actions.name_contact(party=theirs, contact=hilde, deputy=None, by=circle.of_association(), at=circle.tun.now)
    passing = note_death(person=hilde, by=circle.tun.system(), at=circle.tun.now)
    gone = {"passing_id": str(passing.id), "person_id": str(hilde.id)}
    receivers.contact_died(gone, circle.tun.now)
    assert due("contact") == {"Dalgrend helselag"}
    take_back_death(passing=passing, by=circle.tun.system(), at=circle.tun.now)
    receivers.contact_is_there(gone, circle.tun.now)
    assert due("contact") == set()


@pytest.mark.rule("R12")
def test_where_nothing_is_written_of_a_decision_it_says_so(circle):
    found = circle.agreed()
    centre, theirs = (party_of(found, owner) for owner in (circle.tun.centre, circle.tun.other))
    assert {p.owner.name for p in unbacked(found, parties_of(found))} == {centre.owner.name, theirs.owner.name}
    with pytest.raises(actions.DayToCome):
        actions.note_backing(party=theirs, words="Styret", on=dt.date(2027, 1, 1), by=circle.of_association(),
                             at=circle.tun.now)  # fmt: skip
    with pytest.raises(NotYours):
        actions.note_backing(party=theirs, words="Styret", on=dt.date(2026, 11, 1), by=circle.leader(),
                             at=circle.tun.now)  # fmt: skip
    actions.note_backing(party=theirs, words="Styret, sak 7", on=dt.date(2026, 11, 1), by=circle.of_association(),
                         at=circle.tun.now)  # fmt: skip
    assert [p.owner.name for p in unbacked(found, parties_of(found))] == [centre.owner.name]
    assert unbacked(circle.noted(), parties_of(found)) == []


@pytest.mark.rule("R12")
def test_it_rests_on_what_a_forum_has_decided(circle):
    committee = make_committee(circle.tun)
    item, found = committee.item("Laurdagskaffi"), circle.agreed()
    centre = party_of(found, circle.tun.centre)
    with pytest.raises(actions.NotDecided):
        actions.rest_on_decision(party=centre, item=item, by=circle.leader(), at=circle.tun.now)
    committee.meeting(state="held", items=(item,))
    forums.note_heard(item=item, who="Alle", said="Ja", by=committee.leader(), at=IN_MEETING)
    forums.decide(item=item, words="Vi går for det.", owner=circle.tun.centre, due=dt.date(2027, 1, 1),
                  by=committee.leader(), at=IN_MEETING)  # fmt: skip
    assert [i.id for i in queries.decided_items(circle.leader(), on=IN_MEETING.date())] == [item.id]
    actions.rest_on_decision(party=centre, item=item, by=circle.leader(), at=IN_MEETING)
    centre.refresh_from_db()
    assert (centre.backed_words, centre.backed_on) == ("Samarbeidsutvalet: Vi går for det.", dt.date(2026, 12, 2))
    assert sight.uppers(Ref("agreement", found.id), "forum_item") == [item.id]


def test_it_stands_on_the_line_of_sight_for_the_parties_only(circle):
    found = circle.agreed()
    sight.tie(lower=Ref("task_type", circle.tun.snow.id), upper=Ref("agreement", found.id), at=circle.tun.now)
    seen = sight.describe(circle.leader(), [Ref("agreement", found.id)])
    assert [(one.title, one.url) for one in seen] == [("Laurdagskaffi", f"/avtale/{found.id}/")]
    assert sight.describe(circle.of_council(), [Ref("agreement", found.id)]) == []
    assert sight.floor_of("agreement") == 1


def test_an_organisation_that_leaves_is_out_of_its_agreements(circle):
    two, three = circle.agreed(), circle.agreed(circle.tun.other, circle.tun.council)
    circle.tun.other.left_on = circle.tun.now.date()
    circle.tun.other.save()
    receivers.leave_all({"owner": str(circle.tun.other.id)}, circle.tun.now)
    assert (state_of(two), state_of(three)) == ("ended", "stands")
    assert two.ended_because == "stopped"
    with pytest.raises(NotYours):
        actions.owner_left(owner=circle.tun.other, by=circle.leader(), at=circle.tun.now)
    with pytest.raises(NotYours):
        actions.somebody_gone(person=two.id, by=circle.leader(), at=circle.tun.now)


def test_those_out_of_sight_find_nothing(circle):
    found = circle.agreed()
    for viewer in (circle.of_council(), circle.stranger()):
        assert queries.agreements_visible_to(viewer) == []
        with pytest.raises(NotYours):
            queries.agreement_for(viewer, found.id, on=circle.tun.now.date())
        with pytest.raises(NotYours):
            queries.version_for(viewer, Version.objects.get().id)
    hilde = circle.stands_at(circle.tun.other, "Hilde", "+4790007123", role="cashier")
    actions.name_contact(party=party_of(found, circle.tun.other), contact=hilde, deputy=None,
                         by=circle.of_association(), at=circle.tun.now)  # fmt: skip
    hat = SimpleNamespace(owners=frozenset(), may=lambda _p: False, is_system=False, person=hilde.id)
    assert [a.name for a in queries.agreements_visible_to(hat)] == ["Laurdagskaffi"]
