"""Random steps of *si fra* and of a word about something different against models that know nothing of the tables.

The control breaks one rule of the real thing: it is found out (R84).
"""

import datetime as dt
import random

import pytest
from django.db import transaction

from samtun.evaluation.feedback.actions import concerning, differing
from samtun.evaluation.feedback.enums import ConcernState
from samtun.evaluation.feedback.models import Concern, Contact, HeadsUp
from samtun.evaluation.feedback.rules import STEPS
from samtun.foundation.viewer import Role
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.partners.organisations.models import Membership, Organisation
from samtun.people.persons.models import Person
from tests.factories.feedback import HANNE, a_concern, a_contact, a_heads_up, agreed_match, oneself
from tests.factories.journey import make_tun
from tests.walking import PARTS, live_on, steps_each

pytestmark = [pytest.mark.django_db]

EACH, LONGEST = steps_each(), 12


class No(Exception):
    """The model refuses."""


class ConcernModel:
    """One concern: where it is, whether it is about somebody who is to be heard, and whether it is erased."""

    moves = ("look", "hear", "put_off", "unfounded", "founded", "close", "write", "more", "soon", "in_a_month", "late")

    def __init__(self, dice):
        self.state, self.about, self.put, self.outcome, self.erased = "received", dice.random() < 0.5, False, "", False

    def need(self, *, holds):
        if not holds:
            raise No

    def look(self):
        self.need(holds=self.state == "received")
        self.state = "looked_at"

    def hear(self):
        self.need(holds=self.state == "looked_at")
        self.state, self.put = "heard", False

    def put_off(self):
        self.need(holds=self.state == "looked_at")
        self.put = self.about = True

    def _conclude(self, outcome):
        heard = self.state == "heard" or (self.state == "looked_at" and (self.put or not self.about))
        self.need(holds=heard)
        self.state, self.outcome = "concluded", outcome

    def unfounded(self):
        self._conclude("unfounded")

    def founded(self):
        self._conclude("founded")

    def close(self):
        self.need(holds=self.state == "concluded")
        self.state = "closed"

    def write(self):
        self.need(holds=self.state != "closed")

    more = write

    def soon(self):
        """Nothing is erased the day after."""

    def in_a_month(self):
        self.erased = self.erased or (self.state == "closed" and self.outcome == "unfounded")

    def late(self):
        self.erased = self.erased or self.state == "closed"

    def seen(self):
        return self.state, self.erased


class RealConcern:
    """The same through the acts, as the one who receives."""

    def __init__(self, place, model):
        self.tun, self.by = place.tun, {"by": place.receiver, "at": place.tun.now}
        about = "Nokon i styret" if model.about else ""
        self.made, _code = a_concern(self.tun, about=about)

    def _do(self, act, **facts):
        act(concern=self.made, **facts, **self.by)

    def look(self):
        self._do(concerning.look_at)

    def hear(self):
        self._do(concerning.note_heard, on=wall(self.tun.now).date(), who="Ragnhild")

    def put_off(self):
        self._do(concerning.put_off_hearing, reason="Det kan bli farleg")

    def unfounded(self):
        self._do(concerning.conclude, outcome="unfounded")

    def founded(self):
        self._do(concerning.conclude, outcome="founded")

    def close(self):
        self._do(concerning.close, answer="Rekkverket er festa")

    def write(self):
        self._do(concerning.write_to_teller, text="Vi ser på det")

    def more(self):
        concerning.add_words(concern=self.made, text="Det er verre no", at=self.tun.now)

    def _after(self, days):
        concerning.erase(concern=self.made, by=self.tun.system(), at=self.tun.now + dt.timedelta(days=days))

    def soon(self):
        self._after(1)

    def in_a_month(self):
        self._after(31)

    def late(self):
        self._after(366)

    def seen(self):
        found = Concern.objects.get(id=self.made.id)
        assert bool(found.erased_at) is not bool(found.sealed), "erased is without words"
        return found.state, bool(found.erased_at)


class HeadsUpModel:
    """One word that something was different: where it is, and whether somebody is named who may be told."""

    moves = ("name", "receive", "stranger", "pass_on", "keep", "take_back", "away", "soon", "late")

    def __init__(self, dice):
        self.named = dice.random() < 0.5
        self.state, self.gone, self.yes = "waits" if self.named else "held", False, self.named

    def need(self, *, holds):
        if not holds:
            raise No

    def name(self):
        """Somebody is named, or another: what waits is to the one who was named then."""
        self.named = True

    def receive(self):
        self.need(holds=not self.gone and self.state in {"waits", "received"} and self.yes)
        self.state = "received"

    def stranger(self):
        self.need(holds=False)

    def pass_on(self):
        self.need(holds=not self.gone and self.state == "held" and self.named)
        self.state, self.yes = "waits", True

    def keep(self):
        self.need(holds=not self.gone and self.state == "held")
        self.state = "ended"

    def take_back(self):
        self.named = False
        self.state = "ended" if self.state == "waits" else self.state
        self.yes = False

    def away(self):
        self.state = "ended" if self.state in {"held", "waits"} else self.state

    def soon(self):
        """Nothing is forgotten at once."""

    def late(self):
        self.gone = self.gone or self.state in {"received", "ended"}

    def seen(self):
        return ("", False) if self.gone else (self.state, self.state != "ended")


