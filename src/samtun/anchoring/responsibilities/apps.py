"""The room as a Django app."""

from django.apps import AppConfig


class ResponsibilitiesConfig(AppConfig):
    """Responsibilities."""

    name = "samtun.anchoring.responsibilities"
    label = "anchoring_responsibilities"
