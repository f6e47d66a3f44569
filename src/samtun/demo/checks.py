"""The demo lets anybody be anyone: it must never be installed for real."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def only_in_the_demo(**_: Any) -> list[CheckMessage]:
    """Refuse every command where the demo is installed without being the demo, or beside a second factor's demand."""
    if settings.DEMO:
        return []
    return [Error("samtun.demo is installed, and DEMO is off. Take it out of INSTALLED_APPS.", id="samtun.E010")]
