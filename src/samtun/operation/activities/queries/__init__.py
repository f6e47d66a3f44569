"""The programme for everyone, what one writes for, and what else is on then."""

from samtun.operation.activities.queries.beside import Beside, Clash, Planned, beside, better_days
from samtun.operation.activities.queries.own import (
    activities_for,
    activity_for,
    hosts,
    nearly_the_same,
    occurrence_for,
    on_that_day,
    times_for,
    villages_of,
    with_next,
    writes_as,
)
from samtun.operation.activities.queries.programme import (
    RIDES,
    Line,
    Listed,
    Printed,
    Short,
    Wanted,
    by_day,
    easy_words,
    listed,
    month,
    next_times,
    open_activity,
    open_occurrence,
    printed,
    programme,
)
from samtun.operation.activities.queries.rules import rule_of
from samtun.operation.activities.queries.yearly import Feast, not_yet, year_of

__all__ = [
    "RIDES", "Beside", "Clash", "Feast", "Line", "Listed", "Planned", "Printed", "Short", "Wanted", "activities_for",
    "activity_for", "beside", "better_days", "by_day", "easy_words", "hosts", "listed", "month", "nearly_the_same",
    "next_times", "not_yet", "occurrence_for", "on_that_day", "open_activity", "open_occurrence", "printed",
    "programme", "rule_of", "times_for", "villages_of", "with_next", "writes_as", "year_of",
]  # fmt: skip
