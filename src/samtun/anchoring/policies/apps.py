"""The room as a Django app."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Policies."""

    name = "samtun.anchoring.policies"
    label = "anchoring_policies"
