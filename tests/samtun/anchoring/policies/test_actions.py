"""Policies: written, opened, ended; goals with who answers, a date and a state; what comes by itself."""

import datetime as dt

import pytest

from samtun.anchoring.forums import actions as forums
from samtun.anchoring.policies import actions, queries
from samtun.anchoring.policies.actions import AskThem, GiveReason, NewDay, NotDecided
from samtun.anchoring.policies.enums import GoalState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.anchoring.policies.queries.goals import named_for
from samtun.anchoring.policies.rules import is_late
from samtun.foundation import sight
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Role, Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.models import Message
from samtun.partners.organisations.models import Organisation
from samtun.people.persons.models import Person
from samtun.work.todos.models import Todo
from tests.factories.forums import IN_MEETING, make_committee
from tests.factories.policies import DUE

pytestmark = [pytest.mark.django_db, pytest.mark.practice("policy")]


def due_for(goal):
    return {t.reason for t in Todo.objects.filter(ref_kind="policy_goal", ref_id=goal.id, done_at=None)}


def fresh(goal):
    return Goal.objects.select_related("policy__owner", "owner").get(id=goal.id)


def test_nobody_else_reads_it_before_it_is_opened_and_then_everyone(plans):
    policy = plans.written()
    with pytest.raises(actions.NoGoals):
        actions.open_policy(policy=policy, by=plans.of_council(), at=plans.tun.now)
    goal = plans.goal(policy)
    with pytest.raises(NotYours):
        queries.policy_for(plans.of_association(), policy.id)
    with pytest.raises(NotYours):
        queries.public_policy(policy.id)
    assert due_for(goal) == set(), "nothing is due before it holds"
    with pytest.raises(NotYours):
        actions.open_policy(policy=policy, by=plans.of_centre(), at=plans.tun.now)
    for _again in range(2):
        actions.open_policy(policy=policy, by=plans.of_council(), at=plans.tun.now)
    assert [g.id for g in queries.public_policy(policy.id).every] == [goal.id]
    assert due_for(goal) == {"person"}


def test_it_is_not_opened_before_somebody_has_decided_it(plans):
    for changes in ({"decided_by": ""}, {"decided_on": None}, {"decided_on": dt.date(2027, 1, 1)}):
        made = plans.goal(plans.written(**changes))
        with pytest.raises(NotDecided):
            actions.open_policy(policy=made.policy, by=plans.of_council(), at=plans.tun.now)
    told = {"told": plans.told(decided_by=""), "by": plans.of_council(), "at": plans.tun.now}
    held = plans.opened().policy
    with pytest.raises(NotDecided):
        actions.change_policy(policy=held, version=held.version, **told)
    with pytest.raises(actions.DaysInOrder):
        plans.written(until=dt.date(2025, 1, 1))
    with pytest.raises(actions.NeedsWords):
        plans.written(title=" ")


def test_two_who_write_at_once_do_not_overwrite_each_other(plans):
    policy = plans.written()
    told = {"policy": policy, "version": 1, "by": plans.of_council(), "at": plans.tun.now}
    actions.change_policy(told=plans.told(words="Nye ord."), **told)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_policy(told=plans.told(words="Andre ord."), **told)
    assert Policy.objects.get().words == "Nye ord."


@pytest.mark.rule("R02")
def test_an_association_is_asked_and_never_given_a_goal(plans):
    policy = plans.written()
    for owner in (plans.tun.other, plans.tun.centre):
        with pytest.raises(AskThem):
            plans.goal(policy, owner=owner)
    unit = Owner.objects.create(kind="unit", name="Heimetenesta")
    Organisation.objects.create(owner=unit, name=unit.name, kind="unit", phone="+4757001133")
    goal = plans.goal(policy, owner=unit)
    with pytest.raises(AskThem):
        actions.give_to(goal=goal, owner=plans.tun.other, by=plans.of_council(), at=plans.tun.now)
    names = [o.name for o in queries.who_could_be_given(plans.of_council(), policy)]
    assert names == ["Dalgrend kommune", "Heimetenesta"]
    actions.give_to(goal=goal, owner=plans.tun.council, by=plans.of_council(), at=plans.tun.now)
    assert fresh(goal).owner == plans.tun.council


