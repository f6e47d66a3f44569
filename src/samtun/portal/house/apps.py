"""The room as a Django app."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """House."""

    name = "samtun.portal.house"
    label = "portal_house"
