"""The room as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "samtun.operation.plans"
    label = "operation_plans"
