"""Each party's answer to what is proposed: yes, or another view, in words."""

import datetime as dt

from django.db import transaction

from samtun.anchoring.agreements.actions.proposing import InWriting
from samtun.anchoring.agreements.actions.settling import settle
from samtun.anchoring.agreements.actions.stepping import (
    NeedsWords,
    Said,
    Spoken,
    lock_live,
    own,
    said,
    sync_answers,
    tell,
)
from samtun.anchoring.agreements.enums import LIVE, OPEN, Says, Sort
from samtun.anchoring.agreements.models import Agreement, Answer, Party, Version
from samtun.anchoring.agreements.notices import Objected, WrittenDown
from samtun.anchoring.agreements.rules import lacks_writing, with_business
from samtun.foundation.audit import record
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import Refused
from samtun.kernel.refs import Ref


class NotOpen(Refused):
    """This does not wait for answers any more. Look at the newest proposal."""


class OwnWordsFirst(Refused):
    """Write what this party wants and what it gains first, in a line each."""


def approve(*, version: Version, party: Party, by: Viewer, at: dt.datetime, spoken: Spoken | None = None) -> Version:
    """Say yes for a party. When all have, it takes effect."""
    with transaction.atomic():
        agreement, parties, current, mine, word = _ready(version, party, spoken, by=by, at=at)
        if current.sort == Sort.TEXT:
            if not (mine.goal and mine.gain):
                raise OwnWordsFirst
            if with_business(parties) and lacks_writing(current):
                raise InWriting
        _keep(current, mine, Says.YES, "", word, at=at)
        record("agreements.approve", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
        _tell_own(agreement, mine, word, by=by, at=at)
        settle(current, agreement, parties, by=by, at=at)
        if agreement.state in LIVE:
            sync_answers(agreement, parties, by=by, at=at)
    return current


def object_to(
    *, version: Version, party: Party, words: str, by: Viewer, at: dt.datetime, spoken: Spoken | None = None
) -> Version:
    """Say that a party has another view, in words that all read. It may still say yes, or another proposes anew."""
    if not words.strip():
        raise NeedsWords
    with transaction.atomic():
        agreement, parties, current, mine, word = _ready(version, party, spoken, by=by, at=at)
        _keep(current, mine, Says.NO, words.strip()[:600], word, at=at)
        record("agreements.object", Ref("agreement", agreement.id), by=by, at=at, party=mine.owner.name)
        _tell_own(agreement, mine, word, by=by, at=at)
        settle(current, agreement, parties, by=by, at=at)
        tell(agreement, Objected, to=parties, but=mine, by=by, at=at)
        sync_answers(agreement, parties, by=by, at=at)
    return current


def _ready(
    version: Version, party: Party, spoken: Spoken | None, *, by: Viewer, at: dt.datetime
) -> tuple[Agreement, list[Party], Version, Party, Said]:
    agreement, parties = lock_live(version.agreement_id)
    mine = own(party, parties)
    word = said(mine, parties, spoken, by=by, at=at)
    current = Version.objects.select_related("agreement", "taken_by").get(id=version.id)
    if current.state not in OPEN:
        raise NotOpen
    return agreement, parties, current, mine, word


def _keep(version: Version, party: Party, says: Says, words: str, word: Said, *, at: dt.datetime) -> None:
    Answer.objects.update_or_create(
        version=version, party=party,
        defaults={
            "says": says, "words": words, "said_by": word.by, "said_on": word.on, "how": word.how,
            "noted_by": word.noted_by, "at": at,
        },
    )  # fmt: skip


def _tell_own(agreement: Agreement, party: Party, word: Said, *, by: Viewer, at: dt.datetime) -> None:
    """Let a party know what has been written down in its name."""
    if word.noted_by:
        tell(agreement, WrittenDown, to=[party], but=None, by=by, at=at)
