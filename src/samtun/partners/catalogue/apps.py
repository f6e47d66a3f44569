"""The room as a Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Catalogue."""

    name = "samtun.partners.catalogue"
    label = "partners_catalogue"
