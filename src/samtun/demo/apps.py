"""The demo as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo."""

    name = "samtun.demo"
    label = "demo"
