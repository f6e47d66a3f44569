"""The room as a Django app."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Needs."""

    name = "samtun.codesign.needs"
    label = "codesign_needs"
