"""Service designs: made by equal parties, tried, changed in versions, taken up with a forum, ended or taken over."""

import datetime as dt
from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from samtun.anchoring.forums import actions as forums
from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.enums import Behalf, ChangeKind, Does, Legal, LegalState, Way
from samtun.codesign.designs.events import ChangeSettled
from samtun.codesign.designs.models import Approval, Change, Design, Party, TablePlace, Version
from samtun.codesign.designs.rules import first_steps
from samtun.foundation import events, sight
from samtun.foundation.models import Owner
from samtun.foundation.models.runtime import EventRow
from samtun.kernel import clock
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.accounts.models import Account
from samtun.people.persons.models import AccountLink
from samtun.work.todos.models import Todo
from tests.factories.designs import ENDS, GOAL
from tests.factories.forums import IN_MEETING, make_committee

WHY = "Dei som kjem, bad om det."


def due(owner):
    return sorted(Todo.objects.filter(owner=owner, done_at=None).values_list("reason", flat=True))


def settled(ref):
    rows = EventRow.objects.filter(name=ChangeSettled.name, payload__ref_id=str(ref.id)).order_by("id")
    return [row.payload["what"] for row in rows]


def member(tun, owner, name, phone, *, with_login):
    """Who answers for an owner."""
    person = tun.person(name, "Leiar", phone, owner=owner)
    body = Organisation.objects.get(owner=owner)
    Membership.objects.create(
        person=person, organisation=body, role="organisation_representative", starts=dt.date(2026, 1, 1)
    )
    if with_login:
        AccountLink.objects.create(account=Account.objects.create(email=f"{name}@eksempel.test"), person=person)
    return person


@pytest.mark.rule("R18")
def test_any_party_begins_one_and_it_is_stored_who(tun, drawn):
    made = actions.begin(owner=tun.other, title="Turgruppa", purpose="Ut på tur.", by=drawn.other, at=tun.now)
    assert (made.owner, made.state, made.begun_by) == (tun.other, "idea", "Turid Myklebust")
    with pytest.raises(NotYours):
        actions.begin(owner=tun.other, title="T", purpose="U", by=drawn.centre, at=tun.now)
    with pytest.raises(actions.NeedsWords):
        actions.begin(owner=tun.other, title=" ", purpose="U", by=drawn.other, at=tun.now)


def test_asked_is_told_and_says_yes_or_no(tun, drawn):
    chair = member(tun, tun.council, "Kari", "+4790000044", with_login=False)
    party = actions.ask_party(design=drawn.design, owner=tun.council, by=drawn.other, at=tun.now)
    assert due(tun.council) == ["asked"]
    assert [m.notice for m in Message.objects.filter(to_person=chair.id)] == ["designs.asked"]
    with pytest.raises(actions.AskedAlready):
        actions.ask_party(design=drawn.design, owner=tun.council, by=drawn.centre, at=tun.now)
    council = drawn.of(tun.council)
    with pytest.raises(NotYours):
        actions.write_words(
            design=drawn.design, texts={"title": "X"}, edition=drawn.fresh().edition, by=council, at=tun.now
        )
    actions.decline(party=party, by=council, at=tun.now)
    assert due(tun.council) == []
    with pytest.raises(actions.AnsweredAlready):
        actions.join(party=party, by=council, at=tun.now)


def test_only_a_party_writes_its_own_gain_unless_nobody_there_has_a_login(tun, drawn):
    theirs = drawn.party(tun.other)
    with pytest.raises(actions.NeedsWords):
        actions.write_gain(party=theirs, gain="Nye medlemer", by=drawn.centre, at=tun.now)
    facts = {"gain": "Nye medlemer", "noted": "Hilde Helselag, på telefon"}
    made = actions.write_gain(party=theirs, by=drawn.centre, at=tun.now, **facts)
    assert (made.gain, made.noted) == ("Nye medlemer", "Hilde Helselag, på telefon")
    member(tun, tun.other, "Hilde", "+4790000045", with_login=True)
    with pytest.raises(actions.TheyWriteThemselves):
        actions.write_gain(party=theirs, by=drawn.centre, at=tun.now, **facts)
    actions.write_gain(party=theirs, gain="Fleire på tur", by=drawn.other, at=tun.now)
    assert Party.objects.get(id=theirs.id).noted == ""
    with pytest.raises(NotYours):
        actions.write_gain(party=theirs, gain="x", by=drawn.of(tun.council), at=tun.now)


