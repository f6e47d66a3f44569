"""The room as a Django app."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    """Mentors and lighter plans."""

    name = "samtun.operation.mentoring"
    label = "operation_mentoring"
