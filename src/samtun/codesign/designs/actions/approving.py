"""Larger changes: proposed by one party, made when every party has said yes, not made when one says no (R01).

Purpose, parties, trials, operation, being taken over, the end, and opening it to everyone.
"""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from samtun.anchoring.forums.rules import days_before
from samtun.codesign.designs.actions.asking import AskedAlready, add_party
from samtun.codesign.designs.actions.holding import (
    NeedsWords,
    NotThatWay,
    acting,
    due_for_party,
    go_to,
    lock,
    not_due,
    said_by,
    tell,
    tell_others,
    written,
)
from samtun.codesign.designs.actions.settling import settle, settle_all
from samtun.codesign.designs.enums import STARTED, ChangeKind, ChangeState, DesignState
from samtun.codesign.designs.models import Approval, Change, Design, Party, TablePlace
from samtun.codesign.designs.notices import YesWaitedFor
from samtun.codesign.designs.queries import joined, lacks_writing, missing_yes
from samtun.codesign.designs.rules import GOES_TO, TRIAL_NOTICE, as_words, heard
from samtun.foundation.audit import record
from samtun.foundation.jobs import defer
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import at_wall, wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.partners.organisations.queries import opening_hours_of
from samtun.work.todos.actions import close_todos

MORNING = dt.time(8)
STATES = {
    ChangeKind.TRIAL: DesignState.TRIAL, ChangeKind.OPERATION: DesignState.OPERATION,
    ChangeKind.OVER: DesignState.TAKEN_OVER, ChangeKind.END: DesignState.ENDED,
}  # fmt: skip
PARTS = {ChangeKind.PURPOSE: "purpose", ChangeKind.PARTY: "parties", ChangeKind.PUBLIC: "public"}


class OneWaitsAlready(Refused):
    """A larger change waits for an answer already. Settle that one first."""


class SettledAlready(Refused):
    """That is settled already."""


class NotHeardYet(Refused):
    """Those it is for were not at the table, and it is not written how they are to be heard. Do one of them first."""


class ChooseLater(Refused):
    """Choose a later day for the end of the trial."""


class TrialDayGone(Refused):
    """The last day of the trial has been meanwhile. Say no, and propose a trial with a later day."""


class NotInWriting(Refused):
    """A business takes part: first there must be an agreement with it, on one page, that it rests on."""


class NotBegun(Refused):
    """It has not begun, so you can change it freely: write it straight in."""


class SaidAlready(Refused):
    """You have answered this already."""


def propose_larger(
    *, design: Design, kind: ChangeKind, words: str, by: Viewer, at: dt.datetime, to: dict[str, Any] | None = None
) -> Change:  # fmt: skip
    """Propose a larger change; whoever proposes says yes by it. Made at once when there is no other party."""
    if not words.strip():
        raise NeedsWords
    what = dict(to or {})
    with transaction.atomic():
        found = lock(design.id)
        party = acting(found, by)
        _may_be(found, kind, what, at=at)
        try:
            with transaction.atomic():
                made = Change.objects.create(
                    design=found, kind=kind, words=words.strip()[:1000], to=what, from_owner=party.owner,
                    by_words=by.called, made_at=at,
                )  # fmt: skip
        except IntegrityError as fault:
            raise OneWaitsAlready from fault
        Approval.objects.create(change=made, owner=party.owner, yes=True, by_words=by.called, at=at)
        record("designs.propose_larger", Ref("design", found.id), by=by, at=at, kind=kind)
        record("designs.propose_change", Ref("design_change", made.id), by=by, at=at)
        if not missing_yes(made):
            _make(found, made, by=by, at=at)
        else:
            for other in missing_yes(made):
                due_for_party(other, found, "approve", at=at)
            tell_others(found, YesWaitedFor, Ref("design_change", made.id), by=by, at=at)
    return made


def _may_be(design: Design, kind: ChangeKind, to: dict[str, Any], *, at: dt.datetime) -> None:
    """Refuse what cannot be proposed from where the design is."""
    state = STATES.get(kind)
    if state is not None and state not in GOES_TO[DesignState(design.state)]:
        raise NotThatWay
    if state in STARTED and lacks_writing(design):
        raise NotInWriting
    if kind in {ChangeKind.PURPOSE, ChangeKind.PARTY} and design.started_at is None:
        raise NotBegun
    if kind == ChangeKind.PURPOSE and not as_words(to, "purpose").strip():
        raise NeedsWords
    if kind in {ChangeKind.PARTY, ChangeKind.OVER}:
        _has_owner(design, kind, to)
    if kind == ChangeKind.TRIAL:
        _may_be_tried(design, to, at=at)


def _has_owner(design: Design, kind: ChangeKind, to: dict[str, Any]) -> None:
    owner = Owner.objects.filter(id=uuid.UUID(as_words(to, "owner")), left_on=None).first()
    if owner is None:
        raise NotYours
    if kind == ChangeKind.PARTY and Party.objects.filter(design=design, owner=owner, left_at=None).exists():
        raise AskedAlready


def _may_be_tried(design: Design, to: dict[str, Any], *, at: dt.datetime) -> None:
    """Refuse a trial without goal and end, or before those it is for are heard (R57)."""
    if not as_words(to, "goal").strip():
        raise NeedsWords
    if dt.date.fromisoformat(as_words(to, "ends")) <= wall(at).date():
        raise ChooseLater
    places = TablePlace.objects.filter(design=design).values_list("behalf", "way")
    if not heard(list(places), design.hearing_plan):
        raise NotHeardYet


