"""Clip cards: a ledger where a card is plus, a clip that is used is minus, and a mistake is put right by a new row."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, Sum

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.activities.models import Occurrence
from samtun.operation.registrations.actions.telling import tell_of_own_page
from samtun.operation.registrations.enums import Got, Pays
from samtun.operation.registrations.models import Attendance, Clip, Registration, Settled
from samtun.operation.registrations.queries.cash import left_on, till_of
from samtun.operation.registrations.rules import CARD_RESTS, KEPT, holds_till
from samtun.people.persons.models import Person

MOST_CLIPS = 100


class NotSoMany(Refused):
    """A clip card has from one to a hundred clips. Write how many there are on it."""


class WordsMissing(Refused):
    """Write in a few words what was wrong, for whoever reads it later."""


class NothingToPutRight(Refused):
    """Write how many clips to put on or take off: at least one, at most a hundred."""


def give_card(
    *, owner: Owner, person: Person, clips: int, how: Got, price: int | None, sent_key: uuid.UUID, by: Viewer,
    at: dt.datetime,
) -> Clip:  # fmt: skip
    """Let somebody have a clip card, bought or given; the same page sent twice is one card.

    The record says that something was written at the till, never for whom or what: those who lead read the record too.
    """
    if not holds_till(by, owner.id):
        raise NotYours
    if not 1 <= clips <= MOST_CLIPS:
        raise NotSoMany
    paid = None if how == Got.GIFT else price
    facts = {"owner": owner, "person": person, "change": clips, "how": how, "price": paid}
    return _written(owner, sent_key, facts, by=by, at=at)


def put_right(
    *, owner: Owner, person: Person, change: int, words: str, sent_key: uuid.UUID, by: Viewer, at: dt.datetime
) -> Clip:  # fmt: skip
    """Put clips on a card, or take them off, with a word of what was wrong. Nothing written before is changed."""
    if not holds_till(by, owner.id):
        raise NotYours
    if not words.strip():
        raise WordsMissing
    if not 1 <= abs(change) <= MOST_CLIPS:
        raise NothingToPutRight
    said = " ".join(words.split())[:120]
    facts = {"owner": owner, "person": person, "change": change, "how": Got.CORRECTED, "words": said}
    return _written(owner, sent_key, facts, by=by, at=at)


def _written(owner: Owner, sent_key: uuid.UUID, facts: dict[str, Any], *, by: Viewer, at: dt.datetime) -> Clip:
    """Write a row in the ledger, once for each page that is sent."""
    with transaction.atomic():
        made, fresh = Clip.objects.get_or_create(sent_key=sent_key, defaults=facts | {"made_by": by.who, "made_at": at})
        if fresh:
            record("registrations.till", Ref("till", owner.id), by=by, at=at)
        elif made.owner_id != owner.id:
            raise NotYours
    return made


def follow(row: Registration, mark: Attendance, *, by: Viewer, at: dt.datetime) -> Clip | None:
    """Let the ledger say what the door and the way of paying say, under the caller's lock: a clip is used exactly once.

    Who came and pays with a clip has used one; who did not after all has it back, in a new row. What has come in is
    not paid once more, and where the ledger has forgotten what was used, nothing is moved.
    """
    if mark.occurrence.ends_at < at - KEPT:
        return None
    holder = row.contact_id or row.person_id
    rows = Clip.objects.filter(registration=row, occurrence=mark.occurrence_id)
    now = rows.aggregate(used=Sum("change"), turn=Max("turn"))
    used, turn = -(now["used"] or 0), 0 if now["turn"] is None else now["turn"] + 1
    uses = int(mark.came is True and row.pays == Pays.CLIP and row.erased_at is None and not _has_come_in(row, mark))
    if holder is None or used == uses:
        return None
    owner = row.activity.owner_id
    made = Clip.objects.create(
        owner_id=owner, person_id=holder, change=used - uses, how=Got.USED, registration=row,
        occurrence_id=mark.occurrence_id, turn=turn, made_at=at,
    )  # fmt: skip
    if uses and left_on(holder, owner) in (0, -1):
        tell_of_own_page(row, by=by, at=at)
    return made


def _has_come_in(row: Registration, mark: Attendance) -> bool:
    return Settled.objects.filter(registration=row, occurrence=mark.occurrence_id, is_settled=True).exists()


def tell_alike(row: Registration, mark: Attendance, *, by: Viewer, at: dt.datetime) -> None:
    """Send who has a free place to their own page as often as an emptied card does, so that the message tells nothing.

    Those who lead see that messages went, though not what they were about: none may go to one way of paying alone.
    """
    holder = row.contact_id or row.person_id
    if mark.came is not True or row.pays != Pays.FREE or holder is None:
        return
    free = Registration.objects.filter(activity__owner=row.activity.owner_id, contact=holder, pays=Pays.FREE)
    before = Attendance.objects.filter(registration__in=free, came=True).exclude(id=mark.id).count()
    if before % till_of(row.activity.owner_id).clips == 0:
        tell_of_own_page(row, by=by, at=at)


def forget_clips(*, by: Viewer, at: dt.datetime) -> int:
    """Erase what clips were used for after four weeks, and whose a card was when it is used up, or has lain two years.

    Number, price and day stand, for the accounts. Return how many cards nobody has any more. The record says that it
    was done, never how many: it is read by others than the cashier.
    """
    if not by.is_system:
        raise NotYours
    with transaction.atomic():
        ended = Occurrence.objects.filter(ends_at__lt=at - KEPT)
        used = Clip.objects.filter(occurrence__in=ended).update(registration=None, occurrence=None, made_by="")
        cards = Clip.objects.filter(person__isnull=False).values("owner", "person")
        stand = cards.annotate(left=Sum("change"), last=Max("made_at")).order_by("owner", "person")
        over = Q(left=0, last__lt=at - KEPT) | Q(last__lt=at - CARD_RESTS)
        gone = list(stand.filter(over))
        for one in gone:
            rows = Clip.objects.filter(owner=one["owner"], person=one["person"])
            rows.update(person=None, registration=None, occurrence=None, words="", made_by="")
        if used or gone:
            record("registrations.forget_clips", Ref("municipality", by.tenant), by=by, at=at)
    return len(gone)
