"""Words that stand encrypted: read back only from the row they were written in (decisions 24)."""

import json
from typing import Any

from samtun.evaluation.feedback.models import Concern, HeadsUp, Remark
from samtun.foundation.keys import open_secret, seal_secret
from samtun.foundation.scope import current_tenant


def sealed(row: HeadsUp | Concern | Remark, words: dict[str, Any]) -> bytes:
    """Return words encrypted for one row."""
    plain = json.dumps(words, ensure_ascii=False).encode()
    return seal_secret(plain, tenant=current_tenant(), table=row._meta.db_table, column="sealed", row=row.id)


def unsealed(row: HeadsUp | Concern | Remark) -> dict[str, Any]:
    """Return the words of a row; empty when they have been erased."""
    if not row.sealed:
        return {}
    plain = open_secret(
        bytes(row.sealed), tenant=current_tenant(), table=row._meta.db_table, column="sealed", row=row.id
    )
    found: dict[str, Any] = json.loads(plain)
    return found
