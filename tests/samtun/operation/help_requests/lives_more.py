"""More of a life: what lasts, networks, words that something seemed different, call-outs, what is passed on."""

import datetime as dt
from typing import Any

from samtun.evaluation.feedback.actions.contacts import Way, name_professional
from samtun.evaluation.feedback.actions.differing import pass_on_after_all, receive, tell_different
from samtun.evaluation.feedback.actions.ladder import not_received
from samtun.evaluation.feedback.models import HeadsUp
from samtun.evaluation.feedback.queries.differing import task_of_arrangement, task_of_asked, task_of_match
from samtun.foundation.viewer import Permission, Role
from samtun.kernel.clock import wall
from samtun.operation.activities.models import Activity
from samtun.operation.arrangements import actions as arrangements
from samtun.operation.arrangements.models import Arrangement, Pause, Visit
from samtun.operation.callouts import actions as callouts
from samtun.operation.callouts.models import Asked, CallOut, FriendsList
from samtun.operation.help_requests import actions
from samtun.operation.help_requests.models import HelpRequest, Match
from samtun.operation.networks import actions as networks
from samtun.operation.networks.models import HomeVisit, Network, Talk
from samtun.operation.referrals import actions as referrals
from samtun.operation.referrals.enums import Became, State
from samtun.operation.referrals.models import Referral
from samtun.operation.volunteers.models import Profile
from samtun.work.sheets.models import Sheet
from samtun.work.sheets.queries import write_paper
from tests.factories.around import a_line
from tests.factories.feedback import oneself
from tests.factories.regular import PLAN

HANNE, SILJE = ("Hanne", "Fossheim", "+4790000801"), ("Silje", "Dyrhaug", "+4790000802")
LIVE = ["looking", "running"]


