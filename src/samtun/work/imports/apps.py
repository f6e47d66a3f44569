"""The room as a Django app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports."""

    name = "samtun.work.imports"
    label = "work_imports"
