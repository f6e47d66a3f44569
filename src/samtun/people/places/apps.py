"""The room as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places."""

    name = "samtun.people.places"
    label = "people_places"
