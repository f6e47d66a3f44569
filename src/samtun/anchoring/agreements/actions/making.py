"""Writing down what was said, starting an agreement on one page, and going from the one to the other."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction

from samtun.anchoring.agreements.actions.proposing import drop_waiting
from samtun.anchoring.agreements.actions.stepping import NeedsWords, lock_live, need, sync_contacts, tell
from samtun.anchoring.agreements.enums import Form, State
from samtun.anchoring.agreements.models import Agreement, Party
from samtun.anchoring.agreements.notices import Noted
from samtun.anchoring.agreements.queries import parties_of
from samtun.anchoring.agreements.rules import with_business
from samtun.anchoring.forums.rules import acts_for
from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref


class WithWhom(Refused):
    """An agreement is between two or more. Choose with whom."""


class HasLeft(Refused):
    """One of these does not take part here any more. Choose another."""


class DayAhead(Refused):
    """That day has not come yet. Write the day when it began."""


class OnPageAlready(Refused):
    """This agreement is to be on one page already."""


class TooLate(Refused):
    """The agreement stands. Another party comes in by a new agreement."""


def note_agreement(
    *, owner: Owner, others: Collection[Owner], name: str, words: str, since: dt.date, by: Viewer, at: dt.datetime
) -> Agreement:
    """Write down what has been agreed by word of mouth: it stands as it is, and nobody is reminded of anything (R11).

    With a business it does not start before it is in writing (R10): it is kept, and waits to be put on one page.
    """
    if since > wall(at).date():
        raise DayAhead
    with transaction.atomic():
        made, parties = _make(Form.NOTED, owner, others, name, by=by, at=at)
        made.words, made.since = words.strip()[:600], since
        made.state = State.BEING_MADE if with_business(parties) else State.STANDS
        made.save(update_fields=["words", "since", "state"])
        record("agreements.note", Ref("agreement", made.id), by=by, at=at)
        tell(made, Noted, to=parties, but=next(p for p in parties if p.owner_id == owner.id), by=by, at=at)
    return made


def start_agreement(
    *, owner: Owner, others: Collection[Owner], name: str, by: Viewer, at: dt.datetime, goal: str = "", gain: str = ""
) -> Agreement:
    """Start an agreement on one page, on behalf of any party (R18). Nobody is told before a text is proposed."""
    with transaction.atomic():
        made, parties = _make(Form.ONE_PAGE, owner, others, name, by=by, at=at)
        if goal.strip() or gain.strip():
            mine = next(party for party in parties if party.owner_id == owner.id)
            mine.goal, mine.gain = goal.strip()[:300], gain.strip()[:300]
            mine.said_by, mine.said_how, mine.said_at = by.called, "here", at
            mine.save(update_fields=["goal", "gain", "said_by", "said_how", "said_at"])
        record("agreements.start", Ref("agreement", made.id), by=by, at=at)
    return made


def write_on_one_page(*, agreement: Agreement, by: Viewer, at: dt.datetime) -> Agreement:
    """Put an agreement that is only noted on one page: by any party. What stands, stands until all have said yes."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id)
        need(any(acts_for(by, party.owner_id) for party in parties))
        if found.form == Form.ONE_PAGE:
            raise OnPageAlready
        found.form = Form.ONE_PAGE
        found.save(update_fields=["form"])
        record("agreements.on_one_page", Ref("agreement", found.id), by=by, at=at)
        sync_contacts(found, parties, by=by, at=at)
    return found


def add_party(*, agreement: Agreement, owner: Owner, by: Viewer, at: dt.datetime) -> Party:
    """Bring one more in while the agreement is being made; what waits must be proposed anew, since all must answer."""
    with transaction.atomic():
        found, parties = lock_live(agreement.id, on_page=True)
        need(any(acts_for(by, party.owner_id) for party in parties))
        if found.state != State.BEING_MADE:
            raise TooLate
        if owner.left_on is not None:
            raise HasLeft
        made, fresh = Party.objects.get_or_create(agreement=found, owner=owner)
        if fresh or made.left_at is not None:
            made.left_at, made.stops_on, made.stop_words = None, None, ""
            made.save(update_fields=["left_at", "stops_on", "stop_words"])
            drop_waiting(found, at=at)
            record("agreements.add_party", Ref("agreement", found.id), by=by, at=at)
    return made


def _make(
    form: Form, owner: Owner, others: Collection[Owner], name: str, *, by: Viewer, at: dt.datetime
) -> tuple[Agreement, list[Party]]:
    if not acts_for(by, owner.id):
        raise NotYours
    if not name.strip():
        raise NeedsWords
    everyone: dict[uuid.UUID, Owner] = {one.id: one for one in (owner, *others)}
    if len(everyone) < 2:
        raise WithWhom
    if any(one.left_on is not None for one in everyone.values()):
        raise HasLeft
    made = Agreement.objects.create(
        form=form, state=State.BEING_MADE, name=name.strip()[:120], started_by=owner, made_at=at, made_by=by.called
    )
    for one in everyone.values():
        Party.objects.create(agreement=made, owner=one)
    return made, parties_of(made)
