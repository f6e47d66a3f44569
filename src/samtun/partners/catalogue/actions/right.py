"""Is this still right? Asked of whoever answers for what is on offer, of any room, and answered by one press (R46).

Another room calls `ask_still_right` with its own reference, and receives `StillRightAnswered`.
"""

import datetime as dt

from django.db import transaction

from samtun.foundation.audit import record
from samtun.foundation.events import publish
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.clock import wall
from samtun.kernel.errors import NotYours
from samtun.kernel.refs import Ref
from samtun.notifications.messages.actions import cancel_for, queue
from samtun.partners.catalogue.enums import StillRight
from samtun.partners.catalogue.events import StillRightAnswered
from samtun.partners.catalogue.models import StillRightAsked
from samtun.partners.catalogue.notices import IsItStillRight
from samtun.partners.catalogue.queries import contacts_of
from samtun.partners.catalogue.rules import ANSWER_WITHIN
from samtun.partners.organisations.queries import receiving_owner

KIND = "still_right"


def ask_still_right(*, ref: Ref, owner: Owner, title: str, path: str, by: Viewer, at: dt.datetime) -> StillRightAsked:
    """Ask whoever answers for an owner whether a thing is still right; asked already and not answered: nothing more.

    `path` is where it is changed. The answer comes as `StillRightAnswered`.
    """
    if not by.is_system:
        raise NotYours
    sender = receiving_owner() or owner
    with transaction.atomic():
        Owner.objects.select_for_update(of=("self",)).get(id=owner.id)
        before = StillRightAsked.objects.filter(ref_kind=ref.kind, ref_id=ref.id, answered_at=None).first()
        if before is not None and before.ends_at > at:
            return before
        if before is not None:
            before.delete()
        made = StillRightAsked.objects.create(
            ref_kind=ref.kind, ref_id=ref.id, owner=owner, title=title[:120], path=path, asked_at=at,
            ends_at=at + ANSWER_WITHIN,
        )  # fmt: skip
        record("catalogue.ask_still_right", ref, by=by, at=at)
        for person in contacts_of(owner.id, on=wall(at).date()):
            queue(
                notice=IsItStillRight, ref_kind=KIND, ref_id=made.id, to=person, owner=sender.id, by=by, at=at,
                question_ends=made.ends_at,
            )  # fmt: skip
    return made


def answer_still_right(*, asked: StillRightAsked, answer: StillRight, by: Viewer, at: dt.datetime) -> bool:
    """Take an answer; whether it was the first. The message's own question has seen to who answers."""
    with transaction.atomic():
        found = StillRightAsked.objects.select_for_update(of=("self",)).get(id=asked.id)
        if found.answered_at is not None:
            return False
        _settle(found, answer, by=by, at=at)
        ref = Ref(found.ref_kind, found.ref_id)
        record("catalogue.still_right", ref, by=by, at=at, answer=str(answer))
        publish(StillRightAnswered(ref_kind=ref.kind, ref_id=ref.id, answer=answer), at=at)
    return True


def settle_without_asking(*, ref: Ref, answer: StillRight, by: Viewer, at: dt.datetime) -> None:
    """Call off the question about a thing that was confirmed, changed or ended on its own page."""
    for found in StillRightAsked.objects.filter(ref_kind=ref.kind, ref_id=ref.id, answered_at=None):
        _settle(found, answer, by=by, at=at)


def _settle(found: StillRightAsked, answer: StillRight, *, by: Viewer, at: dt.datetime) -> None:
    found.answer, found.answered_at = answer, at
    found.save(update_fields=["answer", "answered_at"])
    cancel_for(ref_kind=KIND, ref_id=found.id, by=by, at=at)
