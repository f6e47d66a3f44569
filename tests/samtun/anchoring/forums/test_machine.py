"""Random steps of items and their meetings against a model that knows nothing of the tables.

The model says what each act does, or that it is refused; after every step the item, its meeting and its minutes must be
as the model has them. The control breaks one rule of the real thing: it is found out.
"""

import datetime as dt
import random

import pytest
from django.db import transaction

from samtun.anchoring.forums import actions
from samtun.anchoring.forums.actions import deciding
from samtun.anchoring.forums.models import Beside, Item, Meeting
from samtun.kernel.errors import NotYours, Refused
from tests.factories.forums import CLOCK, ON, make_committee
from tests.factories.journey import make_tun
from tests.walking import PARTS, steps_each, walk_on

pytestmark = [pytest.mark.django_db]

EACH, WALK = steps_each(), 40
EVENING = dt.datetime(2026, 12, 2, 18, 0, tzinfo=dt.UTC)


class No(Exception):
    """The model refuses."""


class Model:
    """One item and one meeting: where they are, who was heard, what is written."""

    def __init__(self):
        self.item, self.meeting, self.approved, self.heard = "proposed", "planned", False, False
        self.minutes, self.version, self.beside, self.was_on = "", 0, 0, False

    def need(self, *, holds):
        if not holds:
            raise No

    def agenda(self):
        going_on = self.meeting == "held" and not self.approved
        self.need(holds=self.item == "proposed" and (self.meeting in {"planned", "called"} or going_on))
        self.item = "on_agenda"

    def call(self):
        self.need(holds=self.meeting == "planned")
        self.meeting = "called"

    def hold(self):
        self.need(holds=self.meeting == "called")
        self.meeting = "held"

    def cancel(self):
        self.need(holds=self.meeting in {"planned", "called"})
        self.meeting = "cancelled"
        if self.item == "on_agenda":
            self._wait()

    def approve(self):
        self.need(holds=self.meeting == "held" and not self.approved)
        self.need(holds=self.item != "on_agenda" and not self.beside)
        self.approved = True

    def _wait(self):
        self.item, self.minutes, self.version, self.beside = "proposed", "", self.version + 1, 0

    def put_off(self):
        self.need(holds=self.item == "on_agenda")
        self._wait()

    def hear(self):
        self.need(holds=self.item in {"proposed", "on_agenda"})
        self.heard = True

    def decide(self):
        self.need(holds=self.item == "on_agenda" and self.meeting == "held" and self.heard)
        self.item = "decided"

    def turn_down(self):
        self.need(holds=self.item in {"proposed", "on_agenda"})
        self.item, self.was_on = "turned_down", self.item == "on_agenda"

    def withdraw(self):
        self.need(holds=self.item in {"proposed", "on_agenda"})
        self.item, self.was_on = "withdrawn", self.item == "on_agenda"

    def write(self, text, version):
        stands = self.item in {"on_agenda", "decided"} or (self.item != "proposed" and self.was_on)
        self.need(holds=stands and self.meeting == "held" and not self.approved)
        if text == self.minutes:
            return
        if version == self.version:
            self.minutes, self.version = text, self.version + 1
        else:
            self.beside += 1


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, committee, dice):
        self.committee, self.dice, self.model, self.texts = committee, dice, Model(), 0
        self.by, self.at = committee.leader(), committee.tun.now
        self.item = committee.item()
        self.meeting = actions.plan_meeting(
            forum=committee.forum, on=ON, clock=CLOCK, place="Solheimen", by=self.by, at=self.at
        )

    def step(self):
        name = self.dice.choice(
            ["agenda", "agenda", "call", "hold", "hold", "cancel", "approve", "put_off", "hear", "decide", "turn_down",
             "withdraw", "write", "write", "write"]
        )  # fmt: skip
        if name in {"cancel", "turn_down", "withdraw"} and self.dice.random() < 0.7:
            name = "write"
        facts = self._written() if name == "write" else {}
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
        assert got == expected, (name, vars(self.model))
        self.agrees(name)

    def _written(self):
        self.texts += 1
        version = self.model.version - (self.dice.random() < 0.3 and self.model.version > 0)
        return {"text": f"Tekst {self.texts}", "version": version}

    def agrees(self, name):
        item, meeting, model = Item.objects.get(id=self.item.id), Meeting.objects.get(id=self.meeting.id), self.model
        beside = Beside.objects.filter(item=item, settled_at=None).count()
        assert (item.state, meeting.state, bool(meeting.approved_at), item.minutes, item.minutes_version, beside) == (
            model.item, model.meeting, model.approved, model.minutes, model.version, model.beside,
        ), name  # fmt: skip

    def _do(self, act, at=None, **facts):
        act(by=self.by, at=at or self.at, **facts)

    def agenda(self):
        self._do(actions.put_on_agenda, item=self.item, meeting=self.meeting)

    def call(self):
        self._do(actions.call_meeting, meeting=self.meeting)

    def hold(self):
        self._do(actions.hold_meeting, EVENING, meeting=self.meeting)

    def cancel(self):
        self._do(actions.cancel_meeting, meeting=self.meeting)

    def approve(self):
        self._do(actions.approve_minutes, EVENING, meeting=self.meeting)

    def put_off(self):
        self._do(actions.put_off, EVENING, item=self.item, words="")

    def hear(self):
        self._do(actions.note_heard, item=self.item, who="Laget", said="Ja")

    def decide(self):
        facts = {"owner": self.committee.tun.council, "due": ON}
        self._do(actions.decide, EVENING, item=self.item, words="Ja", **facts)

    def turn_down(self):
        self._do(actions.turn_down, item=self.item, words="Nei")

    def withdraw(self):
        self._do(actions.withdraw, item=self.item, words="")

    def write(self, text, version):
        self._do(actions.write_minutes, EVENING, item=self.item, text=text, version=version)


def walks(municipality, now, seed, steps):
    committee, dice = make_committee(make_tun(municipality, now)), random.Random(seed)
    walk_on(lambda _: Walk(committee, dice), steps, each=WALK)


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 400)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: minutes that are written over another's text without a word."""
    real = deciding.write_minutes

    def careless(*, item, text, version, by, at):
        version = Item.objects.get(id=item.id).minutes_version
        return real(item=item, text=text, version=version, by=by, at=at)

    monkeypatch.setattr(actions, "write_minutes", careless)
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 2000)
