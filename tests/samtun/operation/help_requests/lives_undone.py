"""A death that was a mistake: the same random lives, and what does not stand as before when it is taken back.

The tables are read before the death, after it and after the undoing. What the death changed must stand as it stood, or
a to-do must lead a person to it; the judge knows nothing of what the act wrote down.
"""

from django.db import transaction

from samtun.evaluation.feedback.models import Contact, HeadsUp
from samtun.kernel.clock import wall
from samtun.notifications.messages.models import Question
from samtun.operation.arrangements.models import Arrangement, Pause, Term, Visit
from samtun.operation.callouts.models import Asked, CallOut
from samtun.operation.help_requests.models import Ask, FollowUp, HelpRequest, Match
from samtun.operation.help_requests.queries import still_meet
from samtun.operation.mentoring.models import MentorPlan
from samtun.operation.networks.models import HomeVisit, Member, Network, Talk
from samtun.operation.referrals.models import Referral
from samtun.operation.volunteers.models import Engagement, Volunteer
from samtun.people.persons.actions import note_death, take_back_death
from samtun.people.persons.models import Passing
from samtun.work.todos.models import Todo
from tests.samtun.operation.help_requests.lives import STEPS, Valley

# For each table what makes a row live, and the keys of the things a to-do about it may lead to.
READ = {
    HelpRequest: (("state", "closed_at"), ()),
    Match: (("state", "ended_at"), ("request",)),
    Ask: (("state", "answer_by"), ("request",)),
    FollowUp: (("held_at", "ended_at"), ()),
    Arrangement: (("state", "ended_at", "end_reason"), ()),
    Term: (("starts", "ends"), ("arrangement",)),
    Visit: (("state", "pause"), ("arrangement",)),
    Pause: (("ends", "lifted_at"), ("arrangement",)),
    Network: (("state", "ended_at", "ended_because", "held_for"), ()),
    Member: (("left_at", "is_contact"), ("network",)),
    Talk: (("settled_at", "was_held"), ("network",)),
    HomeVisit: (("done_at", "cancelled_at"), ("request",)),
    Contact: (("ended_at",), ("person",)),
    HeadsUp: (("state", "contact", "told", "step"), ()),
    CallOut: (("state",), ()),
    Asked: (("state",), ("call_out",)),
    Referral: (("state",), ()),
    Volunteer: (("state", "paused_until"), ()),
    MentorPlan: (("ended_at",), ()),
    Engagement: (("on", "at"), ("ref_id",)),
    Question: (("answered_at", "ends_at"), ("ref_id",)),
}
# Lines that say to a person that all is not as before.
SAYS = {"not_back", "words_gone", "not_sent", "time_has_passed", "find_another", "nobody_answered"}
# What the clock would have put there anyhow.
CLOCK = {f"step_{n}" for n in range(1, 5)} | {"talk_person", "talk_volunteer", "with_person", "with_contact"}

# An ask that waits for an answer, what it is an ask about, and the states in which that still wants somebody.
WAITS = {"sent", "silent"}
FILLED_IN = {"Ask": ("HelpRequest", {"looking", "asked"}), "Asked": ("CallOut", {"open"})}


def standing():
    """Return for each live row, by table and key, how it stands and where it belongs."""
    found = {}
    for model, (fields, homes) in READ.items():
        for row in model.objects.values("id", *fields, *homes):
            how = tuple(row[f] for f in fields)
            key = row["ref_id"] if model is Engagement else row["id"]
            found[model.__name__, key] = (how, (row["id"], *(row[h] for h in homes)))
    return found


def due():
    """Return what is on the desks: kind, thing and reason. What became of a message is no loss when its time is out."""
    rows = Todo.objects.filter(done_at=None).exclude(ref_kind="message")
    return set(rows.values_list("ref_kind", "ref_id", "reason"))


