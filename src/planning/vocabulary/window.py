"""A stretch of local wall time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` up to, not including, `end`: local wall time without a zone.

    Raises ValueError for times that carry a zone, and for an end that is not after the start.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not None or self.end.tzinfo is not None:
            raise ValueError("A window is local wall time: give its start and end without a time zone.")
        if self.end <= self.start:
            raise ValueError(f"A window must end after it starts, not {self.start} to {self.end}.")

    @classmethod
    def of(cls, day: date, start_minute: int, duration_min: int) -> "Window":
        """Make the window that starts `start_minute` minutes after midnight on `day` and lasts `duration_min`."""
        start = datetime.combine(day, time()) + timedelta(minutes=start_minute)
        return cls(start, start + timedelta(minutes=duration_min))

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return int((self.end - self.start).total_seconds() // 60)

    def overlaps(self, other: "Window") -> bool:
        """Whether the two share any time; windows that only touch do not."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Window") -> bool:
        """Whether all of `other` lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def by_day(self) -> tuple[tuple[date, int, int], ...]:
        """Cut the window at midnight: (day, first minute, minute after the last), minutes after midnight."""
        pieces = []
        day = self.start.date()
        while (midnight := datetime.combine(day, time())) < self.end:
            first = max(0, int((self.start - midnight).total_seconds() // 60))
            last = min(MINUTES_A_DAY, -int(-(self.end - midnight).total_seconds() // 60))
            pieces.append((day, first, last))
            day += timedelta(days=1)
        return tuple(pieces)
