"""The walls inside a municipality: whose rows a viewer sees. One function, used by every room (decisions 4, R112)."""

import datetime as dt
import uuid

from samtun.foundation.models.tenancy import Share
from samtun.foundation.viewer import Viewer


def visible_owners(
    viewer: Viewer, what: Share.What | None = None, *, on: dt.date | None = None
) -> frozenset[uuid.UUID]:
    """Return the owners whose rows the viewer sees: those acted for, and what a dated share opens on a day."""
    if what is None or on is None or not viewer.owners:
        return viewer.owners
    shared = Share.objects.filter(receiver__in=viewer.owners, what=what, starts__lte=on, ends__gte=on)
    return viewer.owners | frozenset(shared.values_list("giver_id", flat=True))
