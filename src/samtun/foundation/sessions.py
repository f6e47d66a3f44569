"""Sessions in our own table: Django's engine, with provider, sid and last seen (decisions 7)."""

import datetime as dt
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from samtun.foundation.models.runtime import Session

IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)


class SessionStore(DatabaseStore):
    """Django's database sessions on `Session`. Signed-out visitors get none unless something is stored."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Copy what we look up by into columns."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.account = data.get("account")
        row.provider = data.get("provider", "")
        row.sid = data.get("sid", "")
        seen = data.get("seen")
        row.last_seen = dt.datetime.fromtimestamp(seen, tz=dt.UTC) if seen else None
        return row
