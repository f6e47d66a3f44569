"""The room as a Django app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Volunteers."""

    name = "samtun.operation.volunteers"
    label = "operation_volunteers"
