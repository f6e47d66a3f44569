"""Proposing something that all parties must approve: a joint text, a rhythm, an end, or that one takes over."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from samtun.anchoring.agreements.actions.settling import settle
from samtun.anchoring.agreements.actions.stepping import (
    NeedsWords,
    lock_live,
    need,
    own,
    sync_answers,
    tell,
)
from samtun.anchoring.agreements.enums import OPEN, How, Meets, Often, Says, Sort, State, VersionState
from samtun.anchoring.agreements.models import Agreement, Answer, Duty, Evaluation, Party, Version
from samtun.anchoring.agreements.notices import Proposed
from samtun.anchoring.agreements.queries import last_number
from samtun.anchoring.agreements.rules import answers_for, is_overdue, lacks_writing, prolongs, with_business
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref


class AnotherMeanwhile(Refused):
    """Somebody has proposed another text meanwhile. Read it first. What you have written stands here."""


class InWriting(Refused):
    """A business is a party: write when it happens, what is made ready, and the money, before it can start."""


class WhoDoesWhat(Refused):
    """Write what each party does."""


class EvaluateFirst(Refused):
    """Evaluate it first. It cannot be made to last longer before that is done."""


class DayGone(Refused):
    """That day has been. Choose today or a later day."""


class NotStanding(Refused):
    """The agreement does not stand yet. A party that will not be in it can say that it stops."""


class NotAParty(Refused):
    """Only one of the parties can take it over. Choose one of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """A joint text: what, what each party does (by the party's key), and the rest, which may be empty."""

    what: str
    does: Mapping[uuid.UUID, str]
    when: str = ""
    arranged: str = ""
    money: str = ""
    follow_up: str = ""
    warning: str = ""
    evaluation: str = ""
    until: dt.date | None = None


def propose_text(
    *, agreement: Agreement, party: Party, text: Text, seen: int, by: Viewer, at: dt.datetime, why: str = ""
) -> Version:
    """Propose a joint text, on top of the newest that was read (`seen`, its number; 0 for none)."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id, on_page=True)
        if last_number(found) != seen:
            raise AnotherMeanwhile
        if not text.what.strip():
            raise NeedsWords
        if any(not text.does.get(one.id, "").strip() for one in parties):
            raise WhoDoesWhat
        if text.until is not None and text.until < wall(at).date():
            raise DayGone
        if prolongs(found, text.until):
            _evaluated(found, on=wall(at).date())
        fields = {
            "what": text.what.strip(), "when": text.when.strip(), "arranged": text.arranged.strip(),
            "money": text.money.strip(), "follow_up": text.follow_up.strip(), "warning": text.warning.strip(),
            "evaluation": text.evaluation.strip(), "until": text.until, "why": why.strip(),
        }  # fmt: skip
        if with_business(parties) and lacks_writing(Version(**fields)):
            raise InWriting
        made = _propose(found, parties, party, Sort.TEXT, fields, by=by, at=at)
        for one in parties:
            Duty.objects.create(version=made, party=one, words=text.does[one.id].strip())
        _asked(found, parties, made, by=by, at=at)
    return made


def _evaluated(agreement: Agreement, *, on: dt.date) -> None:
    """Refuse unless an evaluation has been done since the last day was agreed on, and none is late (R05)."""
    done = Evaluation.objects.filter(agreement=agreement, done_at__gte=agreement.until_agreed_at or agreement.made_at)
    if is_overdue(agreement, on=on) or not done.exists():
        raise EvaluateFirst


def propose_rhythm(
    *, agreement: Agreement, party: Party, meets: Meets, often: Often, by: Viewer, at: dt.datetime, why: str = ""
) -> Version:
    """Propose how and how often the parties keep in touch; seldom is as good as often, when all choose it (R109)."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id)
        fields = {"meets": meets, "often": often, "why": why.strip()}
        made = _propose(found, parties, party, Sort.RHYTHM, fields, by=by, at=at)
        _asked(found, parties, made, by=by, at=at)
    return made


