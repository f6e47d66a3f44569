"""The room as a Django app."""

from django.apps import AppConfig


class TimetablesConfig(AppConfig):
    """Timetables."""

    name = "samtun.people.timetables"
    label = "people_timetables"
