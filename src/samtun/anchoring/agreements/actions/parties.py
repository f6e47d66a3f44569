"""What is each party's own: its goal and gain, whom to talk with, its own backing, and that it stops."""

import datetime as dt
import uuid

from django.db import transaction

from samtun.anchoring.agreements.actions.proposing import DayGone
from samtun.anchoring.agreements.actions.settling import look_again, pass_if_over, settle_waiting
from samtun.anchoring.agreements.actions.stepping import (
    DayToCome,
    NeedsWords,
    Spoken,
    done,
    lock_live,
    need,
    own,
    said,
    sync_contacts,
    tell,
)
from samtun.anchoring.agreements.enums import How, State
from samtun.anchoring.agreements.models import Agreement, Party
from samtun.anchoring.agreements.notices import Stops, WrittenDown
from samtun.anchoring.agreements.queries import could_be_contact
from samtun.anchoring.agreements.rules import answers_for, notes_for
from samtun.anchoring.forums.models import Item
from samtun.anchoring.forums.queries import item_for, what_came_of
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation import sight
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref
from samtun.people.persons.models import Person


class NotThere(Refused):
    """Choose somebody who has a role in your own organisation."""


class SamePerson(Refused):
    """The deputy must be another than the contact."""


class NotDecided(Refused):
    """That item is not decided yet."""


class StopsAlready(Refused):
    """It is said already that this party stops."""


def write_own(
    *, party: Party, goal: str, gain: str, by: Viewer, at: dt.datetime, spoken: Spoken | None = None
) -> Party:
    """Write a party's own goal and gain, a line each: those who act for it; or as it was said on the telephone."""
    if not goal.strip() or not gain.strip():
        raise NeedsWords
    with transaction.atomic():
        agreement, parties = lock_live(party.agreement_id)
        mine = own(party, parties)
        if spoken is None:
            need(acts_for(by, mine.owner_id))
        else:
            need(notes_for(by, parties))
        word = said(mine, parties, spoken, by=by, at=at) if spoken else None
        mine.goal, mine.gain, mine.said_at = goal.strip()[:300], gain.strip()[:300], at
        mine.said_by = word.by if word else by.called
        mine.said_how, mine.noted_by = (word.how, word.noted_by[:160]) if word else (How.HERE, "")
        mine.save(update_fields=["goal", "gain", "said_at", "said_by", "said_how", "noted_by"])
        record("agreements.write_own", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
        if mine.noted_by:
            tell(agreement, WrittenDown, to=[mine], but=None, by=by, at=at)
    return mine


def name_contact(*, party: Party, contact: Person | None, deputy: Person | None, by: Viewer, at: dt.datetime) -> Party:
    """Name whom to talk with at one's own party, and who steps in: persons who stand there (R13)."""
    if contact is not None and deputy is not None and contact.id == deputy.id:
        raise SamePerson
    with transaction.atomic():
        agreement, parties = lock_live(party.agreement_id)
        mine = own(party, parties)
        need(acts_for(by, mine.owner_id))
        there: set[uuid.UUID] = {person.id for person in could_be_contact(by, mine, on=wall(at).date())}
        if any(one is not None and one.id not in there for one in (contact, deputy)):
            raise NotThere
        mine.contact, mine.deputy = contact, deputy
        mine.save(update_fields=["contact", "deputy"])
        record("agreements.name_contact", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
        sync_contacts(agreement, [mine], by=by, at=at)
    return mine


def note_backing(*, party: Party, words: str, on: dt.date, by: Viewer, at: dt.datetime) -> Party:
    """Note what a party's own board or council has decided about it, and when (R12)."""
    if not words.strip():
        raise NeedsWords
    if on > wall(at).date():
        raise DayToCome
    with transaction.atomic():
        agreement, parties = lock_live(party.agreement_id)
        mine = own(party, parties)
        need(acts_for(by, mine.owner_id))
        mine.backed_words, mine.backed_on = words.strip()[:300], on
        mine.save(update_fields=["backed_words", "backed_on"])
        record("agreements.note_backing", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
    return mine


def rest_on_decision(*, party: Party, item: Item, by: Viewer, at: dt.datetime) -> Party:
    """Let the agreement rest on what a forum has decided, as this party's backing (R12): tied on the line of sight."""
    with transaction.atomic():
        agreement, parties = lock_live(party.agreement_id)
        mine = own(party, parties)
        need(acts_for(by, mine.owner_id))
        found, _part = item_for(by, item.id, on=wall(at).date())
        decision = next(iter(found.decisions.all()), None)
        came = what_came_of(found.id)
        if decision is None or came is None:
            raise NotDecided
        mine.backed_words = f"{came.forum}: {came.words}"[:300]
        mine.backed_on = wall(decision.made_at).date()
        mine.save(update_fields=["backed_words", "backed_on"])
        sight.tie(lower=Ref("agreement", agreement.id), upper=Ref("forum_item", found.id), at=at)
        record("agreements.note_backing", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
    return mine


def stop(*, party: Party, last_day: dt.date, by: Viewer, at: dt.datetime, words: str = "") -> Agreement:
    """Say that a party stops after a last day. It needs nobody's leave and no reason: what is voluntary stays so.

    The others are told as a fact. While the agreement is being made it is out at once.
    """
    if last_day < wall(at).date():
        raise DayGone
    with transaction.atomic():
        agreement, parties = lock_live(party.agreement_id)
        mine = own(party, parties)
        need(answers_for(by, mine.owner_id))
        if mine.stops_on is not None:
            raise StopsAlready
        mine.stops_on, mine.stop_words = last_day, words.strip()[:600]
        mine.save(update_fields=["stops_on", "stop_words"])
        record("agreements.stop", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
        tell(agreement, Stops, to=parties, but=mine, by=by, at=at)
        if agreement.state == State.BEING_MADE:
            leave(mine, agreement, by=by, at=at)
        else:
            look_again(agreement, at=at)
    return agreement


def leave(party: Party, agreement: Agreement, *, by: Viewer, at: dt.datetime) -> None:
    """Let a party be out of it from now on; those who are left answer for what waits."""
    party.left_at = at
    party.save(update_fields=["left_at"])
    done(party, by=by, at=at)
    left = [one for one in agreement.parties.select_related("owner").order_by("id") if one.left_at is None]
    if not pass_if_over(agreement, left, by=by, at=at):
        settle_waiting(agreement, left, by=by, at=at)
