"""The room as a Django app."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys."""

    name = "samtun.evaluation.surveys"
    label = "evaluation_surveys"
