"""Random steps of help requests against a model that knows nothing of the tables.

The model says what each act does, or that it is refused; after every step the request, the newest ask of each volunteer
and the match that lives must be as the model has them. The control breaks one rule of the real thing: it is found out.
"""

import contextlib
import datetime as dt
import random

import pytest
from django.db import transaction

from samtun.kernel.errors import NotYours, Refused
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.actions import agreeing, asking
from samtun.operation.help_requests.models import Ask, HelpRequest, Match, PersonalCall
from samtun.operation.volunteers.models import Contribution
from samtun.people.persons.actions import note_away, note_back
from samtun.people.persons.models import Away
from samtun.people.preferences.actions import set_preferences
from samtun.work.todos.models import Todo
from tests.factories.journey import make_tun
from tests.walking import STEPS, live_on

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

EACH = 1_000
PARTS = max(STEPS, 4_000) // EACH
"""All of the way, 50,000 steps, in `make machines`; 4,000 of them in `make journeys`."""
MOST, AFTER = 60, 3  # steps of a walk, and of them after the end
DAY = dt.date(2026, 11, 26)
WEDNESDAY = dt.datetime(2026, 11, 25, 13, 1, tzinfo=dt.UTC)  # a minute after asks of Monday fall silent
AFTERWARDS = dt.datetime(2026, 11, 26, 11, 0, tzinfo=dt.UTC)
SEEKING, LIVE = ("looking", "asked"), ("proposed", "agreed")
OPEN = (*SEEKING, *LIVE, "held")
WAITING = ("sent", "silent", "yes")


class No(Exception):
    """The model refuses."""


class Model:
    """One request: where it is, what each volunteer was asked and said last, and who comes."""

    def __init__(self, *, picks, for_me):
        self.picks, self.for_me = picks, for_me
        self.state, self.asks, self.match, self.away, self.held = "looking", {}, None, False, False
        self.quiet, self.vetoed, self.done = set(), set(), 0

    def need(self, *, holds):
        if not holds:
            raise No

    def ask(self, some):
        self.need(holds=self.state in SEEKING and not set(some) & (self.quiet | self.vetoed))
        self.asks |= {v: "sent" for v in some if self.asks.get(v) not in {"sent", "yes"}}
        self.state = "asked"

    def answer(self, who, yes):
        self.need(holds=self.asks.get(who) in {"sent", "silent"})
        if not yes:
            self.asks[who] = "no"
            self.quiet.add(who)
        elif self.state in SEEKING and who not in self.vetoed:
            self.asks[who] = "yes"
            if not self.picks:
                self.propose(who)
            return
        else:
            self.asks[who] = "thanked"
        if self.state == "asked" and not {"sent", "yes"} & set(self.asks.values()):
            self.state = "looking"

    def propose(self, who):
        self.thank(but=who)
        self.match, self.state = (who, "proposed"), "proposed"
        if self.for_me:
            self.match, self.state = (who, "agreed"), "agreed"

    def thank(self, but=None, said="thanked"):
        self.asks |= {v: said for v, state in self.asks.items() if v != but and state in WAITING}

    def pick(self, who):
        self.need(holds=self.state in SEEKING and self.asks.get(who) == "yes" and who not in self.vetoed)
        self.propose(who)

    def agree(self, yes):
        self.need(holds=self.match is not None and self.match[1] == "proposed")
        if yes:
            self.match, self.state = (self.match[0], "agreed"), "agreed"
        else:
            self.ends()
            self.look_again()

    def ends(self):
        self.asks[self.match[0]] = "thanked"
        self.match = None

    def look_again(self):
        self.state = "held" if self.held else "looking"

    def drop(self):
        self.need(holds=self.match is not None and self.match[1] in LIVE)
        self.ends()
        self.look_again()

    def another(self):
        self.need(holds=self.match is not None and self.match[1] == "proposed")
        self.ends()
        self.look_again()

    def silence(self):
        silent = [v for v, state in self.asks.items() if state == "sent"]
        self.asks |= dict.fromkeys(silent, "silent")
        if silent and self.state == "asked" and "yes" not in self.asks.values():
            self.state = "looking"

    def finish(self):
        self.need(holds=self.match is not None and self.match[1] in {"agreed", "done"})
        self.done += self.match[1] == "agreed"
        self.match, self.state = (self.match[0], "done"), "done"

    def passes(self):
        """Time closes what is agreed, unless the person is away and nobody has said that the visit goes on."""
        if self.match and self.match[1] == "agreed" and not self.held:
            self.finish()

    def cancel(self):
        self.need(holds=self.state in OPEN)
        if self.state in SEEKING:
            self.thank()
        self.match, self.state = None, "cancelled"

    def unmet(self):
        self.need(holds=self.state in SEEKING)
        self.thank()
        self.state = "unmet"

    def leaves(self):
        """The person is away that day."""
        self.need(holds=not self.away)
        self.away = True
        if self.state not in OPEN:
            return
        self.held = True
        if self.state != "agreed":
            if self.match:
                self.ends()
            self.thank(said="withdrawn")
            self.state = "held"

    def returns(self):
        self.need(holds=self.away)
        self.away = self.held = False
        self.state = "looking" if self.state == "held" else self.state

    def goes_on(self, yes):
        self.need(holds=self.away and self.match is not None)
        if not (self.held and self.match[1] == "agreed"):
            return
        if yes:
            self.held = False
        else:
            self.ends()
            self.state = "held"

    def veto(self, who):
        self.vetoed.add(who)


