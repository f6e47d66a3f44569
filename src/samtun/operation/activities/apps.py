"""The room as a Django app."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities."""

    name = "samtun.operation.activities"
    label = "operation_activities"
