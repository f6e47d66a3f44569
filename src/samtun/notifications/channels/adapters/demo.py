"""The demo's gateway: takes everything and sends nothing. What it takes is shown in the telephone beside the page."""

import datetime as dt
from collections.abc import Mapping

from samtun.notifications.channels.adapters.protocol import (
    Accepted,
    BadSignature,
    CameIn,
    Fate,
    Outcome,
    Parcel,
    Receipt,
)


class DemoGateway:
    """Accepts; remembers nothing, and says so."""

    key = "demo"
    dedupes = True
    looks_up = False

    def send(self, parcel: Parcel) -> Outcome:
        """Take it. The texts are handed on by `channels.actions.hand_over`, in the demo only."""
        return Accepted(f"demo-{parcel.reference[-12:]}")

    def look_up(self, reference: str) -> Fate:
        """Remember nothing."""
        return Fate.CANNOT_TELL

    def check_config(self) -> list[str]:
        """Need nothing."""
        return []

    def read_sms(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> CameIn:
        """Nobody outside may post to the demo: its telephone hands texts in by an action."""
        raise BadSignature

    def read_receipt(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> Receipt:
        """Nobody outside may post to the demo."""
        raise BadSignature
