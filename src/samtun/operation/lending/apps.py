"""The room as a Django app."""

from django.apps import AppConfig


class LendingConfig(AppConfig):
    """Lending."""

    name = "samtun.operation.lending"
    label = "operation_lending"
