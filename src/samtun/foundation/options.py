"""What each municipality may choose: a typed registry, one table, one page (decisions 14)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext

from samtun.foundation.models.runtime import Setting
from samtun.foundation.viewer import Permission


@dataclass(frozen=True, slots=True)
class Option[T]:
    """One choice: its key, what it is when nothing is chosen, a sentence, who may change it, its bounds."""

    key: str
    default: T
    text: str | Promise
    least: int | None = None
    most: int | None = None
    changed_by: Permission = Permission.MANAGE_SETTINGS

    def read(self, on: dt.date) -> T:
        """Return the value in force on a day, in the open scope's municipality."""
        row = Setting.objects.filter(key=self.key, valid_from__lte=on).order_by("-valid_from").first()
        return self.default if row is None else row.value

    def refuse(self, value: Any) -> str:
        """Return why a value cannot be chosen; empty when it can."""
        if type(value) is not type(self.default):
            return gettext("This choice does not take such a value.")
        size: Any = value
        if self.least is not None and size < self.least:
            return gettext("Choose at least %(least)s.") % {"least": self.least}
        if self.most is not None and size > self.most:
            return gettext("Choose at most %(most)s.") % {"most": self.most}
        return ""


_options: dict[str, Option[Any]] = {}


def option[T](key: str, default: T, text: str | Promise, **rest: Any) -> Option[T]:
    """Declare a choice; the room that reads it keeps the answer as a constant."""
    if key in _options:
        raise ValueError(f"The setting {key} is declared twice.")
    _options[key] = Option(key=key, default=default, text=text, **rest)
    return _options[key]


def all_options() -> list[Option[Any]]:
    """Return every declared choice, by key."""
    return [_options[k] for k in sorted(_options)]
