"""What was typed when the session had run out: kept encrypted for an hour, given back to the same account."""

import datetime as dt
import json
import uuid
from typing import Any

from django.http import QueryDict

from samtun.foundation.keys import global_open, global_seal
from samtun.foundation.models.runtime import KeptForm
from samtun.kernel.ids import uuid7

KEPT = dt.timedelta(hours=1)
NEVER = {"csrfmiddlewaretoken", "password", "password_again", "code"}


def keep_form(*, account: uuid.UUID, path: str, body: QueryDict, at: dt.datetime) -> uuid.UUID:
    """Keep a posted form and return its key."""
    key = uuid7()
    plain = json.dumps([[k, v] for k, values in body.lists() for v in values if k not in NEVER]).encode()
    sealed = global_seal(plain, table="keptform", column="body", row=key)
    KeptForm.objects.filter(kept_at__lt=at - KEPT).delete()
    KeptForm.objects.create(key=key, account=account, path=path[:300], body=sealed, kept_at=at)
    return key


def kept_form(*, key: uuid.UUID, account: uuid.UUID, at: dt.datetime) -> tuple[str, list[Any]] | None:
    """Return (path, [[name, value], …]) of a kept form for its own account, within the hour; else None."""
    row = KeptForm.objects.filter(key=key, account=account, kept_at__gte=at - KEPT).first()
    if row is None:
        return None
    return row.path, json.loads(global_open(bytes(row.body), table="keptform", column="body", row=key))


def drop_kept_form(key: uuid.UUID) -> None:
    """Forget a kept form."""
    KeptForm.objects.filter(key=key).delete()
