"""Random steps of needs against a model that knows no tables: written, joined, parted, closed, opened again.

After every step each need must be where the model has it, and joined with whom the model says. The control breaks one
rule: it is found out.
"""

import random

import pytest
from django.db import transaction

from samtun.codesign.needs import actions
from samtun.codesign.needs.enums import NeedState
from samtun.codesign.needs.models import Need
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.errors import NotYours, Refused
from tests.factories.ideas import a_need
from tests.factories.journey import make_tun
from tests.walking import PARTS, steps_each, walk_on

pytestmark = [pytest.mark.django_db]
EACH, WALK, MOST = steps_each(), 40, 5
STEPS = ["write", "join", "join", "join", "part", "part", "close", "close", "open_again", "open_again"]


class No(Exception):
    """The model refuses."""


class Model:
    """Needs by number: whose it is, where it is, and which speaks for it."""

    def __init__(self):
        self.whose, self.state, self.into = [], [], []

    def need(self, *, holds):
        if not holds:
            raise No

    def write(self, who, **_told):
        self.whose.append(who)
        self.state.append("open")
        self.into.append(None)

    def join(self, who, one, other, **_told):
        self.need(holds=self.whose[one] == who and self.state[one] == "open")
        self.need(holds=one != other and self.state[other] == "open" and one not in self.into)
        self.state[one], self.into[one] = "joined", other

    def part(self, who, one, **_told):
        other = self.into[one]
        self.need(holds=other is not None and who in {self.whose[one], self.whose[other]})
        self.state[one], self.into[one] = "open", None

    def close(self, who, one, *, words, state, **_told):
        self.need(holds=bool(words) and self.whose[one] == who and self.state[one] == "open")
        self.state[one] = state

    def open_again(self, who, one, **_told):
        self.need(holds=self.whose[one] == who)
        if self.state[one] in {"met", "gone"}:
            self.state[one] = "open"


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, tun, dice):
        self.tun, self.dice, self.model, self.rows = tun, dice, Model(), []
        self.owners = [tun.centre, tun.other]

    def by(self, who):
        may = {Permission.SEE_DESK} if not who else {Permission.MANAGE_ORGANISATION}
        return {"by": self.tun.viewer(self.owners[who], Role.COORDINATOR, may), "at": self.tun.now}

    def step(self):
        name = self.dice.choice(STEPS)
        if not self.rows or (name == "write" and len(self.rows) < MOST):
            name = "write"
        elif name == "write":
            name = "join"
        told = {"who": self.dice.randrange(2)}
        if name != "write":
            told |= {
                "one": self.dice.randrange(len(self.rows)), "other": self.dice.randrange(len(self.rows)),
                "words": self.dice.choice(["", "Det går no", "Det går no"]), "state": self.dice.choice(["met", "gone"]),
            }  # fmt: skip
        expected = got = True
        try:
            getattr(self.model, name)(**told)
        except No:
            expected = False
        try:
            with transaction.atomic():
                getattr(self, name)(**told)
        except (Refused, NotYours):
            got = False
        assert got == expected, (name, told, vars(self.model))
        self.agrees(name)

    def agrees(self, name):
        rows = {row.id: row for row in Need.objects.filter(id__in=[row.id for row in self.rows])}
        number = {row.id: n for n, row in enumerate(self.rows)}
        found = [rows[row.id] for row in self.rows]
        assert [row.state for row in found] == self.model.state, name
        assert [number.get(row.joined_into_id) for row in found] == self.model.into, name
        assert all(bool(row.closed_at) == (row.state in {"met", "gone"}) for row in found), name

    def write(self, who):
        self.rows.append(a_need(self.tun, self.owners[who], by=self.by(who)["by"]))

    def join(self, who, one, other, **_told):
        actions.join(need=self.rows[one], into=self.rows[other], **self.by(who))

    def part(self, who, one, **_told):
        actions.part(need=self.rows[one], **self.by(who))

    def close(self, who, one, *, words, state, **_told):
        actions.close(need=self.rows[one], state=NeedState(state), words=words, **self.by(who))

    def open_again(self, who, one, **_told):
        actions.open_again(need=self.rows[one], **self.by(who))


def walks(municipality, now, seed, steps):
    tun, dice = make_tun(municipality, now), random.Random(seed)
    walk_on(lambda _: Walk(tun, dice), steps, each=WALK)


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 200)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


@pytest.mark.journey
def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: who may not write for an owner joins its needs all the same."""
    monkeypatch.setattr(actions, "writes_for", lambda _viewer, _owner: True)
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 2000)
