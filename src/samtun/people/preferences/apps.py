"""The room as a Django app."""

from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    """Preferences."""

    name = "samtun.people.preferences"
    label = "people_preferences"
