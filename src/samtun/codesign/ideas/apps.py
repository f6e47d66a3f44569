"""The room as a Django app."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    """Ideas."""

    name = "samtun.codesign.ideas"
    label = "codesign_ideas"