class Real:
    """The same acts on the tables."""

    def __init__(self, tun, helpers, person, *, picks):
        self.tun, self.helpers, self.person = tun, helpers, person
        self.request = tun.request(person)
        HelpRequest.objects.filter(id=self.request.id).update(
            asking="coordinator_picks" if picks else "first_yes", at=None
        )
        self.by, self.now = {"by": tun.system(), "at": tun.now}, tun.now

    def newest(self, who):
        asks = Ask.objects.filter(request=self.request, volunteer=self.helpers[who]).select_related("request")
        found = asks.order_by("-id").first()
        if found is None:
            raise Refused
        return found

    def current(self, *states):
        found = Match.objects.filter(request=self.request, state__in=states).select_related("request", "volunteer")
        match = found.order_by("-id").first()
        if match is None:
            raise Refused
        return match

    def ask(self, some):
        chosen = [self.helpers[v].id for v in some]
        actions.ask_volunteers(request=self.request, volunteers=chosen, by=self.tun.viewer(), at=self.now)

    def answer(self, who, yes):
        actions.answer_ask(ask=self.newest(who), yes=yes, via="sms", **self.by)

    def pick(self, who):
        actions.pick(request=self.request, ask=self.newest(who), **self.by)

    def agree(self, yes):
        actions.answer_proposal(match=self.current(*LIVE, "done"), yes=yes, via="sms", **self.by)

    def drop(self):
        actions.cannot_come(match=self.current(*LIVE, "done"), via="sms", **self.by)

    def another(self):
        actions.choose_another(match=self.current(*LIVE, "done"), **self.by)

    def silence(self):
        actions.lapse_ask(request=self.request, by=self.tun.system(), at=WEDNESDAY)

    def finish(self):
        actions.mark_done(match=self.current(*LIVE, "done"), minutes=30, via="sms", by=self.tun.system(), at=AFTERWARDS)

    def passes(self):
        with contextlib.suppress(Refused):
            late = dt.datetime(2026, 11, 27, 0, 30, tzinfo=dt.UTC)
            actions.close_by_time(match=self.current("agreed"), by=self.tun.system(), at=late)

    def cancel(self):
        actions.cancel(request=self.request, reason="", **self.by)

    def unmet(self):
        actions.close_unmet(request=self.request, reason="", **self.by)

    def leaves(self):
        note_away(person=self.person, starts=DAY, ends=DAY, where="away", **self.by)

    def returns(self):
        note_back(away=self.stands(), **self.by)

    def stands(self):
        found = Away.objects.filter(person=self.person, ended_at=None).first()
        if found is None:
            raise Refused
        return found

    def goes_on(self, yes):
        away, match = self.stands(), self.current(*LIVE, "done")
        call = PersonalCall.objects.filter(away=away, volunteer=match.volunteer).first()
        call = call or PersonalCall.objects.create(
            kind="go_on", owner=self.tun.centre, about=self.person, away=away, volunteer=match.volunteer,
            made_at=self.now,
        )  # fmt: skip
        actions.note_go_on(call=call, goes_on=yes, **self.by)

    def veto(self, who):
        actions.not_him(request=self.request, volunteer=self.helpers[who], **self.by)

    def seen(self):
        """Where all is now: state, newest asks, who lives as match, held or not."""
        row = HelpRequest.objects.values_list("state", "held_for").get(id=self.request.id)
        place = {v.id: n for n, v in enumerate(self.helpers)}
        asks = Ask.objects.filter(request=self.request).order_by("id").values_list("volunteer", "state")
        lives = Match.objects.filter(request=self.request, state__in=LIVE).values_list("volunteer", "state")
        done = Contribution.objects.filter(ref_kind="match").count()
        return row[0], {place[v]: state for v, state in asks}, [(place[v], state) for v, state in lives], done

    def due(self):
        return Todo.objects.filter(ref_kind="help_request", ref_id=self.request.id, done_at=None).count()


