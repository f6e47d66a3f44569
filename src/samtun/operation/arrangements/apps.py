"""The room as a Django app."""

from django.apps import AppConfig


class ArrangementsConfig(AppConfig):
    """Arrangements."""

    name = "samtun.operation.arrangements"
    label = "operation_arrangements"