@pytest.mark.rule("R57")
def test_no_trial_before_those_it_is_for_are_heard_or_it_says_how(tun, drawn):
    to = {"goal": GOAL, "ends": ENDS.isoformat()}
    with pytest.raises(actions.NotHeardYet):
        drawn.propose(ChangeKind.TRIAL, **to)
    facts = {"behalf": Behalf.RECIPIENTS, "way": Way.ASKED, "who": "Tre mottakarar"}
    actions.add_place(design=drawn.design, by=drawn.centre, at=tun.now, **facts)
    with pytest.raises(actions.NotHeardYet):
        drawn.propose(ChangeKind.TRIAL, **to)
    actions.write_words(
        design=drawn.design, texts={"hearing_plan": "Vi spør etter kvar fredag."}, edition=drawn.fresh().edition,
        by=drawn.other, at=tun.now,
    )  # fmt: skip
    assert drawn.propose(ChangeKind.TRIAL, **to).state == "proposed"


def test_those_it_is_for_stand_without_a_name(tun, drawn):
    with pytest.raises(actions.NoNames):
        actions.add_place(
            design=drawn.design, behalf=Behalf.RECIPIENTS, way=Way.AT_TABLE, person=tun.recipient(), by=drawn.centre,
            at=tun.now,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        TablePlace.objects.create(
            design=drawn.design, behalf="recipients", way="at_table", person=tun.recipient(), made_at=tun.now
        )


@pytest.mark.rule("R19")
def test_a_trial_has_a_goal_and_an_end_and_each_party_is_reminded(tun, drawn):
    drawn.at_the_table()
    with pytest.raises(actions.ChooseLater):
        drawn.propose(ChangeKind.TRIAL, goal=GOAL, ends=tun.now.date().isoformat())
    with pytest.raises(actions.NeedsWords):
        drawn.propose(ChangeKind.TRIAL, goal="", ends=ENDS.isoformat())
    change = drawn.propose(ChangeKind.TRIAL, goal=GOAL, ends=ENDS.isoformat())
    assert (drawn.fresh().state, due(tun.other)) == ("drawing", ["approve"])
    drawn.yes(change, tun.other)
    found = drawn.fresh()
    assert (found.state, found.trial_ends, due(tun.other)) == ("trial", ENDS, [])
    assert [v.number for v in Version.objects.all()] == [1]
    actions.trial_ends_soon(design_id=found.id, ends=ENDS, by=tun.system(), at=tun.now + dt.timedelta(days=80))
    assert (due(tun.centre), due(tun.other)) == (["trial_ends"], ["trial_ends"])
    drawn.yes(drawn.propose(ChangeKind.TRIAL, goal="Til påske", ends="2027-04-01"), tun.other)
    assert due(tun.other) == [], "a new trial has its own reminder"
    assert not actions.trial_ends_soon(design_id=found.id, ends=ENDS, by=tun.system(), at=tun.now)


@pytest.mark.rule("R01")
def test_a_larger_change_waits_for_every_party_and_one_no_stops_it(tun, drawn):
    drawn.on_trial()
    with pytest.raises(actions.PurposeIsShared):
        actions.write_words(
            design=drawn.design, texts={"purpose": "Noko anna"}, edition=drawn.fresh().edition, by=drawn.centre,
            at=tun.now, why=WHY,
        )  # fmt: skip
    change = drawn.propose(ChangeKind.PARTY, owner=str(tun.council.id))
    with pytest.raises(actions.OneWaitsAlready):
        drawn.propose(ChangeKind.END, by=drawn.other)
    drawn.yes(change, tun.other)
    party = Party.objects.get(owner=tun.council)
    actions.join(party=party, by=drawn.of(tun.council), at=tun.now)
    wish = drawn.propose(ChangeKind.PURPOSE, by=drawn.of(tun.council), purpose="Berre kaffi")
    drawn.yes(wish, tun.centre)
    facts = {"yes": False, "by": drawn.other, "at": tun.now}
    with pytest.raises(actions.NeedsWords):
        actions.answer_change(change=wish, party=drawn.party(tun.other), **facts)
    actions.answer_change(change=wish, party=drawn.party(tun.other), words="Skyssen er heile poenget", **facts)
    wish.refresh_from_db()
    assert (wish.state, wish.settled_words) == ("not_made", "Skyssen er heile poenget")
    assert "kaffi" not in drawn.fresh().purpose
    assert due(tun.council) == ["objected"]


@pytest.mark.rule("R01")
def test_nobody_answers_for_another_or_twice(tun, drawn):
    drawn.at_the_table()
    change = drawn.propose(ChangeKind.TRIAL, goal=GOAL, ends=ENDS.isoformat())
    theirs = drawn.party(tun.other)
    with pytest.raises(NotYours):
        actions.answer_change(change=change, party=theirs, yes=True, by=drawn.of(tun.council), at=tun.now)
    with pytest.raises(actions.SaidAlready):
        actions.answer_change(change=change, party=drawn.party(tun.centre), yes=True, by=drawn.centre, at=tun.now)
    member(tun, tun.other, "Hilde", "+4790000045", with_login=True)
    with pytest.raises(actions.TheyWriteThemselves):
        actions.answer_change(change=change, party=theirs, yes=True, by=drawn.centre, at=tun.now, noted="Hilde")
    assert drawn.fresh().state == "drawing"


def test_a_yes_on_the_telephone_is_written_down_by_another_party(tun, drawn):
    drawn.at_the_table()
    change = drawn.propose(ChangeKind.TRIAL, goal=GOAL, ends=ENDS.isoformat())
    noted = "Hilde Helselag, på telefon 23. november"
    actions.answer_change(
        change=change, party=drawn.party(tun.other), yes=True, by=drawn.centre, at=tun.now, noted=noted
    )
    assert drawn.fresh().state == "trial"
    assert Approval.objects.get(owner=tun.other).noted == noted


def test_small_changes_are_versions_with_why_and_told_to_the_others(tun, drawn):
    chair = member(tun, tun.other, "Hilde", "+4790000045", with_login=False)
    drawn.on_trial()
    facts = {"design": drawn.design, "texts": {"whose_need": "Alle utan bil."}, "by": drawn.centre, "at": tun.now}
    with pytest.raises(actions.WriteWhy):
        actions.write_words(edition=drawn.fresh().edition, **facts)
    actions.write_words(edition=drawn.fresh().edition, why=WHY, **facts)
    last = Version.objects.order_by("-number").first()
    assert (last.number, last.what, last.why, last.content["whose_need"]) == (2, "whose_need", WHY, "Alle utan bil.")
    assert "designs.changed" in set(Message.objects.filter(to_person=chair.id).values_list("notice", flat=True))
    with pytest.raises(actions.WrittenMeanwhile):
        actions.write_words(edition=1, why=WHY, **facts | {"texts": {"nearly": "Ingen."}})
    assert drawn.fresh().nearly == ""


def test_the_same_words_again_change_nothing(tun, drawn):
    drawn.on_trial()
    before = drawn.fresh().edition
    actions.write_words(
        design=drawn.design, texts={"title": drawn.design.title}, edition=before, by=drawn.centre, at=tun.now
    )
    assert drawn.fresh().edition == before


def test_tasks_are_divided_among_parties_and_kinds_of_help_rest_on_it(tun, drawn):
    upper = Ref("design", drawn.design.id)
    assert sight.lowers(upper, "task_type") == [tun.snow.id]
    with pytest.raises(actions.NotAParty):
        actions.divide(
            design=drawn.design, words="Skyss", parts={tun.council.id: Does.DOES}, by=drawn.centre, at=tun.now
        )
    task = drawn.design.tasks.get()
    actions.divide(
        design=drawn.design, words="Skyss", parts={}, task=task, task_type=tun.visit, by=drawn.other, at=tun.now
    )
    assert sight.lowers(upper, "task_type") == [tun.visit.id]
    actions.drop_task(task=task, by=drawn.other, at=tun.now)
    assert sight.lowers(upper, "task_type") == []


def test_a_point_of_law_that_is_settled_says_how(tun, drawn):
    facts = {"design": drawn.design, "edition": drawn.fresh().edition, "by": drawn.centre, "at": tun.now}
    with pytest.raises(actions.SayHow):
        actions.write_legal(points={Legal.FOOD: (LegalState.SETTLED, " ")}, **facts)
    actions.write_legal(points={Legal.FOOD: (LegalState.SETTLED, "Kjøkkenet er meldt inn")}, **facts)
    assert queries.content_of(drawn.fresh())["legal"] == {"food": ["settled", "Kjøkkenet er meldt inn"]}


@pytest.mark.rule("R04")
def test_a_change_that_is_proposed_is_planned_made_and_told(tun, drawn):
    drawn.on_trial()
    ref = Ref("feedback", tun.near.id)
    facts = {"design": drawn.design, "from_owner": tun.council, "ref": ref, "at": tun.now}
    change = actions.propose_change(words="Dei kjem ikkje inn", by=drawn.of(tun.council), **facts)
    assert (due(tun.centre), due(tun.other)) == (["change"], ["change"])
    with pytest.raises(NotYours):
        actions.plan_change(change=change, words="Ja", by=drawn.of(tun.council), at=tun.now)
    actions.plan_change(change=change, words="Vi ordnar nøkkel før jul", by=drawn.centre, at=tun.now)
    later = tun.now + dt.timedelta(days=3)
    actions.make_change(change=change, words="Nøkkelen heng i boksen", by=drawn.other, at=later)
    came = queries.what_came_of(change.id)
    assert (came.state, came.words, came.version) == ("made", "Nøkkelen heng i boksen", 2)
    assert settled(ref) == ["planned", "made"]
    assert (due(tun.centre), due(tun.other)) == ([], [])
    with pytest.raises(actions.SettledAlready):
        actions.not_make(change=change, words="Nei", by=drawn.centre, at=later)


def test_it_is_made_in_the_version_that_was_written_for_it(tun, drawn):
    drawn.on_trial()
    facts = {"design": drawn.design, "from_owner": tun.centre, "by": drawn.centre, "at": tun.now}
    change = actions.propose_change(words="Fleire bilar", **facts)
    actions.divide(
        design=drawn.design, words="Skyss", parts={tun.other.id: Does.DOES}, by=drawn.other, at=tun.now, why=WHY
    )
    actions.make_change(change=change, words="Ja", by=drawn.other, at=tun.now)
    assert Change.objects.get(id=change.id).version == 2
    assert Version.objects.count() == 2


def test_a_party_leaves_and_what_waited_for_it_is_made(tun, drawn):
    with pytest.raises(actions.LastParty):
        alone = actions.begin(owner=tun.centre, title="A", purpose="B", by=drawn.centre, at=tun.now)
        actions.leave(design=alone, words="", by=drawn.centre, at=tun.now)
    drawn.at_the_table()
    change = drawn.propose(ChangeKind.TRIAL, goal=GOAL, ends=ENDS.isoformat())
    actions.leave(design=drawn.design, words="Vi er for få", by=drawn.other, at=tun.now)
    change.refresh_from_db()
    assert (change.state, drawn.fresh().state) == ("made", "trial")
    with pytest.raises(NotYours):
        queries.design_for(drawn.other, drawn.design.id)


@pytest.mark.rule("R19")
def test_taken_over_and_ended_with_a_reason_and_nobody_is_left_without_an_answer(tun, drawn):
    drawn.on_trial()
    ref = Ref("feedback", tun.near.id)
    change = actions.propose_change(
        design=drawn.design, words="Opne før", from_owner=tun.centre, ref=ref, by=drawn.centre, at=tun.now
    )
    words = "Kommunen burde hatt dette sjølv, og tek over."
    drawn.yes(drawn.propose(ChangeKind.OVER, words=words, owner=str(tun.council.id)), tun.other)
    found = drawn.fresh()
    assert (found.state, found.taken_by, found.ended_words) == ("taken_over", tun.council, words)
    change.refresh_from_db()
    assert (change.state, change.settled_words, settled(ref)) == ("not_made", words, ["not_made"])
    assert (due(tun.centre), due(tun.other)) == ([], [])
    with pytest.raises(actions.IsOver):
        actions.add_place(design=found, behalf=Behalf.OTHERS, way=Way.TOLD, who="x", by=drawn.centre, at=tun.now)


def test_an_organisation_that_leaves_is_taken_out_and_the_last_one_ends_it(tun, drawn):
    drawn.on_trial()
    Owner.objects.filter(id=tun.other.id).update(left_on=dt.date(2026, 11, 24))
    actions.owner_left(owner=tun.other, by=tun.system(), at=tun.now)
    assert [p.owner for p in queries.joined(drawn.design.id)] == [tun.centre]
    assert drawn.fresh().state == "trial"
    actions.owner_left(owner=tun.centre, by=tun.system(), at=tun.now)
    assert drawn.fresh().state == "ended"
    with pytest.raises(NotYours):
        actions.owner_left(owner=tun.centre, by=drawn.centre, at=tun.now)


def delivered(at):
    with mock.patch.object(clock, "now", return_value=at):
        name = "anchoring_forums.item_moved"
        for key in EventRow.objects.filter(name=name).order_by("id").values_list("id", flat=True):
            events.deliver(key, "samtun.codesign.designs.receivers.bring_it_down")


@pytest.mark.rule("R04")
@pytest.mark.practice("levels")
def test_it_goes_up_to_a_forum_and_the_decision_comes_down(tun, drawn):
    committee = make_committee(tun)
    drawn.on_trial()
    ref = Ref("feedback", tun.near.id)
    change = actions.propose_change(
        design=drawn.design, words="Hallen er låst", from_owner=tun.centre, ref=ref, by=drawn.centre, at=tun.now
    )
    politician = committee.sitting(committee.politician)
    with pytest.raises(NotYours):
        queries.design_for(politician, drawn.design.id)
    item = actions.propose_to_forum(
        design=drawn.design, change=change, forum=committee.forum, title="Hallen", words="Låst", by=drawn.other,
        at=tun.now,
    )  # fmt: skip
    with mock.patch.object(clock, "now", return_value=tun.now):
        assert not queries.design_for(politician, drawn.design.id).joined, "reads it, and writes nothing"
    committee.meeting(state="held", items=(item,))
    forums.say_unheard(item=item, because="Det hastar", by=committee.leader(), at=IN_MEETING)
    facts = {"words": "Opna kvar laurdag.", "owner": tun.council, "due": dt.date(2026, 12, 18)}
    forums.decide(item=item, by=committee.leader(), at=IN_MEETING, **facts)
    delivered(IN_MEETING)
    (said,) = queries.decided_by_forums(drawn.design)
    assert (said.came.forum, said.came.words) == ("Samarbeidsutvalet", "Opna kvar laurdag.")
    assert settled(ref) == ["on_agenda", "decided"]
    assert due(tun.other) == ["change", "decided"]
    assert queries.facts_of(drawn.fresh()).forum == "Samarbeidsutvalet"
    assert ("anchoring", "done") in first_steps(queries.begun_of(drawn.design))


@pytest.mark.parametrize(
    "broken",
    [{"state": "trial"}, {"state": "ended"}, {"state": "taken_over"}, {"title": ""}, {"state": "operation"}],
)
def test_what_must_always_hold_is_held_by_the_database(drawn, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Design.objects.filter(id=drawn.design.id).update(**broken)
