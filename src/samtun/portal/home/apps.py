"""The room as a Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Home."""

    name = "samtun.portal.home"
    label = "portal_home"
