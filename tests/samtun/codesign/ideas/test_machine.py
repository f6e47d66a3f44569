"""Random steps of an initiative against a model that knows nothing of the tables: who leads, what is promised and due.

The control breaks one rule of the real thing: it is found out.
"""

import datetime as dt
import random

import pytest
from django.db import transaction

from samtun.codesign.ideas.actions import answering, helping, leading, promising, starting
from samtun.codesign.ideas.actions.telling import Word
from samtun.codesign.ideas.enums import Answered, HelperState, LifeState
from samtun.codesign.ideas.models import Helper, Idea, Initiative, Promise
from samtun.codesign.ideas.rules import JOINS, LIVES, lead_token
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.work.todos.models import Todo
from tests.factories.ideas import a_member, a_promise, an_idea, olav, oneself
from tests.factories.journey import make_tun
from tests.walking import PARTS, live_on, steps_each

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

EACH, LONGEST = steps_each(), 30
MOVES = (
    "answer", "start", "leave", "contact", "rest", "go_on", "end", "join", "gone", "not_now", "back", "offer", "yes",
    "no", "keep", "promise", "done", "day", "drop", "late", "old_address",
)  # fmt: skip
DAY = dt.date(2026, 11, 27)


class No(Exception):
    """The model refuses."""


class Model:
    """One idea and what it becomes: states, who leads, one who is with it, one promise at a time."""

    def __init__(self):
        self.idea, self.life, self.answered, self.contact = "received", "", False, False
        self.helper, self.offered, self.leads, self.promise, self.is_late = "", False, "first", "", False
        self.waits, self.wants_contact = True, False

    def need(self, *, holds):
        if not holds:
            raise No

    def answer(self):
        self.need(holds=self.idea in {"received", "initiative"})
        if self.idea == "received":
            self.idea = "answered"
        self.waits = False

    def start(self):
        self.need(holds=self.idea in {"received", "answered"})
        self.idea, self.life, self.wants_contact = "initiative", "living", True

    def leave(self):
        self.need(holds=self.idea in {"received", "answered"})
        self.idea, self.waits = "closed", False

    def contact_(self):
        self.need(holds=self.life in {"living", "paused"})
        self.contact, self.waits, self.wants_contact = True, False, False

    def rest(self):
        self.need(holds=self.life == "living")
        self.life = "paused"

    def go_on(self):
        self.need(holds=self.life in {"paused", "ended"})
        self.life, self.idea = "living", "initiative"

    def end(self):
        self.need(holds=self.life in {"living", "paused"})
        self.life, self.idea, self.offered, self.waits, self.wants_contact = "ended", "closed", False, False, False
        self.settle()

    def settle(self):
        self.promise, self.is_late = "", False

    def join(self):
        self.need(holds=self.life in {"living", "paused"})
        self.helper = "with"

    def gone(self):
        self.need(holds=self.helper in {"with", "not_now"})
        self.helper, self.offered = "left", False

    def not_now(self):
        self.need(holds=self.helper == "with")
        self.helper, self.offered = "not_now", False

    def back(self):
        self.need(holds=self.helper == "not_now")
        self.helper = "with"

    def offer(self):
        self.need(holds=self.life in {"living", "paused"} and self.helper == "with" and self.leads == "first")
        self.offered = True

    def yes(self):
        self.need(holds=self.offered)
        self.offered, self.leads = False, "helper"

    def no(self):
        self.need(holds=self.offered)
        self.offered = False

    def keep(self):
        self.need(holds=self.life != "")
        self.offered = False

    def promise_(self):
        self.need(holds=self.life in {"living", "paused"} and self.contact and not self.promise)
        self.promise = "promised"

    def done(self):
        self.need(holds=self.promise == "promised")
        self.settle()

    drop = done

    def day(self):
        self.need(holds=self.promise == "promised")
        self.is_late = False

    def late(self):
        self.need(holds=self.promise == "promised")
        self.is_late = True

    def old_address(self):
        """The address of one who led before opens nothing."""
        self.need(holds=False)

    def seen(self):
        due = {"idea_waits"} if self.waits else set()
        due |= {"name_contact"} if self.wants_contact else set()
        due |= {"promise_due"} if self.promise else set()
        due |= {"promise_late"} if self.is_late else set()
        return self.idea, self.life, self.helper, self.offered, self.leads, frozenset(due)


