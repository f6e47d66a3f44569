"""Random steps of a design, its parties and its changes against a model that knows no tables.

The model says what each act does, or that it is refused; after every step the design, who takes part, what waits and
how many versions there are must be as the model has them. The control breaks one rule: it is found out.
"""

import random

import pytest
from django.db import transaction

from samtun.codesign.designs import actions, queries
from samtun.codesign.designs.actions import approving
from samtun.codesign.designs.enums import Behalf, ChangeKind, Way
from samtun.codesign.designs.models import Change, Party, Version
from samtun.kernel.errors import NotYours, Refused
from tests.factories.designs import ENDS, GOAL, Drawn
from tests.factories.journey import make_tun
from tests.walking import PARTS, steps_each, walk_on

pytestmark = [pytest.mark.django_db]

EACH, WALK = steps_each(), 40
OWNERS = ("centre", "other", "council")
GOES = {
    "trial": {"drawing", "trial", "operation"}, "operation": {"trial"}, "over": {"trial", "operation"},
    "end": {"idea", "drawing", "trial", "operation"}, "purpose": {"trial", "operation"}, "public": None,
}  # fmt: skip
LEADS_TO = {"trial": "trial", "operation": "operation", "over": "taken_over", "end": "ended"}


class No(Exception):
    """The model refuses."""