class RealHeadsUp:
    """The same through the acts: the coordinator, and the one named."""

    def __init__(self, place, model):
        self.tun, self.match = place.tun, place.match
        self.anna = self.match.request.recipient
        if model.named:
            a_contact(self.tun, self.anna)
        self.made = a_heads_up(self.tun, self.match, text="Ho sat i mørkret")
        self.by = {"heads_up": self.made, "by": self.tun.viewer(), "at": self.tun.now}

    def name(self):
        if not Contact.objects.filter(person=self.anna, ended_at=None).exists():
            a_contact(self.tun, self.anna)

    def _found(self):
        if not HeadsUp.objects.filter(id=self.made.id).exists():
            raise NotYours

    def receive(self):
        self._found()
        hanne = Person.objects.filter(phone=HANNE).first()
        if hanne is None:
            raise NotYours
        differing.receive(**(self.by | {"by": oneself(self.tun, hanne)}))

    def stranger(self):
        self._found()
        differing.receive(**(self.by | {"by": oneself(self.tun, self.match.volunteer.person)}))

    def pass_on(self):
        self._found()
        differing.pass_on_after_all(**self.by)

    def keep(self):
        self._found()
        differing.keep_to_ourselves(**self.by)

    def take_back(self):
        for contact in Contact.objects.filter(person=self.anna).select_related("consent"):
            contact.consent.withdrawn_at = self.tun.now
            contact.consent.save(update_fields=["withdrawn_at"])
            differing.consent_withdrawn(consent_id=contact.consent_id, by=self.tun.system(), at=self.tun.now)

    def away(self):
        differing.person_away(person_id=self.anna.id, by=self.tun.system(), at=self.tun.now)

    def _after(self, days):
        late = self.tun.now + dt.timedelta(days=days)
        differing.forget(heads_up_id=self.made.id, by=self.tun.system(), at=late)

    def soon(self):
        self._after(1)

    def late(self):
        self._after(92)

    def seen(self):
        found = HeadsUp.objects.filter(id=self.made.id).first()
        return (found.state, bool(found.sealed)) if found else ("", False)


KINDS = {"concern": (ConcernModel, RealConcern), "heads_up": (HeadsUpModel, RealHeadsUp)}


class Place:
    """Who receives concerns, and two who meet."""

    def __init__(self, municipality, now):
        self.tun = make_tun(municipality, now)
        ragnhild = self.tun.person("Ragnhild", "Brekkhus", "+4790000811")
        body = Organisation.objects.get(owner=self.tun.centre)
        Membership.objects.create(person=ragnhild, organisation=body, role=Role.LEADER, starts=dt.date(2026, 1, 1))
        self.receiver = oneself(self.tun, ragnhild, role=Role.LEADER, owners=[self.tun.centre.id])
        self.match = agreed_match(self.tun)


def do(one, move):
    """Let the model or the real thing do one act; True when it did, False when it refused."""
    try:
        with transaction.atomic():
            getattr(one, move)()
    except (Refused, NotYours, No):
        return False
    return True


def walk(place, kind, seed):
    """Walk with one fresh thing; return how far, and what differed first, in words."""
    dice = random.Random(seed)
    make_model, make_real = KINDS[kind]
    model, path = make_model(dice), []
    real = make_real(place, model)
    for _step in range(LONGEST):
        move = dice.choice(model.moves)
        path.append(move)
        meant, did = do(model, move), do(real, move)
        if (did, real.seen()) != (meant, model.seen()):
            return len(path), f"{path} meant {meant} {model.seen()}, came to {did} {real.seen()}"
    return len(path), ""


def walks(place, kind, part, number):
    return live_on(lambda lived: walk(place, kind, f"{kind}-{part}-{lived}"), number)


@pytest.mark.journey
@pytest.mark.rule("R84")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_is_as_the_model_says(in_municipality, now, kind, part):
    lived, found = walks(Place(in_municipality, now), kind, part, EACH)
    assert found == []
    assert lived >= EACH


@pytest.mark.journey
def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch):
    """Control: from received straight to concluded, with nobody heard."""
    monkeypatch.setitem(STEPS, ConcernState.RECEIVED, frozenset(ConcernState))
    _lived, found = walks(Place(in_municipality, now), "concern", "control", 2000)
    assert found
