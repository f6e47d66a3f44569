"""From the environment to the one foreign origin that pages may connect to: the live process (ADR 32)."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)


def live_origin(environ: Mapping[str, str]) -> str:
    """Return it, empty when there is none; ImproperlyConfigured for what is no origin: it goes into a policy."""
    told = environ.get("SAMTUN_LIVE_ORIGIN", "").rstrip("/")
    if told and not ORIGIN.fullmatch(told):
        raise ImproperlyConfigured(
            "SAMTUN_LIVE_ORIGIN must be scheme, host and perhaps port: https://live.samtun.example.no"
        )
    return told
