"""The room as a Django app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Agreements."""

    name = "samtun.anchoring.agreements"
    label = "anchoring_agreements"
