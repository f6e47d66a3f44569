"""An answer to "who can be asked?": headings, people under them, and who nearly could."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.vocabulary.identity import Id
from planning.vocabulary.reason import Reason
from planning.vocabulary.request import Request
from planning.vocabulary.volunteer import Volunteer

NEAR_M = 10_000
"""What counts as near, in metres by road. How far someone is willing to go is another matter, and a hard rule."""


class Heading(StrEnum):
    """In the order of the page. Everyone stands under the first that applies.

    KNOWN: has helped, or is known to, the one who asks. FREE_THEN: has said they are free at that time.
    NEAR: has said nothing about when, and lives in the same village or within `NEAR_M`.
    ALSO: fits, without any of these.
    """

    KNOWN = "known"
    FREE_THEN = "free_then"
    NEAR = "near"
    ALSO = "also"


@dataclass(frozen=True, slots=True)
class Suggested:
    """Someone who can be asked and what speaks for it."""

    volunteer: Id
    ticks: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """Someone who would have come up but for `reasons`; for the eyes of the volunteer's own host only."""

    volunteer: Id
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and those under it, longest since last asked first."""

    heading: Heading
    people: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Headings that have someone, in order, and the near misses. Holds no number about anyone."""

    groups: tuple[Group, ...]
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class MatchProblem:
    """The whole question: `on` is the day of asking, `limit` the most people under each heading.

    Raises ValueError when the same volunteer is given twice or the limit is not at least one.
    """

    request: Request
    volunteers: tuple[Volunteer, ...]
    on: date
    limit: int

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise ValueError(f"Show at least one under each heading, not {self.limit}.")
        if len({volunteer.id for volunteer in self.volunteers}) != len(self.volunteers):
            raise ValueError("The same volunteer stands twice in the list.")
