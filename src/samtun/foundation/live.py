"""What changes is told live (ADR 32): a whisper with the transaction, and tickets for those who may hear it.

An action says `changed(ref, version)`. A page that several look at has `{% live ref version url target %}`; its script
fetches a ticket, listens, and fetches the page's own fragment again. What is told is tenant, kind, key and version,
never words.

Each kind registers one look, `(viewer, id, holder) → version`, None when it is out of sight: asked when a ticket is
given, when the stream is opened, and every half minute while it is open. It reads little and notes nobody as seen.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.conf import settings
from django.core import signing
from django.db import connection

from samtun.foundation import hats, sessions
from samtun.foundation.keys import keyed_hash
from samtun.foundation.models.tenancy import Municipality
from samtun.foundation.scope import current_scope, current_tenant, open_scope
from samtun.foundation.viewer import Viewer
from samtun.kernel.refs import Ref

CHANNEL = "samtun_live"
GOOD_FOR = dt.timedelta(seconds=60)
QUIET = "Samtun-Live"
"""The header of what a page asks for by itself: it does not count as somebody being there."""

type Look = Callable[[Viewer, uuid.UUID, str], int | None]
type Holder = Callable[[uuid.UUID, str], str]


def _nobody(_id: uuid.UUID, _key: str) -> str:
    return ""


class NoTicket(Exception):
    """The ticket is forged, or past its minute."""


@dataclass(frozen=True, slots=True)
class LiveKind:
    """One kind of thing that can be followed: `look(viewer, id, holder)` answers its version, None when out of sight.

    `holder(id, key)` reads the key of a page that opens without a login into words that say whose it is, never the key
    itself; empty when it does not hold. They stand in the ticket and come back to `look`.
    """

    kind: str
    look: Look
    holder: Holder = _nobody


_kinds: dict[str, LiveKind] = {}


def register(kind: str, look: Look, holder: Holder = _nobody) -> None:
    """Let a kind of thing be followed; twice is a programming error."""
    if kind in _kinds:
        raise ValueError(f"The live kind {kind} is registered twice.")
    _kinds[kind] = LiveKind(kind, look, holder)


def known_kinds() -> tuple[str, ...]:
    """Return the kinds that are registered."""
    return tuple(sorted(_kinds))


class Whisper(NamedTuple):
    """What goes between the processes: whose, what, and how new it is."""

    tenant: uuid.UUID
    ref: Ref
    version: int

    def __str__(self) -> str:
        return f"{self.tenant} {self.ref} {self.version}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form; ValueError when it is not one."""
        tenant, ref, version = text.split(" ")
        return cls(uuid.UUID(tenant), Ref.parse(ref), int(version))


def changed(ref: Ref, version: int) -> None:
    """Tell those who look at a thing that it is now at this version, once this transaction has been committed."""
    whisper = Whisper(current_tenant(), ref, version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(whisper)])


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may listen to what, until when, on a page of which origin."""

    tenant: uuid.UUID
    ref: Ref
    origin: str
    until: int
    account: uuid.UUID | None = None
    hat: str = ""
    login: str = ""
    holder: str = ""

    def sealed(self) -> str:
        """Return it as text for an address."""
        return _signer().sign_object([
            self.tenant.hex, str(self.ref), self.origin, self.until, self.account.hex if self.account else "", self.hat,
            self.login, self.holder,
        ])  # fmt: skip


def _signer() -> signing.Signer:
    return signing.Signer(key=keyed_hash("ticket", purpose="live"), salt="samtun.live")


def ticket(viewer: Viewer, ref: Ref, *, origin: str, at: dt.datetime, login: str = "", holder: str = "") -> str:
    """Give a ticket, good for opening a stream within a minute; `login` is the handle of the viewer's session."""
    return Ticket(
        tenant=viewer.tenant, ref=ref, origin=origin, until=int((at + GOOD_FOR).timestamp()), account=viewer.account,
        hat=viewer.hat.key, login=login, holder=holder,
    ).sealed()  # fmt: skip


def read_ticket(text: str, at: dt.datetime) -> Ticket:
    """Return what a ticket says; NoTicket when it is not ours, or past its minute."""
    try:
        tenant, ref, origin, until, account, hat, login, holder = _signer().unsign_object(text)
    except (signing.BadSignature, ValueError) as fault:
        raise NoTicket from fault
    if at.timestamp() > until:
        raise NoTicket
    return Ticket(
        uuid.UUID(tenant), Ref.parse(ref), origin, until, uuid.UUID(account) if account else None, hat, login, holder
    )


def version_for(viewer: Viewer, ref: Ref, holder: str = "") -> int | None:
    """Return the version of a thing for a viewer of the open scope; None when out of sight or of no live kind."""
    kind = _kinds.get(ref.kind)
    return kind.look(viewer, ref.id, holder) if kind else None


def holder_of(ref: Ref, key: str) -> str:
    """Return whose key this is on the thing's page without a login; empty when it does not hold."""
    kind = _kinds.get(ref.kind)
    return kind.holder(ref.id, key) if kind and key else ""


def look_again(found: Ticket, at: dt.datetime) -> int | None:
    """Open a scope, and return the version for the one the ticket was given to, if they still may know it."""
    if not Municipality.objects.filter(id=found.tenant).exists():
        return None
    with open_scope(found.tenant, Viewer.anonymous(found.tenant)):
        viewer = _viewer(found, at)
        if viewer is None:
            return None
        current_scope().viewer = viewer
        return version_for(viewer, found.ref, found.holder)


def _viewer(found: Ticket, at: dt.datetime) -> Viewer | None:
    """Return the one the ticket was given to, as things stand now; None when logged out, or without that hat."""
    if found.account is None:
        return Viewer.anonymous(found.tenant)
    login = sessions.open_login(found.account, found.login, at=at)
    who = hats.identify(found.account) if login else None
    if login is None or who is None:
        return None
    hat = hats.hat_of(who.person, found.hat) if who.person else None
    if hat is None and found.hat != "anonymous":
        return None
    hat = hat or Viewer.anonymous(found.tenant).hat
    if hat.role in hats.STRONG and settings.SECOND_FACTOR_REQUIRED and not login.second_factor:
        hat = type(hat)(key=hat.key, role=hat.role, label=hat.label)
    return Viewer(
        tenant=found.tenant, hat=hat, account=who.account, person=who.person, name=who.name, language=who.language
    )
