"""Random lives in a small valley, ended anywhere: what is then on its way to or about the dead is counted.

A walk of real acts is a trunk; at each step one or two die in a savepoint, more acts and late jobs follow, the outcome
is judged, and the savepoint is rolled back. Each death is one history: its own past, its own dead, its own aftermath.
The judge asks the tables by itself and knows nothing of what the act wrote down.
"""

import contextlib
import datetime as dt
import random
from unittest import mock

from django.db import transaction
from django.db.models import Q

from samtun.evaluation.surveys.actions import answer_went_well
from samtun.evaluation.surveys.models import Answer
from samtun.foundation import events, recipients
from samtun.foundation.models.runtime import EventDelivery, EventRow
from samtun.foundation.notices import notice_of
from samtun.kernel import clock
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.notifications.messages.models import Message, Question
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import Ask, FollowUp, HelpRequest, Match, PersonalCall
from samtun.operation.mentoring.actions import Lighter, note_talk, set_plan, talk_due
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.plans.queries import suggest_for
from samtun.operation.recognition.actions import draw_names
from samtun.operation.recognition.models import Thanks
from samtun.operation.recognition.queries import week_of, whose_turn
from samtun.operation.volunteers import actions as volunteers
from samtun.operation.volunteers.models import Contribution, Volunteer
from samtun.people.persons.actions import note_away, note_back, note_death
from samtun.people.persons.models import Away
from samtun.people.preferences.actions import set_preferences
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.lives_judged import MoreTold, Theirs
from tests.samtun.operation.help_requests.lives_more import MoreLife

OPEN = ["unproven", "new", "looking", "asked", "proposed", "agreed", "held"]
ON_ITS_WAY = ["pending", "sending", "unknown", "failed"]
STEPS, AFTER = 34, 2


def _rows(rows, *fields):
    return list(rows.order_by("id").values_list("id", *fields, named=True))


class Told:
    """All that the judge reads, read once."""

    def __init__(self):
        self.requests = _rows(HelpRequest.objects, "recipient_id", "state")
        self.matches = _rows(Match.objects, "request_id", "volunteer__person", "state")
        self.asks = _rows(Ask.objects, "request_id", "volunteer__person", "state")
        self.messages = _rows(Message.objects, "notice", "ref_kind", "ref_id", "to_person", "state", "settled_at")
        self.questions = _rows(
            Question.objects.filter(answered_at=None), "kind", "ref_kind", "ref_id", "to_person", "ends_at"
        )
        self.todos = _rows(Todo.objects.filter(done_at=None), "ref_kind", "ref_id", "reason", "owner_id")
        self.volunteers = _rows(Volunteer.objects, "person_id", "state")
        self.plans = _rows(MentorPlan.objects.filter(ended_at=None), "volunteer__person", "mentor_id")
        self.helped = set(Contribution.objects.values_list("person", flat=True))
        self.newer = MoreTold()
        self.more = Away.objects.exists() or FollowUp.objects.exists()


