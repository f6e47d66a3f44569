"""A change proposed in words, by a party or by one who has heard what people say: planned, made, or not, with why."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs.actions.approving import SettledAlready
from samtun.codesign.designs.actions.holding import (
    NeedsWords,
    acting,
    due_for_party,
    lock,
    not_due,
    written,
)
from samtun.codesign.designs.actions.settling import came_a_step, settle, tell_proposer
from samtun.codesign.designs.enums import WAITING, ChangeKind, ChangeState
from samtun.codesign.designs.models import Change, Design, Version
from samtun.codesign.designs.queries import content_of, joined
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref


def propose_change(
    *, design: Design, words: str, from_owner: Owner, by: Viewer, at: dt.datetime, ref: Ref | None = None
) -> Change:
    """Propose a change in words, for an owner, perhaps because of a thing: that is then told what becomes of it.

    One need not be a party to propose; the parties are, to settle it. Each sees it on the desk.
    """
    if not words.strip():
        raise NeedsWords
    if not acts_for(by, from_owner.id):
        raise NotYours
    with transaction.atomic():
        found = lock(design.id)
        made = Change.objects.create(
            design=found, kind=ChangeKind.WORDS, words=words.strip()[:1000], from_owner=from_owner,
            by_words=by.called, ref_kind=ref.kind if ref else "", ref_id=ref.id if ref else None, made_at=at,
        )  # fmt: skip
        record("designs.propose_change", Ref("design_change", made.id), by=by, at=at)
        record("designs.was_proposed", Ref("design", found.id), by=by, at=at)
        for party in joined(found.id):
            due_for_party(party, found, "change", at=at)
    return made


def plan_change(*, change: Change, words: str, by: Viewer, at: dt.datetime) -> Change:
    """Say that it will be made, and when or how: whoever proposed it hears that."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        _design, current = _waits(change, by)
        if current.state != ChangeState.PROPOSED:
            raise SettledAlready
        current.state, current.planned_at, current.planned_words = ChangeState.PLANNED, at, words.strip()[:1000]
        current.save(update_fields=["state", "planned_at", "planned_words"])
        record("designs.change_planned", Ref("design_change", current.id), by=by, at=at)
        tell_proposer(current, by=by, at=at)
        came_a_step(current, ChangeState.PLANNED, at=at)
    return current


def make_change(*, change: Change, words: str, by: Viewer, at: dt.datetime) -> Change:
    """Say that it is made, in words that go to whoever proposed it.

    It is made in the version that was written since it was proposed; when nothing was, this writes one.
    """
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        design, current = _waits(change, by)
        number, is_told = None, False
        if design.started_at is not None:
            number = _written_since(design, current)
            if number is None:
                version = written(design, "change", why=words, by=by, at=at)
                number = version.number if version else None
                is_told = current.from_owner_id in {party.owner_id for party in joined(design.id)}
        settle(current, ChangeState.MADE, words=words, by=by, at=at, version=number, is_told=is_told)
        record("designs.change_was_made", Ref("design", design.id), by=by, at=at)
        _off_the_desk(design, by=by, at=at)
    return current


def _written_since(design: Design, change: Change) -> int | None:
    """Return the last version, when it is from after the proposal, holds what stands, and is no other change's."""
    last = Version.objects.filter(design=design).order_by("-number").first()
    if last is None or last.at < change.made_at or last.content != content_of(design):
        return None
    taken = Change.objects.filter(design=design, version=last.number).exists()
    return None if taken else last.number


def not_make(*, change: Change, words: str, by: Viewer, at: dt.datetime) -> Change:
    """Say that it is not made, with why: whoever proposed it hears that."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        design, current = _waits(change, by)
        settle(current, ChangeState.NOT_MADE, words=words, by=by, at=at)
        _off_the_desk(design, by=by, at=at)
    return current


def withdraw_change(*, change: Change, by: Viewer, at: dt.datetime, words: str = "") -> Change:
    """Take back what one has proposed oneself, larger or in words."""
    with transaction.atomic():
        design = lock(change.design_id)
        current = Change.objects.select_for_update(of=("self",)).select_related("from_owner").get(id=change.id)
        if not acts_for(by, current.from_owner_id):
            raise NotYours
        if current.state not in WAITING:
            raise SettledAlready
        settle(current, ChangeState.WITHDRAWN, words=words, by=by, at=at)
        if current.kind != ChangeKind.WORDS:
            not_due(design, by=by, at=at, reasons=("approve",))
        _off_the_desk(design, by=by, at=at)
    return current


def _waits(change: Change, by: Viewer) -> tuple[Design, Change]:
    """Return the design and a change in words that waits, both locked, for a party."""
    design = lock(change.design_id)
    acting(design, by)
    current = Change.objects.select_for_update(of=("self",)).select_related("from_owner").get(id=change.id)
    if current.kind != ChangeKind.WORDS or current.state not in WAITING:
        raise SettledAlready
    return design, current


def _off_the_desk(design: Design, *, by: Viewer, at: dt.datetime) -> None:
    """Take proposed changes off the desks when none waits any more."""
    if not Change.objects.filter(design=design, kind=ChangeKind.WORDS, state__in=WAITING).exists():
        not_due(design, by=by, at=at, reasons=("change",))
