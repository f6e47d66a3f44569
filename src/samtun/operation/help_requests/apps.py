"""The room as a Django app."""

from django.apps import AppConfig


class HelpRequestsConfig(AppConfig):
    """HelpRequests."""

    name = "samtun.operation.help_requests"
    label = "operation_help_requests"
