"""The room as a Django app."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Channels."""

    name = "samtun.notifications.channels"
    label = "notifications_channels"
