"""Which gateways there are. The settings choose one for SMS; e-mail goes through Django's mailer."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.conf import settings

from samtun.notifications.channels.adapters.protocol import (
    BadSignature,
    CameIn,
    Fate,
    Gateway,
    Outcome,
    Parcel,
    Receipt,
    TurnedDown,
)

_factories: dict[str, Callable[[], Gateway]] = {}


class NoGateway:
    """Stands where none has been chosen: nothing goes out, and the configuration page says why."""

    key = ""
    dedupes = False
    looks_up = False

    def send(self, parcel: Parcel) -> Outcome:
        """Turn everything down, for now."""
        return TurnedDown("no_gateway", again=True, wait=600)

    def look_up(self, reference: str) -> Fate:
        """Know nothing."""
        return Fate.CANNOT_TELL

    def check_config(self) -> list[str]:
        """Say what is missing."""
        return [f"SAMTUN_SMS_GATEWAY is {settings.SAMTUN_SMS_GATEWAY!r}; choose one of {', '.join(keys())}."]

    def read_sms(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> CameIn:
        """Trust nobody."""
        raise BadSignature

    def read_receipt(self, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> Receipt:
        """Trust nobody."""
        raise BadSignature


def register(key: str, factory: Callable[[], Gateway]) -> None:
    """Make a gateway known."""
    if key in _factories:
        raise ValueError(f"The gateway {key} is registered twice.")
    _factories[key] = factory


def keys() -> list[str]:
    """Return the keys of the gateways that can carry SMS."""
    return sorted(k for k in _factories if k != "mail")


def gateway_for(channel: str) -> Gateway:
    """Return the way out for `sms` or `email`."""
    key = "mail" if channel == "email" else settings.SAMTUN_SMS_GATEWAY
    return _factories[key]() if key in _factories else NoGateway()
