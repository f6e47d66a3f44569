"""When the lead or one who is with it dies, an organisation leaves, or time is out (R113, ADR 20)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from samtun.codesign.ideas.actions.promising import drop_all
from samtun.codesign.ideas.actions.telling import RELATED, change, due_now, life_of, locked, note, off_the_desk
from samtun.codesign.ideas.enums import AdditionState, HelperState, IdeaState, LifeState, StepKind
from samtun.codesign.ideas.models import Addition, Helper, Idea, IdeaStep, Initiative, NewDay, Promise
from samtun.codesign.ideas.queries import who_answers
from samtun.codesign.ideas.rules import hash_of
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import hush
from samtun.partners.organisations.queries import receiving_owner
from samtun.people.persons.actions import bring_back, note_stilled
from samtun.people.persons.models import Passing
from samtun.people.persons.queries import everyone_of, stilled_by
from samtun.work.todos.actions import close_todos

KEPT = dt.timedelta(days=365)
OURS = ("initiative", "idea_helper")


def person_died(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Let what a dead person led rest, in the transaction of the act; a person talks with those who are with it."""
    if not by.is_system:
        raise NotYours
    everyone = everyone_of(passing.person_id)
    with transaction.atomic():
        steps = IdeaStep.objects.filter(idea__lead__in=everyone).values_list("id", flat=True)
        note_stilled(passing.id, hushed=hush(about=[Ref("idea_step", key) for key in steps], at=at))
        led = Idea.objects.filter(lead__in=everyone).exclude(state=IdeaState.CLOSED)
        for idea in led.select_related(*RELATED).order_by("id"):
            _rests(passing, idea, by=by, at=at)
        helped = Helper.objects.filter(person__in=everyone, state__in=[HelperState.WITH, HelperState.UNPROVEN])
        for helper in helped.order_by("id"):
            note_stilled(passing.id, kind="idea_helper", before={helper.id: {"state": helper.state}})
            Initiative.objects.filter(offered_to=helper).update(offered_to=None)
            helper.state, helper.settled_at = HelperState.LEFT, at
            helper.save(update_fields=["state", "settled_at"])
            close_todos(ref=Ref("idea_helper", helper.id), by=by, at=at)


def _rests(passing: Passing, idea: Idea, *, by: Viewer, at: dt.datetime) -> None:
    """Let one rest, with a line on the desk. An idea that is no initiative stays as it is: it is answered to nobody."""
    initiative = Initiative.objects.filter(idea=idea, state=LifeState.LIVING).first()
    if initiative:
        note_stilled(passing.id, kind="initiative", before={initiative.id: {"state": initiative.state}})
        change(initiative, state=LifeState.PAUSED)
        record("ideas.rests", Ref("idea", idea.id), by=by, at=at)
    off_the_desk(idea.id, "waits_for_proof", "idea_waits", "idea_late", by=by, at=at)
    due_now(idea, "lead_died", at=at)


def death_taken_back(*, passing: Passing, by: Viewer, at: dt.datetime) -> None:
    """Undo a mistake: what rested goes on where nobody has changed it since, and what waited for an answer waits."""
    if not by.is_system:
        raise NotYours
    everyone, back = everyone_of(passing.person_id), set()
    with transaction.atomic():
        for row in stilled_by(passing.id, "initiative"):
            found = Initiative.objects.select_for_update(of=("self",)).get(id=row.ref_id)
            if found.state == LifeState.PAUSED:
                change(found, state=LifeState(row.before["state"]))
                back.add(row.ref_id)
        for row in stilled_by(passing.id, "idea_helper"):
            helper = (
                Helper.objects.select_for_update(of=("self",)).select_related("initiative__idea").get(id=row.ref_id)
            )
            if helper.state == HelperState.LEFT:
                helper.state, helper.settled_at = HelperState(row.before["state"]), None
                helper.save(update_fields=["state", "settled_at"])
                back.add(row.ref_id)
                if helper.state == HelperState.UNPROVEN:
                    due_now(helper.initiative.idea, "waits_for_proof", at=at, ref=Ref("idea_helper", helper.id))
        for idea in Idea.objects.filter(lead__in=everyone).select_related(*RELATED).order_by("id"):
            off_the_desk(idea.id, "lead_died", by=by, at=at)
            if idea.state in {IdeaState.UNPROVEN, IdeaState.RECEIVED}:
                due_now(idea, "waits_for_proof" if idea.state == IdeaState.UNPROVEN else "idea_waits", at=at)
        bring_back(passing.id, kinds=OURS, back=back)


