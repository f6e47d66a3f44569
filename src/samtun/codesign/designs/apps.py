"""The room as a Django app."""

from django.apps import AppConfig


class DesignsConfig(AppConfig):
    """Service designs."""

    name = "samtun.codesign.designs"
    label = "codesign_designs"