class Valley(MoreLife):
    """Two organisations, five people who ask, four who help and two professionals; one both asks and helps."""

    def __init__(self, tun, seed):
        self.tun, self.rng, self.at = tun, random.Random(seed), tun.now
        both = tun.volunteer("Tordis", "Haugland", "+4792000001")
        self.helpers = [
            both, tun.volunteer("Eivind", "Kråkenes", "+4792000002"),
            tun.volunteer("Birgit", "Steinsund", "+4792000003"),
            tun.volunteer("Oddvar", "Lillebø", "+4792000004", host=tun.other),
        ]  # fmt: skip
        asking = [
            tun.person(name, family, f"+4793000{n:03d}", phone_kind=kind)
            for n, (name, family, kind) in enumerate((
                ("Gudrun", "Ytrehus", "mobile"), ("Sverre", "Hovland", "landline"), ("Aslaug", "Vasslid", "mobile"),
                ("Petra", "Øvregard", "mobile"),
            ))
        ]  # fmt: skip
        self.asking = [*asking, both.person]
        set_preferences(person=asking[3], chooses_for_me=True, by=tun.system(), at=self.at)
        self.settle_in()
        self.begin = [
            *[self.call] * 3, *[self.ask] * 2, *[self.answer] * 2, self.agree, *self.more_beginnings(), self.send,
        ]  # fmt: skip
        self.acts = [
            *[self.call] * 4, *[self.ask] * 4, *[self.answer] * 4, *[self.agree] * 4, *[self.done] * 5,
            *[self.send] * 2, *[self.late] * 2, self.assess, self.drop, self.cancel, self.unmet, self.time,
            *[self.went_well] * 4, self.thank, self.veto, self.pause, self.away, self.away, self.talk, self.pick,
            self.mentor, self.mentor, *self.more_acts(),
        ]  # fmt: skip

    def step(self, act=None):
        """Do one act, a random one unless given, at a later moment; refused and out of sight are outcomes too."""
        self.at += dt.timedelta(minutes=self.rng.randrange(0, 400))
        with contextlib.suppress(Refused, NotYours), transaction.atomic():
            (act or self.rng.choice(self.acts))()

    def one(self, rows):
        found = list(rows.order_by("id"))
        if not found:
            raise Refused
        return self.rng.choice(found)

    def owner(self):
        return self.tun.other if self.rng.random() < 0.2 else self.tun.centre

    def call(self):
        day = wall(self.at).date() + dt.timedelta(days=self.rng.randrange(0, 6))
        more = {"asked_by": "Granne", "asked_by_phone": "+4794000000"} if self.rng.random() < 0.2 else {}
        wish = self.tun.wish(on=day, **more)
        owner, recipient = self.owner(), self.rng.choice(self.asking)
        recipient.refresh_from_db()
        actions.take_call(
            owner=owner, recipient=recipient, wish=wish, source="call", by=self.tun.viewer(owner), at=self.at
        )

    def assess(self):
        request = self.one(HelpRequest.objects.filter(state="new"))
        actions.assess(request=request, outcome="volunteer", reason="Snø", by=self.tun.system(), at=self.at)

    def ask(self):
        request = self.one(HelpRequest.objects.filter(state__in=["looking", "asked"]))
        if self.rng.random() < 0.3:
            HelpRequest.objects.filter(id=request.id).update(asking="coordinator_picks")
        some = self.rng.sample(self.helpers, self.rng.randrange(1, 3))
        actions.ask_volunteers(
            request=request, volunteers=[v.id for v in some], by=self.tun.viewer(request.owner), at=self.at
        )

    def answer(self):
        ask = self.one(Ask.objects.filter(state__in=["sent", "silent"]).select_related("request"))
        actions.answer_ask(ask=ask, yes=self.rng.random() < 0.8, via="sms", by=self.tun.system(), at=self.at)

    def pick(self):
        ask = self.one(Ask.objects.filter(state="yes").select_related("request"))
        actions.pick(request=ask.request, ask=ask, by=self.tun.system(), at=self.at)

    def agree(self):
        match = self.one(Match.objects.filter(state="proposed").select_related("request"))
        yes = self.rng.random() < 0.85
        actions.answer_proposal(match=match, yes=yes, via="sms", by=self.tun.system(), at=self.at)

    def drop(self):
        match = self.one(Match.objects.filter(state="agreed").select_related("request"))
        actions.cannot_come(match=match, via="sms", by=self.tun.system(), at=self.at)

    def done(self):
        once = Match.objects.filter(state="agreed", request__every_weeks=None)
        match = self.one(once.select_related("request"))
        HelpRequest.objects.filter(id=match.request_id).update(at=None)
        actions.mark_done(match=match, minutes=30, via="sms", by=self.tun.system(), at=self.at)

    def cancel(self):
        request = self.one(HelpRequest.objects.filter(state__in=OPEN))
        actions.cancel(request=request, reason="", by=self.tun.system(), at=self.at)

    def unmet(self):
        request = self.one(HelpRequest.objects.filter(state__in=["looking", "asked"]))
        actions.close_unmet(request=request, reason="", by=self.tun.system(), at=self.at)

    def time(self):
        """Let the clocks of everything strike, as their jobs would."""
        for match in Match.objects.filter(state="agreed").order_by("id"):
            actions.remind(match=match, by=self.tun.system(), at=self.at)
            actions.close_by_time(match=match, by=self.tun.system(), at=self.at)
        for request in HelpRequest.objects.filter(state="asked").order_by("id"):
            actions.lapse_ask(request=request, by=self.tun.system(), at=self.at)

    def send(self):
        """Some of what waits goes, or gets stuck on the way."""
        for message in Message.objects.filter(state="pending", channel__in=["sms", "email"]).order_by("id"):
            state = self.rng.choice(["pending", "delivered", "delivered", "sending", "unknown", "failed"])
            Message.objects.filter(id=message.id).update(
                state=state, lease_until=self.at if state == "sending" else None,
                settled_at=self.at if state == "delivered" else None,
            )  # fmt: skip

    def late(self):
        """Let the worker do some of what follows from what has happened."""
        had = set(EventDelivery.objects.values_list("event", "receiver"))
        for key, name in list(EventRow.objects.order_by("id").values_list("id", "name")):
            for receiver, (_function, at_once) in events._receivers.get(name, {}).items():
                if not at_once and (key, receiver) not in had:
                    with mock.patch.object(clock, "now", return_value=self.at):
                        events.deliver(key, receiver)

    def went_well(self):
        match = self.one(Match.objects.filter(state="done").select_related("request__recipient", "volunteer"))
        value = self.rng.choice([Answer.Value.YES, Answer.Value.RING_ME])
        answer_went_well(match=match, value=value, via="sms", by=self.tun.system(), at=self.at)

    def thank(self):
        draw_names(owner=self.owner(), by=self.tun.system(), at=self.at)

    def veto(self):
        request = self.one(HelpRequest.objects.all())
        actions.not_him(request=request, volunteer=self.rng.choice(self.helpers), by=self.tun.system(), at=self.at)

    def pause(self):
        helper = self.rng.choice(self.helpers)
        helper.refresh_from_db()
        act = volunteers.come_back if helper.state == "paused" else volunteers.pause
        act(volunteer=helper, by=self.tun.system(), at=self.at, **({} if helper.state == "paused" else {"until": None}))

    def away(self):
        """Somebody goes away, comes back, or a visitor says whether they go on."""
        person = self.rng.choice(self.people())
        stands = Away.objects.filter(person=person, ended_at=None).first()
        if stands and self.rng.random() < 0.5:
            note_back(away=stands, by=self.tun.system(), at=self.at)
        elif stands:
            call = self.one(PersonalCall.objects.filter(away=stands).select_related("away", "volunteer"))
            actions.note_go_on(call=call, goes_on=self.rng.random() < 0.5, by=self.tun.system(), at=self.at)
        else:
            today = wall(self.at).date()
            ends = today + dt.timedelta(days=self.rng.randrange(5))
            note_away(person=person, starts=today, ends=ends, where="away", by=self.tun.system(), at=self.at)

    def talk(self):
        """The day of a planned talk comes, or it is held."""
        row = self.one(FollowUp.objects.filter(held_at=None, ended_at=None))
        if self.rng.random() < 0.6:
            FollowUp.objects.filter(id=row.id).update(due_on=wall(self.at).date())
            actions.follow_up_due(follow_up=row, by=self.tun.system(), at=self.at)
        else:
            actions.note_talk(follow_up=row, note="", next_on=None, has_ended=False, by=self.tun.system(), at=self.at)

    def mentor(self):
        """Somebody gets a mentor who comes along, the day of their talk comes, or they have talked."""
        row = MentorPlan.objects.filter(ended_at=None).order_by("id").first()
        if row is None or self.rng.random() < 0.4:
            one, other = self.rng.sample(self.helpers[:3], 2)
            plan = Lighter(60, 2, wall(self.at).date() + dt.timedelta(days=6))
            set_plan(volunteer=one, mentor=other.person, plan=plan, by=self.tun.viewer(), at=self.at)
        elif self.rng.random() < 0.6:
            MentorPlan.objects.filter(id=row.id).update(next_talk_on=wall(self.at).date())
            talk_due(plan=row, by=self.tun.system(), at=self.at)
        else:
            note_talk(plan=row, by=self.tun.viewer(), at=self.at)

    def people(self):
        return [*self.asking, *(h.person for h in self.helpers[1:]), *self.professionals]

    def ending(self, *dying):
        """Let some die here, let life and the worker go on, and return what still is on its way."""
        came, moment = self.rng.getstate(), self.at
        with transaction.atomic():
            for who in dying:
                owner = self.tun.other if who == self.helpers[3].person else self.tun.centre
                note_death(person=who, by=self.tun.viewer(owner), at=self.at)
            for _ in range(self.rng.randrange(AFTER + 1)):
                self.step()
            self.rng.choice([self.time, self.late])()
            told = Told()
            found = [each for who in dying for each in self.judge(who, told, moment)]
            transaction.set_rollback(True)
        for who in dying:
            who.died_on = who.death_known_at = None
        self.rng.setstate(came)
        self.at = moment
        self.rng.random()
        return found

    def judge(self, who, told, since):
        """Return in words all that is still on its way to or about the dead; nothing when all is still."""
        own = {r.id: r for r in told.requests if r.recipient_id == who.id}
        matches = {m.id: m for m in told.matches if m.request_id in own or m.volunteer__person == who.id}
        asks = {a.id: a for a in told.asks if a.request_id in own or a.volunteer__person == who.id}
        about = {"help_request": own, "ask": asks, "match": matches, "receipt": matches, "went_well": matches}
        plans = {p.id: p for p in told.plans if who.id in {p.volunteer__person, p.mentor_id}}
        newer = Theirs(who, told.newer, since)
        about |= {"mentor_plan": plans, **newer.about()}
        theirs = [m for m in told.messages if m.to_person == who.id or m.ref_id in about.get(m.ref_kind, ())]
        found = [
            f"message {m.notice} {m.state}" for m in theirs if m.state in ON_ITS_WAY and m.settled_at is None
        ]  # fmt: skip
        found += [
            f"question {q.kind}" for q in told.questions
            if q.ends_at > self.at and (q.to_person == who.id or q.ref_id in about.get(q.ref_kind, ()))
        ]  # fmt: skip
        due = {
            *own,
            *(p.id for p in plans.values() if p.volunteer__person == who.id),
            *(m.id for m in theirs),
            *(self.asked_about(who) if told.more else ()),
        }
        found += [f"todo {t.ref_kind} {t.reason}" for t in told.todos if t.ref_id in due]
        found += [f"todo {t.reason}" for t in told.todos if t.ref_id in plans and t.reason == "mentor_talk"]
        found += [
            "todo to thank nobody" for t in told.todos
            if t.ref_kind == "thanks" and not self.someone_to_thank(who, t.owner_id)
        ]  # fmt: skip
        found += [f"request {r.state}" for r in own.values() if r.state in OPEN]
        found += [f"match {m.state}" for m in matches.values() if m.state in {"proposed", "agreed"}]
        states = {r.id: r.state for r in told.requests}
        still = {"sent", "silent", "yes"}
        found += [f"ask {a.state}" for a in asks.values() if a.state in still and states[a.request_id] in OPEN]
        found += [f"volunteer {v.state}" for v in told.volunteers if v.person_id == who.id and v.state != "left"]
        if told.more:
            either = Q(recipient=who) | Q(volunteer__person=who)
            found += ["talk planned" for _ in FollowUp.objects.filter(either, held_at=None, ended_at=None)]
        if who.id in told.helped:
            owners, on = (self.tun.centre, self.tun.other), wall(self.at).date()
            found += ["turn to be thanked" for o in owners if who.id in whose_turn(o.id, on=on, most=9)]
        return found + newer.still(told.todos) + self.named_to_the_living(who)

    def asked_about(self, who):
        """Whom it would be wrong to ring about: a visitor about an absence, either end about how it goes."""
        either = Q(recipient=who) | Q(volunteer__person=who)
        calls = PersonalCall.objects.filter(about=who, away__isnull=False).values_list("id", flat=True)
        away = Away.objects.filter(person=who).values_list("id", flat=True)
        return {*calls, *away, *FollowUp.objects.filter(either).values_list("id", flat=True)}

    def someone_to_thank(self, who, owner):
        waiting = Thanks.objects.filter(owner=owner, rung_at=None, card_made_at=None).exclude(person=who)
        return waiting.filter(week_of=week_of(wall(self.at).date())).exists() or waiting.exists()

    def named_to_the_living(self, who):
        """What goes to the living must not name the dead, and nobody suggests them: looked at in one of eight."""
        if self.rng.randrange(8):
            return []
        found = []
        for message in Message.objects.filter(state__in=["pending", "sending"]).exclude(to_person=None):
            to = recipients.resolve(message.to_person)
            facts = notice_of(message.notice).facts(message.ref_id, to) or {}
            if who.full_name in str(facts):
                found.append(f"named in {message.notice}")
        open_one = HelpRequest.objects.filter(state__in=["looking", "asked"]).order_by("id").first()
        if open_one:
            viewer = self.tun.viewer(open_one.owner)
            shown = suggest_for("help_request", open_one.id, viewer, on=wall(self.at).date())
            ids = {p.volunteer for g in shown.suggestions.groups for p in g.people}
            if Volunteer.objects.filter(id__in=ids, person=who).exists():
                found.append("suggested")
        return found


def histories(tun, seed, number, *, until_found=False, often=()):
    """Live `number` histories from a seed; return how many were lived and what was found, in words.

    `often` names acts that these lives are full of: a control needs what its room stops to have come about.
    """
    lived, found, walk = 0, [], 0
    while lived < number and not (until_found and found):
        walk += 1
        with transaction.atomic():
            valley = Valley(tun, f"{seed}-{walk}")
            common = [getattr(valley, name) for name in often]
            valley.acts += common * (len(valley.acts) // max(1, len(common)))
            for act in [*valley.begin, *common]:
                valley.step(act)
            for _ in range(STEPS):
                valley.step()
                if valley.rng.random() < 0.5:
                    continue
                dying = valley.rng.sample(valley.people(), 5)
                for some in (dying[:1], dying[1:3], dying[3:]):
                    found += valley.ending(*some)
                    lived += len(some)
            transaction.set_rollback(True)
    return lived, found