class Real:
    """The same through the acts, as the one who may."""

    def __init__(self, tun):
        self.tun, self.by = tun, {"by": tun.viewer(), "at": tun.now}
        self.torunn = a_member(tun, "Torunn", "+4790000911")
        self.olav, self.days = olav(tun), 0
        self.key = an_idea(tun).id
        Todo.objects.exclude(ref_id=self.key).delete()

    @property
    def idea(self):
        return Idea.objects.get(id=self.key)

    @property
    def life(self):
        return Initiative.objects.filter(idea=self.key).select_related("idea").first() or self.nothing()

    def nothing(self):
        raise Refused

    @property
    def helper(self):
        rows = Helper.objects.select_related("initiative__idea", "person").filter(initiative__idea=self.key)
        return rows.first() or self.nothing()

    @property
    def own(self):
        idea = self.idea
        word = Word(token=lead_token(idea.id, idea.turn))
        return {"by": Viewer.anonymous(self.tun.municipality.id), "at": self.tun.now, "word": word}

    @property
    def promised(self):
        rows = Promise.objects.select_related("initiative__idea").filter(initiative__idea=self.key, state="promised")
        return rows.first() or self.nothing()

    def answer(self):
        if self.idea.state == "answered":
            self.nothing()
        answering.answer(idea=self.idea, words="Ja", outcome=Answered.TOGETHER, **self.by)

    def start(self):
        starting.start(idea=self.idea, words=starting.Words("Middag", "Torsdag"), **self.own)

    def leave(self):
        leading.leave(idea=self.idea, **self.own)

    def contact(self):
        starting.name_contact(initiative=self.life, contact=self.torunn, deputy=None, **self.by)

    def rest(self):
        leading.pause(initiative=self.life, words="", **self.own)

    def go_on(self):
        leading.go_on(initiative=self.life, **self.own)

    def end(self):
        leading.end(initiative=self.life, words="Ferdig", **self.own)

    def join(self):
        helping.join(initiative=self.life, person=self.olav, words="", via="phone", **self.by)

    def gone(self):
        helping.leave(helper=self.helper, by=oneself(self.tun, self.olav), at=self.tun.now)

    def not_now(self):
        helping.not_now(helper=self.helper, **self.own)

    def back(self):
        helping.welcome_back(helper=self.helper, **self.own)

    def offer(self):
        leading.offer_lead(initiative=self.life, helper=self.helper, **self.own)

    def yes(self):
        leading.answer_offer(helper=self.helper, yes=True, by=oneself(self.tun, self.olav), at=self.tun.now)

    def no(self):
        leading.answer_offer(helper=self.helper, yes=False, by=oneself(self.tun, self.olav), at=self.tun.now)

    def keep(self):
        leading.keep_lead(initiative=self.life, **self.own)

    def promise(self):
        if Promise.objects.filter(initiative__idea=self.key, state="promised").exists():
            self.nothing()
        a_promise(self.tun, self.life, due=DAY)

    def done(self):
        promising.done(kept=self.promised, words="", **self.by)

    def drop(self):
        promising.drop(promised=self.promised, words="Ikkje nødvendig", **self.by)

    def day(self):
        self.days += 1
        due = DAY + dt.timedelta(days=self.days)
        promising.new_day(late=self.promised, due=due, why="Ventar på svar", **self.by)

    def late(self):
        promising.late(promised=self.promised, by=self.tun.system(), at=self.tun.now + dt.timedelta(days=400))

    def old_address(self):
        if not Initiative.objects.filter(idea=self.key).exists():
            self.nothing()
        word = Word(token=lead_token(self.key, self.idea.turn - 1))
        by = Viewer.anonymous(self.tun.municipality.id)
        leading.end(initiative=self.life, words="Eg sluttar", by=by, at=self.tun.now, word=word)

    def seen(self):
        idea = self.idea
        life = Initiative.objects.filter(idea=self.key).first()
        helper = Helper.objects.filter(initiative__idea=self.key).first()
        due = Todo.objects.filter(done_at=None).values_list("reason", flat=True)
        leads = "helper" if idea.lead_id == self.olav.id else "first"
        offered = bool(life and life.offered_to_id)
        return idea.state, life.state if life else "", helper.state if helper else "", offered, leads, frozenset(due)


def do(one, move):
    """Let the model or the real thing do one act; True when it did, False when it refused."""
    act = getattr(one, f"{move}_", None) or getattr(one, move)
    try:
        with transaction.atomic():
            act()
    except (Refused, NotYours, No):
        return False
    return True


def walk(tun, seed):
    """Walk with one fresh idea; return how far, and what differed first, in words."""
    dice = random.Random(seed)
    model, real, path = Model(), Real(tun), []
    for _step in range(LONGEST):
        move = dice.choice(MOVES)
        path.append(move)
        meant, did = do(model, move), do(real, move)
        if (did, real.seen()) != (meant, model.seen()):
            return len(path), f"{path} meant {meant} {model.seen()}, came to {did} {real.seen()}"
    return len(path), ""


def walks(tun, part, number):
    return live_on(lambda lived: walk(tun, f"{part}-{lived}"), number)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_is_as_the_model_says(in_municipality, now, part):
    lived, found = walks(make_tun(in_municipality, now), part, EACH)
    assert found == []
    assert lived >= EACH


@pytest.mark.parametrize("broken", ["it lives again", "who left is asked"])
def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch, broken):
    if broken == "it lives again":
        monkeypatch.setitem(LIVES, LifeState.LIVING, frozenset(LifeState))
    else:
        monkeypatch.setitem(JOINS, HelperState.NOT_NOW, frozenset({HelperState.LEFT}))
    _lived, found = walks(make_tun(in_municipality, now), "control", 3000)
    assert found
