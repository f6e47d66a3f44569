"""Those who sign up."""

import uuid
from collections.abc import Sequence
from typing import Any

from samtun.operation.activities.models import Activity, Occurrence
from samtun.operation.registrations.actions import signing
from samtun.operation.registrations.actions.signing import Comer
from samtun.operation.registrations.enums import Via
from samtun.operation.registrations.models import Registration
from tests.factories import programme
from tests.factories.journey import Tun


def walk(tun: Tun, **changes: Any) -> tuple[Activity, Occurrence]:
    """A walk that one signs up for, open to everyone, with its first time."""
    changes.setdefault("sign_up", "sign_up")
    it = programme.activity(tun, changes.pop("when_", None), title="Fjelltur", **changes)
    time = programme.times(it)[0]
    time.activity = it
    return it, time


def signs_up(tun: Tun, time: Occurrence, *names: str, n: int = 1, **changes: Any) -> list[Registration]:
    """Somebody signs up on the web page, perhaps several at once; `n` tells them from others."""
    names = names or ("Anna Stokke",)
    given, _space, family = names[0].partition(" ")
    contact = changes.pop("contact", None) or tun.person(given, family or "Vik", f"+4790{n:06d}", phone_kind="mobile")
    return signing.sign_up(
        occurrence=time, contact=contact, comers=comers(names), sent_key=changes.pop("key", str(uuid.uuid4())),
        via=changes.pop("via", Via.OWN), by=changes.pop("by", tun.system()), at=changes.pop("at", tun.now), **changes,
    )  # fmt: skip


def comers(names: Sequence[str]) -> list[Comer]:
    """Those who come, by name."""
    return [Comer(name) for name in names]
