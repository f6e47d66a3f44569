"""The room as a Django app."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Public."""

    name = "samtun.portal.public"
    label = "portal_public"
