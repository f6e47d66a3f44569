"""What is configured, and what letters look like."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.foundation.viewer import Permission, Viewer
from samtun.kernel.errors import NotYours
from samtun.notifications.channels.adapters import letter, registry
from samtun.notifications.channels.adapters.protocol import CameIn, Receipt


@dataclass(frozen=True, slots=True)
class Configured:
    """One way out: which gateway, and what is wrong with it."""

    channel: str
    label: str | Promise
    gateway: str
    faults: tuple[str, ...]
    can_be_asked: bool


def configuration(viewer: Viewer) -> list[Configured]:
    """Return each channel's gateway with what is missing or wrong; nothing is sent."""
    if not viewer.may(Permission.MANAGE_SETTINGS):
        raise NotYours
    found = []
    for channel, label in (("sms", _("Text message")), ("email", _("E-mail"))):
        gateway = registry.gateway_for(channel)
        asked = gateway.looks_up or gateway.dedupes
        found.append(Configured(channel, label, gateway.key, tuple(gateway.check_config()), asked))
    return found


def gateway_of(channel: str) -> tuple[str, bool, bool]:
    """Return (key, can be asked by our reference, tells doubles apart itself) of a channel's gateway."""
    gateway = registry.gateway_for(channel)
    return gateway.key, gateway.looks_up, gateway.dedupes


def read_sms(key: str, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> CameIn | None:
    """Read what a gateway posted; None when that gateway is not in use. BadSignature, BadBody."""
    gateway = registry.gateway_for("sms")
    return gateway.read_sms(headers, body, at=at) if gateway.key == key else None


def read_receipt(key: str, headers: Mapping[str, str], body: bytes, *, at: dt.datetime) -> Receipt | None:
    """Read a delivery receipt; None when that gateway is not in use. BadSignature, BadBody."""
    gateway = registry.gateway_for("sms")
    return gateway.read_receipt(headers, body, at=at) if gateway.key == key else None


def letters_pdf(letters: Sequence[letter.Letter]) -> bytes:
    """Return one PDF with a letter on each new page."""
    return letter.letters_pdf(letters)
