"""The room as a Django app."""

from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Screening."""

    name = "samtun.operation.screening"
    label = "operation_screening"
