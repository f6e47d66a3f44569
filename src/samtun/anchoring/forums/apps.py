"""The room as a Django app."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Forums."""

    name = "samtun.anchoring.forums"
    label = "anchoring_forums"