@pytest.mark.rule("R95")
def test_a_new_date_needs_why_and_the_first_stays_to_be_seen(plans):
    goal = plans.opened()
    told = {"goal": goal, "by": plans.of_council(), "at": plans.tun.now}
    with pytest.raises(GiveReason):
        actions.move_date(due=dt.date(2028, 1, 1), why=" ", **told)
    with pytest.raises(NewDay):
        actions.move_date(due=dt.date(2026, 1, 1), why="For seint", **told)
    with pytest.raises(actions.SameDay):
        actions.move_date(due=DUE, why="Same dag", **told)
    with pytest.raises(NotYours):
        actions.move_date(goal=goal, due=dt.date(2028, 1, 1), why="Nei", by=plans.of_association(), at=plans.tun.now)
    actions.move_date(due=dt.date(2028, 1, 1), why="Vi fann ikkje nok folk.", **told)
    found = fresh(goal)
    assert (found.first_due, found.due) == (DUE, dt.date(2028, 1, 1))
    assert [d.why for d in found.new_dates.all()] == ["Vi fann ikkje nok folk."]


def test_a_state_is_said_with_words_and_late_is_read_from_the_day(plans):
    goal = plans.opened()
    told = {"goal": goal, "by": plans.of_council(), "at": plans.tun.now}
    assert (is_late(goal, on=DUE), is_late(goal, on=DUE + dt.timedelta(days=1))) == (False, True)
    with pytest.raises(GiveReason):
        actions.say_state(state=GoalState.GIVEN_UP, words="", **told)
    actions.say_state(state=GoalState.GIVEN_UP, words="Ingen ville ha det.", **told)
    assert (due_for(goal), is_late(fresh(goal), on=dt.date(2030, 1, 1))) == (set(), False)
    with pytest.raises(GiveReason):
        actions.say_state(state=GoalState.UNDER_WAY, words="", **told)
    actions.say_state(state=GoalState.UNDER_WAY, words="No vil dei.", **told)
    assert due_for(goal) == {"person"}
    actions.say_state(state=GoalState.REACHED, words="", **told)
    assert fresh(goal).settled_at == plans.tun.now
    with pytest.raises(NotYours):
        actions.say_state(goal=goal, state=GoalState.REACHED, words="", by=plans.of_association(), at=plans.tun.now)


def test_who_answers_is_named_by_their_own_and_reminded_before_the_day(plans):
    goal = plans.opened()
    kari = plans.stands_at(plans.tun.council)
    with pytest.raises(NotYours):
        actions.name_person(goal=goal, person=kari, by=plans.of_centre(), at=plans.tun.now)
    stranger = plans.tun.person("Ein", "Framand", "+4790000099")
    with pytest.raises(NotYours):
        actions.name_person(goal=goal, person=stranger, by=plans.of_council(), at=plans.tun.now)
    actions.name_person(goal=goal, person=kari, by=plans.of_council(), at=plans.tun.now)
    assert due_for(goal) == set()
    near = dt.datetime.combine(DUE - dt.timedelta(days=14), dt.time(9), tzinfo=dt.UTC)
    actions.look(goal=goal, by=plans.tun.system(), at=near - dt.timedelta(days=1))
    assert due_for(goal) == set()
    for _again in range(2):
        actions.look(goal=goal, by=plans.tun.system(), at=near)
    assert due_for(goal) == {"due"}
    assert [m.to_person for m in Message.objects.filter(notice="policies.due_soon")] == [kari.id]
    own = Viewer(plans.tun.municipality.id, plans.of_centre().hat, person=kari.id, name="Kari")
    actions.move_date(goal=goal, due=dt.date(2028, 1, 1), why="Vi ventar på bilen.", by=own, at=near)
    assert due_for(goal) == set(), "a new date is far ahead"
    with pytest.raises(NotYours):
        actions.look(goal=goal, by=plans.of_council(), at=near)


def test_when_who_answers_is_gone_the_desk_says_so(plans):
    goal = plans.opened()
    kari = plans.stands_at(plans.tun.council)
    actions.name_person(goal=goal, person=kari, by=plans.of_council(), at=plans.tun.now)
    Person.objects.filter(id=kari.id).update(death_known_at=plans.tun.now)
    assert actions.somebody_gone(person=kari.id, by=plans.tun.system(), at=plans.tun.now) == 1
    assert due_for(goal) == {"person"}
    Person.objects.filter(id=kari.id).update(death_known_at=None)
    actions.somebody_gone(person=kari.id, by=plans.tun.system(), at=plans.tun.now)
    assert due_for(goal) == set()
    with pytest.raises(NotYours):
        actions.somebody_gone(person=kari.id, by=plans.of_council(), at=plans.tun.now)


