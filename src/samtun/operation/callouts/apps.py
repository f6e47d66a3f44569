"""The room as a Django app."""

from django.apps import AppConfig


class CalloutsConfig(AppConfig):
    """Callouts."""

    name = "samtun.operation.callouts"
    label = "operation_callouts"
