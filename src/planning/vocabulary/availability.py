"""When someone has said they can: a weekly pattern with seasons, and days away."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

from planning.vocabulary.window import MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class Season:
    """A part of every year, both ends included, as (month, day). It may run over new year: (11, 1) to (3, 31)."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __post_init__(self) -> None:
        for month, day in (self.first, self.last):
            try:
                date(2024, month, day)
            except ValueError:
                raise ValueError(f"There is no day {day} in month {month}.") from None

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the season."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class WeeklySlot:
    """Free every week on `weekday` (0 is Monday) between two minutes after midnight, in `season` or all the year."""

    weekday: int
    start_minute: int = 0
    end_minute: int = MINUTES_A_DAY
    season: Season | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"A weekday is 0 (Monday) to 6 (Sunday), not {self.weekday}.")
        if not 0 <= self.start_minute < self.end_minute <= MINUTES_A_DAY:
            raise ValueError(
                "A slot lies within one day, from minute 0 to minute 1440, and ends after it starts, "
                f"not {self.start_minute} to {self.end_minute}."
            )

    @classmethod
    def in_months(cls, weekday: int, start_minute: int, end_minute: int, first_month: int, last_month: int) -> Self:
        """Make a slot of whole months; January to December is all the year, and 23.59 is the end of the day."""
        season = None
        if (first_month, last_month) != (1, 12):
            season = Season((first_month, 1), (last_month, monthrange(2024, last_month)[1]))
        end = MINUTES_A_DAY if end_minute >= MINUTES_A_DAY - 1 else end_minute
        return cls(weekday, start_minute, end, season)


@dataclass(frozen=True, slots=True)
class Absence:
    """Away from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"An absence cannot end ({self.last}) before it begins ({self.first}).")
