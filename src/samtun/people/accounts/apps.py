"""The room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "samtun.people.accounts"
    label = "people_accounts"
