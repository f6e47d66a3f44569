"""How much someone has said they want at most (rule R60)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

type Per = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most `times` a week (Monday to Sunday) or a calendar month, all hosts taken together."""

    times: int
    per: Per

    def __post_init__(self) -> None:
        if self.times < 1:
            raise ValueError(f"A ceiling is at least once, not {self.times}: someone who wants none is paused.")
        if self.per not in get_args(Per.__value__):
            raise ValueError(f"A ceiling is for a week or a month, not {self.per!r}.")

    def same_period(self, one: date, other: date) -> bool:
        """Whether two days count towards the same ceiling."""
        if self.per == "month":
            return (one.year, one.month) == (other.year, other.month)
        return one.toordinal() - one.weekday() == other.toordinal() - other.weekday()
