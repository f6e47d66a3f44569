"""Random steps of a workshop and three who take part against a model that knows no tables.

The model says what each act does, or that it is refused; after every step where the workshop is, its clock, who has
which part, which notes are shared, gathered and taken off, and the dots must be as the model has them.
"""

import datetime as dt
import random
import uuid

import pytest
from django.db import transaction

from samtun.codesign.workshops import actions
from samtun.codesign.workshops.actions import Written, writing
from samtun.codesign.workshops.models import Cluster, Dot, Note, Participant
from samtun.kernel.errors import NotYours, Refused
from tests.factories.journey import make_tun
from tests.factories.workshops import make_workshop
from tests.walking import PARTS, steps_each, walk_on

pytestmark = [pytest.mark.django_db]

EACH, WALK = steps_each(), 50
WHO = ("kari", "olav", "berit")  # the last is at another table
STEPS = [(1, "alone", 2), (1, "group", 10), (1, "plenary", 5), (2, "group", 5), (0, "evaluate", 0)]
ACTS = (
    ["go"] * 4 + ["back", "minute", "rest", "resume", "start", "start"] + ["note"] * 8 + ["again", "again"]
    + ["share"] * 4 + ["off", "gather", "gather", "gather", "part", "part"] + ["dot"] * 6 + ["undot", "undot"]
)  # fmt: skip


class No(Exception):
    """The model refuses."""


class Model:
    """Where it is, the clock, who has which part, the notes and the dots."""

    def __init__(self):
        self.state, self.place, self.ends, self.left = "planned", None, None, None
        self.notes, self.dots, self.parts = [], set(), {}

    def need(self, *, holds):
        if not holds:
            raise No

    def _goes(self):
        self.need(holds=self.state == "running")

    def _open(self):
        self.need(holds=self.state in {"running", "ended"})

    def _at(self, place, now):
        self.place, self.left = place, None
        minutes = STEPS[place][2]
        self.ends = now + 60 * minutes if minutes else None

    def start(self, now):
        self.need(holds=self.state == "planned")
        self.state = "running"
        self._at(0, now)

    def go(self, now):
        self._goes()
        self.need(holds=self.place + 1 < len(STEPS))
        self._at(self.place + 1, now)

    def back(self, now):
        self._goes()
        self.need(holds=self.place > 0)
        self._at(self.place - 1, now)

    def minute(self, now):
        self._goes()
        self.need(holds=self.left is not None or self.ends is not None)
        if self.left is not None:
            self.left += 60
        else:
            self.ends = max(self.ends, now) + 60

    def rest(self, now):
        self._goes()
        self.need(holds=self.ends is not None)
        self.left, self.ends = max(self.ends - now, 0), None

    def resume(self, now):
        self._goes()
        self.need(holds=self.left is not None)
        self.ends, self.left = now + self.left, None

    def _over(self, state):
        self.state, self.place, self.ends, self.left = state, None, None, None

    def end(self, now):
        self._goes()
        self._over("ended")

    def cancel(self, now):
        self.need(holds=self.state in {"planned", "running"})
        self._over("cancelled")

    def note(self, now, who, shared):
        self._open()
        self.notes.append({"who": who, "shared": shared, "name": "", "off": False})

    def again(self, now, number):
        self._open()

    def share(self, now, who):
        self._open()
        for note in self.notes:
            if note["who"] == who and not note["off"]:
                note["shared"] = True

    def off(self, now, who, number):
        self._open()
        self.need(holds=self.notes[number]["who"] == who)
        self.notes[number]["off"] = True

    def gather(self, now, who, number, name):
        self._open()
        note = self.notes[number]
        self.need(holds=(who == "berit") == (note["who"] == "berit"))
        self.need(holds=note["shared"] and not note["off"])
        note["name"] = name

    def part(self, now, who, part):
        self.need(holds=self.state in {"planned", "running", "ended"})
        table = who == "berit"
        self.parts = {w: p for w, p in self.parts.items() if w != who and ((w == "berit") != table or p != part)}
        if part:
            self.parts[who] = part

    def dot(self, now, who, number):
        self._open()
        self.need(holds=self.notes[number]["shared"] and not self.notes[number]["off"])
        if (who, number) in self.dots:
            return
        self.need(holds=sum(w == who and not self.notes[n]["off"] for w, n in self.dots) < 3)
        self.dots.add((who, number))

    def undot(self, now, who, number):
        self._open()
        self.dots.discard((who, number))


