"""Where personal data stands: read from each model's inner class `Privacy`."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

FRAME = {"id", "tenant", "pk"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one model says of its fields."""

    model: type[models.Model]
    personal: dict[str, str]
    plain: tuple[str, ...]
    purpose: str
    retention: str

    @property
    def unclassified(self) -> set[str]:
        """Fields that are declared neither or both."""
        names = {f.name for f in self.model._meta.local_fields} - FRAME
        return names ^ (set(self.personal) ^ (set(self.plain) - FRAME))


def declarations() -> list[Declaration]:
    """Return the declaration of every model of ours."""
    found = []
    for model in apps.get_models():
        if model.__module__.startswith("samtun."):
            inner: Any = getattr(model, "Privacy", None)
            found.append(
                Declaration(
                    model, dict(getattr(inner, "personal", {})), tuple(getattr(inner, "plain", ())),
                    getattr(inner, "purpose", ""), getattr(inner, "retention", ""),
                )
            )  # fmt: skip
    return found
