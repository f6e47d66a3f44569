"""Who comes to a time, what somebody is signed up for, and how it stands with places."""

from samtun.operation.registrations.queries.calendar import calendar_times, own_calendar
from samtun.operation.registrations.queries.door import (
    Line,
    call_list,
    cash,
    door,
    gear_to_bring,
    gives_out,
    gives_places,
    municipal_owners,
    occurrence_at_door,
    places_of,
    totals,
)
from samtun.operation.registrations.queries.own import by_token, hears_of, mine, next_time, own_path, who_were_there
from samtun.operation.registrations.queries.standing import Standing, lines_of, standing, target_of, time_told
from samtun.operation.registrations.queries.suggested import suggested

__all__ = [
    "Line", "Standing", "by_token", "calendar_times", "call_list", "cash", "door", "gear_to_bring", "gives_out",
    "gives_places", "hears_of", "lines_of", "mine", "municipal_owners", "next_time", "occurrence_at_door",
    "own_calendar", "own_path", "places_of", "standing", "suggested", "target_of", "time_told", "totals",
    "who_were_there",
]  # fmt: skip
