"""The room as a Django app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Training."""

    name = "samtun.operation.training"
    label = "operation_training"
