"""The programme for everyone, what one writes for, and what else is on then."""

from samtun.operation.activities.queries.beside import Beside, Clash, Planned, beside, better_days
from samtun.operation.activities.queries.buses import Advice, Buses, advice, bus_words, buses_of
from samtun.operation.activities.queries.own import (
    activities_for,
    activity_for,
    hosts,
    is_centre,
    nearly_the_same,
    occurrence_for,
    on_that_day,
    times_for,
    villages_of,
    with_next,
    writes_as,
    writes_for,
)
from samtun.operation.activities.queries.pictures import Own, file_of, own_file, picture_on, pictures_for
from samtun.operation.activities.queries.programme import (
    RIDES,
    Line,
    Listed,
    Printed,
    Short,
    Wanted,
    Whereabouts,
    by_day,
    easy_words,
    listed,
    month,
    next_times,
    open_activity,
    open_occurrence,
    printed,
    programme,
    whereabouts,
)
from samtun.operation.activities.queries.regular import (
    YOUNG_ONLY,
    is_near,
    packed,
    regular,
    regular_for,
    regular_one,
    unpacked,
    when_and_where,
)  # fmt: skip
from samtun.operation.activities.queries.rules import rule_of
from samtun.operation.activities.queries.yearly import Feast, not_yet, year_of

__all__ = [
    "RIDES", "YOUNG_ONLY", "Advice", "Beside", "Buses", "Clash", "Feast", "Line", "Listed", "Own", "Planned",
    "Printed", "Short", "Wanted", "Whereabouts", "activities_for", "activity_for", "advice", "beside", "better_days",
    "bus_words", "buses_of", "by_day", "easy_words", "file_of", "hosts", "is_centre", "is_near", "listed", "month",
    "nearly_the_same", "next_times", "not_yet", "occurrence_for", "on_that_day", "open_activity", "open_occurrence",
    "own_file", "packed", "picture_on", "pictures_for", "printed", "programme", "regular", "regular_for",
    "regular_one", "rule_of", "times_for", "unpacked", "villages_of", "when_and_where", "whereabouts", "with_next",
    "writes_as", "writes_for", "year_of",
]  # fmt: skip
