"""The house's own system checks: run with every command, not only in CI."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from samtun.foundation.access import access_of
from samtun.foundation.keys import masters
from samtun.foundation.urlwalk import own_views


@register(Tags.security, deploy=True)
def production_is_closed(**_: Any) -> list[CheckMessage]:
    """Refuse production settings with the demo, without keys, or with a guessable secret."""
    found: list[CheckMessage] = []
    if "samtun.demo" in settings.INSTALLED_APPS and not settings.DEMO:
        found.append(Error("The demo is installed outside demo settings.", id="samtun.E001"))
    if not settings.SAMTUN_KEYS_FILE:
        found.append(Error("SAMTUN_KEYS_FILE is not set: production does not start without keys.", id="samtun.E002"))
    else:
        try:
            masters()
        except ImproperlyConfigured as fault:
            found.append(Error(str(fault), id="samtun.E004"))
    return found


@register(Tags.database, databases=["default"])
def every_view_is_declared(**_: Any) -> list[CheckMessage]:
    """Find views that say nothing about access: they are closed to all, which is surely not meant."""
    return [
        Error(f"{name} does not declare who may open it.", id="samtun.E003")
        for name, view in own_views()
        if access_of(view) is None
    ]
