"""What only the lead does: let it rest and go on, end it, take it up again, leave the idea, hand the lead on."""

import datetime as dt

from django.db import transaction

from samtun.codesign.ideas.actions.promising import drop_all
from samtun.codesign.ideas.actions.telling import (
    NotThatStepNow,
    Word,
    change,
    go_to,
    lead_only,
    life_of,
    live,
    locked,
    note,
    off_the_desk,
    said,
)
from samtun.codesign.ideas.enums import HelperState, IdeaState, LifeState, StepKind, Via
from samtun.codesign.ideas.models import Helper, Idea, Initiative
from samtun.codesign.ideas.notices import LeadOffered, LeadPassedOn
from samtun.codesign.ideas.rules import WRITTEN_DOWN, answers, hash_of, lead_token
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.people.persons.queries import everyone_of

KEPT = dt.timedelta(days=365)


class AskOneWhoIsWith(Refused):
    """Ask somebody who is with you already: first they join in, then they can take the lead."""


def pause(*, initiative: Initiative, words: str, by: Viewer, at: dt.datetime, word: Word) -> Initiative:
    """Let it rest for a while; what is promised stands."""
    text = said(words, 400, may_be_empty=True)
    with transaction.atomic():
        found, row = _led(initiative, by, word)
        live(row, LifeState.PAUSED)
        note(found, StepKind.PAUSED, by=by, at=at, word=word, words=text)
        record("ideas.pause", Ref("idea", found.id), by=by, at=at)
    return row


def go_on(*, initiative: Initiative, by: Viewer, at: dt.datetime, word: Word) -> Initiative:
    """Go on after a rest, or take up again what was ended. What was promised before it ended is not promised now."""
    with transaction.atomic():
        found, row = _led(initiative, by, word)
        if found.erased_at:
            raise NotThatStepNow
        if row.state == LifeState.ENDED:
            go_to(found, IdeaState.INITIATIVE, closed_at=None)
        live(row, LifeState.LIVING, ended_at=None, ended_words="")
        note(found, StepKind.GOES_ON, by=by, at=at, word=word)
        record("ideas.go_on", Ref("idea", found.id), by=by, at=at)
    return row


def end(*, initiative: Initiative, words: str, by: Viewer, at: dt.datetime, word: Word) -> Initiative:
    """End it, with what became of it. What is still promised is no longer needed."""
    text = said(words, 800)
    with transaction.atomic():
        found, row = _led(initiative, by, word)
        live(row, LifeState.ENDED, ended_at=at, ended_words=text, offered_to=None)
        go_to(found, IdeaState.CLOSED, closed_at=at, due=None)
        drop_all(found, row, by=by, at=at)
        off_the_desk(found.id, by=by, at=at)
        note(found, StepKind.ENDED, by=by, at=at, word=word, words=text)
        record("ideas.end", Ref("idea", found.id), by=by, at=at)
        defer("ideas.erase", idea_id=found.id, schedule_in=int(KEPT.total_seconds()) + 1)
    return row


def leave(*, idea: Idea, by: Viewer, at: dt.datetime, word: Word) -> Idea:
    """Leave an idea that has not become an initiative: nobody owes it anything more."""
    with transaction.atomic():
        found = locked(idea)
        lead_only(by, found, word)
        if found.state == IdeaState.INITIATIVE:
            raise NotThatStepNow
        go_to(found, IdeaState.CLOSED, closed_at=at, due=None)
        off_the_desk(found.id, by=by, at=at)
        for step in found.steps.all():
            cancel_for(ref_kind="idea_step", ref_id=step.id, by=by, at=at)
        note(found, StepKind.LEFT, by=by, at=at, word=word)
        record("ideas.leave", Ref("idea", found.id), by=by, at=at)
        defer("ideas.erase", idea_id=found.id, schedule_in=int(KEPT.total_seconds()) + 1)
    return found


def offer_lead(*, initiative: Initiative, helper: Helper, by: Viewer, at: dt.datetime, word: Word) -> Initiative:
    """Ask one who is with it to take the lead. It passes on first when they say yes; no needs no reason (R02)."""
    with transaction.atomic():
        found, row = _led(initiative, by, word)
        if row.state == LifeState.ENDED:
            raise NotThatStepNow
        one = Helper.objects.filter(id=helper.id, initiative=row, state=HelperState.WITH).first()
        if one is None or one.person_id == found.lead_id:
            raise AskOneWhoIsWith
        change(row, offered_to=one)
        note(found, StepKind.OFFERED, by=by, at=at, word=word)
        record("ideas.offer_lead", Ref("idea", found.id), by=by, at=at)
        queue(
            notice=LeadOffered, ref_kind="idea_helper", ref_id=one.id, to=one.person_id, owner=found.owner_id, by=by,
            at=at,
        )  # fmt: skip
    return row


def keep_lead(*, initiative: Initiative, by: Viewer, at: dt.datetime, word: Word) -> Initiative:
    """Take back what was offered: the lead stays where it is."""
    with transaction.atomic():
        found, row = _led(initiative, by, word)
        if row.offered_to_id:
            cancel_for(ref_kind="idea_helper", ref_id=row.offered_to_id, by=by, at=at)
            change(row, offered_to=None)
            record("ideas.keep_lead", Ref("idea", found.id), by=by, at=at)
    return row


def answer_offer(
    *, helper: Helper, yes: bool, by: Viewer, at: dt.datetime, token: str = "", via: Via | None = None
) -> Initiative:
    """Say yes or no to taking the lead, as the one who was asked, or as their word is written down.

    With a yes the lead's own address is the new lead's alone: the old one opens nothing any more.
    """
    with transaction.atomic():
        found = locked(helper.initiative.idea)
        row = life_of(found)
        one = Helper.objects.select_for_update(of=("self",)).select_related("person").get(id=helper.id)
        mine = (by.person is not None and one.person_id in everyone_of(by.person)) or (
            bool(token) and one.own_hash == hash_of(token)
        )
        if not mine and not (via in WRITTEN_DOWN and answers(by, found)):
            raise NotYours
        if row.offered_to_id != one.id or one.state != HelperState.WITH:
            raise NotThatStepNow
        change(row, offered_to=None)
        if not yes:
            record("ideas.decline_lead", Ref("idea", found.id), by=by, at=at)
            return row
        _pass_on(found, row, one, by=by, at=at)
    return row


def _pass_on(found: Idea, row: Initiative, one: Helper, *, by: Viewer, at: dt.datetime) -> None:
    """Let another lead: the old lead stays on as one who is with it, and hears that it is passed on."""
    old, turn = found.lead_id, found.turn + 1
    change(found, lead=one.person, turn=turn, own_hash=hash_of(lead_token(found.id, turn)))
    step = note(found, StepKind.HANDED_ON, by=Viewer.system(by.tenant), at=at)
    record("ideas.hand_on", Ref("idea", found.id), by=by, at=at)
    if old is None:
        return
    queue(
        notice=LeadPassedOn, ref_kind="idea_step", ref_id=step.id, to=old, owner=found.owner_id, by=by, at=at
    )  # fmt: skip


def _led(initiative: Initiative, by: Viewer, word: Word) -> tuple[Idea, Initiative]:
    found = locked(initiative.idea)
    lead_only(by, found, word)
    return found, life_of(found)
