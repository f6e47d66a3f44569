"""What the rooms that came later have on its way to or about the dead, asked of their own tables."""

from samtun.evaluation.feedback.models import HeadsUp
from samtun.foundation.models import Owner
from samtun.foundation.scope import current_tenant
from samtun.foundation.viewer import Hat, Permission, Role, Viewer
from samtun.kernel.clock import wall
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.arrangements.rules import begins
from samtun.operation.callouts.models import Asked, FriendsList
from samtun.operation.callouts.queries import list_for
from samtun.operation.networks.models import Answered, HomeVisit, Member, Network, Talk
from samtun.operation.referrals.models import Referral
from samtun.work.sheets.models import Sheet

LIVE = ["looking", "running"]
HELD = {"held", "waits"}
RINGS_SENDER = {"ring_volunteer", "ask_person"}


def _rows(model, *fields):
    return list(model.objects.order_by("id").values_list("id", *fields, named=True))


def _lists():
    """Every list of friends, as those see it who look after the volunteers."""
    owners = frozenset(Owner.objects.values_list("id", flat=True))
    hat = Hat("judge", Role.COORDINATOR, "judge", owners, frozenset({Permission.MANAGE_VOLUNTEERS}))
    viewer = Viewer(current_tenant(), hat)
    return [list_for(viewer, key) for key in FriendsList.objects.values_list("id", flat=True)]


class MoreTold:
    """All that is read of those rooms, read once."""

    def __init__(self):
        self.arrangements = _rows(Arrangement, "recipient_id", "state")
        self.terms = _rows(Term, "arrangement_id", "volunteer__person", "starts", "ends")
        self.visits = _rows(Visit, "arrangement_id", "term_id", "on", "at", "state")
        self.pauses = _rows(Pause, "arrangement_id")
        self.networks = _rows(Network, "person_id", "state")
        self.members = _rows(Member, "network_id", "volunteer__person", "left_at", "network__state")
        self.talks = _rows(Talk, "network__person", "visit__request__recipient", "volunteer__person", "settled_at")
        self.home = _rows(HomeVisit, "request__recipient", "done_at", "cancelled_at")
        self.answered = _rows(Answered, "request__recipient")
        self.heads_ups = _rows(HeadsUp, "about_id", "sender_id", "told_id", "state")
        self.asked = _rows(Asked, "volunteer__person", "state", "call_out__state")
        self.sheets = _rows(Sheet, "persons")
        self.referrals = _rows(Referral, "person_id", "name", "phone", "state")
        self.listed = {f.volunteer.person_id for one in _lists() for f in one.friends.all()}


class Theirs:
    """What of it is about one person; `since` is when they died."""

    def __init__(self, who, told, since):
        self.who, self.told, self.since = who, told, since
        self.arrangements = {a.id: a.state for a in told.arrangements if a.recipient_id == who.id}
        self.terms = {t.id: t for t in told.terms if t.volunteer__person == who.id}
        self.visits = {v.id for v in told.visits if v.arrangement_id in self.arrangements or v.term_id in self.terms}
        self.networks = {n.id for n in told.networks if n.person_id == who.id}
        self.referrals = {r.id for r in told.referrals if who.id == r.person_id or self._is_meant(r)}

    def _is_meant(self, row):
        return bool(row.name) and (row.name, row.phone) == (self.who.full_name, self.who.phone)

    def about(self):
        """Of each kind of reference, what nobody is to be sent anything about."""
        heads_ups = {h.id for h in self.told.heads_ups if h.about_id == self.who.id}
        return {
            "arrangement": self.arrangements, "visit": self.visits, "network": self.networks,
            "arrangement_pause": {p.id for p in self.told.pauses if p.arrangement_id in self.arrangements},
            "answered": {a.id for a in self.told.answered if a.request__recipient == self.who.id},
            "heads_up": heads_ups, "to_you": heads_ups, "referral": self.referrals,
            "call_out_asked": {a.id for a in self.told.asked if a.volunteer__person == self.who.id},
        }  # fmt: skip

    def still(self, todos):
        """Return in words what is still planned, open or due in these rooms."""
        printed = ["sheet" for s in self.told.sheets if self.who.id in s.persons]
        return [*self._lasting(), *self._around(), *self._told(), *self._due(todos), *printed]

    def _lasting(self):
        found = [f"arrangement {state}" for state in self.arrangements.values() if state in LIVE]
        today = wall(self.since).date()
        live = {a.id for a in self.told.arrangements if a.state in LIVE}
        found += [
            "term holds" for t in self.terms.values()
            if t.arrangement_id in live and (t.ends is None or t.ends >= max(today, t.starts))
        ]  # fmt: skip
        return found + [
            f"visit {v.state}" for v in self.told.visits
            if v.id in self.visits and v.state in {"planned", "paused"} and begins(v.on, v.at) > self.since
        ]  # fmt: skip

    def _around(self):
        who = self.who.id
        found = ["network" for n in self.told.networks if n.person_id == who and n.state != "ended"]
        found += [
            "network member" for m in self.told.members
            if m.volunteer__person == who and m.left_at is None and m.network__state != "ended"
        ]  # fmt: skip
        found += ["network talk" for t in self.told.talks if t.settled_at is None and self._talks_to(t)]
        home = (h for h in self.told.home if h.request__recipient == who)
        return found + ["home visit" for h in home if h.done_at is None and h.cancelled_at is None]

    def _talks_to(self, talk):
        return self.who.id in {talk.network__person, talk.visit__request__recipient, talk.volunteer__person}

    def _told(self):
        who = self.who.id
        found = [f"heads-up {h.state}" for h in self.told.heads_ups if h.about_id == who and h.state in HELD]
        found += [
            "heads-up waits with the dead" for h in self.told.heads_ups if h.told_id == who and h.state == "waits"
        ]
        found += [
            f"asked out {a.state}" for a in self.told.asked
            if a.volunteer__person == who and a.state in {"sent", "yes"} and a.call_out__state in {"open", "filled"}
        ]  # fmt: skip
        found += ["stands on a list of friends"] * (who in self.told.listed)
        return found + ["referral" for r in self.told.referrals if r.id in self.referrals and r.state == "waits"]

    def _due(self, todos):
        who = self.who.id
        comes = {t.arrangement_id for t in self.terms.values()}
        any_of = {
            *self.arrangements, *(v.id for v in self.told.visits if v.arrangement_id in self.arrangements),
            *self.networks, *(t.id for t in self.told.talks if self._talks_to(t)),
            *(h.id for h in self.told.home if h.request__recipient == who), *self.referrals,
            *(h.id for h in self.told.heads_ups if h.about_id == who),
        }  # fmt: skip
        sent = {h.id for h in self.told.heads_ups if h.sender_id == who}
        told = {h.id for h in self.told.heads_ups if h.told_id == who}
        return [
            f"todo {t.ref_kind} {t.reason}" for t in todos
            if t.ref_id in any_of or (t.ref_id in sent and t.reason in RINGS_SENDER)
            or (t.ref_id in told and t.reason == "ring_professional")
            or (t.ref_id in comes and t.reason == "volunteer_away")
        ]  # fmt: skip
