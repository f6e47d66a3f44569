"""What is lent out: put there, changed, put away and taken out again."""

import datetime as dt
import uuid
from typing import Any

from django.db import IntegrityError, transaction

from samtun.foundation.audit import record
from samtun.foundation.models import Owner
from samtun.foundation.viewer import Viewer
from samtun.kernel.errors import NotYours, Refused
from samtun.kernel.refs import Ref
from samtun.operation.lending.models import Lendable
from samtun.operation.lending.rules import NoCodes, lends, says_code

FACTS = frozenset({
    "name", "kind", "village", "place", "about", "seats", "step_free", "hearing_loop", "toilet", "price",
    "price_words", "who_may", "licence", "insurance", "key_words", "cleaning", "contact_phone", "opens", "closes",
    "months", "way", "buffer_minutes",
})  # fmt: skip
OPEN_WORDS = ("about", "place", "who_may", "price_words", "key_words", "cleaning", "insurance")


class SameName(Refused):
    """You lend out something of that name already. Call this one something else."""


class ChangedMeanwhile(Refused):
    """Somebody has changed it while you wrote. Look at what stands now, and write again."""


class HoursTogether(Refused):
    """Write both when it can be borrowed from and until when, the last one later, or none of them."""


def lend_out(*, owner: Owner, facts: dict[str, Any], sent_key: uuid.UUID, by: Viewer, at: dt.datetime) -> Lendable:
    """Put something there to be borrowed; the same page sent twice is one."""
    if not lends(by, owner.id):
        raise NotYours
    _check(facts)
    with transaction.atomic():
        if before := Lendable.objects.filter(sent_key=sent_key).first():
            return before
        made = Lendable(owner=owner, sent_key=sent_key, **facts)
        _save(made, new=True)
        record("lending.lend_out", Ref("lendable", made.id), by=by, at=at)
    return made


def change(*, lendable: Lendable, facts: dict[str, Any], version: int, by: Viewer, at: dt.datetime) -> Lendable:
    """Write what holds from now on. What is booked stays booked as it is."""
    _check(facts)
    with transaction.atomic():
        found = _mine(lendable, by)
        if found.version != version:
            raise ChangedMeanwhile
        for name, value in facts.items():
            setattr(found, name, value)
        found.version += 1
        _save(found)
        record("lending.change", Ref("lendable", found.id), by=by, at=at)
    return found


def put_away(*, lendable: Lendable, by: Viewer, at: dt.datetime) -> Lendable:
    """Lend it out no more for now. What is booked stays booked."""
    return _offer(lendable, offers=False, by=by, at=at)


def take_out_again(*, lendable: Lendable, by: Viewer, at: dt.datetime) -> Lendable:
    """Lend it out again."""
    return _offer(lendable, offers=True, by=by, at=at)


def _offer(lendable: Lendable, *, offers: bool, by: Viewer, at: dt.datetime) -> Lendable:
    with transaction.atomic():
        found = _mine(lendable, by)
        if found.is_offered != offers:
            found.is_offered = offers
            found.version += 1
            found.save(update_fields=["is_offered", "version"])
            if offers:
                record("lending.take_out_again", Ref("lendable", found.id), by=by, at=at)
            else:
                record("lending.put_away", Ref("lendable", found.id), by=by, at=at)
    return found


def _mine(lendable: Lendable, by: Viewer) -> Lendable:
    found = Lendable.objects.select_for_update(of=("self",)).select_related("owner").get(id=lendable.id)
    if not lends(by, found.owner_id):
        raise NotYours
    return found


def _check(facts: dict[str, Any]) -> None:
    if strange := set(facts) - FACTS:
        raise TypeError(f"Not facts of a thing: {strange}")
    if says_code(*(facts.get(name) or "" for name in OPEN_WORDS)):
        raise NoCodes
    opens, closes = facts.get("opens"), facts.get("closes")
    if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
        raise HoursTogether


def _save(row: Lendable, *, new: bool = False) -> None:
    """Save; SameName when the owner has one of that name."""
    try:
        with transaction.atomic():
            row.save(force_insert=new)
    except IntegrityError as error:
        if "lendable_name_once" in str(error):
            raise SameName from error
        raise
