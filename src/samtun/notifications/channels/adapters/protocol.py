"""What a way out of the house must be able to do, and what it can answer."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class BadSignature(Exception):
    """What came in was not signed with our shared key, or too long ago."""


class BadBody(Exception):
    """What came in was signed, but is not what the gateway promised to send."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way out. `reference` is our own and the same at every attempt."""

    tenant: uuid.UUID
    reference: str
    channel: str
    to: str
    text: str
    language: str
    sender: str = ""
    sender_name: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has taken it; its own key may be empty."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """It has surely not been sent. `again` tells whether a later attempt may succeed; `wait` is in seconds."""

    why: str
    again: bool
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have been sent: the answer was lost, late, or made no sense."""

    why: str


type Outcome = Accepted | TurnedDown | Unclear


class Fate(StrEnum):
    """What the gateway says about a reference."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class CameIn:
    """An SMS that reached us: `to` is the municipality's number, `sender` is what the network claims."""

    gateway_id: str
    sender: str
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message we sent from `sender`: `state` is accepted, delivered or failed."""

    reference: str
    sender: str
    state: str


class Gateway(Protocol):
    """A way out. Times out by itself; never called while a transaction is open."""

    key: str
    dedupes: bool
    looks_up: bool

    def send(self, parcel: Parcel) -> Outcome:
        """Try once."""

    def look_up(self, reference: str) -> Fate:
        """Tell whether a message with our reference has been taken."""

    def check_config(self) -> list[str]:
        """Return what is missing or wrong, as sentences for whoever runs the machine; empty when all is well."""

    def read_sms(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> CameIn:
        """Read an SMS posted to us; BadSignature or BadBody."""

    def read_receipt(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> Receipt:
        """Read a delivery receipt posted to us; BadSignature or BadBody."""
