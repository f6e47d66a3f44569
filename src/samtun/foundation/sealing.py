"""The chain over audit events: written outside the queue, by its own role, a chain for each municipality."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from django.db import connection

from samtun.foundation.audit import digest, framed
from samtun.foundation.models.records import AuditEvent, AuditSeal
from samtun.kernel.ids import first_id

START = b"\x00" * 32


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain breaks: the place in it, and what is wrong in plain words."""

    seq: int
    what: str


def link(head: bytes, seq: int, event: uuid.UUID, sum_: bytes) -> bytes:
    """Return the next head of the chain."""
    return hashlib.sha256(framed(head, seq.to_bytes(8, "big"), event.bytes, sum_)).digest()


def seal(at: dt.datetime, limit: int = 2000, since: dt.datetime | None = None) -> int:
    """Chain the events of the open scope's municipality that are not sealed yet; return how many.

    An advisory lock on the municipality keeps two sealers from forking the chain. With `since` only events made
    after that moment are looked for, so that a long history is not read every ten seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('samtun.seal' || current_setting('app.tenant')))")
    last = AuditSeal.objects.order_by("-seq").first()
    seq, head = (last.seq, bytes(last.head)) if last else (0, START)
    sealed = AuditSeal.objects.values("event")
    fresh = AuditEvent.objects.exclude(id__in=sealed)
    if since is not None:
        fresh = fresh.filter(id__gte=first_id(since))
    rows = []
    for event, sum_ in fresh.order_by("id").values_list("id", "digest")[:limit]:
        seq += 1
        head = link(head, seq, event, bytes(sum_))
        rows.append(AuditSeal(seq=seq, event=event, head=head, sealed_at=at))
    AuditSeal.objects.bulk_create(rows)
    return len(rows)


def stands(event: AuditEvent) -> bool:
    """Tell whether an event's words are those that were digested, or were erased together with their salt."""
    if event.salt:
        return digest(event) == bytes(event.digest)
    return not (event.words or event.actor or event.hat or event.account or event.person)


def head_now() -> tuple[int, bytes] | None:
    """Return the last place and head of the chain of the open scope's municipality, to be anchored elsewhere."""
    last = AuditSeal.objects.order_by("-seq").first()
    return (last.seq, bytes(last.head)) if last else None


def verify(anchors: dict[int, bytes] | None = None) -> list[Fault]:
    """Walk the chain of the open scope's municipality against events and outside anchors; [] = whole.

    `anchors` maps a place in the chain to the head that was written outside the database, so that a tail cut
    off is found too. Words that were erased, with their salt, do not break it: the digest stays.
    """
    events = {event.id: event for event in AuditEvent.objects.all()}
    faults, head, expected = [], START, 0
    heads: dict[int, bytes] = {}
    for seal_row in AuditSeal.objects.order_by("seq"):
        expected += 1
        if seal_row.seq != expected:
            faults.append(Fault(expected, "a link is missing"))
            expected = seal_row.seq
        event = events.get(seal_row.event)
        if event is None:
            faults.append(Fault(seal_row.seq, "the event is gone"))
        elif link(head, seal_row.seq, event.id, bytes(event.digest)) != bytes(seal_row.head) or not stands(event):
            faults.append(Fault(seal_row.seq, "the event was changed"))
        head = heads[seal_row.seq] = bytes(seal_row.head)
    faults += [
        Fault(seq, "the chain was cut or rewritten") for seq, h in (anchors or {}).items() if heads.get(seq) != h
    ]
    return faults
