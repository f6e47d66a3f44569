"""Random steps of the map against a model that knows nothing of the tables.

The model says what each act does, or that it is refused; after every step what holds, what waits and whose desk says
so must be as the model has them. The control breaks one rule of the real thing: it is found out.
"""

import random

import pytest
from django.db import transaction

from samtun.anchoring.responsibilities import actions
from samtun.anchoring.responsibilities.actions import mapping
from samtun.anchoring.responsibilities.enums import Part
from samtun.anchoring.responsibilities.models import MapAnswer, MapChange, Placed
from samtun.kernel.errors import NotYours, Refused
from samtun.work.todos.models import Todo
from tests.factories.journey import make_tun
from tests.factories.mapping import Map
from tests.walking import PARTS, steps_each

pytestmark = [pytest.mark.django_db]
EACH = steps_each()
STEPS = ["propose", "propose", "answer", "answer", "answer", "answer", "answer", "withdraw"]


class No(Exception):
    """The model refuses."""


class Model:
    """One task between three: who has which part, and the change that waits with whose answers."""

    def __init__(self):
        self.holds, self.waits, self.made = set(), None, 0

    def need(self, *, holds):
        if not holds:
            raise No

    def propose(self, who, cells, *, why, **_told):
        self.need(holds=self.waits is None and cells != self.holds and (why or not self.holds))
        concerned = {one for one, _part in cells | self.holds} | {who}
        self.waits = {"by": who, "cells": cells, "left": concerned - {who}, "all": concerned}
        self.settle()

    def settle(self):
        if not self.waits["left"]:
            self.holds, self.waits, self.made = self.waits["cells"], None, self.made + 1

    def answer(self, who, cells, *, yes, other, **_told):
        self.need(holds=self.waits is not None and who in self.waits["all"] and not other)
        if not yes:
            self.waits = None
        else:
            self.waits["left"].discard(who)
            self.settle()

    def withdraw(self, who, cells, **_told):
        self.need(holds=self.waits is not None and self.waits["by"] == who)
        self.waits = None


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, table, dice):
        self.table, self.dice, self.model = table, dice, Model()
        self.owners = [table.tun.council, table.tun.centre, table.tun.other]

    def step(self):
        name, who = self.dice.choice(STEPS), self.dice.randrange(3)
        cells = {(n, p) for n in range(3) for p in ("answers", "does", "told") if self.dice.random() < 0.3}
        told = {
            "yes": self.dice.random() < 0.85, "other": self.dice.random() < 0.15,
            "why": self.dice.choice(["", "Slik er det.", "Slik er det."]),
        }  # fmt: skip
        if name != "propose" and self.model.waits is None:
            name = "propose"
        expected = got = True
        try:
            getattr(self.model, name)(who, cells, **told)
        except No:
            expected = False
        try:
            with transaction.atomic():
                getattr(self, name)(who, cells, **told)
        except (Refused, NotYours, MapAnswer.DoesNotExist):
            got = False
        assert got == expected, (name, who, cells, told, vars(self.model))
        self.agrees(name)

    def agrees(self, name):
        number = {owner.id: n for n, owner in enumerate(self.owners)}
        rows = Placed.objects.filter(ended_on=None).values_list("owner", "part")
        assert {(number[owner], part) for owner, part in rows} == self.model.holds, name
        changes = MapChange.objects.all()
        assert changes.filter(state="waiting").exists() == (self.model.waits is not None), name
        assert changes.filter(state="made").count() == self.model.made, name
        told = Todo.objects.filter(ref_kind="map_answer", done_at=None).values_list("owner", flat=True)
        left = self.model.waits["left"] if self.model.waits else set()
        assert {number[owner] for owner in told} == left, name

    def propose(self, who, cells, *, why, **_told):
        rows = [(self.owners[n], Part(part)) for n, part in sorted(cells)]
        self.table.propose(*rows, owner=self.owners[who], why=why)

    def answer(self, who, cells, *, yes, other, **_told):
        change = MapChange.objects.get(state="waiting")
        by = self.table.of(self.owners[(who + 1) % 3]) if other else None
        self.table.answer(change, self.owners[who], yes=yes, by=by)

    def withdraw(self, who, cells, **_told):
        change = MapChange.objects.get(state="waiting")
        actions.withdraw_change(change=change, by=self.table.of(self.owners[who]), at=self.table.tun.now)


def walks(municipality, now, seed, steps):
    walk = Walk(Map(make_tun(municipality, now)), random.Random(seed))
    for _ in range(steps):
        walk.step()


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 100)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: a change that holds when somebody else has said yes for a party."""
    monkeypatch.setattr(mapping, "says_for", lambda _by, _owner: True)
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 200)
