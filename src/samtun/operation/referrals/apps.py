"""The room as a Django app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals."""

    name = "samtun.operation.referrals"
    label = "operation_referrals"
