"""The ground floor as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FoundationConfig(AppConfig):
    """Registers checks and gives the database roles their rights after each migrate."""

    name = "samtun.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Wire what Django finds only by import."""
        from django.utils.module_loading import autodiscover_modules  # inline: apps not ready

        from samtun.foundation import checks  # noqa: F401 -- inline: apps not ready; registers system checks
        from samtun.foundation.migrating import lighten  # inline: apps not ready
        from samtun.foundation.schema import grant_rights  # inline: apps not ready

        pre_migrate.connect(lighten, sender=self, dispatch_uid="samtun.lighten")
        post_migrate.connect(grant_rights, sender=self, dispatch_uid="samtun.grants")
        autodiscover_modules("tasks", "receivers", "planner", "slots", "importer", "notices", "queries")
