"""`manage.py load_demo`: makes the invented municipality."""

from typing import Any

from django.core.management.base import BaseCommand

from samtun.foundation.models import Municipality


class Command(BaseCommand):
    """Makes Dalgrend where there is none."""

    help = "Make the invented municipality."
    requires_system_checks: list[str] = []  # noqa: RUF012 -- Django's own form

    def handle(self, **_: Any) -> None:
        """Make it."""
        Municipality.objects.get_or_create(
            slug="dalgrend",
            defaults={
                "name": "Dalgrend kommune", "shared_name": "Samtun i Dalgrend", "host": "localhost", "language": "nn",
                "phone": "+4757001122", "population": 2211, "is_demo": True,
            },
        )  # fmt: skip
