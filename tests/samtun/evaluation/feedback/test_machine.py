"""Random steps of feedback against a model that knows nothing of the tables: where it is, and whose turn it is.

The control breaks one rule of the real thing: it is found out.
"""

import datetime as dt
import random
from types import SimpleNamespace

import pytest
from django.db import transaction

from samtun.evaluation.feedback.actions import answering, settling
from samtun.evaluation.feedback.actions.raising import Said
from samtun.evaluation.feedback.enums import FeedbackState
from samtun.evaluation.feedback.models import Feedback
from samtun.evaluation.feedback.rules import GOES_ON, follow_token
from samtun.foundation.viewer import Permission, Role, Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.work.todos.models import Todo
from tests.factories.feedback import a_matter
from tests.factories.journey import make_tun
from tests.walking import PARTS, live_on, steps_each

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

EACH, LONGEST = steps_each(), 25
OPEN = ("received", "taken", "passed_up", "decided")
MOVES = (
    "take", "up", "back", "decide", "answer", "answer_empty", "close", "settle", "leave", "again", "time", "early",
    "overdue",
)  # fmt: skip


class No(Exception):
    """The model refuses."""


class Model:
    """One feedback: where it is, whether an organisation raised it, and whether it has been opened again."""

    def __init__(self, *, is_matter):
        self.is_matter, self.state, self.again_before, self.late = is_matter, "received", False, False

    def need(self, *, holds):
        if not holds:
            raise No

    def take(self):
        self.need(holds=self.state == "received")
        self.state = "taken"

    def up(self):
        self.need(holds=self.state in {"received", "taken", "passed_up"})
        self.state, self.late = "passed_up", False

    def back(self):
        self.need(holds=self.state == "passed_up")
        self.state = "taken"

    def decide(self):
        self.need(holds=self.state == "passed_up")
        self.state = "decided"

    def answer(self):
        self.need(holds=self.state in OPEN)
        self.state, self.late = "answered", False

    def answer_empty(self):
        self.need(holds=self.state == "decided")
        self.answer()

    def close(self):
        self.need(holds=self.state == "answered" and not self.is_matter)
        self.state = "closed"

    def settle(self):
        self.need(holds=self.state == "answered")
        self.state = "closed"

    def leave(self):
        self.need(holds=self.is_matter)
        self.state, self.late = "closed", False

    def again(self):
        self.need(holds=self.state in {"answered", "closed"})
        self.need(holds=self.is_matter or not self.again_before)
        self.state, self.again_before = "received", True

    def time(self):
        if self.state == "answered" and not self.is_matter:
            self.state = "closed"

    def early(self):
        """Nothing closes before its time."""

    def overdue(self):
        self.late = self.late or self.state in {"received", "taken", "decided"}

    def due(self):
        """What stands on the desks."""
        turn = {"received": {"feedback_waits"}, "taken": {"feedback_waits"}, "decided": {"feedback_decided"}}
        return turn.get(self.state, set()) | ({"feedback_late"} if self.late else set())


class Real:
    """The same through the acts, as the one who may."""

    def __init__(self, tun, *, is_matter):
        self.tun, self.by = tun, {"by": tun.viewer(), "at": tun.now}
        helselag = tun.viewer(tun.other, Role.ORGANISATION_REPRESENTATIVE, {Permission.MANAGE_ORGANISATION})
        said = Said("Salen er låst", from_owner=tun.other.id) if is_matter else Said("Salen er låst")
        self.made = a_matter(tun, said, by=helselag if is_matter else None)
        nobody = Viewer.anonymous(tun.municipality.id)
        self.own = {"by": helselag if is_matter else nobody, "at": tun.now}
        self.token = "" if is_matter else follow_token(self.made.id)

    def take(self):
        answering.take_on(feedback=self.made, **self.by)

    def up(self):
        answering.note_passed_up(feedback=self.made, to="utvalet", ref=None, on=None, **self.by)

    def back(self):
        answering.note_came_back(feedback=self.made, **self.by)

    def decide(self):
        answering.note_decided(feedback=self.made, words="Ja", **self.by)

    def answer(self):
        answering.answer(feedback=self.made, words="No er det ope", **self.by)

    def answer_empty(self):
        answering.answer(feedback=self.made, words="", **self.by)

    def close(self):
        settling.close(feedback=self.made, **self.by)

    def settle(self):
        settling.settle(feedback=self.made, token=self.token, **self.own)

    def leave(self):
        settling.leave_it(feedback=self.made, **self.own)

    def again(self):
        settling.not_settled(feedback=self.made, words="Nei", token=self.token, **self.own)

    def time(self):
        late = self.tun.now + dt.timedelta(days=14)
        settling.settle_by_time(feedback=self.made, by=self.tun.system(), at=late)

    def early(self):
        soon = self.tun.now + dt.timedelta(days=13)
        settling.settle_by_time(feedback=self.made, by=self.tun.system(), at=soon)

    def overdue(self):
        late = self.tun.now + dt.timedelta(days=30)
        answering.not_answered(feedback=self.made, by=self.tun.system(), at=late)

    def seen(self):
        """Where it is, and what stands on the desks."""
        rows = Todo.objects.filter(ref_id=self.made.id, done_at=None)
        return Feedback.objects.get(id=self.made.id).state, set(rows.values_list("reason", flat=True))


def do(one, move):
    """Let the model or the real thing do one act; True when it did, False when it refused."""
    try:
        with transaction.atomic():
            getattr(one, move)()
    except (Refused, NotYours, No):
        return False
    return True


def walk(tun, seed):
    """Walk with one fresh feedback; return how far, and what differed first, in words."""
    dice = random.Random(seed)
    is_matter = dice.random() < 0.5
    model, real, path = Model(is_matter=is_matter), Real(tun, is_matter=is_matter), []
    for _step in range(LONGEST):
        move = dice.choice(MOVES)
        path.append(move)
        meant, did = do(model, move), do(real, move)
        should = (model.state, model.due())
        if (did, real.seen()) != (meant, should):
            return len(path), f"{path} meant {meant} {should}, came to {did} {real.seen()}"
    return len(path), ""


def walks(tun, part, number):
    return live_on(lambda lived: walk(tun, f"{part}-{lived}"), number)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_is_as_the_model_says(in_municipality, now, part):
    lived, found = walks(make_tun(in_municipality, now), part, EACH)
    assert found == []
    assert lived >= EACH


@pytest.mark.parametrize("broken", ["any step", "any time"])
def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch, broken):
    if broken == "any step":
        monkeypatch.setitem(GOES_ON, FeedbackState.TAKEN, frozenset(FeedbackState))
    else:
        monkeypatch.setattr(settling, "SETTLES_AFTER", SimpleNamespace(read=lambda _on: 0))
    _lived, found = walks(make_tun(in_municipality, now), "control", 3000)
    assert found
