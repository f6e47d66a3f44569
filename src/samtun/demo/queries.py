"""What the demo's telephones show."""

import datetime as dt

from samtun.demo.models import Loaded
from samtun.foundation.models import Municipality
from samtun.foundation.scope import open_scope


def loaded_on(slug: str) -> dt.date | None:
    """Return the day a municipality was loaded as of; None when the loader did not make it. Opens its scope."""
    municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        return None
    with open_scope(municipality.id):
        row = Loaded.objects.first()
        return row.on if row else None