def propose_ending(
    *, agreement: Agreement, party: Party, why: str, last_day: dt.date, by: Viewer, at: dt.datetime
) -> Version:
    """Propose to end the agreement after a last day, with the reason (R19)."""
    return _propose_end(agreement, party, Sort.ENDING, why=why, last_day=last_day, taker=None, by=by, at=at)


def propose_take_over(
    *, agreement: Agreement, party: Party, taker: Owner, why: str, last_day: dt.date, by: Viewer, at: dt.datetime
) -> Version:
    """Propose that one of the parties goes on with it alone after a last day, with the reason (R19)."""
    return _propose_end(agreement, party, Sort.TAKE_OVER, why=why, last_day=last_day, taker=taker, by=by, at=at)


def _propose_end(
    agreement: Agreement, party: Party, sort: Sort, *, why: str, last_day: dt.date, taker: Owner | None, by: Viewer,
    at: dt.datetime,
) -> Version:  # fmt: skip
    if not why.strip():
        raise NeedsWords
    if last_day < wall(at).date():
        raise DayGone
    with transaction.atomic():
        found, parties = lock_live(agreement.id)
        if found.state != State.STANDS:
            raise NotStanding
        if taker is not None and all(one.owner_id != taker.id for one in parties):
            raise NotAParty
        fields = {"why": why.strip()[:600], "ends_on": last_day, "taken_by": taker}
        made = _propose(found, parties, party, sort, fields, by=by, at=at)
        _asked(found, parties, made, by=by, at=at)
    return made


def _propose(
    agreement: Agreement, parties: list[Party], party: Party, sort: Sort, fields: dict[str, Any], *, by: Viewer,
    at: dt.datetime,
) -> Version:  # fmt: skip
    """Let what waits of the same sort give way; approvals begin anew with this one."""
    mine = own(party, parties)
    need(acts_for(by, mine.owner_id))
    waiting = Version.objects.filter(agreement=agreement, sort=sort, state__in=OPEN)
    waiting.update(state=VersionState.SUPERSEDED, settled_at=at)
    made = Version.objects.create(
        agreement=agreement, sort=sort, number=last_number(agreement, sort) + 1, proposed_by=mine,
        proposed_by_name=by.called, proposed_at=at, **fields,
    )  # fmt: skip
    record("agreements.propose", Ref("agreement", agreement.id), by=by, at=at, sort=sort)
    return made


def _asked(agreement: Agreement, parties: list[Party], version: Version, *, by: Viewer, at: dt.datetime) -> None:
    """Count the proposer's own yes, when they answer for their party and have its words; ask the others."""
    mine = own(version.proposed_by, parties)
    if answers_for(by, mine.owner_id) and (version.sort != Sort.TEXT or (mine.goal and mine.gain)):
        Answer.objects.create(
            version=version, party=mine, says=Says.YES, said_by=by.called, said_on=wall(at).date(), how=How.HERE,
            at=at,
        )  # fmt: skip
    tell(agreement, Proposed, to=parties, but=mine, by=by, at=at)
    settle(version, agreement, parties, by=by, at=at)
    sync_answers(agreement, parties, by=by, at=at)


def withdraw(*, version: Version, by: Viewer, at: dt.datetime) -> Version:
    """Take a proposal back: whoever acts for the party that made it. A state, never a deletion."""
    with transaction.atomic():
        found, parties = lock_live(version.agreement_id)
        current = Version.objects.select_related("proposed_by").get(id=version.id)
        need(acts_for(by, current.proposed_by.owner_id))
        if current.state in OPEN:
            current.state, current.settled_at = VersionState.WITHDRAWN, at
            current.save(update_fields=["state", "settled_at"])
            record("agreements.withdraw", Ref("agreement", found.id), by=by, at=at)
            sync_answers(found, parties, by=by, at=at)
    return current


def drop_waiting(agreement: Agreement, *, at: dt.datetime) -> None:
    """Let all that waits give way."""
    waiting = Version.objects.filter(agreement=agreement, state__in=OPEN)
    waiting.update(state=VersionState.SUPERSEDED, settled_at=at)
