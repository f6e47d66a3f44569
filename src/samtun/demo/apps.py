"""The demo as a Django app."""

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """Demo."""

    name = "samtun.demo"
    label = "demo"

    def ready(self) -> None:
        """Put the bar on every page, and the check that this is a demo."""
        from samtun.demo import bar, checks  # noqa: F401 -- inline: apps not ready; registers the system check
        from samtun.foundation.context import register_bar  # inline: apps not ready

        if settings.DEMO:
            register_bar(bar.bar)
