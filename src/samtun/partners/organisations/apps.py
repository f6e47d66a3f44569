"""The room as a Django app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations."""

    name = "samtun.partners.organisations"
    label = "partners_organisations"
