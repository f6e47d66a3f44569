"""Why, in a form a screen can put words to in any language."""

from dataclasses import dataclass
from enum import StrEnum

type Figure = tuple[str, str | int]


class Code(StrEnum):
    """A word for something a plan says. Each kind of problem has its own, below this."""


class Why(Code):
    """Why someone can or cannot be asked. The first part says why not, the second why."""

    NOT_NOW = "not_now"
    """Private grounds that share one code on purpose, so that nobody can tell them apart: the person has said
    who is not to be asked, the volunteer is not to be contacted, or the volunteer is the one who needs help."""

    OTHER_HOST = "other_host"
    ASKS_STOPPED = "asks_stopped"
    NOT_WILLING = "not_willing"
    HOST_DECLINES = "host_declines"
    NOT_KNOWN = "not_known"
    PAUSED = "paused"
    QUIET = "quiet"
    ABSENT = "absent"
    NOT_FREE_THEN = "not_free_then"
    BUSY = "busy"
    CEILING = "ceiling"
    MISSING = "missing"
    EXPIRED = "expired"
    TOO_YOUNG = "too_young"
    AGE_UNKNOWN = "age_unknown"
    NO_CAR = "no_car"
    TOO_FAR = "too_far"
    NO_COMMON_LANGUAGE = "no_common_language"
    LIGHTER_PLAN = "lighter_plan"

    KNOWN = "known"
    FREE_THEN = "free_then"
    SAME_VILLAGE = "same_village"
    NEAR = "near"
    DONE_BEFORE = "done_before"
    HAS = "has"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the figures a sentence about it needs, as (key, value); dates as ISO text, distances in metres.

    Raises ValueError for a code that is no `Code` and for a key given twice.
    """

    code: Code
    figures: tuple[Figure, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.code, Code):
            raise ValueError(f"{self.code!r} is not a code of a reason; use one of Why or another Code.")
        if self.figures and len({key for key, _ in self.figures}) != len(self.figures):
            raise ValueError(f"A reason names each figure once: {self.figures}.")
