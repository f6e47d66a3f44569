"""The room as a Django app."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    """Networks."""

    name = "samtun.operation.networks"
    label = "operation_networks"