def test_when_an_owner_leaves_others_answer_for_its_goals_and_keep_its_plans(plans):
    own = plans.tun.viewer(plans.tun.other, Role.LEADER, plans.of_council().hat.permissions)
    theirs = actions.write_policy(owner=plans.tun.other, told=plans.told(), by=own, at=plans.tun.now)
    both = plans.tun.viewer(plans.tun.council, Role.LEADER, plans.of_council().hat.permissions)
    goal = plans.opened()
    Goal.objects.filter(id=goal.id).update(owner=plans.tun.other)
    Owner.objects.filter(id=plans.tun.other.id).update(left_on=plans.tun.now.date())
    actions.owner_left(owner=plans.tun.other, by=plans.tun.system(), at=plans.tun.now)
    assert Policy.objects.get(id=theirs.id).owner == plans.tun.centre
    assert fresh(goal).owner == plans.tun.council
    with pytest.raises(NotYours):
        actions.owner_left(owner=plans.tun.other, by=both, at=plans.tun.now)


@pytest.mark.practice("levels")
def test_a_goal_rests_on_what_a_forum_decided_and_a_measure_on_its_goal(plans):
    committee = make_committee(plans.tun)
    item = committee.item()
    committee.meeting(state="held", items=(item,))
    forums.say_unheard(item=item, because="Det hastar", by=committee.leader(), at=IN_MEETING)
    forums.decide(item=item, words="Ja.", owner=plans.tun.council, due=DUE, by=committee.leader(), at=IN_MEETING)
    with pytest.raises(NotYours):
        plans.written(item=item)
    by = plans.tun.viewer(plans.tun.centre, Role.LEADER, plans.of_centre().hat.permissions)
    policy = actions.write_policy(owner=plans.tun.centre, told=plans.told(item=item), by=by, at=plans.tun.now)
    told = {"owner": plans.tun.centre, "due": DUE, "by": by, "at": plans.tun.now}
    goal = actions.set_goal(policy=policy, words="Opne dører", **told)
    measure = actions.set_measure(goal=goal, words="Fleire nøklar", **told)
    above, _below = sight.line_of(Ref("policy_goal", measure.id))
    assert above == {Ref("policy_goal", goal.id), Ref("forum_item", item.id)}
    actions.open_policy(policy=policy, by=by, at=plans.tun.now)
    told_of = sight.describe(plans.of_council(), {Ref("policy_goal", g.id) for g in (goal, measure)})
    assert [s.title for s in told_of] == ["Opne dører", "Fleire nøklar"], "a measure stands under its goal"
    with pytest.raises(NotYours):
        actions.set_measure(goal=measure, words="Under eit tiltak", **told)
    actions.change_policy(policy=policy, told=plans.told(), version=1, by=by, at=plans.tun.now)
    assert sight.uppers(Ref("policy_goal", goal.id), "forum_item") == []


def test_what_has_ended_is_read_and_not_changed(plans):
    goal = plans.opened()
    said = {"policy": goal.policy, "by": plans.of_council(), "at": plans.tun.now}
    with pytest.raises(actions.NeedsWords):
        actions.end_policy(words=" ", **said)
    with pytest.raises(NotDecided):
        actions.end_policy(policy=plans.written(), words="Nei", by=plans.of_council(), at=plans.tun.now)
    actions.end_policy(words="Ei ny plan er laga.", **said)
    assert queries.public_policy(goal.policy_id).row.ended_words == "Ei ny plan er laga."
    assert due_for(goal) == set()
    with pytest.raises(actions.IsOver):
        actions.say_state(goal=goal, state=GoalState.REACHED, words="", by=plans.of_council(), at=plans.tun.now)
    assert queries.goals_to_serve(plans.of_council()) == []


def test_who_answered_is_forgotten_two_years_after(plans):
    goal, kari = plans.opened(), plans.stands_at(plans.tun.council)
    actions.name_person(goal=goal, person=kari, by=plans.of_council(), at=plans.tun.now)
    assert [g.id for g in named_for(kari.id)] == [goal.id]
    actions.end_policy(policy=goal.policy, words="Slutt.", by=plans.of_council(), at=plans.tun.now)
    assert named_for(kari.id) == []
    for days, forgotten in ((729, False), (730, True)):
        at = plans.tun.now + dt.timedelta(days=days)
        assert actions.forget_who(policy=goal.policy, by=plans.tun.system(), at=at) == forgotten
        assert (fresh(goal).person_id is None) == forgotten
    with pytest.raises(NotYours):
        actions.forget_who(policy=goal.policy, by=plans.of_council(), at=plans.tun.now)
