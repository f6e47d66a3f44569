"""Sessions in our own table: Django's engine, with provider, sid and last seen (decisions 7)."""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse

from samtun.foundation.keys import keyed_hash
from samtun.foundation.models.runtime import Session

IDLE = dt.timedelta(minutes=30)
ABSOLUTE = dt.timedelta(hours=12)
PROVED = dt.timedelta(minutes=10)
COVERED = dt.timedelta(minutes=10)


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


@dataclass(frozen=True, slots=True)
class Standing:
    """One login of an account. `handle` names it without being its key."""

    handle: str
    provider: str
    began: dt.datetime
    seen: dt.datetime
    second_factor: bool
    current: bool
    covered: bool = False


def begin(
    request: HttpRequest, *, account: uuid.UUID, provider: str, second_factor: bool, at: dt.datetime, sid: str = ""
) -> None:
    """Log the browser in: a new key and nothing carried over, so that a planted session is worth nothing.

    Only which hat was worn comes back, when the same account's session had run out.
    `provider` says how: `code`, `link`, `password`, later an identity provider with its own `sid` (ADR in
    `people/accounts/__init__.py`).
    """
    before = request.session
    same = before.get("expired_account") == str(account)
    worn = before.get("expired_hats", {}) if same else {}
    before.flush()
    stamp = at.timestamp()
    request.session.update({
        "account": str(account), "began": stamp, "seen": stamp, "proved": stamp, "provider": provider,
        "sid": sid or secrets.token_urlsafe(24), "second_factor": second_factor,
        "hats": worn,
    })  # fmt: skip
    rotate_token(request)


_marks: dict[str, str] = {}


def register_mark(cookie: str, url_name: str) -> None:
    """Name a cookie that says for whom a page keeps something: forgotten whenever somebody logs in or out."""
    _marks[cookie] = url_name


def forget_marks(response: HttpResponse) -> None:
    """Let a browser forget who used it last, where one telephone is shared by several."""
    for cookie, url_name in _marks.items():
        response.delete_cookie(cookie, path=reverse(url_name), samesite="Strict")


def prove(session: SessionBase, at: dt.datetime, *, second_factor: bool) -> None:
    """Note that the one at the keyboard has just shown again who it is; the key changes with the rights."""
    session["proved"] = at.timestamp()
    session["second_factor"] = bool(session.get("second_factor")) or second_factor
    session.cycle_key()


def proved(session: SessionBase, at: dt.datetime) -> bool:
    """Tell whether it was shown within the last ten minutes who sits at the keyboard."""
    return at.timestamp() - float(session.get("proved", 0)) <= PROVED.total_seconds()


def cover(session: SessionBase, at: dt.datetime) -> None:
    """Hide everything behind this login until it is uncovered, in every window and by every way back."""
    session["covered"] = at.timestamp()


def is_covered(session: SessionBase) -> bool:
    """Tell whether the screen is hidden."""
    return bool(session.get("covered"))


def uncover(session: SessionBase, at: dt.datetime) -> bool:
    """Take the cover away. After ten minutes nobody knows who sits there: the login is ended, and False is answered."""
    since = session.pop("covered", None)
    if since is not None and at.timestamp() - float(since) > COVERED.total_seconds():
        session.flush()
        return False
    return True


def handle_of(session_key: str) -> str:
    """Return the name by which a session is spoken of on pages."""
    return keyed_hash(session_key, purpose="session-handle")[:16]


def standing(account: uuid.UUID, *, at: dt.datetime, current: str = "") -> list[Standing]:
    """Return an account's live logins, the latest seen first."""
    found = []
    for row in Session.objects.filter(account=account, last_seen__gte=at - IDLE):
        data = SessionStore().decode(row.session_data)
        began = dt.datetime.fromtimestamp(data.get("began", 0), tz=dt.UTC)
        if at - began <= ABSOLUTE:
            found.append(
                Standing(
                    handle=handle_of(row.session_key), provider=row.provider, began=began, seen=row.last_seen or began,
                    second_factor=bool(data.get("second_factor")), current=row.session_key == current,
                    covered=bool(data.get("covered")),
                )
            )  # fmt: skip
    return sorted(found, key=lambda s: (s.current, s.seen), reverse=True)


def open_login(account: uuid.UUID, handle: str, *, at: dt.datetime) -> Standing | None:
    """Return the login with this handle while it lives and its screen is not hidden."""
    return next((s for s in standing(account, at=at) if s.handle == handle and not s.covered), None)


def end_sessions(account: uuid.UUID, *, handle: str = "", but: str = "") -> int:
    """End an account's logins in the database: all, the one with this handle, or all but one key; how many."""
    keys = Session.objects.filter(account=account).exclude(session_key=but).values_list("session_key", flat=True)
    ended = [k for k in keys if not handle or handle_of(k) == handle]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)
