"""Procrastinate: started with the app."""

from procrastinate import App


def on_app_ready(_app: App) -> None:
    """Load every room's jobs: the worker must know them all."""
    from django.utils.module_loading import autodiscover_modules  # inline: apps not ready

    autodiscover_modules("tasks")