class MoreLife:
    """Acts of the rooms that came later; mixed into the valley, which has `tun`, `rng`, `at`, `helpers`, `asking`."""

    tun: Any
    rng: Any
    at: dt.datetime
    helpers: Any
    asking: Any

    def settle_in(self):
        """Let two professionals be known."""
        self.professionals = [self.tun.person(*who) for who in (HANNE, SILJE)]

    def more_beginnings(self):
        return [self.lasts, self.named, self.differs, self.network, self.called_out, self.comes, self.passed_on]

    def more_acts(self):
        return [
            self.lasts, self.lasts, self.arrange, self.tend, self.tend, self.one_date, self.one_date, self.rest,
            self.changes, self.network, self.network, self.walk_on, self.talks, self.home_visit, self.visited,
            self.along, self.named, self.differs, self.differs, self.waits, self.waits, self.called_out,
            self.comes, self.comes, self.day_before, self.passed_on, self.passed_on, self.rung, self.evening,
        ]  # fmt: skip

    def someone(self, rows=None):
        """Return one of these people, or of those who ask, as they stand now."""
        who = self.rng.choice(rows or self.asking)
        who.refresh_from_db()
        return who

    def today(self):
        return wall(self.at).date()

    # --- what lasts
    def arrange(self, who=None, owner=None):
        from dataclasses import replace

        first = self.today() + dt.timedelta(days=self.rng.randrange(1, 4))
        plan = replace(PLAN, first=first, every_weeks=self.rng.choice([1, 1, 2]))
        owner = owner or self.tun.centre
        return arrangements.arrange(
            owner=owner, recipient=who or self.someone(), task_type=self.tun.snow, plan=plan,
            by=self.tun.viewer(owner), at=self.at,
        )  # fmt: skip

    def lasts(self):
        """Two agree to meet again and again."""
        helper, system = self.rng.choice(self.helpers), self.tun.system()
        wish = self.arrange(owner=helper.host).wish
        if wish.state == "new":
            actions.assess(request=wish, outcome="volunteer", reason="Snø", by=system, at=self.at)
        by = self.tun.viewer(helper.host)
        (ask,) = actions.ask_volunteers(request=wish, volunteers=[helper.id], by=by, at=self.at)
        actions.answer_ask(ask=ask, yes=True, via="sms", by=system, at=self.at)
        match = self.one(Match.objects.filter(request=wish, state="proposed").select_related("request"))
        if self.rng.random() < 0.85:
            via = self.rng.choice(["sms", "call"])
            actions.answer_proposal(match=match, yes=True, via=via, by=system, at=self.at)

    def tend(self):
        for row in Arrangement.objects.filter(state__in=LIVE).order_by("id"):
            arrangements.tend(arrangement=row, by=self.tun.system(), at=self.at)

    def one_date(self):
        """One of the two cannot, it stands after all, or somebody else is to come."""
        states = self.rng.choice([["planned"], ["planned"], ["cannot", "not_wanted"]])
        visit = self.one(Visit.objects.filter(state__in=states).select_related("arrangement", "term"))
        act, by = self.rng.random(), self.tun.system()
        if states == ["planned"]:
            say = arrangements.cannot_come if act < 0.7 else arrangements.not_this_time
            say(visit=visit, via="sms", by=by, at=self.at)
        elif act < 0.5:
            arrangements.stands_after_all(visit=visit, by=by, at=self.at)
        else:
            arrangements.find_stand_in(visit=visit, by=by, at=self.at)

    def rest(self):
        standing = Pause.objects.filter(lifted_at=None).order_by("id").first()
        if standing and self.rng.random() < 0.4:
            arrangements.lift(pause=standing, by=self.tun.system(), at=self.at)
            return
        row, kind = self.one(Arrangement.objects.filter(state__in=LIVE)), self.rng.choice(["recipient", "volunteer"])
        day = self.today() + dt.timedelta(days=self.rng.randrange(3))
        arrangements.pause(arrangement=row, kind=kind, starts=day, ends=None, by=self.tun.system(), at=self.at)

    def changes(self):
        """It ends, or somebody else is looked for."""
        row, by = self.one(Arrangement.objects.filter(state__in=LIVE).select_related("wish")), self.tun.system()
        if self.rng.random() < 0.4:
            arrangements.end(arrangement=row, reason="other", words="", by=by, at=self.at)
        else:
            arrangements.find_another(arrangement=row, first=self.today(), by=by, at=self.at)

    # --- networks
    def network(self):
        """A network is begun around somebody, and walked some steps."""
        made = networks.begin(
            owner=self.tun.centre, person=self.someone(), said_yes=True, form="oral", by=self.tun.viewer(), at=self.at
        )
        self.walk(made, 1, self.rng.choice([0, 2, 4, 4]))

    def walk_on(self):
        made = self.one(Network.objects.filter(state="open"))
        step = self.one(made.steps.filter(settled_on=None, due_on__isnull=False))
        if self.rng.random() < 0.5:
            made.steps.filter(id=step.id).update(due_on=self.today())
            networks.step_due(network=made, number=step.number, by=self.tun.system(), at=self.at)
        else:
            self.walk(made, step.number, step.number)

    def walk(self, made, first, last):
        for number in range(first, last + 1):
            if number == 3:
                helper = self.rng.choice([h for h in self.helpers if h.person_id != made.person_id])
                helper.refresh_from_db()
                facts = {"what": "besøk", "when_words": "fredagar", "by": self.tun.viewer(), "at": self.at}
                one = networks.add_volunteer(network=made, volunteer=helper, **facts)
                networks.make_contact(member=one, said_yes=True, by=self.tun.viewer(), at=self.at)
            networks.settle_step(network=made, number=number, note="", by=self.tun.viewer(), at=self.at)

    def talks(self):
        """The day of a talk about a network, or of guidance, comes; or it is held."""
        row = self.one(Talk.objects.filter(settled_at=None).select_related("network", "volunteer"))
        if self.rng.random() < 0.6:
            Talk.objects.filter(id=row.id).update(due_on=self.today())
            networks.talk_due(talk=row, by=self.tun.system(), at=self.at)
        else:
            networks.note_talk(talk=row, held=True, note="", next_on=None, by=self.tun.viewer(), at=self.at)

    def home_visit(self):
        request = self.one(HelpRequest.objects.filter(state__in=["new", "looking", "asked"]))
        networks.plan_visit(request=request, on=self.today(), who="Berit", by=self.tun.system(), at=self.at)

    def visited(self):
        """Nobody has written what came of a visit; or somebody does."""
        visit = self.one(HomeVisit.objects.filter(done_at=None, cancelled_at=None))
        if self.rng.random() < 0.5:
            networks.visit_due(visit=visit, by=self.tun.system(), at=self.at)
            return
        needs = networks.Needs(limits=PLAN.limits, whom_to_call=PLAN.whom_to_call)
        facts = {"outcome": "volunteer", "reason": "Snø", "needs": needs, "by": self.tun.system(), "at": self.at}
        networks.conclude(visit=visit, **facts)

    def along(self):
        """A wish is answered with an ordinary activity."""
        request = self.one(HelpRequest.objects.filter(state__in=["looking", "asked"], owner=self.tun.centre))
        line = Activity.objects.first() or a_line(self.tun)
        company = self.rng.random() < 0.5
        networks.answer_with(
            request=request, activity=line, with_company=company, by=self.tun.viewer(), at=self.at
        )  # fmt: skip

    # --- something seemed different
    def named(self):
        """Somebody names a professional who may be told, perhaps with a deputy."""
        hanne, silje = (Way(f"{given} {family}", phone) for given, family, phone in (HANNE, SILJE))
        name_professional(
            person=self.someone(), owner=self.tun.centre, unit=self.tun.council, who=hanne, title="",
            deputy=silje if self.rng.random() < 0.6 else None, basis="self", form="oral", by=self.tun.viewer(),
            at=self.at,
        )  # fmt: skip

    def differs(self):
        turn = self.rng.random()
        if turn < 0.6:
            task = task_of_match(self.one(Match.objects.filter(state__in=["agreed", "done"])).id)
        elif turn < 0.8:
            row = self.one(Arrangement.objects.filter(state="running").select_related("owner"))
            task = task_of_arrangement(self.tun.viewer(row.owner), row.id, own=False, at=self.at)
        else:
            task = task_of_asked(self.one(Asked.objects.filter(state="yes")).id)
        by = self.tun.viewer(task.owner)
        tell_different(task=task, ticked=("tired",), text="", via="call", by=by, at=self.at)

    def waits(self):
        """Nobody has received it in time, the one told does, or it is passed on after all."""
        row, turn = self.one(HeadsUp.objects.filter(state__in=["held", "waits"])), self.rng.random()
        if row.state == "held":
            pass_on_after_all(heads_up=row, by=self.tun.viewer(row.owner), at=self.at)
        elif turn < 0.7 or row.told is None or row.told.is_dead:
            HeadsUp.objects.filter(id=row.id).update(step_at=self.at)
            not_received(heads_up=row, by=self.tun.system(), at=self.at)
        else:
            receive(heads_up=row, by=oneself(self.tun, row.told), at=self.at)

    # --- call-outs
    def called_out(self):
        """Many hands are needed; who may be asked so often is tested elsewhere."""
        found, by = FriendsList.objects.first(), self.tun.viewer()
        if found is None:
            found = callouts.make_list(owner=self.tun.centre, name="Venene", by=by, at=self.at)
            for helper in self.helpers[:3]:
                callouts.add_friend(friends_list=found, volunteer=helper, by=by, at=self.at)
        Profile.objects.update(last_asked_on=None, quiet_until=None)
        callouts.call_out(
            friends_list=found, task_type=self.tun.snow, words="tur med bebuarane", place="Storfjordheimen",
            on=self.today() + dt.timedelta(days=self.rng.randrange(1, 4)), starts=dt.time(12), minutes=60, needed=2,
            by=by, at=self.at,
        )  # fmt: skip

    def comes(self):
        asked = self.one(Asked.objects.filter(state__in=["sent", "sent", "yes"]))
        yes = asked.state == "sent" and self.rng.random() < 0.8
        callouts.answer(asked=asked, yes=yes, via="sms", by=self.tun.system(), at=self.at)

    def day_before(self):
        for row in CallOut.objects.order_by("id"):
            for act in (callouts.remind, callouts.look, callouts.close_by_time):
                act(call_out=row, by=self.tun.system(), at=self.at)

    def evening(self):
        """The sheet for one of the next days is made; its PDF is tested elsewhere."""
        owner, day = self.tun.centre, self.today() + dt.timedelta(days=self.rng.randrange(3))
        _paper, persons = write_paper(owner, day, at=self.at)
        Sheet.objects.filter(owner=owner, day=day).delete()
        Sheet.objects.create(owner=owner, day=day, made_at=self.at, sealed_pdf=b"", persons=sorted(persons))

    # --- what is passed on
    def passed_on(self):
        """A wish is passed on with a yes, a neighbour worries, or somebody who asks would like to give."""
        who, turn, to = self.someone(), self.rng.random(), self.tun.centre
        if turn < 0.5:
            hanne = oneself(self.tun, self.professionals[0], role=Role.UNIT_EMPLOYEE, owners=[self.tun.council.id])
            by = self.tun.viewer(self.tun.council, Role.UNIT_EMPLOYEE, {Permission.REFER})
            by = type(by)(by.tenant, by.hat, account=by.account, person=hanne.person, name=hanne.name, language="nn")
            facts = {"name": who.full_name, "phone": who.phone, "words": "Snø", "said_yes": True}
            referrals.pass_on(to=to, by=by, at=self.at, **facts)
        elif turn < 0.85:
            facts = {"name": who.full_name, "phone": who.phone, "place": "", "words": ""}
            sender = {"sender_name": "Granne", "sender_phone": "+4794000000"}
            referrals.report_worry(to=to, by=self.tun.system(), at=self.at, **facts, **sender)
        else:
            referrals.note_offer(to=to, person=who, words="Vaflar", by=self.tun.system(), at=self.at)

    def rung(self):
        row, turn, by = self.one(Referral.objects.filter(state="waits")), self.rng.random(), self.tun.system()
        if turn < 0.4:
            referrals.not_reached(referral=row, by=by, at=self.at)
        elif turn < 0.7:
            referrals.settle(referral=row, outcome=State.NO_THANKS, by=by, at=self.at)
        else:
            wish = self.one(HelpRequest.objects.filter(recipient=row.person_id)).id
            referrals.became_wish(
                referral_id=row.id, wish=wish, became=Became.SOUGHT, by=by, at=self.at
            )  # fmt: skip