def owner_left(*, owner: Owner, by: Viewer, at: dt.datetime) -> int:
    """Let another answer what an organisation that has left was to answer; end what came from it; return how many."""
    if not by.is_system:
        raise NotYours
    there, moved = receiving_owner(), 0
    with transaction.atomic():
        for idea in Idea.objects.filter(from_owner=owner).exclude(state=IdeaState.CLOSED).order_by("id"):
            _ends(locked(idea), by=by, at=at)
            moved += 1
        for idea in Idea.objects.filter(owner=owner).order_by("id"):
            if there is not None and there.id != owner.id:
                _moves(locked(idea), there, by=by, at=at)
                moved += 1
        lost = Initiative.objects.filter(
            Q(contact__organisation__owner=owner) | Q(deputy__organisation__owner=owner)
        ).exclude(state=LifeState.ENDED)
        for key in lost.order_by("id").values_list("idea", flat=True):
            _loses_contact(locked(Idea(id=key)), owner, by=by, at=at)
    return moved


def _ends(idea: Idea, *, by: Viewer, at: dt.datetime) -> None:
    initiative = Initiative.objects.filter(idea=idea).exclude(state=LifeState.ENDED).first()
    if initiative:
        change(initiative, state=LifeState.ENDED, ended_at=at, offered_to=None)
        drop_all(idea, initiative, by=by, at=at)
    change(idea, state=IdeaState.CLOSED, closed_at=at, due=None)
    off_the_desk(idea.id, by=by, at=at)
    note(idea, StepKind.ENDED, by=by, at=at)
    record("ideas.end", Ref("idea", idea.id), by=by, at=at)


def _moves(idea: Idea, there: Owner, *, by: Viewer, at: dt.datetime) -> None:
    change(idea, owner=there, named=who_answers(there.id, on=wall(at).date()))
    off_the_desk(idea.id, by=by, at=at)
    record("ideas.move", Ref("idea", idea.id), by=by, at=at)
    if idea.state == IdeaState.CLOSED:
        return
    note(idea, StepKind.MOVED, by=by, at=at, words=there.name)
    if idea.state in {IdeaState.UNPROVEN, IdeaState.RECEIVED}:
        due_now(idea, "waits_for_proof" if idea.state == IdeaState.UNPROVEN else "idea_waits", at=at)


def _loses_contact(idea: Idea, owner: Owner, *, by: Viewer, at: dt.datetime) -> None:
    """Put on the desk that an initiative needs a new contact. What was promised stands, on the desk of who answers."""
    row = life_of(idea)
    if row.contact and row.contact.organisation.owner_id == owner.id:
        change(row, contact=None, deputy=None)
        due_now(idea, "contact_gone", at=at)
        for one in Promise.objects.filter(initiative=row, state="promised").order_by("id"):
            close_todos(ref=Ref("promise", one.id), by=by, at=at)
            due_now(idea, "promise_due", at=at, ref=Ref("promise", one.id))
    else:
        change(row, deputy=None)


def no_contact(*, idea: Idea, by: Viewer, at: dt.datetime) -> bool:
    """Let whoever leads see that an initiative has no contact in time; return whether it is so."""
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(idea)
        row = Initiative.objects.filter(idea=found, contact=None).exclude(state=LifeState.ENDED).first()
        if row is None:
            return False
        due_now(found, "contact_late", at=at, audience=Permission.MANAGE_ORGANISATION)
        record("ideas.no_contact", Ref("idea", found.id), by=by, at=at)
    return True


def erase(*, idea: Idea, by: Viewer, at: dt.datetime) -> bool:
    """Erase who it was and what they wrote when its time is out; an open page keeps its words, and no name.

    Return whether it was time.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        found = locked(idea)
        if found.closed_at is None or found.erased_at or at < found.closed_at + KEPT:
            return False
        gone, open_page = hash_of(found.id.hex), found.is_public
        change(
            found, initiator=None, lead=None, named=None, shown_as="", sent_hash=gone, own_hash=gone, erased_at=at,
            **({} if open_page else {"words": "", "near_words": ""}),
        )  # fmt: skip
        IdeaStep.objects.filter(idea=found).update(words="", by_words="", ref_id=None)
        for row in Initiative.objects.filter(idea=found):
            change(row, contact=None, deputy=None, offered_to=None, **({} if open_page else {"words": "", "wants": ""}))
            Helper.objects.filter(initiative=row).delete()
            NewDay.objects.filter(promise__initiative=row).exclude(why="").update(why="–")
            Promise.objects.filter(initiative=row).update(made_by="", settled_words="")
        rows = Addition.objects.filter(idea=found)
        rows.update(person=None, shown_as="", answered_by="", answer="")
        rows.exclude(kind="and", state=AdditionState.STANDS, idea__is_public=True).update(words="")
        record("ideas.erase", Ref("idea", found.id), by=by, at=at)
    return True
