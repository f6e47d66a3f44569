"""The room as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Desk."""

    name = "samtun.portal.desk"
    label = "portal_desk"
