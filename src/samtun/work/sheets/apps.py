"""The room as a Django app."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Sheets."""

    name = "samtun.work.sheets"
    label = "work_sheets"
