"""Jobs: fetch, call one action."""

import uuid
from typing import Any

from samtun.foundation.jobs import job
from samtun.foundation.scope import current_scope
from samtun.kernel import clock
from samtun.operation.lending.actions import handing, leaving, season
from samtun.operation.lending.models import Booking, Season


@job("lending.erase")
def erase(*, booking_id: str, **_later: Any) -> None:
    """Erase who it was a year after."""
    if found := Booking.objects.filter(id=uuid.UUID(booking_id)).first():
        leaving.erase(booking=found, by=current_scope().viewer, at=clock.now())


@job("lending.propose_season")
def propose_season(*, season_id: str, **_later: Any) -> None:
    """Propose who gets which fixed times, the morning after the last day to wish."""
    if found := Season.objects.filter(id=uuid.UUID(season_id)).first():
        season.propose_when_ready(season=found, by=current_scope().viewer, at=clock.now())


@job("lending.erase_season")
def erase_season(*, season_id: str, **_later: Any) -> None:
    """Erase who wished a year after the season."""
    if found := Season.objects.filter(id=uuid.UUID(season_id)).first():
        season.erase_season(season=found, by=current_scope().viewer, at=clock.now())


@job("lending.freed")
def freed(*, booking_id: str, **_later: Any) -> None:
    """Tell everyone who waits that a time is free, when first right to it is over."""
    if found := Booking.objects.filter(id=uuid.UUID(booking_id)).first():
        handing.freed_for_all(booking=found, by=current_scope().viewer, at=clock.now())
