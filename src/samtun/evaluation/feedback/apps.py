"""The room as a Django app."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Feedback."""

    name = "samtun.evaluation.feedback"
    label = "evaluation_feedback"
