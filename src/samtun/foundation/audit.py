"""Writing down what was done, inside the transaction that did it."""

import datetime as dt
import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from typing import Any

from samtun.foundation.models.records import AccessEntry, AuditEvent
from samtun.foundation.scope import Scope, current_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel.ids import uuid7
from samtun.kernel.refs import Ref


def record(act: str, ref: Ref, *, by: Viewer, at: dt.datetime, **words: Any) -> AuditEvent:
    """Write one audit event; `act` is `room.verb`, `words` are short texts for people, never secrets."""
    salt = os.urandom(16)
    event = AuditEvent(
        at=at, account=by.account, person=by.person, actor=by.name, hat=by.hat.label, owners=sorted(by.owners),
        via=by.via, act=act, ref_kind=ref.kind, ref_id=ref.id, words=words, salt=salt,
    )  # fmt: skip
    event.digest = digest(event)
    event.save(force_insert=True)
    return event


def record_many(act: str, refs: Iterable[Ref], *, by: Viewer, at: dt.datetime, **words: Any) -> None:
    """Write the same act on many things, an event each."""
    events = [
        AuditEvent(
            at=at, account=by.account, person=by.person, actor=by.name, hat=by.hat.label, via=by.via, act=act,
            ref_kind=ref.kind, ref_id=ref.id, words=words, salt=os.urandom(16),
        )
        for ref in refs
    ]  # fmt: skip
    for event in events:
        event.digest = digest(event)
    AuditEvent.objects.bulk_create(events, batch_size=1_000)


def digest(event: AuditEvent) -> bytes:
    """Return the salted digest of an event's words: the chain covers it, so words can go and it still verifies."""
    at = event.at.astimezone(dt.UTC).isoformat()
    parts = [
        str(event.tenant_id), str(event.id), at, str(event.account), str(event.person), event.actor,
        event.hat, event.via, event.act, event.ref_kind, str(event.ref_id), json.dumps(event.words, sort_keys=True),
    ]  # fmt: skip
    return hashlib.sha256(bytes(event.salt) + framed(*(p.encode() for p in parts))).digest()


def framed(*parts: bytes) -> bytes:
    """Join with length prefixes: no separator can be forged."""
    return b"".join(len(p).to_bytes(4, "big") + p for p in parts)


def write_access(scope: Scope, *, at: dt.datetime, ref: str) -> None:
    """Write who was shown, a row for each way of showing. If it cannot be written, the page is not shown."""
    viewer = scope.viewer
    AccessEntry.objects.bulk_create(
        AccessEntry(
            id=uuid7(), tenant_id=scope.tenant, at=at, account=viewer.account, person=viewer.person,
            hat=f"{viewer.role}: {viewer.hat.label}"[:160], purpose=viewer.purpose[:120], ref=ref[:120],
            persons=sorted(persons), how=how,
        )
        for how, persons in scope.seen.items()
        if persons
    )  # fmt: skip


def saw(*persons: uuid.UUID | None, how: str = "opened") -> None:
    """Note that persons are shown in the open scope."""
    current_scope().saw(*persons, how=how)