def moves(dice):
    """One random act, with what it needs."""
    who, yes = dice.randrange(3), dice.random() < 0.7
    some = dice.sample(range(3), dice.randrange(1, 3))
    return dice.choice([
        *[("ask", some)] * 5, *[("answer", who, yes)] * 6, ("pick", who), ("pick", who), ("agree", yes), ("agree", yes),
        ("drop",), ("another",), ("silence",), ("finish",), ("passes",), ("cancel",), ("unmet",), ("leaves",),
        ("returns",), ("goes_on", yes), ("veto", who),
    ])  # fmt: skip


def do(one, move):
    """Let the model or the real thing do one act; True when it did, False when it refused."""
    try:
        with transaction.atomic():
            getattr(one, move[0])(*move[1:])
    except (Refused, NotYours, No):
        return False
    return True


def walk(tun, helpers, person, seed):
    """Walk from one fresh request to a little after its end; return how far, and what differed first, in words."""
    dice = random.Random(seed)
    picks, for_me = dice.random() < 0.4, dice.random() < 0.2
    if for_me:
        set_preferences(person=person, chooses_for_me=True, by=tun.system(), at=tun.now)
    model, real, path = Model(picks=picks, for_me=for_me), Real(tun, helpers, person, picks=picks), []
    after = AFTER
    while after and len(path) < MOST:
        move = moves(dice)
        path.append(move)
        meant, did = do(model, move), do(real, move)
        lives = [model.match] if model.match and model.match[1] in LIVE else []
        should = (model.state, model.asks, lives, model.done)
        if (did, real.seen()) != (meant, should):
            return len(path), f"{path} meant {meant} {should}, came to {did} {real.seen()}"
        if model.state in {"done", "cancelled", "unmet"}:
            after -= 1
            if real.due():
                return len(path), f"{path} leaves a line on the desk"
    return len(path), ""


def walks(tun, part, number):
    helpers = [tun.volunteer("Kari", f"Vik{n}", f"+479200000{n}") for n in range(3)]
    person = tun.recipient()
    return live_on(lambda lived: walk(tun, helpers, person, f"{part}-{lived}"), number)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_step_is_as_the_model_says(in_municipality, now, part):
    lived, found = walks(make_tun(in_municipality, now), part, EACH)
    assert found == []
    assert lived >= EACH


@pytest.mark.parametrize("broken", ["veto", "first yes", "held"])
def test_a_broken_rule_is_found_out(in_municipality, now, monkeypatch, broken):
    if broken == "veto":
        monkeypatch.setattr(asking, "vetoed_persons", lambda _person: set())
    elif broken == "first yes":
        monkeypatch.setattr(asking, "thank_the_others", lambda *_a, **_k: None)
    else:
        monkeypatch.setattr(agreeing, "hold", lambda _request: None)
    _lived, found = walks(make_tun(in_municipality, now), broken, 8000)
    assert found
