"""The room as a Django app."""

from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    """Registrations."""

    name = "samtun.operation.registrations"
    label = "operation_registrations"
