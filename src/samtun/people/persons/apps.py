"""The room as a Django app."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Persons."""

    name = "samtun.people.persons"
    label = "people_persons"
