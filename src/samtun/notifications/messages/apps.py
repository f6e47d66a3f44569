"""The room as a Django app."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages."""

    name = "samtun.notifications.messages"
    label = "notifications_messages"
