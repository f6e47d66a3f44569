"""The walls inside a municipality: whose rows a viewer sees, and what a dated share opens (decisions 4, R112).

Every room asks here. Own owners come with the hat; a share opens one kind of rows, from its first day until the day
it ends, which is closed again.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db.models import Q

from samtun.foundation.models.tenancy import Owner, Share
from samtun.foundation.viewer import Viewer
from samtun.kernel import clock

_down: ContextVar[bool] = ContextVar("samtun_walls_down", default=False)


def open_on(day: dt.date) -> Q:
    """Return the condition for shares that stand on a day."""
    return Q(starts__lte=day, ends__gt=day, giver__left_on__isnull=True)


def visible_owners(
    viewer: Viewer, what: Share.What | None = None, *, on: dt.date | None = None
) -> frozenset[uuid.UUID]:
    """Return the owners whose rows the viewer sees: those acted for, and for one kind of rows those that share it.

    `on` is today unless said otherwise: rights are asked for now, never for the moment of a request made earlier.
    """
    if _down.get():
        return frozenset(Owner.objects.values_list("id", flat=True))
    if what is None or not viewer.owners:
        return viewer.owners
    shares = Share.objects.filter(open_on(on or clock.today()), receiver__in=viewer.owners, what=what)
    return viewer.owners | frozenset(shares.values_list("giver", flat=True))


@contextmanager
def down() -> Iterator[None]:
    """Take the walls down, in tests only: the control that shows that a leak test can fail."""
    if not getattr(settings, "SAMTUN_TEST_SWITCHES", False):
        raise RuntimeError("The walls stand: this switch is for tests.")
    token = _down.set(True)
    try:
        yield
    finally:
        _down.reset(token)
