"""A design is begun, parties are asked and answer, each writes its own gain, and a party leaves."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.forums.rules import acts_for
from samtun.codesign.designs.actions import approving
from samtun.codesign.designs.actions.asking import add_party
from samtun.codesign.designs.actions.holding import (
    NeedsWords,
    acting,
    go_to,
    lock,
    said_by,
    written,
)
from samtun.codesign.designs.enums import BEFORE, STARTED, DesignState
from samtun.codesign.designs.models import Design, Party
from samtun.codesign.designs.queries import joined, lacks_writing
from samtun.codesign.designs.rules import RESTS_ON
from samtun.foundation import refs, sight
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.work.todos.actions import close_todos


class AllMustSayYes(Refused):
    """It has begun, so a new party is a larger change. Propose it: each party says yes or no."""


class AnsweredAlready(Refused):
    """That has been answered already."""


class LastParty(Refused):
    """You are the only party left. End it instead, with the reason."""


def begin(
    *, owner: Owner, title: str, purpose: str, by: Viewer, at: dt.datetime, whose_need: str = "",
    rests_on: Ref | None = None,
) -> Design:  # fmt: skip
    """Begin a design on an owner's behalf, perhaps from a need or an idea that the viewer may see (R18)."""
    if not acts_for(by, owner.id):
        raise NotYours
    if not title.strip() or not purpose.strip():
        raise NeedsWords
    with transaction.atomic():
        made = Design.objects.create(
            owner=owner, begun_by=by.called, title=title.strip()[:120], purpose=purpose.strip()[:1000],
            whose_need=whose_need.strip()[:1000], made_at=at,
        )  # fmt: skip
        Party.objects.create(design=made, owner=owner, asked_at=at, joined_at=at)
        if rests_on is not None and rests_on.kind in RESTS_ON and refs.describe(by, rests_on):
            sight.tie(lower=Ref("design", made.id), upper=rests_on, at=at)
        record("designs.begin", Ref("design", made.id), by=by, at=at)
    return made


def draw(*, design: Design, by: Viewer, at: dt.datetime) -> Design:
    """Say that it is no longer only an idea: it is being drawn."""
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        go_to(found, DesignState.DRAWING)
        found.save(update_fields=["state"])
        written(found, "state", why="", by=by, at=at)
        record("designs.draw", Ref("design", found.id), by=by, at=at)
    return found


def ask_party(*, design: Design, owner: Owner, by: Viewer, at: dt.datetime) -> Party:
    """Ask somebody to make it together, before it has begun. They say yes or no, and no needs no reason."""
    with transaction.atomic():
        found = lock(design.id)
        acting(found, by)
        if found.state not in BEFORE:
            raise AllMustSayYes
        return add_party(found, owner, by=by, at=at)


def join(*, party: Party, by: Viewer, at: dt.datetime, noted: str = "") -> Party:
    """Say yes to take part; or another party writes down who said so."""
    with transaction.atomic():
        design = lock(party.design_id)
        current = _asked(party)
        current.noted = said_by(current, design, by, noted=noted, at=at)
        if design.state in STARTED and lacks_writing(design, current.owner):
            raise approving.NotInWriting
        current.joined_at = at
        current.save(update_fields=["joined_at", "noted"])
        close_todos(ref=Ref("design_party", current.id), by=by, at=at, reasons=("asked",))
        record("designs.join", Ref("design", design.id), by=by, at=at, party=current.owner.name)
        if design.started_at is not None:
            written(design, "parties", why=current.owner.name, by=by, at=at)
        approving.ask_also(design, current, by=by, at=at)
    return current


def decline(*, party: Party, by: Viewer, at: dt.datetime, noted: str = "") -> Party:
    """Say no thank you. No reason is asked for."""
    with transaction.atomic():
        design = lock(party.design_id)
        current = _asked(party)
        current.noted = said_by(current, design, by, noted=noted, at=at)
        current.left_at = at
        current.save(update_fields=["left_at", "noted"])
        close_todos(ref=Ref("design_party", current.id), by=by, at=at)
        record("designs.decline", Ref("design", design.id), by=by, at=at, party=current.owner.name)
    return current


def _asked(party: Party) -> Party:
    found = Party.objects.select_for_update(of=("self",)).select_related("owner").get(id=party.id)
    if found.joined_at is not None or found.left_at is not None:
        raise AnsweredAlready
    return found


def write_gain(*, party: Party, gain: str, by: Viewer, at: dt.datetime, noted: str = "", why: str = "") -> Party:
    """Write what a party gains by it, in a line: the party itself, or another for one without a login."""
    with transaction.atomic():
        design = lock(party.design_id)
        current = Party.objects.select_related("owner").get(id=party.id, left_at=None)
        if current.joined_at is None:
            raise NotYours
        current.noted = said_by(current, design, by, noted=noted, at=at)
        current.gain = gain.strip()[:300]
        current.save(update_fields=["gain", "noted"])
        record("designs.write_gain", Ref("design", design.id), by=by, at=at, party=current.owner.name)
        written(design, "gains", why=why or current.gain or "–", by=by, at=at)
    return current


def leave(*, design: Design, words: str, by: Viewer, at: dt.datetime) -> Party:
    """Leave a design: nobody is held. What waits for a yes is looked at anew without the one who left."""
    with transaction.atomic():
        found = lock(design.id)
        current = acting(found, by)
        if len(joined(found.id)) == 1:
            raise LastParty
        take_out(found, current, words=words, by=by, at=at)
    return current


def take_out(design: Design, party: Party, *, words: str, by: Viewer, at: dt.datetime) -> None:
    """Write down that a party has left, and what follows."""
    party.left_at, party.left_words = at, words.strip()[:600]
    party.save(update_fields=["left_at", "left_words"])
    close_todos(ref=Ref("design_party", party.id), by=by, at=at)
    record("designs.leave", Ref("design", design.id), by=by, at=at, party=party.owner.name)
    written(design, "parties", why=party.left_words or party.owner.name, by=by, at=at)
    approving.look_again(design, by=by, at=at)
