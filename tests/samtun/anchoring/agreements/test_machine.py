"""Random steps of an agreement between three against a model that knows nothing of the tables.

The model says what each act does, or that it is refused; after every step the agreement, who is in it, what waits and
what stands must be as the model has them. The control breaks one rule of the real thing: it is found out.
"""

import datetime as dt
import random

import pytest
from django.db import transaction

from samtun.anchoring.agreements import actions
from samtun.anchoring.agreements.actions import settling
from samtun.anchoring.agreements.enums import OPEN
from samtun.anchoring.agreements.models import Agreement, Version
from samtun.kernel.errors import NotYours, Refused
from tests.factories.agreements import make_round, parties_of
from tests.factories.journey import make_tun
from tests.walking import PARTS, steps_each, walk_on

pytestmark = [pytest.mark.django_db]
WALK, EACH = 25, steps_each()
STEPS = ["propose", "propose", "approve", "approve", "approve", "approve", "object", "withdraw", "stop", "day"]


class No(Exception):
    """The model refuses."""


class Model:
    """One agreement between three: who is in it, what waits with whose answers, what stands."""

    def __init__(self):
        self.state, self.inside, self.stopping = "being_made", {0, 1, 2}, set()
        self.waits, self.stands, self.today, self.ends = {}, 0, 0, None

    def need(self, *, holds):
        if not holds:
            raise No

    def live(self):
        return self.state in {"being_made", "stands"}

    def propose(self, sort, who):
        self.need(holds=self.live() and who in self.inside and (sort == "text" or self.state == "stands"))
        self.waits[sort] = {"by": who, "yes": {who}, "no": set(), "day": self.today}
        self.settle(sort)

    def settle(self, sort):
        one = self.waits[sort]
        if not self.inside <= one["yes"]:
            return
        del self.waits[sort]
        if sort == "text":
            self.state, self.stands = "stands", 1
        else:
            self.ends = one["day"]
            self.over()

    def over(self):
        if len(self.inside) < 2 or (self.ends is not None and self.ends < self.today):
            self.state, self.waits = "ended", {}
        return not self.live()

    def approve(self, sort, who):
        self.need(holds=self.live() and who in self.inside and sort in self.waits)
        self.waits[sort]["yes"].add(who)
        self.waits[sort]["no"].discard(who)
        self.settle(sort)

    def object(self, sort, who):
        self.need(holds=self.live() and who in self.inside and sort in self.waits)
        self.waits[sort]["no"].add(who)
        self.waits[sort]["yes"].discard(who)

    def withdraw(self, sort, who):
        self.need(holds=self.live() and sort in self.waits and self.waits[sort]["by"] == who)
        del self.waits[sort]

    def stop(self, sort, who):
        self.need(holds=self.live() and who in self.inside and who not in self.stopping)
        self.stopping.add(who)
        if self.state == "being_made":
            self.leave(who)

    def leave(self, who):
        self.inside.discard(who)
        if not self.over():
            for sort in ("text", "ending"):
                if self.live() and sort in self.waits:
                    self.settle(sort)

    def day(self, sort, who):
        self.today += 1
        if self.live() and not self.over():
            for one in sorted(self.stopping & self.inside):
                if self.live():
                    self.leave(one)


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, circle, dice):
        self.circle, self.dice, self.model, self.at = circle, dice, Model(), circle.tun.now
        self.found = circle.started(circle.tun.other, circle.tun.council)
        self.parties = parties_of(self.found)

    def step(self):
        name, sort, who = self.dice.choice(STEPS), self.dice.choice(["text", "ending"]), self.dice.randrange(3)
        if name == "stop" and self.dice.random() < 0.6:
            name = "approve"
        if name == "withdraw":
            if sort not in self.model.waits:
                return
            who = who if self.dice.random() < 0.3 else self.model.waits[sort]["by"]
        expected = got = True
        try:
            getattr(self.model, name)(sort, who)
        except No:
            expected = False
        try:
            with transaction.atomic():
                getattr(self, name)(sort, self.parties[who])
        except (Refused, NotYours, Version.DoesNotExist):
            got = False
        assert got == expected, (name, sort, who, vars(self.model))
        self.agrees(name)

    def agrees(self, name):
        found, model = Agreement.objects.get(id=self.found.id), self.model
        rows = Version.objects.filter(agreement=found)
        waits = {v.sort: v.state for v in rows.filter(state__in=OPEN)}
        inside = {n for n, party in enumerate(parties_of(found)) if party.left_at is None}
        told = {sort: "objected" if one["no"] & model.inside else "waiting" for sort, one in model.waits.items()}
        stands = rows.filter(sort="text", state="standing").count()
        assert (found.state, inside, waits, stands) == (model.state, model.inside, told, model.stands), name

    def _open(self, sort):
        return Version.objects.select_related("agreement").get(agreement=self.found, sort=sort, state__in=OPEN)

    def propose(self, sort, party):
        if sort == "text":
            self.circle.proposed(self.found, party.owner, at=self.at)
        else:
            actions.propose_ending(
                agreement=self.found, party=party, why="Slutt", last_day=self.at.date(), at=self.at,
                by=self.circle.viewer_of(party),
            )  # fmt: skip

    def approve(self, sort, party):
        actions.approve(version=self._open(sort), party=party, by=self.circle.viewer_of(party), at=self.at)

    def object(self, sort, party):
        by = self.circle.viewer_of(party)
        actions.object_to(version=self._open(sort), party=party, words="Nei", by=by, at=self.at)

    def withdraw(self, sort, party):
        actions.withdraw(version=self._open(sort), by=self.circle.viewer_of(party), at=self.at)

    def stop(self, sort, party):
        actions.stop(party=party, last_day=self.at.date(), by=self.circle.viewer_of(party), at=self.at)

    def day(self, sort, party):
        self.at += dt.timedelta(days=1)
        actions.look(agreement=self.found, by=self.circle.tun.system(), at=self.at)


def walks(municipality, now, seed, steps):
    circle, dice = make_round(make_tun(municipality, now)), random.Random(seed)
    walk_on(lambda _: Walk(circle, dice), steps, each=WALK)


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 150)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: a text that takes effect when most have said yes."""
    real = settling.settle

    def careless(version, agreement, parties, *, by, at):
        said = set(version.answers.filter(says="yes").values_list("party", flat=True))
        enough = [party for party in parties if party.id in said]
        return real(version, agreement, enough if len(enough) > 1 else parties, by=by, at=at)

    monkeypatch.setattr(actions.answering, "settle", careless)
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 400)
