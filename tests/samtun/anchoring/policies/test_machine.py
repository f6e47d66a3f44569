"""Random steps of a plan with two goals against a model that knows nothing of the tables.

The model says what each act does, or that it is refused; after every step the state, the dates and what stands on the
desk must be as the model has them. The control breaks one rule of the real thing: it is found out.
"""

import datetime as dt
import random

import pytest
from django.db import transaction

from samtun.anchoring.policies import actions
from samtun.anchoring.policies.actions import stepping
from samtun.anchoring.policies.enums import GoalState
from samtun.anchoring.policies.models import Goal, Policy
from samtun.kernel.errors import NotYours, Refused
from samtun.work.todos.models import Todo
from tests.factories.journey import make_tun
from tests.factories.policies import Plans
from tests.walking import PARTS, steps_each, walk_on

pytestmark = [pytest.mark.django_db]
WALK, EACH = 25, steps_each()
STEPS = ["open", "state", "state", "state", "move", "move", "day", "day", "day", "change", "end"]
AHEAD = {"not_begun", "under_way"}
LATER = 40
"""Days from the first day to the goals' first date; the municipality has no opening hours, so weekdays count."""


class No(Exception):
    """The model refuses."""


class Model:
    """A plan with two goals: where it is, each goal's state, dates, and whether its desk is told."""

    def __init__(self, today):
        self.today, self.plan, self.day_zero = today, "written", today
        self.goals = [{"state": "not_begun", "first": LATER, "due": LATER, "moved": 0} for _ in range(2)]

    def need(self, *, holds):
        if not holds:
            raise No

    def open(self, n, **_told):
        self.need(holds=self.plan != "ended")
        self.plan = "holds"

    def end(self, n, *, words, **_told):
        self.need(holds=self.plan == "holds" and words)
        self.plan = "ended"

    def state(self, n, *, state, words, **_told):
        one = self.goals[n]
        self.need(holds=self.plan != "ended")
        again = one["state"] not in AHEAD and state in AHEAD
        same = one["state"] == state and one.get("words", "") == words
        self.need(holds=same or words or not (state == "given_up" or again))
        one["state"], one["words"] = state, words

    def move(self, n, *, days, words, **_told):
        one, due = self.goals[n], self.passed() + days
        self.need(holds=self.plan != "ended" and words and days >= 0 and due != one["due"])
        one["due"], one["moved"] = due, one["moved"] + 1

    def change(self, n, *, by_other, **_told):
        self.need(holds=self.plan != "ended" and not by_other)

    def day(self, n, *, days, **_told):
        self.today += dt.timedelta(days=max(days, 1))

    def passed(self):
        return (self.today - self.day_zero).days

    def due_now(self, one):
        if self.plan != "holds" or one["state"] not in AHEAD:
            return set()
        due, left = self.day_zero + dt.timedelta(days=one["due"]), 10
        while left:
            due -= dt.timedelta(days=1)
            left -= due.weekday() < 5
        return {"person", "due"} if due <= self.today else {"person"}


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, plans, dice):
        self.plans, self.dice, self.at = plans, dice, plans.tun.now
        self.model = Model(self.at.date())
        self.policy = plans.written()
        due = self.at.date() + dt.timedelta(days=LATER)
        self.goals = [plans.goal(self.policy, words=f"Mål {n}", due=due) for n in range(2)]

    def step(self):
        name, n = self.dice.choice(STEPS), self.dice.randrange(2)
        if name == "end" and self.dice.random() < 0.8:
            name = "state"
        told = {
            "state": self.dice.choice(GoalState.values), "words": self.dice.choice(["", "Slik vart det.", "Meir."]),
            "days": self.dice.choice([-3, 0, 1, 5, 12, 40]), "by_other": self.dice.random() < 0.3,
        }  # fmt: skip
        expected = got = True
        try:
            getattr(self.model, name)(n, **told)
        except No:
            expected = False
        try:
            with transaction.atomic():
                getattr(self, name)(self.goals[n], **told)
        except (Refused, NotYours):
            got = False
        assert got == expected, (name, n, told, vars(self.model))
        self.agrees(name)

    def agrees(self, name):
        assert Policy.objects.get(id=self.policy.id).state == self.model.plan, name
        for goal, one in zip(self.goals, self.model.goals, strict=True):
            row = Goal.objects.get(id=goal.id)
            first, due = (self.model.day_zero + dt.timedelta(days=one[which]) for which in ("first", "due"))
            assert (row.state, row.first_due, row.due) == (one["state"], first, due), name
            assert row.new_dates.count() == one["moved"], name
            told = Todo.objects.filter(ref_kind="policy_goal", ref_id=goal.id, done_at=None)
            assert set(told.values_list("reason", flat=True)) == self.model.due_now(one), (name, vars(self.model))

    def open(self, goal, **_told):
        actions.open_policy(policy=self.policy, by=self.plans.of_council(), at=self.at)

    def end(self, goal, *, words, **_told):
        actions.end_policy(policy=self.policy, words=words, by=self.plans.of_council(), at=self.at)

    def state(self, goal, *, state, words, **_told):
        by = self.plans.of_council()
        actions.say_state(goal=goal, state=GoalState(state), words=words, by=by, at=self.at)

    def move(self, goal, *, days, words, **_told):
        due = self.model.today + dt.timedelta(days=days)
        actions.move_date(goal=goal, due=due, why=words, by=self.plans.of_council(), at=self.at)

    def change(self, goal, *, by_other, **_told):
        version = Policy.objects.values_list("version", flat=True).get(id=self.policy.id)
        by = self.plans.of_association() if by_other else self.plans.of_council()
        actions.change_policy(policy=self.policy, told=self.plans.told(), version=version, by=by, at=self.at)

    def day(self, goal, *, days, **_told):
        self.at += dt.timedelta(days=max(days, 1))
        for one in self.goals:
            actions.look(goal=one, by=self.plans.tun.system(), at=self.at)


def walks(municipality, now, seed, steps):
    plans, dice = Plans(make_tun(municipality, now)), random.Random(seed)
    walk_on(lambda _: Walk(plans, dice), steps, each=WALK)


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 100)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: a desk that is never told when the day is near."""
    monkeypatch.setattr(stepping, "reminded_on", lambda _hours, due: due + dt.timedelta(days=1))
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 400)