def answer_change(
    *, change: Change, party: Party, yes: bool, by: Viewer, at: dt.datetime, words: str = "", noted: str = ""
) -> Change:  # fmt: skip
    """Say yes or no to a larger change for a party, or write down who said it. A no says why: the others read it."""
    if not yes and not words.strip():
        raise NeedsWords
    with transaction.atomic():
        design = lock(change.design_id)
        current = Change.objects.select_for_update(of=("self",)).select_related("from_owner").get(id=change.id)
        if current.kind == ChangeKind.WORDS or current.state != ChangeState.PROPOSED:
            raise SettledAlready
        mine = next((row for row in joined(design.id) if row.id == party.id), None)
        if mine is None:
            raise NotYours
        who = said_by(mine, design, by, noted=noted, at=at)
        if Approval.objects.filter(change=current, owner=mine.owner).exists():
            raise SaidAlready
        Approval.objects.create(
            change=current, owner=mine.owner, yes=yes, words=words.strip()[:600], by_words=by.called, noted=who, at=at
        )
        about = Ref("design_change", current.id)
        if yes:
            record("designs.say_yes", about, by=by, at=at, party=mine.owner.name)
        else:
            record("designs.say_no", about, by=by, at=at, party=mine.owner.name)
        _not_due_for(mine, by=by, at=at)
        if not yes:
            _objected(design, current, words, by=by, at=at)
        elif not missing_yes(current):
            _make(design, current, by=by, at=at)
    return current


def _not_due_for(party: Party, *, by: Viewer, at: dt.datetime) -> None:
    close_todos(ref=Ref("design_party", party.id), by=by, at=at, reasons=("approve",))


def _objected(design: Design, change: Change, words: str, *, by: Viewer, at: dt.datetime) -> None:
    """One party says no: it is not made, and who proposed it sees that on the desk."""
    settle(change, ChangeState.NOT_MADE, words=words, by=by, at=at)
    not_due(design, by=by, at=at, reasons=("approve",))
    for party in joined(design.id):
        if party.owner_id == change.from_owner_id:
            due_for_party(party, design, "objected", at=at)


def look_again(design: Design, *, by: Viewer, at: dt.datetime) -> None:
    """Make what waited only for a party that has left. What cannot be made any more is not: nobody is held by it."""
    waits = _larger(design)
    if waits is None or not joined(design.id) or missing_yes(waits):
        return
    try:
        with transaction.atomic():
            _make(design, waits, by=by, at=at)
    except Refused as fault:
        design.refresh_from_db()
        settle(waits, ChangeState.NOT_MADE, words=gettext(fault.message), by=by, at=at)


def ask_also(design: Design, party: Party, *, by: Viewer, at: dt.datetime) -> None:
    """Ask one who has just joined for a yes to what waits."""
    waits = _larger(design)
    if waits is not None:
        due_for_party(party, design, "approve", at=at)
        tell(party.owner, YesWaitedFor, Ref("design_change", waits.id), by=by, at=at)


def _larger(design: Design) -> Change | None:
    rows = Change.objects.select_for_update(of=("self",)).filter(design=design, state=ChangeState.PROPOSED)
    return rows.exclude(kind=ChangeKind.WORDS).select_related("from_owner").first()


def _make(design: Design, change: Change, *, by: Viewer, at: dt.datetime) -> None:
    """Make what every party has said yes to."""
    kind = ChangeKind(change.kind)
    if kind in STATES:
        _goes(design, STATES[kind])
    if kind == ChangeKind.TRIAL:
        _begin_trial(design, change.to, at=at)
    elif kind == ChangeKind.PURPOSE:
        design.purpose = as_words(change.to, "purpose").strip()[:1000]
    elif kind == ChangeKind.PUBLIC:
        design.public_at = at if change.to.get("open", True) else None
    elif kind == ChangeKind.OVER:
        design.taken_by = Owner.objects.get(id=uuid.UUID(as_words(change.to, "owner")))
    if kind in {ChangeKind.OVER, ChangeKind.END}:
        design.ended_at, design.ended_words = at, change.words
    design.save()
    version = written(design, PARTS.get(kind, "state"), why=change.words, by=by, at=at)
    if kind == ChangeKind.PARTY:
        owner = Owner.objects.get(id=uuid.UUID(as_words(change.to, "owner")))
        if owner.left_on is None and not Party.objects.filter(design=design, owner=owner, left_at=None).exists():
            add_party(design, owner, by=by, at=at)
    not_due(design, by=by, at=at, reasons=("approve", "trial_ends") if kind in STATES else ("approve",))
    settle(change, ChangeState.MADE, words="", by=by, at=at, version=version.number if version else None)
    record("designs.make_larger", Ref("design", design.id), by=by, at=at, kind=kind)
    if design.ended_at is not None:
        settle_all(design, words=change.words, by=by, at=at)
        not_due(design, by=by, at=at)


def _goes(design: Design, state: DesignState) -> None:
    go_to(design, state)
    if state in STARTED and lacks_writing(design):
        raise NotInWriting


def _begin_trial(design: Design, to: dict[str, Any], *, at: dt.datetime) -> None:
    ends, today = dt.date.fromisoformat(as_words(to, "ends")), wall(at).date()
    if ends <= today:
        raise TrialDayGone
    design.goal, design.trial_starts, design.trial_ends = as_words(to, "goal").strip()[:600], today, ends
    design.started_at = design.started_at or at
    when = at_wall(days_before(opening_hours_of(design.owner_id), ends, TRIAL_NOTICE), MORNING)
    defer(
        "designs.trial_ends", design_id=design.id, ends=ends.isoformat(),
        schedule_in=max(int((when - at).total_seconds()), 1),
    )  # fmt: skip
