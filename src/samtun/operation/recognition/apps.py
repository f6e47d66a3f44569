"""The room as a Django app."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """Recognition."""

    name = "samtun.operation.recognition"
    label = "operation_recognition"