class Undone(Valley):
    """The valley, with deaths that are taken back."""

    def undoing(self, who, *, moved_on):
        """Let one die, let life go on or not, take it back; say what does not stand, and nobody has been told of."""
        came, moment = self.rng.getstate(), self.at
        with transaction.atomic():
            before, desk = standing(), due()
            owner = self.tun.other if who == self.helpers[3].person else self.tun.centre
            by = self.tun.viewer(owner)
            note_death(person=who, by=by, at=self.at)
            dead = standing()
            if moved_on:
                for _ in range(self.rng.randrange(1, 5)):
                    self.step()
            take_back_death(passing=Passing.objects.get(person=who, undone_at=None), by=by, at=self.at)
            found = _lost(before, dead, standing(), due(), self.at)
            if not moved_on:
                found += _changed(desk, due())
            transaction.set_rollback(True)
        who.died_on = who.death_known_at = None
        self.rng.setstate(came)
        self.at = moment
        self.rng.random()
        return found


def _changed(desk, now):
    """Say which lines went from a desk, or came to it, and are not the clock's nor about the mistake itself."""
    told = {key for _kind, key, reason in now if reason in SAYS}
    found = [f"no longer due: {kind} {reason}" for kind, key, reason in desk - now if key not in told]
    more = {(kind, reason) for kind, _key, reason in now - desk}
    return found + [f"due: {kind} {reason}" for kind, reason in more if reason not in SAYS | CLOCK]


def _lost(before, dead, after, desk, at):
    """Say what the death changed that does not stand as before, where no line on a desk leads to it."""
    told = {key for _kind, key, reason in desk if reason in SAYS}
    found = []
    for (table, key), (how, homes) in before.items():
        was_changed = dead.get((table, key), (None,))[0] != how
        now = after.get((table, key), (None,))[0]
        if was_changed and now != how and not told & set(homes) and not _is_well(table, key, how, homes, after, at):
            found.append(f"{table} {how} is {now}")
    return found


def _is_well(table, key, how, homes, after, at):
    """Tell whether life had it so: they met, it was received, a pause began, the time to answer is out, or others came.

    A promised day, a question and whether a call-out is filled follow what they are about, which is judged by itself.
    """

    def now(kind, of):
        row = after.get((kind, of))
        return row and row[0][0]

    if table == "Question":
        about = {now("Ask", homes[1]), now("Asked", homes[1])} - {None}
        return how[1] <= at or bool(about and not about & WAITS)
    if table == "Engagement":
        return not {now("Visit", key), now("Asked", key)} & {"planned", "yes"}
    if table == "FollowUp":  # the clock ends a talk that is due when the two no longer meet
        row, today = FollowUp.objects.get(id=key), wall(at).date()
        return row.held_at is None and row.due_on <= today and not still_meet(row, on=today)
    if table in FILLED_IN and how[0] in WAITS:
        kind, wanting = FILLED_IN[table]
        too_late = table == "Ask" and now(table, key) == "silent" and how[1] <= at
        return now(kind, homes[1]) not in wanting or (too_late and _others_wait(homes[1], after))
    return (table, now(table, key)) in {
        ("Visit", "done"), ("Visit", "paused"), ("HeadsUp", "received"), ("CallOut", "open"), ("CallOut", "filled"),
    }  # fmt: skip


def _others_wait(request, after):
    """Tell whether somebody asked about the request may still answer, so that nobody at the desk need look yet."""
    asks = [(how[0], where[1]) for (table, _key), (how, where) in after.items() if table == "Ask"]
    return bool({("sent", request), ("yes", request)} & set(asks))


def undone(tun, seed, number, *, moved_on=False):
    """Live `number` histories that end in a death taken back; return how many, and what was lost, in words."""
    lived, found, walk = 0, [], 0
    while lived < number:
        walk += 1
        with transaction.atomic():
            valley = Undone(tun, f"{seed}-{walk}")
            for act in valley.begin:
                valley.step(act)
            for _ in range(STEPS):
                valley.step()
                if valley.rng.random() < 0.7 or lived >= number:
                    continue
                for who in valley.rng.sample(valley.people(), 2):
                    found += valley.undoing(who, moved_on=moved_on)
                    lived += 1
            transaction.set_rollback(True)
    return lived, found
