"""The room as a Django app."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    """Consents."""

    name = "samtun.people.consents"
    label = "people_consents"
