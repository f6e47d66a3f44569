"""The chain over audit events: written outside the queue, by its own role, a chain for each municipality."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

from django.db import connection

from samtun.foundation.audit import framed
from samtun.foundation.models.records import AuditEvent, AuditSeal

START = b"\x00" * 32


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain breaks: the place in it, and what is wrong in plain words."""

    seq: int
    what: str


def link(head: bytes, seq: int, event: uuid.UUID, digest: bytes) -> bytes:
    """Return the next head of the chain."""
    return hashlib.sha256(framed(head, seq.to_bytes(8, "big"), event.bytes, digest)).digest()


def seal(at: dt.datetime, limit: int = 2000) -> int:
    """Chain the events of the open scope's municipality that are not sealed yet; return how many.

    An advisory lock on the municipality keeps two sealers from forking the chain.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('samtun.seal' || current_setting('app.tenant')))")
    last = AuditSeal.objects.order_by("-seq").first()
    seq, head = (last.seq, bytes(last.head)) if last else (0, START)
    sealed = AuditSeal.objects.values("event")
    fresh = AuditEvent.objects.exclude(id__in=sealed).order_by("id").values_list("id", "digest")[:limit]
    rows = []
    for event, digest in fresh:
        seq += 1
        head = link(head, seq, event, bytes(digest))
        rows.append(AuditSeal(seq=seq, event=event, head=head, sealed_at=at))
    AuditSeal.objects.bulk_create(rows)
    return len(rows)


def verify(anchors: dict[int, bytes] | None = None) -> list[Fault]:
    """Walk the chain of the open scope's municipality against events and outside anchors; [] = whole.

    `anchors` maps a place in the chain to the head that was written outside the database, so that a tail cut
    off is found too. Words that were erased do not break it: the digest stays.
    """
    digests = {e: bytes(d) for e, d in AuditEvent.objects.values_list("id", "digest")}
    faults, head, expected = [], START, 0
    heads: dict[int, bytes] = {}
    for seal_row in AuditSeal.objects.order_by("seq"):
        expected += 1
        if seal_row.seq != expected:
            faults.append(Fault(expected, "a link is missing"))
            expected = seal_row.seq
        digest = digests.get(seal_row.event)
        if digest is None:
            faults.append(Fault(seal_row.seq, "the event is gone"))
        elif link(head, seal_row.seq, seal_row.event, digest) != bytes(seal_row.head):
            faults.append(Fault(seal_row.seq, "the event was changed"))
        head = heads[seal_row.seq] = bytes(seal_row.head)
    faults += [
        Fault(seq, "the chain was cut or rewritten") for seq, h in (anchors or {}).items() if heads.get(seq) != h
    ]
    return faults
