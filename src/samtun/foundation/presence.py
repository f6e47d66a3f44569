"""When somebody is there next, in words (R114). Organisations stand above messages, so they register here."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samtun.kernel.clock import wall

type NextThere = Callable[[uuid.UUID, dt.datetime], dt.datetime | None]

_find: list[NextThere] = []


def register(find: NextThere) -> None:
    """Set how an owner's next opening is found: wall time; the moment itself when somebody is there now."""
    _find[:] = [find]


def there_words(owner: uuid.UUID | None, at: dt.datetime, language: str = "") -> str:
    """Return the sentence «Someone is here Tuesday at 9.», as it is at a moment; empty when nobody knows."""
    opens = _find[0](owner, at) if _find and owner else None
    with translation.override(language or translation.get_language()):
        return words_for(opens, wall(at)) if opens else ""


def words_for(opens: dt.datetime, now: dt.datetime) -> str:
    """Return the sentence for a next opening; both are wall time."""
    clock = f"{opens.hour}.{opens.minute:02d}" if opens.minute else str(opens.hour)
    days = (opens.date() - now.date()).days
    if opens <= now:
        return _("Someone is here now.")
    if days == 0:
        return _("Someone is here today at %(clock)s.") % {"clock": clock}
    if days == 1:
        return _("Someone is here tomorrow at %(clock)s.") % {"clock": clock}
    day = date_format(opens, "l") if days < 7 else date_format(opens, "l j. F")
    return _("Someone is here on %(day)s at %(clock)s.") % {"day": day, "clock": clock}
