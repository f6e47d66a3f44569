"""The room as a Django app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Workshops."""

    name = "samtun.codesign.workshops"
    label = "codesign_workshops"