class Walk:
    """The real thing, step by step beside its model."""

    def __init__(self, tun, dice, title):
        self.dice, self.model, self.now, self.notes, self.keys = dice, Model(), 0, [], []
        self.day = make_workshop(tun, title=title, groups=2)
        self.people = {w: self.day.comes(f"{title}-{w}", table=1 + (w == "berit"), name=w) for w in WHO}

    def at(self):
        return self.day.now + dt.timedelta(seconds=self.now)

    def step(self):
        self.now += self.dice.randrange(1, 200)
        name = self.dice.choice([*ACTS, *(["end", "cancel"] if self.dice.random() < 0.08 else [])])
        facts = self._facts(name)
        if facts is None:
            return
        expected = got = True
        try:
            getattr(self.model, name)(self.now, **facts)
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
        facts = {}
        if name in {"note", "share", "off", "gather", "part", "dot", "undot"}:
            facts["who"] = self.dice.choice(WHO)
        if name in {"again", "off", "gather", "dot", "undot"}:
            if not self.notes:
                return None
            facts["number"] = self.dice.randrange(len(self.notes))
        if name == "note":
            facts["shared"] = self.dice.random() < 0.5
        if name == "gather":
            facts["name"] = self.dice.choice(["", "Skyss", "Mat"])
        if name == "part":
            facts["part"] = self.dice.choice(["", "leader", "scribe"])
        return facts

    def agrees(self, name):
        found, model = self.day.fresh(), self.model
        where = STEPS[model.place][:2] if model.place is not None else (0, "")
        ends = int((found.phase_ends - self.day.now).total_seconds()) if found.phase_ends else None
        number = found.question.number if found.question else 0
        assert (found.state, (number, found.phase), ends, found.left) == (
            model.state, where, model.ends, model.left
        ), name  # fmt: skip
        rows = {n.id: n for n in Note.objects.filter(workshop=found).select_related("cluster", "participant")}
        assert len(rows) == len(model.notes), (name, "no note is lost or doubled")
        for key, note in zip(self.notes, model.notes, strict=True):
            row = rows[key]
            seen = (row.participant.name, bool(row.shared_at), row.cluster.name if row.cluster else "",
                    bool(row.taken_at))  # fmt: skip
            assert seen == (note["who"], note["shared"], note["name"], note["off"]), name
        dots = set(Dot.objects.filter(workshop=found).values_list("participant__name", "note"))
        assert dots == {(w, self.notes[n]) for w, n in model.dots}, name
        parts = dict(Participant.objects.filter(workshop=found).exclude(part="").values_list("name", "part"))
        assert parts == model.parts, name
        assert Cluster.objects.filter(workshop=found).count() <= 4, name

    def _led(self, act, **more):
        act(workshop=self.day.workshop, by=self.day.by, at=self.at(), **more)

    def _taken(self, act, who, **more):
        return act(participant=self.people[who], by=self.day.nobody, at=self.at(), **more)

    def start(self):
        self._led(actions.start)

    def go(self):
        self._led(actions.go_on)

    def back(self):
        self._led(actions.go_back)

    def minute(self):
        self._led(actions.add_minute)

    def rest(self):
        self._led(actions.rest)

    def resume(self):
        self._led(actions.resume)

    def end(self):
        self._led(actions.end)

    def cancel(self):
        self._led(actions.cancel, words="Vegen er stengd")

    def note(self, who, shared):
        written = Written(uuid.uuid4(), "Ein lapp", shared)
        made = self._taken(actions.write_note, who, question=self.day.question(), written=written)
        self.notes.append(made.id)
        self.keys.append((who, written))

    def again(self, number):
        who, written = self.keys[number]
        made = self._taken(actions.write_note, who, question=self.day.question(), written=written)
        assert made.id == self.notes[number]

    def share(self, who):
        self._taken(actions.share, who)

    def _note(self, number):
        return Note.objects.get(id=self.notes[number])

    def off(self, who, number):
        self._taken(actions.take_off, who, note=self._note(number))

    def gather(self, who, number, name):
        self._taken(actions.gather, who, note=self._note(number), name=name)

    def part(self, who, part):
        self._taken(actions.take_part, who, part=part)

    def dot(self, who, number):
        self._taken(actions.put_dot, who, note=self._note(number))

    def undot(self, who, number):
        self._taken(actions.take_dot, who, note=self._note(number))


def walks(municipality, now, seed, steps):
    tun, dice = make_tun(municipality, now), random.Random(seed)
    walk_on(lambda number: Walk(tun, dice, f"dag {number}"), steps, each=WALK)


def test_random_walks_go_as_the_model_says(in_municipality, now):
    walks(in_municipality, now, "few", 100)


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_goes_as_the_model_says(in_municipality, now, part):
    walks(in_municipality, now, part, EACH)


def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: dots without end."""
    monkeypatch.setattr(writing, "dots_for", lambda _workshop, _kind: 99)
    with pytest.raises(AssertionError):
        walks(in_municipality, now, "few", 2000)
