"""The room as a Django app."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles."""

    name = "samtun.people.roles"
    label = "people_roles"