class Model:
    """One design: where it is, who takes part, who is asked, the larger change that waits with who has said yes."""

    def __init__(self):
        self.state, self.joined, self.asked = "idea", ["centre"], set()
        self.heard, self.started, self.public, self.versions = False, False, False, 0
        self.waits, self.yes, self.words = None, set(), []

    def need(self, *, holds):
        if not holds:
            raise No

    def _stands(self, who=None):
        self.need(holds=self.state not in {"ended", "taken_over"})
        if who is not None:
            self.need(holds=who in self.joined)

    def _version(self):
        self.versions += self.started

    def draw(self, who):
        self._stands(who)
        self.need(holds=self.state == "idea")
        self.state = "drawing"

    def ask(self, who, whom):
        self._stands(who)
        self.need(holds=not self.started and whom not in self.joined and whom not in self.asked)
        self.asked.add(whom)

    def join(self, who):
        self._stands()
        self.need(holds=who in self.asked)
        self.asked.discard(who)
        self.joined.append(who)
        self._version()

    def decline(self, who):
        self._stands()
        self.need(holds=who in self.asked)
        self.asked.discard(who)

    def leave(self, who):
        self._stands(who)
        self.need(holds=len(self.joined) > 1)
        self.joined.remove(who)
        self._version()
        self._made_if_all()

    def hear(self, who):
        self._stands(who)
        self.heard = True
        self._version()

    def larger(self, who, kind):
        self._stands(who)
        self.need(holds=GOES[kind] is None or self.state in GOES[kind])
        self.need(holds=kind != "trial" or self.heard)
        self.need(holds=self.waits is None)
        self.waits, self.yes = kind, {who}
        self._made_if_all()

    def _made_if_all(self):
        if self.waits is None or set(self.joined) - self.yes:
            return
        kind, self.waits = self.waits, None
        self.state = LEADS_TO.get(kind, self.state)
        self.started |= kind == "trial"
        self.public = not self.public if kind == "public" else self.public
        self._version()
        if kind in {"over", "end"}:
            self.words = ["not_made" if w in {"proposed", "planned"} else w for w in self.words]

    def answer(self, who, yes):
        self._stands(who)
        self.need(holds=self.waits is not None and who not in self.yes)
        if not yes:
            self.waits = None
            return
        self.yes.add(who)
        self._made_if_all()

    def propose(self, who):
        self._stands()
        self.words.append("proposed")

    def plan(self, who, number):
        self._stands(who)
        self.need(holds=self.words[number] == "proposed")
        self.words[number] = "planned"

    def make(self, who, number):
        self._stands(who)
        self.need(holds=self.words[number] in {"proposed", "planned"})
        self.words[number] = "made"

    def refuse(self, who, number):
        self._stands(who)
        self.need(holds=self.words[number] in {"proposed", "planned"})
        self.words[number] = "not_made"


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, tun, dice):
        self.tun, self.dice, self.model, self.words = tun, dice, Model(), []
        self.drawn = Drawn(tun, None)
        self.design = self.drawn.design = actions.begin(
            owner=tun.centre, title="Kaffi", purpose="Ein stad å gå", by=self.drawn.centre, at=tun.now
        )

    def step(self):
        name = self.dice.choice(
            ["draw", "ask", "ask", "join", "join", "decline", "leave", "hear", "larger", "larger", "larger", "answer",
             "answer", "answer", "answer", "propose", "plan", "make", "refuse"]
        )  # fmt: skip
        facts = self._facts(name)
        if facts is None:
            return
        expected = got = True
        try:
            getattr(self.model, name)(**facts)
        except No:
            expected = False
        try:
            with transaction.atomic():
                getattr(self, name)(**facts)
        except (Refused, NotYours):
            got = False
        assert got == expected, (name, facts, vars(self.model))
        self.agrees(name)

    def _facts(self, name):
        facts = {"who": self.dice.choice(OWNERS)}
        if name == "ask":
            facts["whom"] = self.dice.choice(OWNERS)
        if name == "larger":
            facts["kind"] = self.dice.choice(["trial", "trial", "operation", "over", "end", "purpose", "public"])
            if facts["kind"] in {"over", "end"} and self.dice.random() < 0.8:
                facts["kind"] = "trial"
        if name == "answer":
            facts["yes"] = self.dice.random() < 0.8
        if name in {"plan", "make", "refuse"}:
            if not self.words:
                return None
            facts["number"] = self.dice.randrange(len(self.words))
        return facts

    def agrees(self, name):
        design, model = self.drawn.fresh(), self.model
        rows = Party.objects.filter(design=design, left_at=None, joined_at=None).values_list("owner", flat=True)
        asked = {word for word in OWNERS if self._owner(word).id in set(rows)}
        joined = [word for word in OWNERS if self._owner(word) in [p.owner for p in queries.joined(design.id)]]
        larger = Change.objects.filter(design=design, state="proposed").exclude(kind="words").first()
        words = [Change.objects.get(id=change.id).state for change in self.words]
        assert (design.state, joined, asked, larger.kind if larger else None, bool(design.public_at), words) == (
            model.state, [w for w in OWNERS if w in model.joined], model.asked, model.waits, model.public, model.words,
        ), name  # fmt: skip
        assert bool(Version.objects.filter(design=design).count()) == bool(model.versions), name
        numbers = list(Version.objects.filter(design=design).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1)), name
        assert len(numbers) >= model.versions, "each change after the start is a version"

    def _owner(self, word):
        return getattr(self.tun, word)

    def _by(self, word):
        return {"by": self.drawn.of(self._owner(word)), "at": self.tun.now}

    def _row(self, word):
        found = Party.objects.filter(design=self.design, owner=self._owner(word), left_at=None).first()
        return found or Party.objects.filter(design=self.design).order_by("id").first()

    def draw(self, who):
        actions.draw(design=self.design, **self._by(who))

    def ask(self, who, whom):
        actions.ask_party(design=self.design, owner=self._owner(whom), **self._by(who))

    def join(self, who):
        actions.join(party=self._row(who), **self._by(who))

    def decline(self, who):
        actions.decline(party=self._row(who), **self._by(who))

    def leave(self, who):
        actions.leave(design=self.design, words="", **self._by(who))

    def hear(self, who):
        facts = {"behalf": Behalf.RECIPIENTS, "way": Way.AT_TABLE, "who": "To mottakarar", "why": "Med"}
        actions.add_place(design=self.design, **facts, **self._by(who))

    def larger(self, who, kind):
        to = {"goal": GOAL, "ends": ENDS.isoformat(), "purpose": "Eit anna", "owner": str(self.tun.council.id)}
        to["open"] = self.drawn.fresh().public_at is None
        actions.propose_larger(design=self.design, kind=ChangeKind(kind), words="Fordi", to=to, **self._by(who))

    def answer(self, who, yes):
        rows = Change.objects.filter(design=self.design).exclude(kind="words").order_by("-made_at", "-id")
        change = rows.filter(state="proposed").first() or rows.first()
        if change is None:
            raise Refused
        actions.answer_change(change=change, party=self._row(who), yes=yes, words="Nei", **self._by(who))

    def propose(self, who):
        facts = {"design": self.design, "words": "Noko", "from_owner": self._owner(who)}
        self.words.append(actions.propose_change(**facts, **self._by(who)))

    def plan(self, who, number):
        actions.plan_change(change=self.words[number], words="Snart", **self._by(who))

    def make(self, who, number):
        actions.make_change(change=self.words[number], words="Gjort", **self._by(who))

    def refuse(self, who, number):
        actions.not_make(change=self.words[number], words="Nei", **self._by(who))


def walks(municipality, now, seed, steps):
    tun, dice = make_tun(municipality, now), random.Random(seed)
    walk_on(lambda _: Walk(tun, dice), steps, each=WALK)


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 400)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


@pytest.mark.journey
def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: a larger change that is made without waiting for the others."""
    monkeypatch.setattr(approving, "missing_yes", lambda _change: [])
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 2000)
